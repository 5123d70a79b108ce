package io.github.pysockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The classes of PySockets as they were compiled. */
final class CompiledClasses {
    private static final String ROOT = "io/github/pysockets/";
    private static final Path FOLDER = folder();

    private CompiledClasses() {}

    /**
     * One of them.
     *
     * @param name below io.github.pysockets, as in {@code linux/Libc}
     */
    record Compiled(String name, ClassModel model) {
        /** Its package below io.github.pysockets, as in {@code tls.cert}; "" for the root. */
        String layer() {
            return name.contains("/") ? name.substring(0, name.lastIndexOf('/')).replace('/', '.') : "";
        }

        /** Whether it uses a class of a package below io.github.pysockets; those of its sub-packages do not count. */
        boolean usesLayer(String layer) {
            String folder = ROOT + (layer.isEmpty() ? "" : layer.replace('.', '/') + "/");
            Pattern ofLayer = Pattern.compile(Pattern.quote(folder) + "\\w++(?!/)");
            return texts().stream().anyMatch(text -> ofLayer.matcher(text).find());
        }

        /** The texts of the constant pool: the names of all that the class uses are among them, in descriptors too. */
        Set<String> texts() {
            return StreamSupport.stream(model.constantPool().spliterator(), false)
                    .filter(Utf8Entry.class::isInstance)
                    .map(entry -> ((Utf8Entry) entry).stringValue())
                    .collect(Collectors.toSet());
        }

        /** Whether it uses something whose name has this in it, slashes for dots. */
        boolean mentions(String part) {
            return texts().stream().anyMatch(text -> text.contains(part));
        }

        /** Whether it is public, and all classes around it. */
        boolean isPublic() {
            try {
                String javaName = (ROOT + name).replace('/', '.');
                Class<?> type = Class.forName(javaName, false, CompiledClasses.class.getClassLoader());
                while (type != null && Modifier.isPublic(type.getModifiers())) {
                    type = type.getEnclosingClass();
                }
                return type == null;
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Compiled> read() {
        try (Stream<Path> files = Files.walk(FOLDER.resolve(ROOT))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .sorted()
                    .map(CompiledClasses::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Compiled read(Path file) {
        String path = FOLDER.resolve(ROOT).relativize(file).toString().replace('\\', '/');
        try {
            return new Compiled(path.substring(0, path.length() - ".class".length()), ClassFile.of().parse(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path folder() {
        try {
            return Path.of(PySockets.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
