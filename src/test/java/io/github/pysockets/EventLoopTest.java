package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.PlainStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What the event loop of {@code pysockets} has to do with Java: stacks, and ways in which it ends. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
final class EventLoopTest {
    private static final String ECHO = """
            import asyncio, pysockets

            class Echo(asyncio.Protocol):
                def connection_made(self, transport):
                    self.transport = transport

                def data_received(self, data):
                    self.transport.write(data)

            async def talk():
                loop = asyncio.get_running_loop()
                server = await loop.create_server(Echo, "127.0.0.1", 0)
                port = server.sockets[0].getsockname()[1]
                streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(10)]
                for number, (_, writer) in enumerate(streams):
                    writer.write(b"%d" % number * 100_000)
                echoes = [await reader.readexactly(100_000) for reader, _ in streams]
                for _, writer in streams:
                    writer.close()
                    await writer.wait_closed()
                server.close()
                await asyncio.sleep(0.001)
                return all(echo == b"%d" % number * 100_000 for number, echo in enumerate(echoes))

            def run():
                with asyncio.Runner(loop_factory=pysockets.new_event_loop) as runner:
                    return runner.run(talk())

            def forever():
                loop = pysockets.new_event_loop()
                try:
                    loop.run_forever()
                except OSError as failure:
                    return type(failure).__name__ + " " + str(failure.errno)
            """;

    private static Sandbox sandbox(PySockets.Builder builder) {
        Sandbox sandbox = new Sandbox(builder);
        sandbox.run(ECHO);
        return sandbox;
    }

    @Test
    void contextWithoutIo() {
        try (Sandbox sandbox = sandbox(PySockets.builder())) {
            assertEquals("True", sandbox.text("str(run())"));
        }
    }

    @Test
    void stackWithoutEpoll() {
        try (Sandbox sandbox = sandbox(PySockets.builder().stack(new PlainStack(LinuxStack.open())))) {
            assertEquals("True", sandbox.text("str(run())"));
        }
    }

    @Test
    void interruptEndsIt() throws Exception {
        try (Sandbox sandbox = sandbox(PySockets.builder())) {
            Blocked blocked = Blocked.in(sandbox.get("forever"));
            blocked.thread.interrupt();
            assertEquals("InterruptedError 4", blocked.result());
            assertEquals("True", sandbox.text("str(run())"));
        }
    }

    @Test
    void closeOfTheHandleEndsIt() throws Exception {
        try (Sandbox sandbox = sandbox(PySockets.builder())) {
            Blocked blocked = Blocked.in(sandbox.get("forever"));
            sandbox.sockets.close();
            assertEquals("OSError 9", blocked.result());
        }
    }

    @Test
    void closeOfTheHandleEndsItWithoutEpoll() throws Exception {
        try (Sandbox sandbox = sandbox(PySockets.builder().stack(new PlainStack(LinuxStack.open())))) {
            Blocked blocked = Blocked.in(sandbox.get("forever"));
            sandbox.sockets.close();
            assertEquals("OSError 9", blocked.result());
        }
    }
}
