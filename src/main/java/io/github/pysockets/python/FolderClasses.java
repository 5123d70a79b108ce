package io.github.pysockets.python;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Loads all classes of PySockets that lie in a folder of the class path. Each takes a descriptor to load, and one
 * that is first wanted when the process is out of them is missing for ever after. Classes of a jar take none, as
 * the jar is open.
 */
final class FolderClasses {
    private static final String ENDING = ".class";

    private static final Path THIS = Path.of(FolderClasses.class.getName().replace('.', '/') + ENDING);
    /** The package around this one. */
    private static final Path ALL = THIS.getParent().getParent();

    private FolderClasses() {}

    static void load() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path folder = Path.of(entry);
            if (Files.exists(folder.resolve(THIS))) {
                loadFrom(folder);
            }
        }
    }

    private static void loadFrom(Path folder) {
        try (Stream<Path> files = Files.walk(folder.resolve(ALL))) {
            files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(ENDING))
                    .forEach(name -> loadClass(name.substring(0, name.length() - ENDING.length()).replace('/', '.')));
        } catch (IOException | UncheckedIOException unreadable) {
            // They are loaded when they are wanted, as always.
            return;
        }
    }

    private static void loadClass(String name) {
        try {
            Class.forName(name, false, FolderClasses.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError notUsable) {
            // One of a layer whose libraries are not there.
            return;
        }
    }
}
