package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pysockets.fixtures.Sandbox;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever goes wrong, a script sees a Python exception that {@code except Exception} catches, and no name from Java.
 */
final class PythonErrorsTest {
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run("""
                import copy, os, pickle, socket, traceback

                # GraalPy's own name is in the place of the standard library on the disk, and so in tracebacks.
                PLACE = os.path.dirname(os.__file__)

                class Odd:
                    def __index__(self):
                        raise LookupError("no index")

                class Text(str):
                    pass

                def closed(kind=socket.SOCK_STREAM):
                    sock = socket.socket(type=kind)
                    sock.close()
                    return sock

                def tcp():
                    return socket.socket()

                def udp():
                    return socket.socket(type=socket.SOCK_DGRAM)

                def pair():
                    return socket.socketpair()[0]

                def waiting():
                    left, right = socket.socketpair()
                    left.settimeout(0.001)
                    left.other_end = right
                    return left

                def failing(text):
                    try:
                        eval(text)
                    except Exception as failure:
                        return (traceback.format_exc() + repr(failure) + repr(failure.args)).replace(PLACE, "")
                    return ""
                """);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static void assertPythonOnly(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String name : new String[] {"java", "polyglot", "truffle", "graal", "io.github", "foreign"}) {
            assertFalse(lower.contains(name), () -> "\"" + name + "\" in: " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // what the kernel refuses
                "socket.create_connection(('127.0.0.1', 1), 5)",
                "tcp().accept()",
                "tcp().recv(1)",
                "tcp().getpeername()",
                "tcp().shutdown(socket.SHUT_RDWR)",
                "tcp().bind(('192.0.2.1', 1))",
                "tcp().setsockopt(socket.SOL_SOCKET, 9999, 1)",
                "tcp().setsockopt(socket.SOL_SOCKET, 9999, b'abc')",
                "tcp().setsockopt(socket.SOL_SOCKET, 9999, None, 4)",
                "tcp().getsockopt(socket.SOL_SOCKET, 9999)",
                "udp().listen()",
                "udp().sendto(bytes(100_000), ('127.0.0.1', 9))",
                "udp().send(b'x')",
                "pair().sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, b'1234')])",
                "socket.socket(99)",
                "socket.socket(socket.AF_INET, 99)",
                "socket.socketpair(socket.AF_INET)",
                // what is closed, or not ours
                "closed().recv(1)",
                "closed().send(b'x')",
                "closed().sendall(b'x')",
                "closed().sendto(b'x', ('127.0.0.1', 9))",
                "closed().connect(('127.0.0.1', 9))",
                "closed().recvmsg(1)",
                "closed().getsockname()",
                "closed().settimeout(1)",
                "closed().dup()",
                "socket.socket(fileno=0)",
                "socket.socket(fileno=999_999)",
                "socket.socket(fileno=-1)",
                "socket.close(999_999)",
                "socket.dup(999_999)",
                "socket.fromfd(999_999, 2, 1)",
                // time
                "waiting().recv(1)",
                "waiting().sendall(bytes(50_000_000))",
                "waiting().recvmsg(1)",
                "waiting().makefile('rb').read(1)",
                "tcp().settimeout(-1)",
                "tcp().settimeout('1')",
                "tcp().settimeout(1e300)",
                "tcp().settimeout(float('nan'))",
                "pair().recv(1, socket.MSG_DONTWAIT)",
                // what is no argument
                "tcp().connect('127.0.0.1')",
                "tcp().connect(('127.0.0.1',))",
                "tcp().connect(('127.0.0.1', 99999))",
                "tcp().connect(('127.0.0.1', '80'))",
                "tcp().connect(('127.0.0.1', 10 ** 40))",
                "tcp().connect((1, 80))",
                "tcp().connect((None, 80))",
                "tcp().connect(('a\\0b', 80))",
                "tcp().connect((b'\\xff\\xfe', 80))",
                "tcp().connect((Text('\\udc80'), 80))",
                "tcp().connect(('x' * 70_000, 80))",
                "tcp().connect(Odd())",
                "tcp().connect(('127.0.0.1', Odd()))",
                "socket.socket(socket.AF_UNIX).connect('x' * 200)",
                "socket.socket(socket.AF_UNIX).connect(5)",
                "pair().send('text')",
                "pair().send(None)",
                "pair().send(memoryview(bytes(10))[::2])",
                "pair().sendmsg([b'x', 'y'])",
                "pair().sendmsg(5)",
                "pair().sendmsg([b'x'], [(1, 2)])",
                "pair().sendmsg([b'x'], [('a', 'b', 'c')])",
                "pair().sendmsg([b'x'] * 5000)",
                "pair().recv(-1)",
                "pair().recv('1')",
                "pair().recv(1.5)",
                "pair().recv(Odd())",
                "pair().recv(10 ** 40)",
                "pair().recv(1 << 62)",
                "pair().recv()",
                "pair().recv(1, 2, 3)",
                "pair().recv(size=1)",
                "pair().recv_into(b'readonly')",
                "pair().recv_into(bytearray(1), 5)",
                "pair().recv_into('text')",
                "pair().recvfrom_into(bytearray(1), -1)",
                "pair().recvmsg(1, -1)",
                "pair().recvmsg_into([b'readonly'])",
                "tcp().setsockopt(1, 2)",
                "tcp().setsockopt('a', 'b', 'c')",
                "tcp().setsockopt(1, 2, 'text')",
                "tcp().setsockopt(1, 2, 1 << 40)",
                "tcp().getsockopt(1, 2, 5000)",
                "tcp().getsockopt(1, 2, -5)",
                "tcp().listen('many')",
                "tcp().shutdown(99)",
                "tcp().makefile('x')",
                "tcp().no_such_method()",
                "setattr(tcp(), 'family', 1)",
                "socket.socket(Odd())",
                "socket.socket('AF_INET')",
                "socket.socket(1 << 70)",
                "socket.htons(-1)",
                "socket.htons(1 << 20)",
                "socket.ntohl('1')",
                "socket.inet_aton('nonsense')",
                "socket.inet_ntoa(b'123')",
                "socket.inet_pton(99, 'x')",
                "socket.inet_ntop(socket.AF_INET6, b'123')",
                "socket.setdefaulttimeout('x')",
                "socket.CMSG_LEN(-1)",
                "socket.CMSG_SPACE(1 << 70)",
                // names
                "socket.getaddrinfo('nonsense', 80, flags=socket.AI_NUMERICHOST)",
                "socket.getaddrinfo('127.0.0.1', 'no such service')",
                "socket.getaddrinfo(5, 80)",
                "socket.getaddrinfo(None, None)",
                "socket.getaddrinfo('127.0.0.1', 80, family=99)",
                "socket.getnameinfo(('127.0.0.1',), 0)",
                "socket.getnameinfo(('nonsense', 80), 0)",
                "socket.getnameinfo(5, 0)",
                "socket.gethostbyname(5)",
                "socket.gethostbyname('a\\0b')",
                "socket.gethostbyaddr('nonsense\\0')",
                "socket.getservbyname('no such service')",
                "socket.getservbyport(-1)",
                "socket.getprotobyname('no such protocol')",
                "socket.if_nametoindex('no such interface')",
                "socket.if_indextoname(999_999)",
                "socket.sethostname(5)",
                // objects
                "pickle.dumps(tcp())",
                "copy.copy(tcp())",
                "socket.socket.recv(5, 1)"
            })
    void failureIsPythonsOwn(String text) {
        String traceback = Sandbox.text(sandbox.get("failing").execute(text));
        assertFalse(traceback.isEmpty(), "nothing was raised");
        assertPythonOnly(traceback);
    }

    @Test
    void namesAndTextsOfTheModuleArePythonsOwn() {
        assertPythonOnly(sandbox.text("""
                import _socket

                shown = []
                for owner in (socket, _socket, socket.socket, _socket.socket):
                    for name in dir(owner):
                        if not name.startswith("_"):
                            value = getattr(owner, name)
                            shown.append("%s %r %s" % (name, value, type(value).__name__))
                            if callable(value):
                                shown.append(str(value.__doc__))
                shown += [repr(tcp()), repr(closed()), repr(_socket.socket()), str(socket.herror(1, "text"))]
                "\\n".join(shown).replace(PLACE, "")
                """));
    }

    @Test
    void failureOfTheHandleIsPythonsOwn() {
        try (Sandbox other = new Sandbox()) {
            other.run("""
                    import os, socket, traceback

                    left, right = socket.socketpair()
                    """);
            other.sockets.close();
            String failures = other.text("""
                    failures = []
                    for text in ("left.recv(1)", "socket.socket()"):
                        try:
                            eval(text)
                        except Exception:
                            failures.append(traceback.format_exc())
                    "".join(failures).replace(os.path.dirname(os.__file__), "")
                    """);
            assertPythonOnly(failures);
            assertEquals(2, failures.split("Bad file descriptor", -1).length - 1, failures);
        }
    }
}
