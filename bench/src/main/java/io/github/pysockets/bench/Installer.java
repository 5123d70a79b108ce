package io.github.pysockets.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;

/** The worker of the workload "install": {@code Installer KIND}. Speaks as every worker does. */
public final class Installer {
    private Installer() {}

    /** @param arguments the kind of context, as a runtime is named */
    public static void main(String[] arguments) throws IOException {
        ContextKind kind = ContextKind.of(arguments[0]);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Engine engine = kind.engine()) {
            System.out.println("{\"hello\": \"GraalPy " + engine.getVersion() + "\", \"workloads\": [\"install\"]}");
            for (String line = input.readLine(); line != null && !line.equals("quit"); line = input.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("close")) {
                    System.out.println("{\"closed\": \"install\"}");
                } else {
                    System.out.println(run(kind, engine, Double.parseDouble(words[2])));
                }
            }
        }
        System.exit(0);
    }

    /** The contexts' own making takes most of the seconds, and is not in the figure. */
    private static String run(ContextKind kind, Engine engine, double seconds) {
        long count = 0;
        long wall = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            try (Context context = kind.context(engine).build()) {
                context.eval("python", "pass");
                long start = System.nanoTime();
                kind.install(context);
                wall += System.nanoTime() - start;
                count++;
            }
        } while (System.nanoTime() - end < 0);
        return "{\"workload\": \"install\", \"operations\": " + count + ", \"bytes\": 0, \"wall\": " + wall / 1e9 + "}";
    }
}
