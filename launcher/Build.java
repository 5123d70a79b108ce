import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** The build of PySockets by Maven. */
final class Build {
    private final Path root;
    private final Path built;

    Build(Path root) {
        this.root = root;
        built = root.resolve("target/built");
    }

    /** Builds unless another process, which this one waits for, just did. */
    void runIfStale() throws Exception {
        if (!isStale()) {
            return;
        }
        try (Lock _ = Lock.take(root.resolve("target/.lock"))) {
            if (isStale()) {
                Maven maven = Maven.find("build PySockets");
                System.err.println("pysockets: building, as the sources are newer than the last build ...");
                maven.run(root, root.resolve("target/build.log"), "the build failed.",
                        List.of("-Dmaven.test.skip=true", "package"));
            }
        }
    }

    /** Whether a source is newer than the last build, or there was none. */
    private boolean isStale() throws IOException {
        return !Files.isRegularFile(root.resolve("target/pysockets.jar"))
                || isNewer(root.resolve("pom.xml"), built, "")
                || isNewer(root.resolve("src/main"), built, "");
    }

    /** Whether a file, or one in a folder, is newer than another one, or that is missing. Hidden files do not count. */
    static boolean isNewer(Path place, Path than, String suffix) throws IOException {
        if (!Files.isRegularFile(than)) {
            return true;
        }
        FileTime time = Files.getLastModifiedTime(than);
        try (Stream<Path> files = Files.find(place, Integer.MAX_VALUE,
                (file, about) -> about.isRegularFile() && about.lastModifiedTime().compareTo(time) > 0)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> !name.startsWith(".") && name.endsWith(suffix));
        }
    }
}
