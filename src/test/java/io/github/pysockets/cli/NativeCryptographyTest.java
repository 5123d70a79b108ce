package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** Which provider the command's JVM takes: each case in a JVM of its own, because a JVM chooses once. */
final class NativeCryptographyTest {
    private static final String OURS = "AmazonCorrettoCryptoProvider";

    /** What runs in the other JVM: prints who signs and who encrypts. */
    public static final class Probe {
        private Probe() {}

        public static void main(String[] preferences) throws GeneralSecurityException {
            if (preferences.length > 0) {
                Security.setProperty("jdk.security.provider.preferred", preferences[0]);
            }
            NativeCryptography.prefer();
            System.out.print(Signature.getInstance("SHA256withRSA").getProvider().getName() + " "
                    + Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName());
        }
    }

    private static String probe(boolean providerIsThere, String... preferences)
            throws IOException, InterruptedException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(entry -> providerIsThere || !entry.contains(OURS))
                .collect(Collectors.joining(":"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                Probe.class.getName()));
        command.addAll(List.of(preferences));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
        return said;
    }

    @Test
    void nativeCodeSignsAndEncrypts() throws IOException, InterruptedException {
        assertEquals(OURS + " " + OURS, probe(true));
    }

    @Test
    void theJdkDoesItWhereThereIsNone() throws IOException, InterruptedException {
        assertEquals("SunRsaSign SunJCE", probe(false));
    }

    @Test
    void theUsersPreferenceComesFirst() throws IOException, InterruptedException {
        assertEquals("SunRsaSign SunJCE", probe(true, "Cipher.AES/GCM/NoPadding:SunJCE"));
    }
}
