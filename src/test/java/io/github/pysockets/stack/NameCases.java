package io.github.pysockets.stack;

import static io.github.pysockets.abi.Errno.ENXIO;
import static io.github.pysockets.abi.Netdb.HOST_NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.NameService.AddressInfo;
import io.github.pysockets.stack.NameService.HostEntry;
import io.github.pysockets.stack.NameService.HostService;
import io.github.pysockets.stack.NameService.NetworkInterface;
import io.github.pysockets.stack.NameServiceException.Range;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Names that every host answers by itself: localhost, numeric forms, its own interfaces. */
abstract class NameCases extends StackCase {
    private static final byte[] LOCALHOST = bytes("localhost");
    private static final byte[] CUT_SHORT = bytes("localhost\0.example.invalid");

    private NameService names() {
        return stack().names();
    }

    private List<AddressInfo> numeric(String host, String service, String type) throws Exception {
        return names().getaddrinfo(bytes(host), bytes(service), 0, number(type), 0, number("AI_NUMERICHOST"));
    }

    private static void assertFails(Range range, int code, Executable question) {
        NameServiceException failure = assertThrows(NameServiceException.class, question);
        assertEquals(range, failure.range());
        assertEquals(code, failure.code());
    }

    @Test
    void numericHostAndPortNeedNoLookUp() throws Exception {
        AddressInfo stream = new AddressInfo(
                number("AF_INET"), number("SOCK_STREAM"), number("IPPROTO_TCP"), null,
                new SockaddrIn(0xC000_0201, 8080));
        AddressInfo datagram = new AddressInfo(
                number("AF_INET6"), number("SOCK_DGRAM"), number("IPPROTO_UDP"), null,
                new SockaddrIn6(0x2001_0db8_0000_0000L, 1, 53, 0, 0));

        assertEquals(List.of(stream), numeric("192.0.2.1", "8080", "SOCK_STREAM"));
        assertEquals(List.of(datagram), numeric("2001:db8::1", "53", "SOCK_DGRAM"));
    }

    @Test
    void localhostIsALoopbackAddress() throws Exception {
        List<AddressInfo> found = names().getaddrinfo(LOCALHOST, null, number("AF_INET"), number("SOCK_STREAM"), 0, 0);

        assertFalse(found.isEmpty());
        for (AddressInfo info : found) {
            assertEquals(127, ((SockaddrIn) info.address()).address() >>> 24);
        }
    }

    @Test
    void canonicalNameIsGivenWhereItIsAskedFor() throws Exception {
        List<AddressInfo> with = names().getaddrinfo(
                bytes("127.0.0.1"), null, 0, number("SOCK_STREAM"), 0, number("AI_CANONNAME"));
        List<AddressInfo> without = names().getaddrinfo(bytes("127.0.0.1"), null, 0, number("SOCK_STREAM"), 0, 0);

        assertEquals("127.0.0.1", with.getFirst().canonicalName());
        assertNull(without.getFirst().canonicalName());
    }

    @Test
    void noHostIsThisHost() throws Exception {
        int stream = number("SOCK_STREAM");
        byte[] port = bytes("80");

        assertEquals(
                Loopback.IPV4.address(80),
                names().getaddrinfo(null, port, number("AF_INET"), stream, 0, 0).getFirst().address());
        assertEquals(
                new SockaddrIn(0, 80),
                names().getaddrinfo(null, port, number("AF_INET"), stream, 0, number("AI_PASSIVE"))
                        .getFirst().address());
    }

    @Test
    void hostThatIsNotNumericIsUnknownWhereItMustBe() {
        assertFails(Range.EAI, number("EAI_NONAME"), () -> numeric("localhost", "80", "SOCK_STREAM"));
        assertFails(Range.EAI, number("EAI_NONAME"), () -> names().getaddrinfo(null, null, 0, 0, 0, 0));
    }

    @Test
    void questionThatMakesNoSenseIsRefused() {
        int nobodys = 250;

        assertFails(
                Range.EAI, number("EAI_FAMILY"), () -> names().getaddrinfo(LOCALHOST, null, nobodys, 0, 0, 0));
        assertFails(
                Range.EAI, number("EAI_SOCKTYPE"), () -> names().getaddrinfo(LOCALHOST, null, 0, nobodys, 0, 0));
        assertFails(
                Range.EAI, number("EAI_BADFLAGS"), () -> names().getaddrinfo(LOCALHOST, null, 0, 0, 0, 1 << 30));
    }

    @Test
    void nameWithAZeroInItIsNoName() {
        assertFails(Range.EAI, number("EAI_NONAME"), () -> names().getaddrinfo(CUT_SHORT, null, 0, 0, 0, 0));
        assertFails(Range.H_ERRNO, HOST_NOT_FOUND, () -> names().gethostbyname(CUT_SHORT));
        assertEquals(-1, names().getservbyname(bytes("http\0"), null));
        assertEquals(-1, names().getprotobyname(bytes("tcp\0")));
        assertEquals(0, names().interfaceIndex(bytes("lo\0")));
    }

    @Test
    void addressIsGivenAsNumbers() throws Exception {
        int flags = number("NI_NUMERICHOST") | number("NI_NUMERICSERV");

        assertEquals(
                new HostService("192.0.2.1", "8080"), names().getnameinfo(new SockaddrIn(0xC000_0201, 8080), flags));
        assertEquals(
                new HostService("::1", "22"), names().getnameinfo(new SockaddrIn6(0, 1, 22, 0, 0), flags));
    }

    @Test
    void addressOfAFamilyWithoutNamesIsRefused() {
        SocketAddress netlink = new SockaddrNl(1, 0);

        assertFails(Range.EAI, number("EAI_FAMILY"), () -> names().getnameinfo(netlink, 0));
        StackCase.assertFails(Errno.EAFNOSUPPORT, () -> names().gethostbyaddr(netlink));
    }

    @Test
    void hostEntryOfAnAddressAsText() throws Exception {
        HostEntry entry = names().gethostbyname(bytes("127.0.0.1"));

        assertEquals("127.0.0.1", entry.name());
        assertEquals(List.of(), entry.aliases());
        assertEquals(List.of(new SockaddrIn(0x7f00_0001, 0)), entry.addresses());
    }

    @Test
    void hostEntryOfTheLoopbackAddress() throws Exception {
        HostEntry entry = names().gethostbyaddr(new SockaddrIn(0x7f00_0001, 80));

        assertFalse(entry.name().isEmpty());
        assertEquals(List.of(new SockaddrIn(0x7f00_0001, 0)), entry.addresses());
    }

    @Test
    void unknownServicesAndProtocolsAreTold() {
        byte[] nobodys = bytes("no-such-thing");

        assertEquals(-1, names().getservbyname(nobodys, null));
        assertEquals(-1, names().getservbyname(nobodys, bytes("tcp")));
        assertNull(names().getservbyport(1, nobodys));
        assertEquals(-1, names().getprotobyname(nobodys));
    }

    @Test
    void interfacesHaveUniqueNumbersAndNames() throws StackException {
        List<NetworkInterface> interfaces = names().interfaces();

        Set<Object> seen = new HashSet<>();
        for (NetworkInterface each : interfaces) {
            assertTrue(seen.add(each.index()) && seen.add(each.name()), each::toString);
            assertEquals(each.index(), names().interfaceIndex(bytes(each.name())));
            assertEquals(each.name(), names().interfaceName(each.index()));
        }
        assertFalse(interfaces.isEmpty());
    }

    @Test
    void unknownInterfacesAreTold() {
        assertEquals(0, names().interfaceIndex(bytes("no-such-thing")));
        for (long index : new long[] {0, 0x7fff_ffffL, 0xffff_ffffL, 0x1_0000_0001L, -1}) {
            StackCase.assertFails(ENXIO, () -> names().interfaceName(index));
        }
    }

    @Test
    void codesHaveTexts() {
        assertEquals("Name or service not known", names().errorText(Range.EAI, number("EAI_NONAME")));
        assertEquals("Unknown host", names().errorText(Range.H_ERRNO, HOST_NOT_FOUND));
    }
}
