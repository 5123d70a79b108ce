package io.github.pysockets.programs;

import io.github.pysockets.PySockets;
import io.github.pysockets.fixtures.ProcessFiles;
import io.github.pysockets.fixtures.ScriptContexts;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;

/**
 * A program that makes and closes contexts on one engine, each of which uses a little of everything. It prints what the
 * later ones have left behind. It runs in a process of its own, where nothing else uses memory.
 */
public final class ContextChurn {
    private static final int FIRST = 20;
    private static final int MIB = 1 << 20;
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);
    /** How long the first contexts are given. */
    private static final long FIRST_LIMIT = TimeUnit.SECONDS.toNanos(10);

    /**
     * One source, which the engine parses once. No TLS client is given a host name: ssl.py encodes it with a module of
     * the standard library that GraalPy compiles from text for each context. Of that, 0.2 MB stay each time, also
     * without PySockets.
     */
    private static final Source SCRIPT = Source.newBuilder("python", """
            import select, socket, ssl, threading

            socket.getaddrinfo("localhost", 80)
            pairs = [socket.socketpair() for _ in range(5)]
            for left, right in pairs:
                left.send(b"x")
                right.recv(1)
            poller = select.epoll()
            poller.register(pairs[0][0])
            poller.poll(0)
            begun = threading.Barrier(4)

            def wait(sock):
                begun.wait()
                try:
                    sock.recv(1)
                except OSError:
                    pass

            for left, right in pairs[:3]:
                threading.Thread(target=wait, args=(left,), daemon=True).start()
            begun.wait()
            client = ssl.create_default_context()
            client.check_hostname = False
            server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            to, back = ssl.MemoryBIO(), ssl.MemoryBIO()
            try:
                client.wrap_bio(back, to).do_handshake()
            except ssl.SSLWantReadError:
                pass
            try:
                server.wrap_bio(to, back, server_side=True).do_handshake()
            except ssl.SSLError:
                pass
            """, "churn.py").buildLiteral();
    private static final Source IMPORTS =
            Source.newBuilder("python", "import select, socket, ssl, threading", "churn.py").buildLiteral();

    /** What the process has after a garbage collection. */
    private record Possessions(long heap, long direct, long resident, long descriptors, int threads) {
        static final Possessions NONE = new Possessions(0, 0, 0, 0, 0);

        /**
         * @param before what it should come down to, or nearly
         * @param limit the nanoseconds that it is given for that
         */
        static Possessions now(Possessions before, long limit) throws IOException {
            long end = System.nanoTime() + limit;
            Possessions found;
            do {
                System.gc();
                found = new Possessions(heapNow(), directNow(), residentNow(), ProcessFiles.numbers().size(),
                        threadsNow());
            } while (System.nanoTime() < end && !found.isWithin(before));
            return found;
        }

        private boolean isWithin(Possessions before) {
            return heap <= before.heap + MIB && direct <= before.direct && descriptors <= before.descriptors
                    && threads <= before.threads;
        }

        private static long heapNow() {
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        private static long directNow() {
            return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
        }

        private static int threadsNow() {
            return ManagementFactory.getThreadMXBean().getThreadCount();
        }

        private static long residentNow() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private ContextChurn() {}

    /**
     * @param arguments how many contexts after the first ones; a second argument asks for contexts without PySockets,
     *     to compare
     */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        boolean installed = arguments.length == 1;
        try (Engine engine = Engine.newBuilder("python")
                .option("engine.WarnInterpreterOnly", "false")
                .build()) {
            churn(engine, FIRST, installed);
            Possessions before = Possessions.now(Possessions.NONE, FIRST_LIMIT);
            churn(engine, count, installed);
            Possessions after = Possessions.now(before, LIMIT);
            System.out.printf("heap %.2f%n", (double) (after.heap - before.heap) / MIB);
            System.out.printf("direct %d%n", after.direct - before.direct);
            System.out.printf("resident %.1f%n", (double) (after.resident - before.resident) / MIB);
            System.out.printf("descriptors %d%n", after.descriptors - before.descriptors);
            System.out.printf("threads %d%n", after.threads - before.threads);
        }
    }

    private static void churn(Engine engine, int count, boolean installed) {
        for (int number = 0; number < count; number++) {
            Context context = ScriptContexts.sandbox().engine(engine).build();
            PySockets sockets = installed ? PySockets.install(context) : null;
            context.eval(installed ? SCRIPT : IMPORTS);
            // To forget it must not cost anything for good.
            if (installed && number % 2 == 0) {
                sockets.close();
            }
            context.close(true);
        }
    }
}
