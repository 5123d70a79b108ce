package io.github.pysockets.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.pysockets.abi.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Socket options, as numbers and as bytes. */
abstract class OptionCases extends StackCase {
    private int socketLevel;
    private Endpoint endpoint;

    @BeforeEach
    void openOne() throws StackException {
        socketLevel = number("SOL_SOCKET");
        endpoint = open(number("AF_INET"), "SOCK_STREAM");
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.nativeOrder());
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    @Test
    void flagIsSetAndRead() throws StackException {
        int reuse = number("SO_REUSEADDR");
        assertEquals(0, endpoint.getOption(socketLevel, reuse));

        endpoint.setOption(socketLevel, reuse, 1);
        assertNotEquals(0, endpoint.getOption(socketLevel, reuse));

        endpoint.setOption(socketLevel, reuse, 0);
        assertEquals(0, endpoint.getOption(socketLevel, reuse));
    }

    @Test
    void numberAndBytesAreTheSame() throws StackException {
        int keepIdle = number("TCP_KEEPIDLE");
        byte[] value = new byte[4];

        endpoint.setOption(number("IPPROTO_TCP"), keepIdle, ints(77));
        assertEquals(77, endpoint.getOption(number("IPPROTO_TCP"), keepIdle));

        endpoint.setOption(number("IPPROTO_TCP"), keepIdle, 78);
        assertEquals(4, endpoint.getOption(number("IPPROTO_TCP"), keepIdle, value));
        assertArrayEquals(ints(78), value);
    }

    @Test
    void structIsSetAndRead() throws StackException {
        byte[] linger = ints(1, 33);
        byte[] value = new byte[8];

        endpoint.setOption(socketLevel, number("SO_LINGER"), linger);

        assertEquals(8, endpoint.getOption(socketLevel, number("SO_LINGER"), value));
        assertArrayEquals(linger, value);
    }

    @Test
    void moreRoomThanTheValueTakesIsLeftAlone() throws StackException {
        byte[] value = new byte[100];
        Arrays.fill(value, (byte) 9);

        assertEquals(4, endpoint.getOption(socketLevel, number("SO_TYPE"), value));

        assertArrayEquals(ints(number("SOCK_STREAM")), Arrays.copyOf(value, 4));
        assertEquals(9, value[4]);
        assertEquals(9, value[99]);
    }

    @Test
    void lessRoomThanTheValueTakesCutsIt() throws StackException {
        byte[] value = new byte[2];

        assertEquals(2, endpoint.getOption(socketLevel, number("SO_TYPE"), value));

        assertArrayEquals(Arrays.copyOf(ints(number("SOCK_STREAM")), 2), value);
    }

    @Test
    void socketTellsWhatItIs() throws StackException {
        assertEquals(number("AF_INET"), endpoint.getOption(socketLevel, number("SO_DOMAIN")));
        assertEquals(number("SOCK_STREAM"), endpoint.getOption(socketLevel, number("SO_TYPE")));
        assertEquals(number("IPPROTO_TCP"), endpoint.getOption(socketLevel, number("SO_PROTOCOL")));
        assertEquals(0, endpoint.getOption(socketLevel, number("SO_ACCEPTCONN")));

        endpoint.listen(1);

        assertEquals(1, endpoint.getOption(socketLevel, number("SO_ACCEPTCONN")));
    }

    @Test
    void unknownOptionIsRefused() {
        int nobodys = 30_000;

        assertFails(ENOPROTOOPT, () -> endpoint.getOption(socketLevel, nobodys));
        assertFails(ENOPROTOOPT, () -> endpoint.getOption(socketLevel, nobodys, new byte[4]));
        assertFails(ENOPROTOOPT, () -> endpoint.setOption(socketLevel, nobodys, 1));
        assertFails(ENOPROTOOPT, () -> endpoint.setOption(socketLevel, nobodys, new byte[4]));
    }

    @Test
    void valueThatIsTooShortIsRefused() {
        assertFails(Errno.EINVAL, () -> endpoint.setOption(socketLevel, number("SO_REUSEADDR"), new byte[2]));
        assertFails(Errno.EINVAL, () -> endpoint.setOption(socketLevel, number("SO_REUSEADDR"), new byte[0]));
    }

    @Test
    void lengthAloneIsNoValue() {
        // No option of a common family takes a length alone: what it lacks is the value that it should point to.
        assertFails(EFAULT, () -> endpoint.setOptionLength(socketLevel, number("SO_REUSEADDR"), 4));
    }
}
