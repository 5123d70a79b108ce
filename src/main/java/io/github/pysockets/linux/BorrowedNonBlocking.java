package io.github.pysockets.linux;

import static io.github.pysockets.abi.FileControl.F_GETFL;
import static io.github.pysockets.abi.FileControl.F_SETFL;
import static io.github.pysockets.abi.FileControl.O_NONBLOCK;

import java.util.HashMap;
import java.util.Map;

/**
 * Sets O_NONBLOCK for the duration of a call on a socket in blocking mode. accept(2) and connect(2) have no
 * MSG_DONTWAIT, so this is how they are kept from waiting.
 *
 * <p>Calls on one socket may overlap: the first sets the mode, the last restores it. A mode that the owner sets in the
 * meantime takes effect then. Duplicated descriptors share the mode, so loans are counted by socket, not by descriptor
 * number. Otherwise a call could take O_NONBLOCK of another call for the owner's mode, and would wait once it is gone.
 *
 * <p>The first borrower reads the mode again, as another process may have changed it: one fcntl(2) is cheap, a wait
 * that nothing can end is not.
 */
final class BorrowedNonBlocking {
    private static final int PARTS = 64;
    private static final BorrowedNonBlocking[] ALL = new BorrowedNonBlocking[PARTS];

    static {
        for (int i = 0; i < PARTS; i++) {
            ALL[i] = new BorrowedNonBlocking();
        }
    }

    /** The loans on one socket. */
    private static final class Loans {
        int borrowers;
        /** The flags to restore at the end, with O_NONBLOCK if the owner wants it. */
        int ownersFlags;
    }

    private final Map<Long, Loans> current = new HashMap<>();

    private BorrowedNonBlocking() {}

    /**
     * Returns the object that keeps the loans on a socket.
     *
     * @param socket identifies the socket: its SO_COOKIE
     */
    static BorrowedNonBlocking of(long socket) {
        return ALL[(int) (socket & PARTS - 1)];
    }

    /** @return 0, or a negated errno if nothing was borrowed */
    synchronized int borrow(long socket, int descriptor) {
        Loans loans = current.get(socket);
        if (loans == null) {
            int flags = DescriptorCalls.fcntl(descriptor, F_GETFL, 0);
            if (flags < 0) {
                return flags;
            }
            int result = isOn(flags) ? 0 : DescriptorCalls.fcntl(descriptor, F_SETFL, with(flags, true));
            if (result < 0) {
                return result;
            }
            loans = new Loans();
            loans.ownersFlags = flags;
            current.put(socket, loans);
        }
        loans.borrowers++;
        return 0;
    }

    synchronized void giveBack(long socket, int descriptor) {
        Loans loans = current.get(socket);
        loans.borrowers--;
        if (loans.borrowers == 0) {
            current.remove(socket);
            if (!isOn(loans.ownersFlags)) {
                // This fails only if the descriptor is gone, and then there is nothing to restore.
                DescriptorCalls.fcntl(descriptor, F_SETFL, loans.ownersFlags);
            }
        }
    }

    /**
     * Sets the owner's mode.
     *
     * @return 0, or a negated errno
     */
    synchronized int set(long socket, int descriptor, boolean on) {
        Loans loans = current.get(socket);
        if (loans != null) {
            loans.ownersFlags = with(loans.ownersFlags, on);
            return 0;
        }
        int flags = DescriptorCalls.fcntl(descriptor, F_GETFL, 0);
        if (flags < 0) {
            return flags;
        }
        return isOn(flags) == on ? 0 : DescriptorCalls.fcntl(descriptor, F_SETFL, with(flags, on));
    }

    /** fcntl(2) with F_GETFL: the owner's flags, or a negated errno. */
    synchronized int flags(long socket, int descriptor) {
        Loans loans = current.get(socket);
        return loans != null ? loans.ownersFlags : DescriptorCalls.fcntl(descriptor, F_GETFL, 0);
    }

    /**
     * fcntl(2) with F_SETFL: sets the owner's flags.
     *
     * @return 0, or a negated errno
     */
    synchronized int setFlags(long socket, int descriptor, int flags) {
        Loans loans = current.get(socket);
        if (loans == null) {
            return DescriptorCalls.fcntl(descriptor, F_SETFL, flags);
        }
        int result = DescriptorCalls.fcntl(descriptor, F_SETFL, with(flags, true));
        if (result >= 0) {
            loans.ownersFlags = flags;
        }
        return result;
    }

    private static boolean isOn(int flags) {
        return (flags & O_NONBLOCK) != 0;
    }

    private static int with(int flags, boolean on) {
        return on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
    }
}
