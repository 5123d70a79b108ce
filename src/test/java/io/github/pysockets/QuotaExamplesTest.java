package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.ExamplePrograms;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.quota.Quota;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The examples of docs/quotas.md do what it says of them, and its limits are limits. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class QuotaExamplesTest {
    private static String document() throws Exception {
        return Files.readString(ScriptContexts.ROOT.resolve("docs/quotas.md"));
    }

    @Test
    void tenantsHaveLimitsOfTheirOwnAndTogether() throws Exception {
        try (ExamplePrograms examples = new ExamplePrograms("SharedQuota")) {
            Class<?> type = examples.load("SharedQuota");
            Object quota = type.getConstructor().newInstance();
            var make = type.getMethod("tenant");
            var call = examples.load("SharedQuota$Tenant").getMethod("call", String.class, int.class);
            try (AutoCloseable second = (AutoCloseable) make.invoke(quota)) {
                try (AutoCloseable first = (AutoCloseable) make.invoke(quota)) {
                    assertEquals("600", call.invoke(first, "sent", 600));
                    assertEquals("[Errno 122] Disk quota exceeded: the limit of 1000 bytes out in all",
                            call.invoke(first, "sent", 600));
                    assertEquals("600", call.invoke(second, "sent", 600));
                    assertEquals("4, [Errno 24] Too many open files: the limit of 4 open sockets",
                            call.invoke(first, "opened", 9));
                    assertEquals("2, [Errno 24] Too many open files: the limit of 6 open sockets",
                            call.invoke(second, "opened", 9));
                }
                assertEquals("4, [Errno 24] Too many open files: the limit of 4 open sockets",
                        call.invoke(second, "opened", 9));
            }
        }
    }

    @Test
    void documentShowsTheExample() throws Exception {
        String example = Files.readString(ScriptContexts.ROOT.resolve("examples/embedding/SharedQuota.java"));
        var shown = Pattern.compile("SharedQuota\\.java\\)[^`]*(?:`[^`]+`[^`]*)*?```java\n(.*?)```", Pattern.DOTALL)
                .matcher(document());
        assertTrue(shown.find(), "the example is shown");
        for (String line : shown.group(1).split("\n")) {
            assertTrue(example.contains(line.strip()), () -> "it lacks: " + line);
        }
    }

    @Test
    void documentNamesLimitsThatThereAre() throws Exception {
        String document = document();
        var row = Pattern.compile("^\\| `([a-z-]+=[^`]+)` \\| `(\\w+)` \\|", Pattern.MULTILINE).matcher(document);
        int count = 0;
        while (row.find()) {
            Quota.parse(row.group(1));
            String method = row.group(2);
            assertTrue(Arrays.stream(Quota.Builder.class.getMethods())
                    .anyMatch(each -> each.getName().equals(method)), method);
            count++;
        }
        assertEquals(12, count);
        var option = Pattern.compile("--net-quota=(\\S+)").matcher(document);
        while (option.find()) {
            if (!option.group(1).startsWith("`")) {
                Quota.parse(option.group(1));
            }
        }
    }
}
