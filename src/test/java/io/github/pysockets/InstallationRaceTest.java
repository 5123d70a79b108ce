package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.graalpy.Installation;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.python.SearchRule;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.junit.jupiter.api.Test;

/** A context has one installation, and one that is refused leaves nothing open. */
final class InstallationRaceTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 15;
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;

    @Test
    void oneOfSeveralAtOnceWins() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (Context context = ScriptContexts.sandbox().build()) {
                    context.initialize("python");
                    Collection<SocketRuntime> made = new ConcurrentLinkedQueue<>();
                    SocketRuntime winner = winner(threads, context, made);
                    assertEquals(THREADS, made.size());
                    for (SocketRuntime runtime : made) {
                        assertEquals(runtime == winner, isOpen(runtime));
                    }
                    winner.close();
                }
            }
        }
    }

    private static SocketRuntime winner(ExecutorService threads, Context context, Collection<SocketRuntime> made)
            throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        Callable<SocketRuntime> installing = () -> {
            together.await(30, TimeUnit.SECONDS);
            return install(context, made);
        };
        List<Future<SocketRuntime>> results = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            results.add(threads.submit(installing));
        }
        SocketRuntime winner = null;
        for (Future<SocketRuntime> result : results) {
            try {
                SocketRuntime installed = result.get(60, TimeUnit.SECONDS);
                assertEquals(null, winner);
                winner = installed;
            } catch (ExecutionException refused) {
                assertEquals("java.lang.IllegalStateException: PySockets is installed in this context already: "
                        + "install it once for each context.", refused.getMessage());
            }
        }
        return winner;
    }

    private static SocketRuntime install(Context context, Collection<SocketRuntime> made) {
        return Installation.install(
                context,
                numbering -> {
                    SocketRuntime runtime =
                            new SocketRuntime(LinuxStack.open(), numbering, false, () -> false, SearchRule.NEVER);
                    made.add(runtime);
                    return runtime;
                },
                null,
                true);
    }

    private static boolean isOpen(SocketRuntime runtime) {
        try {
            runtime.open(AF_INET, SOCK_STREAM, 0);
            return true;
        } catch (StackException closed) {
            return false;
        }
    }

    @Test
    void refusedForItsBuffers() {
        try (Context context = ScriptContexts.with(HostAccess.EXPLICIT).build()) {
            assertRefusedAndClosed(context);
        }
    }

    @Test
    void refusedAfterAnImport() {
        try (Context context = ScriptContexts.sandbox().build()) {
            context.eval("python", "import socket");
            assertRefusedAndClosed(context);
            assertTrue(context.eval("python", """
                    import sys, _socket
                    _socket.__spec__.origin != "<_socket>" and "_ssl" not in sys.modules
                    """).asBoolean());
        }
    }

    private static void assertRefusedAndClosed(Context context) {
        Collection<SocketRuntime> made = new ConcurrentLinkedQueue<>();
        assertThrows(IllegalStateException.class, () -> install(context, made));
        assertEquals(1, made.size());
        made.forEach(runtime -> assertEquals(false, isOpen(runtime)));
        assertTrue(context.eval("python", """
                import sys
                "_pysockets" not in sys.modules and not any("JarModules" in str(finder) for finder in sys.meta_path)
                """).asBoolean());
    }
}
