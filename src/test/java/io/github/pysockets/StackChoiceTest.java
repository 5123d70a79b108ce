package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.cli.JythonMain;
import io.github.pysockets.cli.Main;
import io.github.pysockets.fixtures.OwnProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both commands on the stack that a property names. */
final class StackChoiceTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static OwnProcess.Result run(String stack, Class<?> command, String program) throws Exception {
        return OwnProcess.run(LIMIT, List.of("-Dpysockets.stack=" + stack), command, "-c", program);
    }

    @Test
    void portableOne() throws Exception {
        OwnProcess.Result ended = run("nio", Main.class, """
                import asyncio, selectors, socket

                async def answer(reader, writer):
                    writer.write(await reader.read(100))
                    writer.close()

                async def ask():
                    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
                        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                        writer.write(b"hello")
                        print(await reader.read(100), selectors.DefaultSelector.__name__, hasattr(socket, "SCM_RIGHTS"))
                        writer.close()

                asyncio.run(ask())
                """);

        assertEquals(new OwnProcess.Result(0, "b'hello' PollSelector False\n", ""), ended);
    }

    /** It reaches itself alone, by the name of the machine too, and its time is the machine's. */
    @Test
    void oneInMemory() throws Exception {
        OwnProcess.Result ended = run("virtual", Main.class, """
                import socket, sys

                listener = socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True)
                with socket.create_connection((socket.gethostname(), listener.getsockname()[1])) as client:
                    print(client.getpeername()[0] in ("10.0.0.1", "fd00::1"), "_pysockets.clock" in sys.modules)
                    client.settimeout(0.01)
                    try:
                        client.recv(1)
                    except TimeoutError as late:
                        print(late)
                try:
                    socket.getaddrinfo("python.org", 80)
                except socket.gaierror as unknown:
                    print(unknown)
                """);

        assertEquals(new OwnProcess.Result(0, """
                True False
                timed out
                [Errno -2] Name or service not known
                """, ""), ended);
    }

    @Test
    void oneInMemoryForJython() throws Exception {
        OwnProcess.Result ended = run("virtual", JythonMain.class, """
                import select, socket
                listener = socket.socket()
                listener.bind(("", 0))
                listener.listen(1)
                client = socket.create_connection(("localhost", listener.getsockname()[1]))
                listener.accept()[0].send("hello")
                print client.recv(9), hasattr(select, "epoll")
                """);

        assertEquals(new OwnProcess.Result(0, "hello False\n", ""), ended);
    }

    @Test
    void portableOneForJython() throws Exception {
        OwnProcess.Result ended = run("nio", JythonMain.class, """
                import select, socket
                left, right = socket.socketpair()
                left.dup().send("hello")
                print right.recv(9), hasattr(select, "epoll")
                """);

        assertEquals(new OwnProcess.Result(0, "hello False\n", ""), ended);
    }

    @Test
    void unknownOneIsRefusedInOneSentence() throws Exception {
        String told = "pysockets: pysockets.stack names no stack: it must be linux, nio or virtual, and is \"bsd\".\n";

        assertEquals(new OwnProcess.Result(1, "", told), run("bsd", JythonMain.class, "print 1"));
        assertEquals("Fatal Python error: " + told, firstLine(run("bsd", Main.class, "print(1)").err()));
    }

    private static String firstLine(String text) {
        return text.substring(0, text.indexOf('\n') + 1);
    }
}
