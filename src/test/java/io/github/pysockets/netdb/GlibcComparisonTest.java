package io.github.pysockets.netdb;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.Netdb.AI_ADDRCONFIG;
import static io.github.pysockets.abi.Netdb.AI_ALL;
import static io.github.pysockets.abi.Netdb.AI_CANONNAME;
import static io.github.pysockets.abi.Netdb.AI_IDN;
import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.AI_NUMERICSERV;
import static io.github.pysockets.abi.Netdb.AI_PASSIVE;
import static io.github.pysockets.abi.Netdb.AI_V4MAPPED;
import static io.github.pysockets.abi.Netdb.EAI_OVERFLOW;
import static io.github.pysockets.abi.Netdb.NI_NUMERICHOST;
import static io.github.pysockets.abi.SocketTypes.SOCK_NONBLOCK;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameService.NetworkInterface;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.NameServiceException.Range;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrNl;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Each question is put to the C library and to our own name service, and has one answer. Only questions that the C
 * library answers by itself, or from /etc/hosts: none leaves this machine.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "there is no glibc to compare with")
final class GlibcComparisonTest {
    private static final int NOBODYS = 250;
    private static final List<String> SERVICES = Arrays.asList(
            null, "", "*", "80", "0", "007", "65535", "65536", "70000", "4294967376", "4294967295", "2147483648",
            "99999999999999999999", "18446744073709551695", "-1", "-4294967216", "+80", " 80", "\u000b80", "80 ", "8 0",
            "0x50", "+", "-", "http", "HTTP", "www", "domain", "ntp", "shell", "syslog", "no-such-thing", "http/tcp",
            "\u00e4", "ht\0tp");
    private static final List<Integer> TYPES = List.of(0, 1, 2, 3, 4, 5, 6, -1, SOCK_STREAM | SOCK_NONBLOCK, NOBODYS);
    private static final List<Integer> PROTOCOLS = List.of(0, 1, 6, 17, 33, 58, 132, 136, 255, 262, -1);
    private static final List<Integer> OTHER_FAMILIES = List.of(AF_UNIX, -1, NOBODYS);
    private static final List<Integer> FLAGS = List.of(
            0, AI_PASSIVE, AI_NUMERICHOST, AI_NUMERICSERV, AI_V4MAPPED, AI_ALL, AI_V4MAPPED | AI_ALL,
            AI_ADDRCONFIG, AI_ADDRCONFIG | AI_V4MAPPED, AI_CANONNAME | AI_PASSIVE | AI_NUMERICHOST, AI_IDN, 0x80, 0x100,
            0x200, 0x800, 1 << 30, -1);
    private static final List<Integer> ALL_FLAGS =
            Stream.concat(FLAGS.stream(), Stream.of(AI_CANONNAME, AI_IDN | AI_CANONNAME)).toList();

    private static final List<String> ADDRESSES = Arrays.asList(
            null, "*", "127.0.0.1", "127.1", "1", "0", "4294967295", "0x7f.1", "0X7F000001", "0177.0.0.1", "1.2.3",
            "1.2.65535", "::", "::1", "::ffff:1.2.3.4", "::FFFF:7f00:1", "::1.2.3.4", "::1%", "::1%0", "::1%1",
            "::1%lo",
            "::1%4294967295", "::1%4294967296", "::1%99999999999999999999999", "::1%00000000000000000000001", "::1% 1",
            "::1%+1", "::1%1 ", "::1%1%2", "fe80::1", "fe80::1%lo", "fe80::1%1", "fe80::1%12345", "fe80::1%nobodys",
            "fe80::1%", "febf::1%lo", "fec0::1%lo", "ff00::1%lo", "ff01::1%lo", "ff02::1%lo", "ff03::1%lo",
            "ff12::1%lo", "ff05::2%lo", "::ffff:127.0.0.1%1", "::ffff:127.0.0.1%lo", "2001:db8::1", "2001:db8::1%lo");

    /** Neither addresses nor names. With AI_CANONNAME the C library would ask a server nevertheless. */
    private static final List<String> NOBODYS_NAMES = List.of(
            "", "127.0.0.1 ", "127.0.0.1 x", " 127.0.0.1", "1.2.3.4%lo", "1::2::3", ":1", ":", "::g", "g:1", "[::1]",
            "a b",
            "a..b", ".a", "..", "a!b", "a:b", "a/b", "-a", "\u00e4", "a\0b", "x".repeat(64), "x".repeat(4097));

    private final NameService glibc = LinuxStack.open().names();
    private final NameService ours = NetdbNames.ofPlatform();
    private final Map<String, String> differences = new TreeMap<>();
    private int compared;

    @FunctionalInterface
    private interface Question {
        Object ask(NameService names) throws NameServiceException, StackException;
    }

    private static String answer(NameService names, Question question) {
        try {
            return String.valueOf(question.ask(names));
        } catch (NameServiceException | StackException failure) {
            return failure.getMessage();
        }
    }

    private void compare(String text, Question question) {
        String expected = answer(glibc, question);
        String found = answer(ours, question);
        compared++;
        if (!expected.equals(found)) {
            differences.put(text, "\n  glibc " + expected + "\n  ours  " + found + "\n");
        }
    }

    private void assertSame(int atLeast) {
        assertEquals(Map.of(), differences);
        assertTrue(compared >= atLeast, "compared " + compared);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void compareAddrinfo(String host, String service, int family, int type, int protocol, int flags) {
        compare("getaddrinfo " + Arrays.asList(host, service, family, type, protocol, flags),
                names -> names.getaddrinfo(bytes(host), bytes(service), family, type, protocol, flags));
    }

    /** The addresses of each name of this machine that /etc/hosts has. */
    private static Map<String, List<SocketAddress>> ownNames() throws IOException {
        Map<String, List<SocketAddress>> found = new TreeMap<>();
        Path file = Path.of("/etc/hosts");
        for (String[] words : Files.exists(file) ? NetdbFile.read(file) : List.<String[]>of()) {
            SocketAddress address = address(words[0]);
            for (int i = 1; address != null && i < words.length; i++) {
                found.computeIfAbsent(words[i], _ -> new ArrayList<>()).add(address);
            }
        }
        return found;
    }

    private static SocketAddress address(String text) {
        byte[] four = InetText.parse4(text);
        byte[] six = InetText.parse6(text);
        return four == null && six == null ? null : Inet.of(four == null ? six : four, 0);
    }

    @Test
    void servicesTypesAndProtocols() {
        for (String service : SERVICES) {
            for (int type : TYPES) {
                for (int protocol : PROTOCOLS) {
                    compareAddrinfo("127.0.0.1", service, AF_UNSPEC, type, protocol, 0);
                }
                compareAddrinfo("::1", service, AF_UNSPEC, type, 0, AI_NUMERICSERV);
                compareAddrinfo(null, service, AF_UNSPEC, type, 0, 0);
            }
        }
        assertSame(3000);
    }

    @Test
    void hostsFamiliesAndFlags() {
        ADDRESSES.forEach(host -> compareHost(host, ALL_FLAGS));
        NOBODYS_NAMES.forEach(host -> compareHost(host, FLAGS));
        assertSame(3000);
    }

    private void compareHost(String host, List<Integer> allFlags) {
        for (int flags : allFlags) {
            for (int family : List.of(AF_UNSPEC, AF_INET, AF_INET6)) {
                compareAddrinfo(host, "80", family, SOCK_STREAM, 0, flags);
            }
        }
        for (int family : OTHER_FAMILIES) {
            compareAddrinfo(host, "80", family, SOCK_STREAM, 0, 0);
        }
        compareAddrinfo(host, null, AF_UNSPEC, 0, 0, 0);
        compareAddrinfo(host, "no-such-thing", AF_UNSPEC, SOCK_STREAM, 0, 0);
    }

    /** A family of which the file has no address would make the C library ask a server. */
    @Test
    void namesOfThisMachine() throws IOException {
        Map<String, List<SocketAddress>> own = ownNames();
        own.forEach((name, addresses) -> {
            boolean hasFour = addresses.stream().anyMatch(SockaddrIn.class::isInstance);
            boolean hasSix = addresses.stream().anyMatch(SockaddrIn6.class::isInstance);
            for (int flags : ALL_FLAGS) {
                if (hasFour) {
                    compareAddrinfo(name, "80", AF_INET, 0, 0, flags);
                    compare("gethostbyname " + name, names -> names.gethostbyname(bytes(name)));
                }
                if (hasSix) {
                    compareAddrinfo(name, "80", AF_INET6, 0, 0, flags);
                }
                if (hasFour && hasSix || (flags & AI_ADDRCONFIG) == 0) {
                    compareAddrinfo(name, "80", AF_UNSPEC, 0, 0, flags);
                }
            }
            for (SocketAddress address : addresses) {
                compare("gethostbyaddr " + address, names -> names.gethostbyaddr(address));
                for (int flags = 0; flags <= 0x100; flags++) {
                    compareNameinfo(Inet.withPort(address, 80), flags);
                }
            }
        });
        assertSame(own.size());
    }

    private void compareNameinfo(SocketAddress address, int flags) {
        compare("getnameinfo " + address + " " + flags, names -> names.getnameinfo(address, flags));
    }

    @Test
    void addressesAsNumbers() {
        List<SocketAddress> addresses = List.of(
                Inet.LOOPBACK, Inet.ANY, new SockaddrIn(-1, 0), new SockaddrIn(0xc000_0201, 0), Inet.LOOPBACK6,
                Inet.ANY6,
                new SockaddrIn6(0, 1, 0, 77, 1), Inet.mapped(Inet.LOOPBACK), new SockaddrIn6(0, 0x1020304, 0, 0, 0),
                new SockaddrIn6(0xfe80L << 48, 1, 0, 0, 0), new SockaddrIn6(0xfe80L << 48, 1, 0, 0, 1),
                new SockaddrIn6(0xfe80L << 48, 1, 0, 0, 12345), new SockaddrIn6(0xfe80L << 48, 1, 0, 0, -1),
                new SockaddrIn6(0xfec0L << 48, 1, 0, 0, 1), new SockaddrIn6(0xff01L << 48, 1, 0, 0, 1),
                new SockaddrIn6(0xff02L << 48, 1, 0, 0, 1), new SockaddrIn6(0xff12L << 48, 1, 0, 0, 1),
                new SockaddrIn6(0xff05L << 48, 1, 0, 0, 1), new SockaddrIn6(0x2001_0db8L << 32, 1, 0, 0, 1),
                new SockaddrNl(1, 0));
        for (SocketAddress address : addresses) {
            for (int port : new int[] {0, 22, 53, 80, 514, 9999, 65535}) {
                SocketAddress asked = address instanceof SockaddrNl ? address : Inet.withPort(address, port);
                for (int flags = 0; flags < 0x100; flags += 2) {
                    compareNameinfo(asked, flags | NI_NUMERICHOST);
                }
                compareNameinfo(asked, 0x100);
                compareNameinfo(asked, -1);
            }
        }
        // The C library asks nobody about these.
        for (int flags = 0; flags < 0x100; flags++) {
            compareNameinfo(Inet.ANY6, flags);
        }
        compare("gethostbyaddr ::", names -> names.gethostbyaddr(Inet.ANY6));
        compare("gethostbyaddr netlink", names -> names.gethostbyaddr(new SockaddrNl(1, 0)));
        assertSame(2000);
    }

    @Test
    void hostsOfAnotherTime() {
        List<String> names = new ArrayList<>(ADDRESSES);
        names.addAll(NOBODYS_NAMES);
        names.addAll(List.of("1.2.3.4.5", "256.1.1.1", "08.1.1.1", "1..2", "00", "4294967296"));
        // To gethostbyname the last two are names that others may know.
        names.removeAll(Arrays.asList(null, "0x7f.1", "0X7F000001"));
        for (String name : names) {
            compare("gethostbyname " + name, each -> each.gethostbyname(bytes(name)));
        }
        assertSame(50);
    }

    @Test
    void servicesAndProtocolsOfTheFiles() {
        List<String> protocols = Arrays.asList("tcp", "udp", "sctp", "TCP", "", "no-such-thing", "t\0", null);
        List<String> services = new ArrayList<>(SERVICES);
        services.remove(null);
        List<Integer> ports = new ArrayList<>(List.of(0, 1, 2, 65535, 65536, -1, 65536 + 80));
        for (String[] words : lines("/etc/services")) {
            services.add(words[0]);
            services.addAll(Arrays.asList(words).subList(2, words.length));
            ports.add(Integer.valueOf(words[1].replaceFirst("/.*", "")));
        }
        for (String protocol : protocols) {
            for (String service : services) {
                compare("getservbyname " + service + " " + protocol,
                        names -> names.getservbyname(bytes(service), bytes(protocol)));
            }
            for (int port : ports) {
                compare("getservbyport " + port + " " + protocol, names -> names.getservbyport(port, bytes(protocol)));
            }
        }
        for (String[] words : lines("/etc/protocols")) {
            for (String word : words) {
                compare("getprotobyname " + word, names -> names.getprotobyname(bytes(word)));
            }
        }
        for (String name : SERVICES.subList(1, SERVICES.size())) {
            compare("getprotobyname " + name, names -> names.getprotobyname(bytes(name)));
        }
        assertSame(100);
    }

    private static List<String[]> lines(String path) {
        return Files.exists(Path.of(path)) ? NetdbFile.read(Path.of(path)) : List.of();
    }

    @Test
    void textsOfErrors() {
        for (Range range : Range.values()) {
            // Not every release of glibc has a text for EAI_OVERFLOW.
            for (int code : IntStream.rangeClosed(-300, 300).filter(it -> it != EAI_OVERFLOW).toArray()) {
                compare(range + " " + code, names -> names.errorText(range, code));
            }
            compare(range + " smallest", names -> names.errorText(range, Integer.MIN_VALUE));
            compare(range + " largest", names -> names.errorText(range, Integer.MAX_VALUE));
        }
        assertSame(1000);
    }

    /** Java does not see an interface without an address. */
    @Test
    void interfacesThatHaveAnAddress() throws StackException {
        List<NetworkInterface> found = ours.interfaces();
        for (NetworkInterface each : found) {
            compare("if_indextoname " + each, names -> names.interfaceName(each.index()));
            compare("if_nametoindex " + each, names -> names.interfaceIndex(bytes(each.name())));
        }
        for (long index : new long[] {0, -1, 0x7fff_ffff, 0xffff_ffffL, 0x1_0000_0000L, 0x1_0000_0001L,
            Long.MIN_VALUE}) {
            compare("if_indextoname " + index, names -> names.interfaceName(index));
        }
        for (String name : List.of("", "l", "lo ", "LO", "l\0o", "no-such-thing", "x".repeat(5000), "\u00e4", "%lo")) {
            compare("if_nametoindex " + name, names -> names.interfaceIndex(bytes(name)));
        }
        assertTrue(glibc.interfaces().containsAll(found), found::toString);
        assertSame(10);
    }
}
