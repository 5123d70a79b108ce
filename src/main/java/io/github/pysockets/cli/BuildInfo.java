package io.github.pysockets.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build knows of itself. */
final class BuildInfo {
    private BuildInfo() {}

    /** PySockets' own version. */
    static String version() {
        var properties = new Properties();
        try (InputStream stream = BuildInfo.class.getResourceAsStream("build.properties")) {
            properties.load(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }
}
