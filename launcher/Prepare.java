import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Makes what the scripts pysockets and pysockets.cmd need before a program can run. They call it with a JDK 25 or
 * newer, from its source or from classes in target/launcher:
 *
 * <pre>
 * Prepare build ROOT                   builds PySockets unless it is up to date
 * Prepare compiler ROOT                fetches what PYSOCKETS_JIT=on needs, unless it is there
 * Prepare cache FOLDER KEY COMMAND...  makes an AOT cache in FOLDER, unless another process does
 * Prepare image FOLDER KEY COMMAND...  the same, in a run-time image without the JDK's own compiler, which it makes
 * Prepare await FOLDER                 waits for a process that makes one
 * Prepare options ROOT KIND            does all of this for one kind of program: python, jython or jit, with "-plain"
 *                                      after it for no AOT cache; writes the JVM's options to
 *                                      target/launcher/KIND.args
 * </pre>
 *
 * ROOT is the project's folder. Exit status: 0; 1 after a message on standard error; 3 where {@code options} has found
 * that its own classes are out of date.
 */
final class Prepare {
    private static final int OUT_OF_DATE = 3;

    private Prepare() {}

    public static void main(String[] args) throws Exception {
        try {
            System.exit(run(args[0], Path.of(args[1]), Arrays.asList(args).subList(2, args.length)));
        } catch (Failure failure) {
            System.err.println("pysockets: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static int run(String what, Path folder, List<String> words) throws Exception {
        switch (what) {
            case "build" -> new Build(folder).runIfStale();
            case "compiler" -> new JitCompiler(folder).fetchIfMissing();
            case "cache", "image" -> {
                List<String> command = words.subList(1, words.size());
                RuntimeImage image = what.equals("image") ? imageFor(Path.of(command.getFirst()), folder) : null;
                new AotCache(folder).make(words.getFirst(), command, image);
            }
            case "await" -> new AotCache(folder).await();
            case "options" -> {
                Path root = folder.toAbsolutePath().normalize();
                Path classes = root.resolve("target/launcher");
                if (Build.isNewer(root.resolve("launcher"), classes.resolve("Prepare.class"), ".java")) {
                    return OUT_OF_DATE;
                }
                new Build(root).runIfStale();
                new Options(root, words.getFirst()).write(classes);
            }
            default -> throw new IllegalArgumentException(what);
        }
        return 0;
    }

    /** The image, in a folder, of the JDK that has a java command. */
    private static RuntimeImage imageFor(Path java, Path folder) throws IOException {
        return new RuntimeImage(folder, java.getParent().getParent());
    }

    /** What the user is told in one sentence. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }
    }
}
