package io.github.pysockets.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules as text, and what they decide. */
final class NetworkPolicyTest {
    private static final String MIXED = """
            # What the service needs.
            allow connect api.example.com:443, *.cdn.example.com:80-89
            allow send 192.0.2.53:53
            allow listen 127.0.0.1:8000-8100; allow connect 10.0.0.0/8
            deny 10.1.0.0/16
            deny connect 10.2.0.0/16:25
            allow unix:/run/app/ unix:@app*
            allow socket netlink inet/raw
            allow option SO_BROADCAST
            allow accept 10.0.0.0/8
            allow multicast 239.1.1.1
            """;

    static Stream<Arguments> requests() {
        return Stream.of("""
                connect api.example.com:443 yes
                connect API.Example.COM.:443 yes
                connect api.example.com:80 no
                connect example.com:443 no
                connect evilapi.example.com:443 no
                connect a.cdn.example.com:80 yes
                connect a.b.cdn.example.com:89 yes
                connect cdn.example.com:80 no
                connect a.cdn.example.com:90 no
                lookup api.example.com yes
                lookup a.cdn.example.com yes
                lookup example.com no
                send 192.0.2.53:53 yes
                send 192.0.2.53:54 no
                connect 192.0.2.53:53 no
                listen 127.0.0.1:8000 yes
                listen 127.0.0.1:8100 yes
                listen 127.0.0.1:8101 no
                bind 127.0.0.1:8001 yes
                bind 0.0.0.0:8001 no
                connect 127.0.0.1:8001 no
                connect 10.255.0.1:25 yes
                connect 10.1.2.3:80 no
                connect 10.2.2.3:25 no
                connect 10.2.2.3:26 yes
                connect [::ffff:10.3.0.1]:80 yes
                connect [64:ff9b::a03:1]:80 yes
                connect [64:ff9b::a01:1]:80 no
                connect 012.3.0.1:80 yes
                connect 0xa030001:80 yes
                connect 167968769:80 yes
                connect 10.196609:80 yes
                connect 10.65537:80 no
                connect unix:/run/app/x yes
                bind unix:/run/app/x yes
                bind unix:/run/app/a/b yes
                bind unix:/run/app no
                bind unix:/run/application no
                bind unix:@app yes
                bind unix:@application yes
                bind unix:@ap no
                socket netlink yes
                socket inet/stream yes
                socket inet/raw yes
                socket inet6/raw no
                socket packet no
                socket unix yes
                option SO_BROADCAST yes
                option SO_MARK no
                accept 10.9.9.9:5 yes
                accept 127.0.0.1:5 no
                multicast 239.1.1.1 yes
                multicast 239.1.1.2 no
                process any no
                """.lines().map(line -> line.split(" ")).map(words -> Arguments.of(
                words[0],
                words[1],
                words[2].equals("yes"))).toArray(Arguments[]::new));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void decides(String action, String target, boolean isAllowed) {
        Decision decision = NetworkPolicy.parse(MIXED).explain(action, target);
        assertEquals(isAllowed, decision.isAllowed(), decision::toString);
    }

    @Test
    void explainsItself() {
        NetworkPolicy policy = NetworkPolicy.parse("allow connect 10.0.0.0/8\ndeny 10.1.0.0/16:25");
        assertEquals("connect to 10.0.0.1:80 is allowed by the rule: allow connect 10.0.0.0/8",
                policy.explain("connect", "10.0.0.1:80").toString());
        assertEquals("connect to 10.1.0.1:25 is denied by the rule: deny 10.1.0.0/16:25",
                policy.explain("connect", "10.1.0.1:25").toString());
        assertEquals("connect to db:5432 is denied: no rule allows it",
                policy.explain("connect", "db:5432").toString());
        assertEquals("accept from 10.0.0.1:80 is allowed without a rule",
                policy.explain("accept", "10.0.0.1:80").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true", "[2606:4700::1111]:443, true", "127.0.0.1, false", "127.8.9.1, false", "[::1]:80, false",
        "0.0.0.0, false", "[::]:80, false", "10.0.0.1, false", "172.16.5.4, false", "172.32.0.1, true",
        "192.168.1.1, false", "100.64.0.1, false", "100.128.0.1, true", "169.254.169.254, false",
        "168.63.129.16, false", "224.0.0.1, false", "255.255.255.255, false", "240.0.0.1, false",
        "[fe80::1]:80, false", "[fc00::1]:80, false", "[fd00:ec2::254]:80, false", "[ff02::1]:80, false",
        "[::ffff:127.0.0.1]:80, false", "[::ffff:8.8.8.8]:80, true", "[64:ff9b::7f00:1]:80, false",
        "[64:ff9b:1::1]:80, false", "[2002:7f00:1::]:80, false", "[2001::1]:80, false", "[2001:db8::1]:80, false",
        "[::127.0.0.1]:80, false", "[4000::1]:80, false", "2130706433, false", "0x7f.1, false", "017700000001, false"
    })
    void publicInternetIsPublic(String target, boolean isPublic) {
        NetworkPolicy policy = NetworkPolicy.publicInternetOnly();
        assertEquals(isPublic, policy.explain("connect", target).isAllowed());
        assertEquals(isPublic, policy.explain("send", target).isAllowed());
        assertEquals(isPublic, NetworkPolicy.parse("allow @public").explain("connect", target).isAllowed());
        assertEquals(false, policy.explain("listen", target).isAllowed());
    }

    @Test
    void readyMadeOnes() {
        assertEquals(false, NetworkPolicy.nothing().explain("connect", "127.0.0.1:1").isAllowed());
        assertEquals(false, NetworkPolicy.nothing().explain("lookup", "localhost").isAllowed());
        assertEquals(true, NetworkPolicy.loopbackOnly().explain("connect", "127.0.0.1:1").isAllowed());
        assertEquals(true, NetworkPolicy.loopbackOnly().explain("lookup", "localhost").isAllowed());
        assertEquals(true, NetworkPolicy.loopbackOnly().explain("accept", "[::1]:1").isAllowed());
        assertEquals(false, NetworkPolicy.loopbackOnly().explain("accept", "10.0.0.1:1").isAllowed());
        assertEquals(false, NetworkPolicy.loopbackOnly().explain("lookup", "example.com").isAllowed());
        for (String request : List.of("connect db:1", "lookup x", "socket packet", "option SO_MARK", "process a",
                "connect unix:/x", "connect unix:@x", "accept [fe80::1]:1")) {
            String[] words = request.split(" ");
            assertEquals(true, NetworkPolicy.everything().explain(words[0], words[1]).isAllowed(), request);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "permit 10.0.0.1", "allow", "deny connect", "allow connect", "allow 10.0.0.0/33", "allow a b c:x",
        "allow host:70000", "allow host:9-8", "allow host:", "allow @nowhere", "allow unix:run/x",
        "allow unix:/run/x*", "allow socket wire", "allow option mark", "allow process x", "allow socket,connect x",
        "allow bad_host!", "allow [::1", "allow a..b", "allow 10.0.0.0/8/8", "allow everything else:"
    })
    void wrongRulesAreRefusedWithASentence(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> NetworkPolicy.parse(text)).getMessage();
        assertEquals(true, message.startsWith("In the rule \"" + text + "\", "), message);
        assertEquals(true, message.endsWith("."), message);
    }

    @Test
    void firstRuleThatMatchesIsNamed() {
        NetworkPolicy policy = NetworkPolicy.parse("""
                allow connect *
                allow connect 10.0.0.0/8
                allow connect 10.0.0.1:80
                """);
        assertEquals("allow connect *", policy.explain("connect", "10.0.0.1:80").rule());
    }
}
