package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A call of a socket's method is one call into Java, as that call is most of its cost.
 *
 * <p>Every Java function that the Python side has comes from one of two host objects. Here Python objects that count
 * the calls are put around both, before anything is taken from them.
 */
final class CrossingsTest {
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run("""
                import _pysockets

                counted = []

                class Counted:
                    def __init__(self, host):
                        self._host = host

                    def __getattr__(self, name):
                        function = getattr(self._host, name)

                        def call(*arguments):
                            # Asked once by each module, when it is imported.
                            if name != "number":
                                counted.append(name)
                            result = function(*arguments)
                            by_subject = not arguments and name in ("sockets", "names", "select", "descriptors")
                            return Counted(result) if by_subject else result

                        return call

                _pysockets.exports = Counted(_pysockets.exports)

                import socket

                left, right = socket.socketpair()
                sender = socket.socket(type=socket.SOCK_DGRAM)
                receiver = socket.socket(type=socket.SOCK_DGRAM)
                receiver.bind(("127.0.0.1", 0))
                address = receiver.getsockname()
                listener = socket.create_server(("127.0.0.1", 0))
                place = listener.getsockname()
                client = socket.create_connection(place)
                buffer = bytearray(100)
                connecting = socket.socket()
                binding = socket.socket()

                import select

                registered = select.poll()
                registered.register(left)
                watched = select.epoll()
                watched.register(left)

                # Data for the calls that are counted. What is made once, as buffers to lend, is made now.
                for _ in range(8):
                    left.send(b"x" * 100)
                    sender.sendto(b"x" * 100, address)
                right.recv(1), right.recv_into(buffer), receiver.recvfrom(1), left.fileno(), right.fileno()

                def calls_of(text):
                    counted.clear()
                    eval(text)
                    return ", ".join(counted)
                """);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static String callsOf(String text) {
        return Sandbox.text(sandbox.get("calls_of").execute(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "left.send(b'x')                         | send",
                "left.send(bytearray(b'x'))              | send",
                "left.sendall(b'x' * 1000)               | sendall",
                "right.recv(10)                          | recv",
                "right.recv_into(buffer)                 | recv",
                "sender.sendto(b'x', address)            | sendto",
                "receiver.recvfrom(10)                   | recvfrom",
                "receiver.recvfrom_into(buffer)          | recvfrom",
                "left.sendmsg([b'x', b'y'])              | sendmsg",
                "right.recvmsg(10)                       | recvmsg",
                "right.recvmsg_into([buffer])            | recvmsg",
                "listener._accept()                      | accept",
                "connecting.connect(place)               | connect",
                "binding.bind(('127.0.0.1', 0))          | bind",
                "binding.listen()                        | listen",
                "left.getsockname()                      | getsockname",
                "left.getpeername()                      | getpeername",
                "left.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)     | getsockopt",
                "left.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1) | setsockopt",
                "left.settimeout(5)                      | settimeout",
                "select.select([left], [], [], 0)        | select",
                "select.select([left], [left, left], [], 0) | select",
                "registered.register(right)              | pollRegister",
                "registered.modify(right, 1)             | pollModify",
                "registered.unregister(right)            | pollUnregister",
                "registered.poll(0)                      | poll",
                "watched.register(right)                 | epollRegister",
                "watched.modify(right, 4)                | epollModify",
                "watched.poll(0, 10)                     | epollPoll",
                "watched.unregister(right)               | epollUnregister"
            })
    void methodIsOneCall(String text, String name) {
        assertOneCall(name, text);
    }

    /** Those of functions whose name begins with this: there may be quicker ones for the common case. */
    private static void assertOneCall(String name, String text) {
        String calls = callsOf(text);
        assertTrue(calls.matches(name + "\\w*"), () -> text + " called " + calls);
    }

    @ParameterizedTest
    @CsvSource({"left.fileno()", "left.gettimeout()", "left.getblocking()", "left.family", "left.type", "left.proto",
        "left.timeout",
        "socket.htons(5)", "socket.ntohl(5)", "socket.getdefaulttimeout()"})
    void whatPythonKnowsIsNoCall(String text) {
        assertEquals("", callsOf(text));
    }

    @Test
    void largeAmountsAreOneCallToo() {
        assertOneCall("sendall", "left.sendall(bytes(50_000))");
        assertOneCall("recv", "right.recv_into(bytearray(20_000))");
        assertOneCall("recv", "right.recv(20_000)");
    }
}
