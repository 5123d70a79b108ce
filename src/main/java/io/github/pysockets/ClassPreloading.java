package io.github.pysockets;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Loads all classes of PySockets that lie in a folder of the class path, as {@code target/classes}. To load such a class
 * takes a descriptor, and a class that is first needed when the process is out of them cannot be loaded ever after.
 * Classes of a jar take none, as the jar is open.
 */
final class ClassPreloading {
    private static final String ENDING = ".class";

    private static final Path THIS = Path.of(ClassPreloading.class.getName().replace('.', '/') + ENDING);
    private static final Path PACKAGE = THIS.getParent();

    static {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path folder = Path.of(entry);
            if (Files.exists(folder.resolve(THIS))) {
                loadFrom(folder);
            }
        }
    }

    private ClassPreloading() {}

    /** Loads them with the first call. */
    static void once() {
        // The initializer of this class does it.
    }

    private static void loadFrom(Path folder) {
        try (Stream<Path> files = Files.walk(folder.resolve(PACKAGE))) {
            files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(ENDING))
                    .forEach(name -> loadClass(name.substring(0, name.length() - ENDING.length()).replace('/', '.')));
        } catch (IOException | UncheckedIOException unreadable) {
            // They are loaded when they are needed, as always.
            return;
        }
    }

    private static void loadClass(String name) {
        try {
            Class.forName(name, false, ClassPreloading.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError notUsable) {
            // One of a layer whose libraries are not there.
            return;
        }
    }
}
