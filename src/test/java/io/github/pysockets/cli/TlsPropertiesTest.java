package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** What the command lets TLS do: each case in a JVM of its own, because TLS reads it once. */
final class TlsPropertiesTest {
    private static final String RSA = "TLS_RSA_WITH_AES_128_GCM_SHA256";
    private static final String TRIPLE_DES = "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA";

    /** What runs in the other JVM: the words name what it prints, "set" sets the properties first. */
    public static final class Probe {
        private Probe() {}

        public static void main(String[] words) throws GeneralSecurityException {
            if (words[0].equals("set")) {
                TlsProperties.set();
            }
            List<String> suites =
                    List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
            System.out.print(suites.contains(RSA)
                    + " " + suites.contains(TRIPLE_DES)
                    + " " + System.getProperty("jdk.tls.server.disableExtensions")
                    + " " + System.getProperty("jdk.tls.maxHandshakeMessageSize")
                    + " " + Security.getProperty("jdk.tls.disabledAlgorithms").contains("rsa_pkcs1_sha1"));
        }
    }

    private static String probe(String word, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName(), word));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
        return said;
    }

    @Test
    void theJdksOwnLimits() throws IOException, InterruptedException {
        assertEquals("false false null null true", probe("leave"));
    }

    @Test
    void theCommandsLimits() throws IOException, InterruptedException {
        assertEquals("true false server_name 102400 false", probe("set"));
    }

    @Test
    void theCommandSetsThem() throws Exception {
        String script = "import ssl; context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT);"
                + " print(any(c['kea'] == 'kx-rsa' for c in context.get_ciphers()));"
                + " context.set_ciphers('AES128-GCM-SHA256'); print(context.get_ciphers()[-1]['name'])";
        try (Child child = Child.main(Path.of("."), "-c", script)) {
            child.expectLine("False");
            child.expectLine("AES128-GCM-SHA256");
            assertEquals(0, child.result().status());
        }
    }

    @Test
    void theUsersOwnComeFirst() throws IOException, InterruptedException {
        assertEquals(
                "true false status_request 5000 false",
                probe("set", "-Djdk.tls.server.disableExtensions=status_request",
                        "-Djdk.tls.maxHandshakeMessageSize=5000"));
    }
}
