package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.ScriptContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No flag is taken in silence: each that scripts can set is in a test of what it does, or in the documentation. */
final class FlagsTest {
    private static final Pattern FLAG = Pattern.compile("(OP|VERIFY|HOSTFLAG)_.*");

    @Test
    void everyFlagIsTestedOrDocumented() throws IOException {
        List<String> flags = SslConstants.byName().entrySet().stream()
                .filter(flag -> FLAG.matcher(flag.getKey()).matches() && flag.getValue() != 0)
                .map(Map.Entry::getKey)
                .toList();
        assertTrue(flags.size() > 20, flags::toString);
        String told = Files.readString(ScriptContexts.ROOT.resolve("docs/tls.md")) + tests();
        assertEquals(
                List.of(),
                flags.stream().filter(flag -> !told.contains(flag)).toList());
    }

    /** The tests of what flags do; in another all of their names may be. */
    private static String tests() throws IOException {
        try (Stream<Path> files = Files.list(ScriptContexts.ROOT.resolve("python-tests/ssl"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(file -> !file.endsWith("test_ssl_context.py")).toList()) {
                if (file.toString().endsWith(".py")) {
                    all.append(Files.readString(file));
                }
            }
            return all.toString();
        }
    }
}
