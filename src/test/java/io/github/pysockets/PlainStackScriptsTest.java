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
    void whatTheStackCannotDoIsAbsent() {
        assertEquals("[] True False", run("""
                import fcntl, select, selectors, socket, _socket

                names = {
                    _socket: "CMSG_LEN CMSG_SPACE sethostname",
                    socket: "CMSG_LEN CMSG_SPACE sethostname send_fds recv_fds",
                    _socket.socket: "sendmsg sendmsg_afalg recvmsg recvmsg_into",
                    socket.socket: "sendmsg sendmsg_afalg recvmsg recvmsg_into",
                    select: "epoll EPOLLIN EPOLL_CLOEXEC",
                    selectors: "EpollSelector",
                    fcntl: "fcntl F_GETFL",
                }
                found = [name for owner, words in names.items() for name in words.split() if hasattr(owner, name)]
                f"{found} {selectors.DefaultSelector is selectors.PollSelector} {hasattr(socket, 'AF_MISSING')}"
                """));
    }

    /** As with dup(2): each has a number, and the connection ends with the last of them. */
    @Test
    void copiesShareTheSocket() {
        assertEquals("True b'hello' BlockingIOError False b'still' b'' 1", run("""
                import socket

                left, right = socket.socketpair()
                first = left.dup()
                second = socket.fromfd(left.fileno(), left.family, left.type)
                apart = len({left.fileno(), first.fileno(), second.fileno()}) == 3
                left.close()
                first.sendall(b"hello")
                got = right.recv(9)
                first.setblocking(False)
                try:
                    first.recv(1)
                    empty = None
                except BlockingIOError as failure:
                    empty = type(failure).__name__
                shared = second.getblocking() and socket.socket(fileno=second.dup().detach()).getblocking()
                first.close()
                second.sendall(b"still")
                more = right.recv(9)
                second.close()
                # The copy of the copy was dropped, and perhaps is not closed yet.
                import gc
                right.settimeout(20)
                gc.collect()
                f"{apart} {got} {empty} {not shared} {more} {right.recv(9)} {left.fileno() + 2}"
                """));
    }

    @Test
    void descriptorFunctionsKnowTheNumbers() {
        assertEquals("False False EOPNOTSUPP True b'read' b'written' True", run("""
                import errno, os, socket, stat

                left, right = socket.socketpair()
                number = left.fileno()
                os.set_inheritable(number, False)
                try:
                    left.set_inheritable(True)
                    refused = None
                except OSError as failure:
                    refused = errno.errorcode[failure.errno].replace("ENOTSUP", "EOPNOTSUPP")
                kind = stat.S_ISSOCK(os.fstat(number).st_mode)
                right.send(b"read")
                read = os.read(number, 9)
                os.write(number, b"written")
                copy = os.dup(number)
                inheritable = f"{os.get_inheritable(number)} {left.get_inheritable()} {refused}"
                f"{inheritable} {kind} {read} {right.recv(9)} {copy > number}"
                """));
    }
}
