package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.tls.TlsCodes;
import java.util.HashMap;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Java's codes of TLS are those that the Python side knows, and it has an exception for each. */
final class TlsCodesTest {
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run("import ssl, _pysockets.tls_codes as codes");
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void pythonHasTheCodesOfJava() {
        Value names = sandbox.run("[name for name, value in vars(codes).items()"
                + " if type(value) is int and not name.startswith('_')]");
        Map<String, Integer> found = new HashMap<>();
        for (long i = 0; i < names.getArraySize(); i++) {
            String name = names.getArrayElement(i).asString();
            found.put(name, sandbox.run("codes." + name).asInt());
        }
        assertEquals(TlsCodes.byName(), found);
        assertEquals(TlsCodes.WANT_READ, found.get("WANT_READ"));
    }

    @Test
    void eachCodeIsAnExceptionOfTheSslModule() {
        TlsCodes.byName().forEach((name, code) -> assertTrue(
                sandbox.run("isinstance(codes.failure(" + code + ", 'read'), ssl.SSLError)").asBoolean(), name));
    }
}
