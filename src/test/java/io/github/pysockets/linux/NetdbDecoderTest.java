package io.github.pysockets.linux;

import static io.github.pysockets.linux.ForeignMemory.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pysockets.stack.NameService.AddressInfo;
import io.github.pysockets.stack.NameService.HostEntry;
import io.github.pysockets.stack.NameService.NetworkInterface;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The linked structs that libc answers with, in an array in place of its memory. */
final class NetdbDecoderTest {
    private final ForeignMemory memory = new ForeignMemory();

    @Test
    void addrinfoIsAList() {
        long ipv4 = memory.putHex("0200 0050 c0000201 0000000000000000");
        long ipv6 = memory.putHex("0a00 0050 00000000 20010db8000000000000000000000001 03000000");
        long name = memory.putText("canonical");
        long second = memory.putWords(pair(0, 10), pair(2, 17), 28, ipv6, 0, 0);
        long first = memory.putWords(pair(2, 2), pair(1, 6), 16, ipv4, name, second);

        assertEquals(
                List.of(
                        new AddressInfo(2, 1, 6, "canonical", new SockaddrIn(0xC000_0201, 80)),
                        new AddressInfo(10, 2, 17, null, new SockaddrIn6(0x2001_0db8_0000_0000L, 1, 80, 0, 3))),
                AddrinfoCodec.decode(memory.segment(), first));
    }

    @Test
    void noAddrinfoIsAnEmptyList() {
        assertEquals(List.of(), AddrinfoCodec.decode(memory.segment(), 0));
    }

    @Test
    void addrinfoMayLackItsAddress() {
        long only = memory.putWords(pair(0, 2), pair(1, 6), 0, 0, 0, 0);

        assertNull(AddrinfoCodec.decode(memory.segment(), only).getFirst().address());
    }

    @Test
    void hostentHasNamesAndAddresses() {
        long name = memory.putText("host");
        long aliases = memory.putWords(memory.putText("one"), memory.putText("two"), 0);
        long addresses = memory.putWords(memory.putHex("7f000001"), memory.putHex("c0000201"), 0);
        long entry = memory.putWords(name, aliases, pair(2, 4), addresses);

        assertEquals(
                new HostEntry(
                        "host", List.of("one", "two"),
                        List.of(new SockaddrIn(0x7f00_0001, 0), new SockaddrIn(0xC000_0201, 0))),
                NetdbDecoder.hostent(memory.segment(), entry));
    }

    @Test
    void hostentOfIpv6HasLongerAddresses() {
        long name = memory.putText("host");
        long addresses = memory.putWords(memory.putHex("fe800000000000000000000000000001"), 0);
        long entry = memory.putWords(name, 0, pair(10, 16), addresses);

        assertEquals(
                new HostEntry("host", List.of(), List.of(new SockaddrIn6(0xfe80_0000_0000_0000L, 1, 0, 0, 0))),
                NetdbDecoder.hostent(memory.segment(), entry));
    }

    @Test
    void serventHasANameAndAPort() {
        long name = memory.putText("https");
        long entry = memory.putWords(name, 0, 0xbb01, memory.putText("tcp"));

        assertEquals("https", NetdbDecoder.serviceName(memory.segment(), entry));
        assertEquals(443, NetdbDecoder.servicePort(memory.segment(), entry));
    }

    @Test
    void protoentHasANumber() {
        long entry = memory.putWords(memory.putText("udp"), 0, 17);

        assertEquals(17, NetdbDecoder.protocolNumber(memory.segment(), entry));
    }

    @Test
    void nameindexEndsAtIndexZero() {
        long loopback = memory.putText("lo");
        long ethernet = memory.putText("eth0");
        long array = memory.putWords(1, loopback, 0x7fff_ffff, ethernet, 0, 0);

        assertEquals(
                List.of(new NetworkInterface(1, "lo"), new NetworkInterface(Integer.MAX_VALUE, "eth0")),
                NetdbDecoder.nameindex(memory.segment(), array));
    }
}
