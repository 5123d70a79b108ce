import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** GraalPy 25.0 and its compiler, which Maven fetches the first time. */
final class JitCompiler {
    private final Path root;
    private final Path folder;

    JitCompiler(Path root) {
        this.root = root;
        folder = root.resolve("target/jit");
    }

    void fetchIfMissing() throws Exception {
        if (isThere()) {
            return;
        }
        try (Lock _ = Lock.take(root.resolve("target/.lock"))) {
            if (isThere()) {
                return;
            }
            Maven maven = Maven.find("fetch the compiler");
            System.err.println("pysockets: fetching the compiler ...");
            Files.createDirectories(folder.resolve("lib"));
            for (Path old : files("*")) {
                Files.delete(old);
            }
            maven.run(root, root.resolve("target/jit.log"), "fetching the compiler failed.", List.of("-Pjit",
                    "-DincludeScope=runtime", "-DexcludeTypes=pom", "-DoutputDirectory=" + folder.resolve("lib"),
                    "dependency:copy-dependencies"));
            Files.writeString(folder.resolve("ready"), "");
        }
    }

    private boolean isThere() throws IOException {
        return !Build.isNewer(root.resolve("pom.xml"), folder.resolve("ready"), "");
    }

    /** The libraries whose names match a pattern. */
    List<Path> files(String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.resolve("lib"), pattern)) {
            stream.forEach(files::add);
        }
        return files;
    }
}
