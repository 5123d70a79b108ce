package io.github.pysockets.cli;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Sets TLS up in the tests' JVM as in the command's, before the first test. JUnit finds it by its name in
 * META-INF/services. What an application gets that sets nothing is tested in a JVM of its own.
 */
public final class CommandTls implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        TlsProperties.set();
    }
}
