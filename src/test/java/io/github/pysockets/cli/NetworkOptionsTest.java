package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.policy.Action;
import io.github.pysockets.policy.Refused;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --allow-net} and {@code --deny-net} stand for. */
final class NetworkOptionsTest {
    private static String rules(String... words) throws UsageException {
        CommandLine.Run run = (CommandLine.Run) CommandLine.parse(List.of(words));
        return run.network().policy().map(Object::toString).orElse("none");
    }

    @Test
    void optionsAreRules() throws Exception {
        assertEquals("none", rules("a.py", "--allow-net=10.0.0.1"));
        assertEquals("allow *,unix:*", rules("--allow-net", "a.py"));
        assertEquals("deny @private\nallow *,unix:*", rules("--deny-net=@private", "a.py"));
        assertEquals("deny @private\nallow *,unix:*", rules("--allow-net", "--deny-net=@private", "a.py"));
        assertEquals("deny 10.1.0.0/16\nallow api.example.com:443\nallow listen 127.0.0.1",
                rules("--allow-net=api.example.com:443; listen 127.0.0.1", "--deny-net=10.1.0.0/16", "-u", "a.py"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --deny-net | --deny-net needs what it denies: --deny-net=@private, for example
            --allow-net= | an empty list of rules: write --allow-net=api.example.com:443, for example
            --allow-net=a:b | In the rule "allow a:b", b is no port: write 443, 8000-8100 or *.
            --allow-nets | unknown option --allow-nets
            --net-quota | --net-quota needs limits: --net-quota=sockets=100,out=10M/s, for example
            --net-quota= | --net-quota needs limits: --net-quota=sockets=100,out=10M/s, for example
            --net-quota=out=1X | --net-quota: the limit 'out' is a whole number, as in 100, 10M or 64Ki, and not '1X'
            """)
    void wrongOnes(String word, String message) {
        assertEquals(message,
                assertThrows(UsageException.class, () -> CommandLine.parse(List.of(word, "a.py"))).getMessage());
    }

    private static boolean hasQuota(String... words) throws UsageException {
        return ((CommandLine.Run) CommandLine.parse(List.of(words))).network().quota().isPresent();
    }

    @Test
    void limitsAreAQuota() throws Exception {
        assertEquals(true, hasQuota("--net-quota=sockets=5,out=10M/s", "a.py"));
        assertEquals(false, hasQuota("a.py", "--net-quota=sockets=5"));
    }

    private static String told(NetworkOptions options, Refused refused) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        options.tell(refused, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void refusedThingsAreToldOnceWithTheirOption() {
        NetworkOptions options = new NetworkOptions();
        Refused refused = new Refused(Action.CONNECT, "[::1]:80", null);
        assertEquals("pysockets: refused: connect to [::1]:80 (--allow-net=[::1]:80 would allow it)\n",
                told(options, refused));
        assertEquals("", told(options, refused));
        assertEquals("pysockets: refused: accept from 10.0.0.1:5 (--allow-net=\"accept 10.0.0.1:5\" would allow it)\n",
                told(options, new Refused(Action.ACCEPT, "10.0.0.1:5", null)));
        assertEquals("pysockets: refused: start of a process (--allow-net=process would allow it)\n",
                told(options, new Refused(Action.PROCESS, "a process", null)));
        assertEquals("pysockets: refused: connect to 10.0.0.1:80 (--deny-net=\"connect @private\" denies it)\n",
                told(options, new Refused(Action.CONNECT, "10.0.0.1:80", "deny connect @private")));
    }

    @Test
    void programThatTriesAllPortsDoesNotFillTheTerminal() {
        NetworkOptions options = new NetworkOptions();
        int lines = 0;
        for (int port = 1; port < 1000; port++) {
            lines += told(options, new Refused(Action.CONNECT, "10.0.0.1:" + port, null)).isEmpty() ? 0 : 1;
        }
        assertTrue(lines == 100, "lines: " + lines);
    }
}
