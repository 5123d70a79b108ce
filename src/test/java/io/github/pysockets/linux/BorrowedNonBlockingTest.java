package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.FileControl.F_GETFL;
import static io.github.pysockets.abi.FileControl.F_SETFL;
import static io.github.pysockets.abi.FileControl.O_NONBLOCK;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The mode of a descriptor, while calls borrow it. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
final class BorrowedNonBlockingTest {
    private static final long SOCKET = -77;

    private Endpoint endpoint;
    private int descriptor;
    private final BorrowedNonBlocking mode = BorrowedNonBlocking.of(SOCKET);

    @BeforeEach
    void open() throws StackException {
        endpoint = LinuxStack.open().socket(AF_INET, SOCK_STREAM, 0);
        // Before, the kernel's mode is not the owner's.
        ((LinuxEndpoint) endpoint).publish();
        descriptor = ((LinuxEndpoint) endpoint).descriptor();
    }

    @AfterEach
    void close() throws StackException {
        endpoint.close();
    }

    private boolean isNonBlocking() {
        return isNonBlocking(DescriptorCalls.fcntl(descriptor, F_GETFL, 0));
    }

    private static boolean isNonBlocking(int flags) {
        return (flags & O_NONBLOCK) != 0;
    }

    private List<Boolean> modes() {
        return List.of(isNonBlocking(), isNonBlocking(mode.flags(SOCKET, descriptor)));
    }

    @Test
    void ownerSeesNothingOfABorrower() {
        assertEquals(List.of(false, false), modes());

        assertEquals(0, mode.borrow(SOCKET, descriptor));
        assertEquals(List.of(true, false), modes());

        mode.giveBack(SOCKET, descriptor);
        assertEquals(List.of(false, false), modes());
    }

    @Test
    void lastBorrowerPutsTheModeBack() {
        mode.borrow(SOCKET, descriptor);
        mode.borrow(SOCKET, descriptor);

        mode.giveBack(SOCKET, descriptor);
        assertEquals(List.of(true, false), modes());

        mode.giveBack(SOCKET, descriptor);
        assertEquals(List.of(false, false), modes());
    }

    @Test
    void nonBlockingDescriptorStaysSo() {
        assertEquals(0, mode.set(SOCKET, descriptor, true));

        mode.borrow(SOCKET, descriptor);
        mode.giveBack(SOCKET, descriptor);

        assertEquals(List.of(true, true), modes());
    }

    @Test
    void ownersWishDuringALoanCountsAfterIt() {
        mode.borrow(SOCKET, descriptor);
        assertEquals(0, mode.set(SOCKET, descriptor, true));
        assertEquals(List.of(true, true), modes());
        mode.giveBack(SOCKET, descriptor);
        assertEquals(List.of(true, true), modes());

        mode.borrow(SOCKET, descriptor);
        assertEquals(0, mode.set(SOCKET, descriptor, false));
        assertEquals(List.of(true, false), modes());
        mode.giveBack(SOCKET, descriptor);
        assertEquals(List.of(false, false), modes());
    }

    @Test
    void flagsThatTheOwnerSetsDuringALoanCountAfterIt() {
        int plain = mode.flags(SOCKET, descriptor);
        mode.borrow(SOCKET, descriptor);
        assertEquals(0, mode.setFlags(SOCKET, descriptor, plain | O_NONBLOCK));
        assertEquals(List.of(true, true), modes());
        assertEquals(0, mode.setFlags(SOCKET, descriptor, plain));
        assertEquals(List.of(true, false), modes(), "a call is under way that must not wait");
        mode.giveBack(SOCKET, descriptor);
        assertEquals(List.of(false, false), modes());

        assertEquals(0, mode.setFlags(SOCKET, descriptor, plain | O_NONBLOCK));
        assertEquals(List.of(true, true), modes());
    }

    @Test
    void modeThatOthersChangedIsSeen() {
        assertEquals(0, mode.set(SOCKET, descriptor, true));
        DescriptorCalls.fcntl(descriptor, F_SETFL, 0);

        assertEquals(List.of(false, false), modes());
        mode.borrow(SOCKET, descriptor);
        assertEquals(List.of(true, false), modes());
        mode.giveBack(SOCKET, descriptor);
        assertEquals(List.of(false, false), modes());
    }

    @Test
    void descriptorThatIsNotOpenIsNotBorrowed() {
        assertEquals(-Errno.EBADF, mode.borrow(SOCKET, -1));
        assertEquals(-Errno.EBADF, mode.flags(SOCKET, -1));
        assertEquals(-Errno.EBADF, mode.setFlags(SOCKET, -1, 0));
        assertEquals(-Errno.EBADF, mode.set(SOCKET, -1, true));

        assertEquals(0, mode.borrow(SOCKET, descriptor), "the failed loan left no trace");
        mode.giveBack(SOCKET, descriptor);
        assertEquals(List.of(false, false), modes());
    }

    @Test
    void loansOfDifferentSocketsAreApart() throws StackException {
        long other = SOCKET + 64;
        Endpoint second = LinuxStack.open().socket(AF_INET, SOCK_STREAM, 0);
        BorrowedNonBlocking.of(other).borrow(other, ((LinuxEndpoint) second).descriptor());

        assertEquals(List.of(false, false), modes());

        BorrowedNonBlocking.of(other).giveBack(other, ((LinuxEndpoint) second).descriptor());
        second.close();
    }

    @Test
    void callsOfManyThreadsByManyDescriptorsNeverWait() throws StackException {
        endpoint.bind(new SockaddrIn(0x7f00_0001, 0));
        endpoint.listen(1);
        Endpoint copy = ((LinuxEndpoint) endpoint).duplicate(0, false);

        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Endpoint used = LinuxStack.open().endpoint(i % 2 == 0 ? descriptor : ((LinuxEndpoint) copy).descriptor());
            threads.add(CompletableFuture.runAsync(() -> {
                AcceptedHolder accepted = new AcceptedHolder();
                for (int n = 0; n < 5_000; n++) {
                    assertEquals(-Errno.EAGAIN, used.accept(accepted));
                }
            }, Thread.ofPlatform().daemon()::start));
        }
        threads.forEach(CompletableFuture::join);

        assertFalse(isNonBlocking());
        copy.close();
    }
}
