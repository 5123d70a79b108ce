package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_NETLINK;
import static io.github.pysockets.abi.AddressFamilies.AF_PACKET;
import static io.github.pysockets.abi.AddressFamilies.AF_VSOCK;
import static io.github.pysockets.abi.Errno.EPERM;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_RAW;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SockaddrLl;
import io.github.pysockets.stack.SockaddrNl;
import io.github.pysockets.stack.SockaddrVm;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Families of Linux's own, where the kernel that runs has them: that the kernel agrees on their addresses. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
final class KernelFamiliesTest {
    private static final int ANY = 0xffff_ffff;
    private static final int ARPHRD_LOOPBACK = 772;
    private static final int PACKET_OUTGOING = 4;
    private static final int ETHERTYPE_OF_EXPERIMENTS = 0x88b5;

    private final LinuxStack stack = LinuxStack.open();
    private Endpoint endpoint;

    @AfterEach
    void close() throws StackException {
        if (endpoint != null) {
            endpoint.close();
        }
    }

    private void open(int family, int type, int protocol) throws StackException {
        try {
            endpoint = stack.socket(family, type, protocol);
        } catch (StackException failure) {
            switch (failure.errno()) {
                case Errno.EAFNOSUPPORT -> abort("this kernel has no family " + family);
                case EPERM -> abort("family " + family + " is for privileged users");
                default -> throw failure;
            }
        }
    }

    @Test
    void netlinkSocketGetsAPort() throws StackException {
        open(AF_NETLINK, SOCK_RAW, 0);

        endpoint.bind(new SockaddrNl(0, 0));

        SockaddrNl local = (SockaddrNl) endpoint.localAddress();
        assertNotEquals(0, local.portId());
        assertEquals(0, local.groups());
    }

    @Test
    void vsockGetsAPort() throws StackException {
        open(AF_VSOCK, SOCK_STREAM, 0);

        endpoint.bind(new SockaddrVm(ANY, ANY));

        SockaddrVm local = (SockaddrVm) endpoint.localAddress();
        assertEquals(ANY, local.contextId());
        assertTrue(Integer.toUnsignedLong(local.port()) >= 1024);
    }

    @Test
    void packetOnTheLoopbackInterfaceComesBack() throws StackException {
        open(AF_PACKET, SOCK_DGRAM, 0);
        int loopback = stack.names().interfaceIndex("lo".getBytes(StandardCharsets.UTF_8));
        byte[] nowhere = new byte[6];
        byte[] data = "pysockets".getBytes(StandardCharsets.UTF_8);
        byte[] into = new byte[100];
        AddressHolder from = new AddressHolder();

        endpoint.bind(new SockaddrLl(ETHERTYPE_OF_EXPERIMENTS, loopback, 0, 0, nowhere));
        assertEquals(
                new SockaddrLl(ETHERTYPE_OF_EXPERIMENTS, loopback, ARPHRD_LOOPBACK, 0, nowhere),
                endpoint.localAddress());

        SocketAddress to = new SockaddrLl(ETHERTYPE_OF_EXPERIMENTS, loopback, 0, 0, nowhere);
        assertEquals(data.length, endpoint.sendTo(data, 0, data.length, 0, to));
        do {
            awaitData();
            assertEquals(data.length, endpoint.recvFrom(into, 0, into.length, 0, from));
        } while (((SockaddrLl) from.get()).packetType() == PACKET_OUTGOING);

        assertEquals(new SockaddrLl(ETHERTYPE_OF_EXPERIMENTS, loopback, ARPHRD_LOOPBACK, 0, nowhere), from.get());
        assertArrayEquals(data, Arrays.copyOf(into, data.length));
    }

    private void awaitData() throws StackException {
        try (Poller poller = stack.newPoller()) {
            assertEquals(POLLIN, poller.poll(endpoint, POLLIN, 10_000_000_000L));
        }
    }
}
