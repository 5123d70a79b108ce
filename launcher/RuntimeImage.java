import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A run-time image that is a JDK without its empty module jdk.graal.compiler. The real module then needs no
 * {@code --upgrade-module-path}, with which the JVM uses no AOT cache: a {@code --module-path} does.
 */
final class RuntimeImage {
    private static final String COMPILER = "jdk.graal.compiler";
    /** A JDK that has no packaged modules makes images of itself, but none with this one. */
    private static final String LINKER = "jdk.jlink";

    private static final String MADE_FOR = "made-for";

    private final Path folder;
    private final Path home;
    private final String madeFor;

    /**
     * The image of a JDK.
     *
     * @param folder where the images are, in folders of their own: a program may still run in that of another JDK
     * @param home that JDK, which is the one of this process
     */
    RuntimeImage(Path folder, Path home) throws IOException {
        this.folder = folder;
        this.home = home;
        madeFor = home + "\n" + version(home) + "\n";
    }

    /** The line of a JDK that says its version; "" if there is no JDK. */
    private static String version(Path home) throws IOException {
        Path release = home.resolve("release");
        List<String> lines = Files.isRegularFile(release) ? Files.readAllLines(release) : List.of();
        return lines.stream().filter(line -> line.startsWith("JAVA_RUNTIME_VERSION=")).findFirst().orElse("");
    }

    /** The image's folder, whether it is there or not. */
    Path place() {
        return folder.resolve("image-" + Integer.toHexString(madeFor.hashCode()));
    }

    /** Makes it unless it is there. No other process may do so at the same time. */
    Path makeIfMissing(Path log) throws Exception {
        removeOld();
        Path image = place();
        if (isThere()) {
            return image;
        }
        deleteAll(image);
        Path made = folder.resolve("image.new");
        Path linker = home.resolve("bin").resolve(File.separatorChar == '\\' ? "jlink.exe" : "jlink");
        // The files that may have been modified are those that the image shares with the JDK.
        var command = List.of(linker.toString(), "--ignore-modified-runtime", "--add-modules",
                String.join(",", modules()), "--output", made.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new IOException(linker + " has failed.");
        }
        share(made, Path.of("conf"));
        share(made, Path.of("lib", "security"));
        Files.writeString(made.resolve(MADE_FOR), madeFor);
        Files.move(made, image, StandardCopyOption.ATOMIC_MOVE);
        return image;
    }

    private boolean isThere() throws IOException {
        Path file = place().resolve(MADE_FOR);
        return Files.isRegularFile(file) && Files.readString(file).equals(madeFor);
    }

    /** All of this JDK's modules but the compiler, the linker, and those that need one of these. */
    private static Set<String> modules() {
        Set<ModuleReference> all = ModuleFinder.ofSystem().findAll();
        Set<String> without = new HashSet<>(List.of(COMPILER, LINKER));
        int before;
        do {
            before = without.size();
            for (ModuleReference module : all) {
                List<String> needed = module.descriptor().requires().stream()
                        .map(ModuleDescriptor.Requires::name).toList();
                if (!Collections.disjoint(needed, without)) {
                    without.add(module.descriptor().name());
                }
            }
        } while (without.size() > before);
        Set<String> names = new TreeSet<>();
        all.forEach(module -> names.add(module.descriptor().name()));
        names.removeAll(without);
        return names;
    }

    /**
     * Has the image use a folder of the JDK: which authorities are trusted, and what else an administrator sets there,
     * may change later. Without symbolic links the image keeps its copy.
     */
    private void share(Path made, Path name) throws IOException {
        Path original = home.resolve(name);
        if (!Files.isDirectory(original)) {
            return;
        }
        Path link = made.resolve("link");
        try {
            Files.createSymbolicLink(link, original.toAbsolutePath());
        } catch (IOException | UnsupportedOperationException refused) {
            return;
        }
        deleteAll(made.resolve(name));
        Files.move(link, made.resolve(name));
    }

    /** Removes what a broken run has left, and images of JDKs that are no longer there, or were updated. */
    private void removeOld() throws IOException {
        List<Path> old = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "image*")) {
            for (Path image : stream) {
                if (!image.equals(place()) && !isOfAJdk(image)) {
                    old.add(image);
                }
            }
        }
        for (Path image : old) {
            deleteAll(image);
        }
    }

    private static boolean isOfAJdk(Path image) throws IOException {
        Path file = image.resolve(MADE_FOR);
        List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        return lines.size() == 2 && version(Path.of(lines.get(0))).equals(lines.get(1));
    }

    private static void deleteAll(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
