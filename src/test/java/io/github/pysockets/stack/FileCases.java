package io.github.pysockets.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.abi.Errno;
import org.junit.jupiter.api.Test;

/**
 * The calls that are for files, on sockets. A stack that has files too tests those itself, as the contract has no
 * way to make one.
 */
abstract class FileCases extends StackCase {
    @Test
    void readTakesWhatIsThere() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        send(pair.first(), "abc");
        byte[] into = bytes("......");

        assertEquals(2, file(pair.second()).read(into, 1, 2));
        assertArrayEquals(bytes(".ab..."), into);
        assertEquals(1, file(pair.second()).read(into, 3, 3));
        assertArrayEquals(bytes(".abc.."), into);
    }

    @Test
    void readNeverWaits() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");

        assertEquals(-Errno.EAGAIN, file(pair.second()).read(new byte[4], 0, 4));
        assertEquals(0, file(pair.second()).read(new byte[4], 0, 0), "nothing was asked for");
        close(pair.first());
        assertEquals(0, file(pair.second()).read(new byte[4], 0, 4), "the end");
    }

    @Test
    void writeSends() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");

        assertEquals(3, file(pair.first()).write(bytes("-abc-"), 1, 3));

        assertEquals("abc", receive(pair.second()));
    }

    @Test
    void writeNeverWaits() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        byte[] many = new byte[100_000];
        int result;
        do {
            result = file(pair.first()).write(many, 0, many.length);
        } while (result > 0);

        assertEquals(-Errno.EAGAIN, result);
    }

    @Test
    void writeToNobodyIsAnErrorAndNoSignal() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        close(pair.second());

        assertEquals(-EPIPE, file(pair.first()).write(bytes("x"), 0, 1));
    }

    @Test
    void numberThatIsNotOpenIsTold() throws StackException {
        Endpoint gone = stack().socket(number("AF_INET"), number("SOCK_STREAM"), 0);
        gone.close();

        assertEquals(-Errno.EBADF, file(gone).read(new byte[1], 0, 1));
        assertEquals(-Errno.EBADF, file(gone).write(new byte[1], 0, 1));
        assertEquals(-Errno.EBADF, file(pair("SOCK_STREAM").first()).sendFile(descriptors().endpoint(-1), 0, 1));
    }

    @Test
    void socketIsNoFileToSend() throws StackException {
        EndpointPair from = pair("SOCK_STREAM");
        EndpointPair to = pair("SOCK_STREAM");
        send(from.first(), "abc");

        assertEquals(-Errno.EINVAL, file(to.first()).sendFile(from.second(), -1, 3));
    }

    @Test
    void partThatIsOutsideTheArrayIsRefused() throws StackException {
        FileEndpoint file = file(pair("SOCK_STREAM").first());

        assertThrows(IndexOutOfBoundsException.class, () -> file.read(new byte[4], 2, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> file.read(new byte[4], 5, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> file.write(new byte[4], -1, 3));
    }
}
