package io.github.pysockets.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.InetText;
import io.github.pysockets.abi.SocketTypes;
import io.github.pysockets.policy.PlainRules.AnyHost;
import io.github.pysockets.policy.PlainRules.AnyProcess;
import io.github.pysockets.policy.PlainRules.Host;
import io.github.pysockets.policy.PlainRules.Kind;
import io.github.pysockets.policy.PlainRules.Network;
import io.github.pysockets.policy.PlainRules.Option;
import io.github.pysockets.policy.PlainRules.PlainRule;
import io.github.pysockets.policy.PlainRules.PlainTarget;
import io.github.pysockets.policy.PlainRules.Unix;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Made-up addresses in made-up spellings, and made-up policies beside {@link PlainRules}. The same ones each time. */
final class PolicyFuzzTest {
    private static final int HIGHEST_PORT = 0xFFFF;
    private static final List<String> LABELS = List.of("a", "b", "example", "test");
    private static final List<String> OPTIONS = List.of("SO_BROADCAST", "SO_MARK", "IP_OPTIONS");
    private static final List<String> FOLDERS = List.of("/nowhere", "/nowhere/a", "/nowhere/a/b", "/nowhere-else");

    // Spellings

    private static String spelled4(Random random, int address) {
        int parts = 1 + random.nextInt(4);
        StringBuilder text = new StringBuilder();
        for (int part = 0; part < parts; part++) {
            boolean isLast = part == parts - 1;
            long number = isLast
                    ? Integer.toUnsignedLong(address << 8 * part) >>> 8 * part
                    : address >>> 24 - 8 * part & 0xFF;
            text.append(part == 0 ? "" : ".").append(switch (random.nextInt(4)) {
                case 0 -> "0" + Long.toOctalString(number);
                case 1 -> "0x" + Long.toHexString(number);
                case 2 -> "0X000" + Long.toHexString(number).toUpperCase(Locale.ROOT);
                default -> Long.toString(number);
            });
        }
        return text.toString();
    }

    private static String spelled6(Random random, long high, long low) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long group = (i < 4 ? high : low) >>> 48 - 16 * (i % 4) & 0xFFFF;
            String text = "%x".formatted(group);
            groups.add(random.nextBoolean() ? text : "0".repeat(4 - text.length()) + text.toUpperCase(Locale.ROOT));
        }
        if (random.nextInt(3) == 0) {
            groups.subList(6, 8).clear();
            groups.add(InetText.format((int) low));
        }
        // Any run of zeros may be left out, not only the longest.
        int from = random.nextInt(groups.size());
        int to = from;
        while (to < groups.size() && groups.get(to).matches("0+")) {
            to++;
        }
        return to == from
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, from)) + "::"
                        + String.join(":", groups.subList(to, groups.size()));
    }

    private static NetworkPolicy somePolicy() {
        return NetworkPolicy.parse("""
                deny @metadata,@multicast,2001:db8:8000::/33
                deny connect 10.128.0.0/9:25
                allow connect 0.0.0.0/1,@private:80-90,2001:db8::/32,@loopback
                """);
    }

    private static boolean connects(NetworkPolicy policy, String host, int port) {
        return policy.explain("connect", (host.contains(":") ? "[" + host + "]" : host) + ":" + port).isAllowed();
    }

    @Test
    void spellingsOfFourChangeNothing() {
        Random random = new Random(1);
        NetworkPolicy policy = somePolicy();
        List<Integer> starts = List.of(0, 0x7F00_0000, 0x0A00_0000, 0xC0A8_0000, 0xA9FE_A9FE, 0xE000_0001, 0x6440_0000);
        for (int i = 0; i < 5000; i++) {
            int address =
                    random.nextInt(3) == 0 ? random.nextInt() : starts.get(random.nextInt(7)) + random.nextInt(99);
            int port = random.nextInt(100);
            IpAddress canonical = IpAddress.four(address);
            boolean isAllowed = connects(policy, InetText.format(address), port);
            List<String> spellings = new ArrayList<>(List.of(
                    spelled4(random, address),
                    spelled6(random, 0, 0xFFFF_0000_0000L | Integer.toUnsignedLong(address))));
            if (address >>> 24 != 0 && address >>> 24 != 0x7F) {
                spellings.add(spelled6(random, 0, Integer.toUnsignedLong(address)));
                spellings.add(spelled6(random, 0x0064_FF9B_0000_0000L, Integer.toUnsignedLong(address)));
            }
            for (String spelling : spellings) {
                assertEquals(canonical, IpAddress.parse(spelling), spelling);
                assertEquals(isAllowed, connects(policy, spelling, port), spelling);
            }
        }
    }

    @Test
    void spellingsOfSixChangeNothing() {
        Random random = new Random(2);
        NetworkPolicy policy = somePolicy();
        List<Long> starts = List.of(0L, 0x2001_0DB8_0000_0000L, 0x2001_0DB8_8000_0000L, 0xFE80_0000_0000_0000L,
                0xFF02_0000_0000_0000L, 0xFD00_0EC2_0000_0000L);
        for (int i = 0; i < 5000; i++) {
            long high = random.nextInt(3) == 0 ? random.nextLong() : starts.get(random.nextInt(6));
            long low = random.nextBoolean() ? random.nextLong() : random.nextInt(3) << 16 * random.nextInt(4);
            int port = random.nextInt(100);
            String spelling = spelled6(random, high, low);
            IpAddress canonical = IpAddress.six(high, low);
            assertEquals(canonical, IpAddress.parse(spelling), spelling);
            assertEquals(canonical, IpAddress.parse(spelling + "%eth0"), spelling);
            assertEquals(connects(policy, InetText.format(high, low), port), connects(policy, spelling, port),
                    spelling);
        }
    }

    // Policies

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static BigInteger address(Random random, boolean isSix) {
        // Few bits differ, so that ranges meet.
        int bits = random.nextInt(16);
        return isSix
                ? BigInteger.valueOf(0x2001_0DB8).shiftLeft(96)
                        .or(BigInteger.valueOf(bits & 3).shiftLeft(64)).or(BigInteger.valueOf(bits >> 2))
                : BigInteger.valueOf(0x0A00_0000L | (bits & 3) << 16 | bits >> 2);
    }

    private static IpAddress ip(BigInteger address, boolean isSix) {
        return isSix
                ? IpAddress.six(address.shiftRight(64).longValue(), address.longValue())
                : IpAddress.four(address.intValue());
    }

    private static String name(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> one(random, LABELS))
                .collect(Collectors.joining("."));
    }

    private static PlainTarget target(Random random) {
        int first = random.nextBoolean() ? 0 : random.nextInt(5);
        int last = first == 0 ? HIGHEST_PORT : first + random.nextInt(5);
        return switch (random.nextInt(8)) {
            case 0 -> new AnyHost(first, last);
            case 1, 2 -> new Host(name(random), random.nextBoolean(), first, last);
            case 3 -> new Unix(one(random, FOLDERS), random.nextBoolean());
            case 4 -> new Unix("@" + name(random), random.nextBoolean());
            default -> {
                boolean isSix = random.nextBoolean();
                int prefix = isSix ? one(random, List.of(0, 32, 64, 126, 128)) : one(random, List.of(0, 8, 15, 30, 32));
                yield new Network(isSix, address(random, isSix), prefix, first, last);
            }
        };
    }

    private static PlainRule rule(Random random) {
        boolean isAllowed = random.nextInt(3) > 0;
        switch (random.nextInt(20)) {
            case 0 -> {
                int family = one(random, List.of(Kind.ANY, AddressFamilies.AF_NETLINK, AddressFamilies.AF_INET));
                int type = one(random, List.of(Kind.ANY, SocketTypes.SOCK_RAW, SocketTypes.SOCK_STREAM));
                return new PlainRule(isAllowed, Set.of(Action.SOCKET), List.of(new Kind(family, type)));
            }
            case 1 -> {
                String name = random.nextInt(4) == 0 ? "*" : one(random, OPTIONS);
                return new PlainRule(isAllowed, Set.of(Action.OPTION), List.of(new Option(name)));
            }
            case 2 -> {
                return new PlainRule(isAllowed, Set.of(Action.PROCESS), List.of(new AnyProcess()));
            }
            default -> {
                EnumSet<Action> actions = EnumSet.noneOf(Action.class);
                while (actions.isEmpty() || random.nextBoolean()) {
                    actions.add(one(random, PlainRules.WITH_ADDRESS));
                }
                return new PlainRule(isAllowed, random.nextInt(4) == 0 ? PlainRules.USUAL : actions,
                        IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(_ -> target(random)).toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 20, 100})
    void decidesAsAPlainListOfRulesDoes(int count) {
        Random random = new Random(count);
        for (int round = 0; round < 60; round++) {
            PlainRules plain = new PlainRules(IntStream.range(0, count).mapToObj(_ -> rule(random)).toList());
            Rules rules = NetworkPolicy.parse(plain.toString()).rules();
            for (int i = 0; i < 100; i++) {
                compare(plain, rules, random);
            }
        }
    }

    private static void compare(PlainRules plain, Rules rules, Random random) {
        Action action = one(random, PlainRules.WITH_ADDRESS);
        boolean isSix = random.nextBoolean();
        BigInteger address = address(random, isSix);
        int port = random.nextInt(10);
        List<String> names = IntStream.range(0, random.nextInt(3)).mapToObj(_ -> name(random)).toList();
        if (action == Action.LOOKUP) {
            String name = name(random);
            assertEquals(plain.lookup(name), verdict(rules.name(action, name)), () -> name + "\n" + plain);
        } else {
            assertEquals(plain.address(action, isSix, address, port, names),
                    verdict(rules.address(action, ip(address, isSix), port, names)),
                    () -> action + " " + address + " " + port + " " + names + "\n" + plain);
        }
        String path = random.nextBoolean() ? one(random, FOLDERS) + "/a" : "@" + name(random);
        assertEquals(plain.path(action, path), verdict(rules.path(action, path)), () -> action + path + "\n" + plain);
        int family = one(random, List.of(AddressFamilies.AF_NETLINK, AddressFamilies.AF_INET, AddressFamilies.AF_CAN));
        int type = one(random, List.of(SocketTypes.SOCK_RAW, SocketTypes.SOCK_STREAM, SocketTypes.SOCK_DGRAM));
        assertEquals(plain.kind(family, type), verdict(rules.kind(family, type)), () -> family + "\n" + plain);
        String option = one(random, OPTIONS);
        assertEquals(plain.option(option), verdict(rules.option(option)), () -> option + "\n" + plain);
        assertEquals(plain.process(), verdict(rules.process()), plain::toString);
    }

    /** As the answers of {@link PlainRules}. */
    private static int verdict(Ruling ruling) {
        if (ruling.rule() == null) {
            return ruling.isAllowed() ? PlainRules.FREE : 0;
        }
        return ruling.isAllowed() ? ruling.rule().number() : -ruling.rule().number();
    }

    @Test
    void manyRulesAreQuicklyMade() {
        Random random = new Random(3);
        List<PlainRule> list = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            list.add(rule(random));
        }
        String text = new PlainRules(list).toString();
        // It takes less than a second, on a busy machine too.
        NetworkPolicy policy = assertTimeout(Duration.ofSeconds(10), () -> NetworkPolicy.parse(text));
        assertTimeout(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 10_000; i++) {
                policy.explain("connect", "10.0." + i % 256 + "." + i / 256 + ":" + i);
            }
        });
    }

    @Test
    void manyRulesAboutOneHostAreQuicklyMade() {
        String text = IntStream.range(0, 10_000)
                .mapToObj(i -> "%s connect 10.0.0.1:%d-%d,a.test:%d".formatted(
                        i % 3 == 0 ? "deny" : "allow", i, 60_000 - i, i))
                .collect(Collectors.joining("\n"));
        NetworkPolicy policy = assertTimeout(Duration.ofSeconds(10), () -> NetworkPolicy.parse(text));
        assertEquals("deny connect 10.0.0.1:0-60000,a.test:0", policy.explain("connect", "10.0.0.1:30000").rule());
    }
}
