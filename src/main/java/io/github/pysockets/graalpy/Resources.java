package io.github.pysockets.graalpy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The Python files beside this package in the jar. */
final class Resources {
    private Resources() {}

    static String text(String path) {
        String text = textOrNull(path);
        if (text == null) {
            throw new IllegalStateException("The PySockets jar is incomplete: it lacks " + path + ".");
        }
        return text;
    }

    static String textOrNull(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
