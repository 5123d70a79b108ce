package io.github.pysockets.programs;

import io.github.pysockets.PySockets;
import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.DescriptorLimit;
import io.github.pysockets.fixtures.ProcessFiles;
import io.github.pysockets.fixtures.ScriptContexts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * A process that is out of descriptors, in which one context keeps asking for more while another has work to do.
 * Prints what happened. Run in a process of its own.
 */
public final class FullProcess {
    private static final String SCRIPT = """
            import socket, threading, time

            left, right = socket.socketpair()
            other, peer = socket.socketpair()

            def outcome(call):
                try:
                    return str(call())
                except OSError as failure:
                    return type(failure).__name__ + " " + str(failure)

            def fill():
                kept = []
                try:
                    while True:
                        kept.append(socket.socket())
                except OSError:
                    return kept

            def failing(seconds):
                end = time.monotonic() + seconds
                count = 0
                while time.monotonic() < end:
                    try:
                        socket.socket()
                    except OSError:
                        count += 1
                return count

            def echo(count):
                longest = 0
                for _ in range(count):
                    start = time.monotonic()
                    left.send(b"x")
                    right.recv(1)
                    longest = max(longest, time.monotonic() - start)
                    time.sleep(0.001)
                return longest

            def timed(seconds):
                left.settimeout(seconds)
                start = time.monotonic()
                try:
                    return outcome(lambda: left.recv(1)), time.monotonic() - start
                finally:
                    left.settimeout(None)
            """;

    private FullProcess() {}

    public static void main(String[] arguments) throws Exception {
        try (Context one = ScriptContexts.sandbox().build();
                PySockets _ = PySockets.install(one);
                Context two = ScriptContexts.sandbox().build();
                PySockets sockets = PySockets.install(two)) {
            one.eval("python", SCRIPT);
            two.eval("python", SCRIPT);
            // Loads what takes descriptors to load.
            new DescriptorLimit(1_000).close();
            Blocked first = Blocked.in(python(two, "outcome"), python(two, "lambda: left.recv(5)"));
            python(two, "right.send(b'first')");
            first.result();
            int limit = 31 + ProcessFiles.numbers().stream().mapToInt(Integer::intValue).filter(number -> number < 1024)
                    .max().orElseThrow();
            try (DescriptorLimit _ = new DescriptorLimit(limit)) {
                one.eval("python", "kept = fill()");
                waits(two);
                shares(one, two);
                endsWithTheHandle(two, sockets);
            }
        }
    }

    private static Value python(Context context, String expression) {
        return context.eval("python", expression);
    }

    private static void print(String name, Object value) {
        System.out.println(name + ": " + value);
    }

    /** Calls that wait, and each end of a wait. */
    private static void waits(Context context) throws Exception {
        Value outcome = python(context, "outcome");
        Blocked receiving = Blocked.in(outcome, python(context, "lambda: left.recv(5)"));
        python(context, "right.send(b'hello')");
        print("data", receiving.result());

        Blocked interrupted = Blocked.in(outcome, python(context, "lambda: left.recv(5)"));
        interrupted.thread.interrupt();
        print("interrupt", interrupted.result());

        Blocked closed = Blocked.in(outcome, python(context, "lambda: other.recv(5)"));
        python(context, "other.close()");
        print("close", closed.result());
        python(context, "more = fill()");

        Value timed = python(context, "timed(0.3)");
        double seconds = timed.getArrayElement(1).asDouble();
        print("timeout", timed.getArrayElement(0).asString() + (seconds >= 0.3 ? " in time" : " early " + seconds));
    }

    private static void shares(Context one, Context two) throws Exception {
        Value failing = python(one, "failing");
        // Uses up what is free.
        failing.execute(3);
        CountDownLatch begun = new CountDownLatch(1);
        int[] count = new int[1];
        Thread thread = Thread.ofPlatform().start(() -> {
            begun.countDown();
            count[0] = failing.execute(3).asInt();
        });
        begun.await();
        double longest = python(two, "echo(500)").asDouble();
        thread.join(TimeUnit.SECONDS.toMillis(20));
        print("failing calls", count[0] > 500 ? "many" : "only " + count[0]);
        print("longest exchange", longest < 2 ? "short" : longest + " s");
        System.err.println(count[0] + " failing calls in 3 s, longest exchange " + longest + " s");
    }

    private static void endsWithTheHandle(Context context, PySockets sockets) throws Exception {
        Blocked receiving = Blocked.in(python(context, "outcome"), python(context, "lambda: left.recv(5)"));
        sockets.close();
        print("handle", receiving.result());
    }
}
