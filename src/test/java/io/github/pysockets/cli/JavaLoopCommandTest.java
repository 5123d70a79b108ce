package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with PYSOCKETS_LOOP=java: asyncio's default loop is ours, and signals come to it. */
final class JavaLoopCommandTest {
    private static final String PROGRAM = """
            import asyncio, os, signal

            async def main():
                loop = asyncio.get_running_loop()
                other = asyncio.new_event_loop()
                print(type(loop).__module__, type(other).__module__)
                other.close()
                print(asyncio.SelectorEventLoop.__module__)
                came = asyncio.Event()
                loop.add_signal_handler(signal.SIGUSR1, came.set)
                os.kill(os.getpid(), signal.SIGUSR1)
                await came.wait()
                print("signal", flush=True)
                try:
                    await asyncio.sleep(600)
                except asyncio.CancelledError:
                    print("cancelled", flush=True)
                    raise

            asyncio.run(main())
            """;

    @Test
    void signals(@TempDir Path folder) throws Exception {
        try (Child child = Child.main(folder.toRealPath(), Map.of("PYSOCKETS_LOOP", "java"), "-c", PROGRAM)) {
            child.expectLine("_pysockets.event_loop _pysockets.event_loop");
            child.expectLine("asyncio.unix_events");
            child.expectLine("signal");
            child.signal("INT");
            child.expectLine("cancelled");
            Child.Result result = child.result();
            assertEquals("KeyboardInterrupt", result.err().lines().reduce((_, last) -> last).orElse(""));
            assertEquals(130, result.status());
        }
    }
}
