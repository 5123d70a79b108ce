package io.github.pysockets;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.graalvm.polyglot.Engine;

/**
 * Loads all classes of PySockets that lie in a folder of the class path, such as {@code target/classes}. Loading such a
 * class takes a descriptor. A class that is first needed when the process has none left can never be loaded afterwards.
 * Classes of a jar take none, because the jar is open.
 *
 * <p>Initializes a class of GraalVM too. It is first needed when a call of Python code on Java fails. If that happens
 * where a recursion has used up the stack, no context of the process could ever see such a failure again.
 */
final class ClassPreloading {
    private static final String ENDING = ".class";

    private static final Path THIS = Path.of(ClassPreloading.class.getName().replace('.', '/') + ENDING);
    private static final Path PACKAGE = THIS.getParent();

    private static final String NEEDED_BY_FAILURES = "com.oracle.truffle.host.HostExceptionGen";

    static {
        try {
            Class.forName(NEEDED_BY_FAILURES, true, Engine.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError ofAnotherVersion) {
            // It is initialized when it is needed.
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path folder = Path.of(entry);
            if (Files.exists(folder.resolve(THIS))) {
                loadFrom(folder);
            }
        }
    }

    private ClassPreloading() {}

    /** Loads them on the first call. */
    static void once() {
        // The class initializer does it.
    }

    private static void loadFrom(Path folder) {
        try (Stream<Path> files = Files.walk(folder.resolve(PACKAGE))) {
            files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(ENDING))
                    .forEach(name -> loadClass(name.substring(0, name.length() - ENDING.length()).replace('/', '.')));
        } catch (IOException | UncheckedIOException unreadable) {
            // They are loaded when they are needed, as usual.
            return;
        }
    }

    private static void loadClass(String name) {
        try {
            Class.forName(name, false, ClassPreloading.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError notUsable) {
            // It belongs to a layer whose libraries are missing.
            return;
        }
    }
}
