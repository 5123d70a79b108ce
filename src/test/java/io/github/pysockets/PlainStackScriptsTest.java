package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.PlainStack;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** Scripts on a stack whose sockets have no numbers from the operating system, no ancillary data and no epoll. */
final class PlainStackScriptsTest {
    private static String run(String script) {
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(new PlainStack(LinuxStack.open())))) {
            return sandbox.text(script);
        }
    }

    @Test
    void connectionsAreMadeAndWaitedFor() {
        assertEquals("b'hello' b'hello' b'' True", run("""
                import select, socket

                with socket.create_server(("127.0.0.1", 0)) as listener:
                    client = socket.create_connection(listener.getsockname())
                    server, address = listener.accept()
                    same = address == client.getsockname()
                    client.sendall(b"hello")
                    ready, _, _ = select.select([server], [], [], 10)
                    first = ready[0].recv(10)
                    poll = select.poll()
                    poll.register(client, select.POLLIN)
                    with server.makefile("wb") as file:
                        file.write(first)
                    events = poll.poll(10_000)
                    again = client.recv(10) if events == [(client.fileno(), select.POLLIN)] else events
                    server.close()
                    end = client.recv(10)
                    client.close()
                f"{first} {again} {end} {same}"
                """));
    }

    @Test
    void numbersAreTheLowestFreeOnes() {
        assertEquals("[0, 1, 2] [1] [3] True", run("""
                import socket

                sockets = [socket.socket() for _ in range(3)]
                base = sockets[0].fileno()
                numbers = [s.fileno() - base for s in sockets]
                sockets[1].close()
                again = [socket.socket()]
                more = [socket.socket()]
                f"{numbers} {[s.fileno() - base for s in again]} {[s.fileno() - base for s in more]} {base > 1023}"
                """));
    }

    /** Where the interpreter's own functions have the process's numbers, ours are above all of them. */
    @Test
    void osModuleFindsThem() {
        try (Context context = ScriptContexts.nativeBackend().build()) {
            PySockets sockets = PySockets.builder().stack(new PlainStack(LinuxStack.open())).install(context);
            assertEquals("True b'' EBADF", context.eval("python", """
                    import errno, os, socket

                    left, right = socket.socketpair()
                    number = left.detach()
                    os.close(number)
                    try:
                        os.close(number)
                        again = None
                    except OSError as failure:
                        again = errno.errorcode[failure.errno]
                    f"{number > 1_000_000} {right.recv(1)} {again}"
                    """).asString());
            sockets.close();
        }
    }

    @Test
    void detachedSocketIsTakenUpAgain() {
        assertEquals("b'x' -1", run("""
                import socket

                left, right = socket.socketpair()
                number = left.detach()
                again = socket.socket(fileno=number)
                right.send(b"x")
                f"{again.recv(1)} {left.fileno()}"
                """));
    }

    @Test
    void whatTheStackCannotDoIsRefused() {
        assertEquals("EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP", run("""
                import errno, select, socket

                def refusal(call, *arguments):
                    try:
                        return call(*arguments)
                    except OSError as failure:
                        return errno.errorcode[failure.errno].replace("ENOTSUP", "EOPNOTSUPP")

                left, right = socket.socketpair()
                " ".join(map(str, (refusal(left.sendmsg, [b"x"]), refusal(left.recvmsg, 1), refusal(left.dup),
                                   refusal(select.epoll))))
                """));
    }
}
