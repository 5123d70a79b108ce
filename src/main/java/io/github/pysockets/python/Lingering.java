package io.github.pysockets.python;

import static io.github.pysockets.abi.IoControl.FIONREAD;
import static io.github.pysockets.abi.IoControl.SIOCOUTQ;
import static io.github.pysockets.abi.Protocols.IPPROTO_MPTCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.Protocols.TCP_CLOSE;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_LINGER;
import static io.github.pysockets.abi.SocketOptions.SO_PROTOCOL;
import static io.github.pysockets.abi.SocketOptions.TCP_INFO;

import io.github.pysockets.abi.Linger;
import io.github.pysockets.stack.ControlEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/**
 * SO_LINGER of one interpreter's sockets. With a time set, close(2) waits in the kernel for unsent data, and nothing
 * can end that wait. So no close(2) of ours ever lingers: the option is switched off right before. A script's own
 * {@code close} waits here instead, as {@link Waiting} waits. A close that only cleans up after a script does not wait
 * at all.
 *
 * <p>It takes a system call to know whether a socket lingers. Scripts that never use the option do not pay for it.
 */
final class Lingering {
    private final Waiting waiting;

    /** For all sockets together, because accepted ones inherit the option from their listener. */
    private volatile boolean isPossible;

    Lingering(Waiting waiting) {
        this.waiting = waiting;
    }

    /** From now on sockets may linger although the script did not ask for it: they come from elsewhere. */
    void expect() {
        isPossible = true;
    }

    /** Must be called with every option before it is set. */
    void heed(int level, int name, byte[] value) {
        if (level == SOL_SOCKET && name == SO_LINGER && Linger.seconds(value) != 0) {
            isPossible = true;
        }
    }

    private static long seconds(Endpoint endpoint) {
        byte[] linger = new byte[Linger.SIZE];
        try {
            endpoint.getOption(SOL_SOCKET, SO_LINGER, linger);
            return Linger.seconds(linger);
        } catch (StackException noSocket) {
            return 0;
        }
    }

    boolean mayConcern(Descriptor descriptor) {
        return isPossible || descriptor.isForeign();
    }

    /**
     * Waits as close(2) would, before a descriptor is closed. Of several descriptors for one open socket, only the last
     * waits. One that was sent elsewhere counts as not the last.
     *
     * @param descriptor entered
     * @return 0, or one of {@link Codes} where the wait was ended
     */
    int await(Descriptor descriptor) {
        Endpoint endpoint = descriptor.endpoint();
        long seconds = seconds(endpoint);
        if (seconds == 0) {
            return 0;
        }
        boolean isLast = !descriptor.wasSent() && !descriptor.hasTwin();
        if (!isLast || !waitsInClose(endpoint) || isAtRest(endpoint)) {
            return 0;
        }
        return waiting.untilSo(() -> isAtRest(endpoint),
                Deadline.in(waiting.clock(), TimeUnit.SECONDS.toNanos(seconds)));
    }

    /**
     * Whether close(2) can wait on this socket. AF_UNIX does not linger, and with unread data TCP resets the
     * connection.
     */
    private static boolean waitsInClose(Endpoint endpoint) {
        try {
            int protocol = endpoint.getOption(SOL_SOCKET, SO_PROTOCOL);
            return (protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP) && count(endpoint, FIONREAD) == 0;
        } catch (StackException listens) {
            return false;
        }
    }

    /** Whether all data is sent and acknowledged, or can no longer be. */
    private static boolean isAtRest(Endpoint endpoint) {
        byte[] state = new byte[Long.BYTES];
        try {
            if (count(endpoint, SIOCOUTQ) == 0) {
                return true;
            }
            endpoint.getOption(IPPROTO_TCP, TCP_INFO, state);
            // After a reset the kernel still counts the data that it has thrown away.
            return state[0] == TCP_CLOSE;
        } catch (StackException notConnected) {
            return true;
        }
    }

    private static int count(Endpoint endpoint, long request) throws StackException {
        byte[] count = new byte[Integer.BYTES];
        endpoint.require(ControlEndpoint.class).ioctl(request, count);
        return ByteBuffer.wrap(count).order(ByteOrder.nativeOrder()).getInt();
    }

    /**
     * Finally closes a descriptor that nobody uses any more: close(2), without its wait. While there is another
     * descriptor for the same open socket, close(2) does not wait, and the option stays set for that one.
     *
     * @param descriptor released
     */
    void close(Descriptor descriptor) throws StackException {
        if (!mayConcern(descriptor)) {
            descriptor.closeEndpoint();
            return;
        }
        // One at a time: when twins are closed together, the last one must know that it is the last.
        synchronized (this) {
            if (seconds(descriptor.endpoint()) != 0 && !descriptor.hasTwin()) {
                switchOff(descriptor.endpoint());
            }
            descriptor.closeEndpoint();
        }
    }

    private static void switchOff(Endpoint endpoint) {
        try {
            endpoint.setOption(SOL_SOCKET, SO_LINGER, Linger.off());
        } catch (StackException stackWithoutIt) {
            return;
        }
    }
}
