import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The JVM's options for one kind of program, as the script pysockets has them. */
final class Options {
    private static final String PLAIN = "-plain";
    private static final String PACKAGE = "io.github.pysockets.cli.";

    private final Path root;
    private final String kind;
    private final boolean wantsCache;
    private final Path jar;
    private final boolean isWindows = File.separatorChar == '\\';
    private final StringBuilder text = new StringBuilder();

    Options(Path root, String kind) {
        this.root = root;
        this.kind = kind.replace(PLAIN, "");
        wantsCache = !kind.endsWith(PLAIN);
        jar = root.resolve("target/pysockets.jar");
    }

    /** Writes them to a file in a folder, for the java command. */
    void write(Path folder) throws Exception {
        text.append(Files.readString(root.resolve("launcher/jvm.args")));
        switch (kind) {
            case "python" -> {
                cached("aot", "Main", "aot-training.py", root.resolve("target/pysockets-command.jar").toString());
                executable("pysockets");
            }
            case "jython" -> {
                text.append(Files.readString(root.resolve("launcher/jython.args")));
                cached("aot-jython", "JythonMain", "aot-training-jython.py", classPath("target/jython"));
                executable("launcher/jython");
            }
            case "jit" -> {
                compiled();
                executable("pysockets");
            }
            default -> throw new IllegalArgumentException(kind);
        }
        Path file = folder.resolve(kind + (wantsCache ? "" : PLAIN) + ".args");
        if (!Files.isRegularFile(file) || !Files.readString(file).contentEquals(text)) {
            Path made = Files.createTempFile(folder, kind, null);
            Files.writeString(made, text);
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The jar, and those in a folder. */
    private String classPath(String folder) throws IOException {
        List<String> all = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root.resolve(folder), "*.jar")) {
            stream.forEach(library -> all.add(library.toString()));
        }
        all.sort(null);
        all.addFirst(jar.toString());
        return String.join(File.pathSeparator, all);
    }

    private void executable(String script) {
        add("-Dpysockets.executable=" + root.resolve(isWindows ? script + ".cmd" : script));
    }

    /** Uses an AOT cache of just this jar for just this JDK; where there is none, has one made for later runs. */
    private void cached(String folder, String main, String training, String classPath) throws IOException {
        add("-cp");
        add(classPath);
        if (!wantsCache) {
            return;
        }
        AotCache cache = new AotCache(root.resolve("target").resolve(folder));
        String home = System.getProperty("java.home");
        String key = home + " " + Runtime.version() + " " + classPath;
        if (cache.isFor(key, jar)) {
            add("-XX:AOTCache=" + cache.file());
        } else if (cache.isWorthMaking(key, jar)) {
            String java = Path.of(home, "bin", "java").toString();
            var command = new ArrayList<>(List.of(java, "-cp", root.resolve("target/launcher").toString(), "Prepare",
                    "cache", cache.file().getParent().toString(), key, java, "@" + root.resolve("launcher/jvm.args")));
            if (kind.equals("jython")) {
                command.add("@" + root.resolve("launcher/jython.args"));
            }
            command.addAll(List.of("-cp", classPath, "-Dpysockets.executable=", PACKAGE + main, "-E",
                    root.resolve("launcher").resolve(training).toString()));
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().getOutputStream().close();
        }
    }

    private void compiled() throws Exception {
        Runtime.Version version = Runtime.version();
        if (version.feature() != 25 || version.interim() != 0 || version.update() < 3) {
            throw new Prepare.Failure("PYSOCKETS_JIT=on needs a JDK 25.0.3 or a later update of 25, and "
                    + System.getProperty("java.home") + " is " + version + ".");
        }
        JitCompiler compiler = new JitCompiler(root);
        compiler.fetchIfMissing();
        List<String> modules = new ArrayList<>();
        for (String name : List.of("compiler-*", "truffle-compiler-*", "collections-*", "word-*")) {
            compiler.files(name).forEach(module -> modules.add(module.toString()));
        }
        text.append(Files.readString(root.resolve("launcher/jit.args")));
        // Without an AOT cache: that needs an image of the JDK, whose java command only the script pysockets calls.
        add("--upgrade-module-path=" + String.join(File.pathSeparator, modules));
        add("-cp");
        add(classPath("target/jit/lib"));
    }

    /** As argument files have it, in quotes: a path may have spaces, and on Windows it has backslashes. */
    private void add(String word) {
        text.append('"').append(word.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"\n");
    }
}
