package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** What a stack says of a failure comes in the exception: of calls that return a number, throw, or wait. */
final class FailureTextTest {
    private static final class Refusing extends ForwardingStack {
        Refusing() {
            super(LinuxStack.open());
        }

        @Override
        protected Endpoint wrap(Endpoint endpoint) {
            return new ForwardingEndpoint(endpoint, this::wrap) {
                @Override
                public int connect(SocketAddress remote) {
                    FailureText.leave(Errno.EACCES, "connect, for a test");
                    return -Errno.EACCES;
                }

                @Override
                public void bind(SocketAddress local) throws StackException {
                    FailureText.leave(Errno.EACCES, "bind, for a test");
                    throw new StackException(Errno.EACCES);
                }

                @Override
                public void listen(int backlog) throws StackException {
                    throw new StackException(Errno.EACCES);
                }
            };
        }

        @Override
        protected NameService wrap(NameService names) {
            return new ForwardingNames(names) {
                @Override
                public List<AddressInfo> getaddrinfo(
                        byte[] host, byte[] service, int family, int type, int protocol, int flags)
                        throws StackException {
                    FailureText.leave(Errno.EACCES, "look-up, for a test");
                    throw new StackException(Errno.EACCES);
                }
            };
        }
    }

    private static String texts(String... calls) {
        try (Context context = ScriptContexts.sandbox().build();
                PySockets _ = PySockets.builder().stack(new Refusing()).install(context)) {
            context.eval("python", """
                    import socket

                    def text(call):
                        try:
                            return str(call())
                        except PermissionError as failure:
                            assert failure.errno == 13
                            return failure.strerror

                    s = socket.socket()
                    """);
            StringBuilder texts = new StringBuilder();
            for (String call : calls) {
                texts.append(context.eval("python", "text(lambda: " + call + ")").asString()).append('\n');
            }
            return texts.toString();
        }
    }

    @Test
    void isNotLeftForALaterFailure() {
        assertEquals("""
                13
                Permission denied
                """, texts("s.connect_ex(('127.0.0.1', 9))", "s.listen()"));
    }

    @Test
    void followsTheErrnosOwn() {
        assertEquals("""
                Permission denied: connect, for a test
                Permission denied: bind, for a test
                Permission denied
                Permission denied: look-up, for a test
                Permission denied: connect, for a test
                """,
                texts("s.connect(('127.0.0.1', 9))", "s.bind(('127.0.0.1', 0))", "s.listen()",
                        "socket.getaddrinfo('localhost', 80)", "s.connect(('127.0.0.1', 9))"));
    }
}
