package io.github.pysockets.programs;

import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.python.OptionSweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;

/**
 * Runs scripts that try to get out of their context. For each it prints its name, and "held" or what went wrong.
 * For a process of its own, as an attack that succeeds may end it.
 */
public final class Attacks {
    /** Each runs in a context of its own. */
    public static final List<String> ALONE =
            List.of("host", "large_values", "descriptors", "ancillary", "flags", "option_values");

    /** An attacker and a victim, two contexts that one thread uses in turn. */
    public static final List<String> PAIRS = List.of("memory_kept", "stale_memory");

    public static final String SWEEP = "all options";

    private Attacks() {}

    public static void main(String[] arguments) throws IOException {
        // Opens what the JVM and the interpreter open only once.
        attempt("host", () -> run("host"));
        for (String name : ALONE) {
            print(name, attempt(name, () -> run(name)));
        }
        for (String name : PAIRS) {
            print(name, attempt(name, () -> runPair(name)));
        }
        print(SWEEP, attempt(SWEEP, () -> System.err.println(OptionSweep.run() + " options")));
        System.exit(0);
    }

    private static void print(String name, String outcome) {
        System.out.println(name + ": " + outcome);
        System.out.flush();
    }

    @FunctionalInterface
    private interface Attack {
        void run() throws IOException;
    }

    private static String attempt(String name, Attack attack) throws IOException {
        Descriptors before = Descriptors.now();
        long start = System.nanoTime();
        try {
            attack.run();
        } catch (PolyglotException failure) {
            return failure + (failure.isHostException() ? " of Java" : "");
        }
        System.err.printf("%s took %d ms%n", name, (System.nanoTime() - start) / 1_000_000);
        Map<Integer, String> left = before.added();
        return left.isEmpty() ? "held" : "left " + left;
    }

    private static void run(String name) throws IOException {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.context.eval(source(name));
        }
    }

    private static void runPair(String name) throws IOException {
        try (Sandbox attacker = new Sandbox();
                Sandbox victim = new Sandbox()) {
            attacker.context.eval(source(name + "_attacker"));
            victim.context.eval(source(name + "_victim"));
            attacker.get("before").execute();
            victim.get("work").execute();
            attacker.get("after").execute();
        }
    }

    private static Source source(String name) throws IOException {
        String file = "attacks/" + name + ".py";
        try (var in = Attacks.class.getResourceAsStream(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Source.newBuilder("python", text, file).build();
        }
    }
}
