package io.github.pysockets.jython;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.JythonSockets;
import io.github.pysockets.fixtures.JythonScripts;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of options' structs, at the system's end, for what a script packs and unpacks. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class StructOrderTest {
    /** Takes any value for any option, and gives the last one back. */
    private static final class Memory extends ForwardingEndpoint {
        private byte[] value = {};

        Memory(Endpoint delegate) {
            super(delegate, endpoint -> endpoint);
        }

        @Override
        public void setOption(int level, int name, byte[] given) {
            value = given.clone();
        }

        @Override
        public int getOption(int level, int name, byte[] into) {
            int count = Math.min(into.length, value.length);
            System.arraycopy(value, 0, into, 0, count);
            return count;
        }
    }

    private static final class MemoryStack extends ForwardingStack {
        private Memory last;

        MemoryStack() {
            super(LinuxStack.open());
        }

        @Override
        public Endpoint socket(int family, int type, int protocol) throws StackException {
            last = new Memory(super.socket(family, type, protocol));
            return last;
        }
    }

    private static JythonScripts scripts;
    private static Memory memory;

    @BeforeAll
    static void start() {
        MemoryStack stack = new MemoryStack();
        // Trusted, so that no option is refused.
        scripts = new JythonScripts(JythonSockets.builder().stack(stack).foreignDescriptors(true));
        scripts.run("from socket import *; from struct import pack, unpack; s = socket()");
        memory = stack.last;
    }

    @AfterAll
    static void end() {
        scripts.close();
    }

    /** Items for a struct in the machine's form: a Byte, Short, Integer, Long or byte array each. */
    private static byte[] struct(Object... items) {
        ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());
        for (Object item : items) {
            switch (item) {
                case Byte number -> bytes.put(number);
                case Short number -> bytes.putShort(number);
                case Integer number -> bytes.putInt(number);
                case Long number -> bytes.putLong(number);
                default -> bytes.put((byte[]) item);
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** What reaches the system for an expression of Python. */
    private static byte[] set(String level, String option, String value) {
        scripts.run("s.setsockopt(%s, %s, %s)".formatted(level, option, value));
        return memory.value;
    }

    /** What Python unpacks of what the system gives, as text. */
    private static String got(String level, String option, String format, int size, byte[] value) {
        memory.value = value;
        return scripts.text("unpack('%s', s.getsockopt(%s, %s, %d))".formatted(format, level, option, size));
    }

    private static final byte[] GROUP = {(byte) 224, 0, 0, 1};
    private static final byte[] HERE = {127, 0, 0, 1};
    private static final String ADDRESSES = "inet_aton('224.0.0.1') + inet_aton('127.0.0.1')";

    @Test
    void linger() {
        assertArrayEquals(struct(1, 258), set("SOL_SOCKET", "SO_LINGER", "pack('ii', 1, 258)"));
        assertEquals("(1, 258)", got("SOL_SOCKET", "SO_LINGER", "ii", 8, struct(1, 258)));
    }

    @Test
    void credentials() {
        assertEquals("(258, -2, 3)", got("SOL_SOCKET", "17", "iii", 12, struct(258, -2, 3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SO_RCVTIMEO", "SO_SNDTIMEO"})
    void times(String option) {
        assertArrayEquals(struct(258L, 500000L), set("SOL_SOCKET", option, "pack('ll', 258, 500000)"));
        assertArrayEquals(struct(-1L, 0L), set("SOL_SOCKET", option, "pack('ll', -1, 0)"));
        assertArrayEquals(struct(1L << 40, 7L), set("SOL_SOCKET", option, "pack('qq', 1 << 40, 7)"));
        assertEquals("(258, 500000)", got("SOL_SOCKET", option, "ll", 8, struct(258L, 500000L)));
        assertEquals("(-1, 0)", got("SOL_SOCKET", option, "ll", 8, struct(-1L, 0L)));
        assertEquals("(1099511627776L, 7L)", got("SOL_SOCKET", option, "qq", 16, struct(1L << 40, 7L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IP_ADD_MEMBERSHIP", "IP_DROP_MEMBERSHIP", "IP_MULTICAST_IF"})
    void membershipsWithAndWithoutAnIndex(String option) {
        assertArrayEquals(
                struct(GROUP, HERE, 258), set("IPPROTO_IP", option, ADDRESSES + " + pack('i', 258)"));
        assertArrayEquals(struct(GROUP, HERE), set("IPPROTO_IP", option, ADDRESSES));
        assertArrayEquals(struct(GROUP), set("IPPROTO_IP", option, "inet_aton('224.0.0.1')"));
    }

    /** IP_ADD_SOURCE_MEMBERSHIP and its like: three addresses, in as many bytes as two and an index. */
    @ParameterizedTest
    @ValueSource(ints = {37, 38, 39, 40})
    void sourcesAreAddresses(int option) {
        byte[] source = {10, 1, 2, 3};
        assertArrayEquals(
                struct(GROUP, HERE, source),
                set("IPPROTO_IP", Integer.toString(option), ADDRESSES + " + inet_aton('10.1.2.3')"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPV6_JOIN_GROUP", "IPV6_LEAVE_GROUP", "50"})
    void indexesAfterAnIpv6Address(String option) {
        byte[] group = new byte[16];
        group[0] = (byte) 0xff;
        group[1] = 1;
        group[15] = 9;
        assertArrayEquals(
                struct(group, 258),
                set("IPPROTO_IPV6", option, "inet_pton(AF_INET6, 'ff01::9') + pack('I', 258)"));
    }

    /** Each number tells its place. */
    @Test
    void informationAboutAConnection() {
        Object[] items = new Object[59];
        String format = "8B24I4Q6I4Q2I2Q6I2HI";
        int at = 0;
        for (String item : format.replaceAll("[A-Z]", "$0 ").split(" ")) {
            int count = item.length() == 1 ? 1 : Integer.parseInt(item.substring(0, item.length() - 1));
            for (int end = at + count; at < end; at++) {
                items[at] = switch (item.charAt(item.length() - 1)) {
                    case 'B' -> (byte) at;
                    case 'H' -> (short) at;
                    case 'I' -> at;
                    default -> (long) at;
                };
            }
        }
        assertEquals(items.length, at);
        byte[] all = struct(items);
        memory.value = all;
        scripts.run("got = unpack('>" + format + "', s.getsockopt(IPPROTO_TCP, TCP_INFO, 248))");
        assertEquals("True", scripts.text("got == tuple(range(59))"));
        scripts.run("got = unpack('>8B24I', s.getsockopt(IPPROTO_TCP, TCP_INFO, 104))");
        assertEquals("True", scripts.text("got == tuple(range(32))"), "what older programs know of it");
    }

    /** What was cut in the middle of a number, and what a newer system adds, stays as it is. */
    @Test
    void onlyWholeKnownNumbersAreTurned() {
        byte[] more = struct(1, 2, 3);
        assertEquals("(1, 2)", got("SOL_SOCKET", "SO_LINGER", "ii", 8, more));
        memory.value = more;
        assertEquals("True", scripts.text("s.getsockopt(SOL_SOCKET, SO_LINGER, 12)[8:] == pack('<i', 3)"));
        assertEquals("True", scripts.text("s.getsockopt(SOL_SOCKET, SO_LINGER, 6) == pack('>i', 1) + '\\x02\\0'"));
    }

    @ParameterizedTest
    @CsvSource({"SOL_SOCKET, SO_KEEPALIVE", "IPPROTO_TCP, TCP_KEEPIDLE", "IPPROTO_IPV6, IPV6_V6ONLY",
        "SOL_SOCKET, SO_ERROR"})
    void numbers(String level, String option) {
        assertArrayEquals(struct(258), set(level, option, "pack('i', 258)"));
        assertEquals("(258,)", got(level, option, "i", 4, struct(258)));
        assertArrayEquals(new byte[] {9}, set(level, option, "'\\x09'"), "a single byte");
    }

    /** IP_OPTIONS, SO_BINDTODEVICE, TCP_CONGESTION and an option that nobody knows: whatever the length. */
    @ParameterizedTest
    @CsvSource({"0, 4", "1, 25", "6, 13", "1, 999"})
    void otherBytesStayAsTheyAre(String level, String option) {
        for (int length : new int[] {4, 8, 12, 16}) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (i + 1);
            }
            assertArrayEquals(bytes, set(level, option, "''.join(map(chr, range(1, %d)))".formatted(length + 1)));
        }
    }
}
