package io.github.pysockets.nio;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.nio.ExceptionErrno.Call;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The multicast groups of one datagram socket, and the interface that it sends to groups by. All calls are made with
 * the endpoint's lock held.
 */
final class Multicast {
    private static final int IPV6_MREQ = 20;
    private static final int MREQ = 8;
    private static final int MREQN = 12;

    private final DatagramEndpoint endpoint;
    private final Map<Membership, MembershipKey> memberships = new HashMap<>();
    private boolean isInterfaceChosen;

    /** @param source null for all */
    private record Membership(InetAddress group, NetworkInterface on, InetAddress source) {}

    Multicast(DatagramEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Joins or leaves a group, or blocks or unblocks a source. */
    void change(NioOption option, byte[] value) throws StackException {
        Membership wanted = switch (option) {
            case IPV6_JOIN_GROUP, IPV6_LEAVE_GROUP -> ofMreq6(value);
            case IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP -> ofMreq(value);
            default -> ofMreqSource(value);
        };
        if (!wanted.group.isMulticastAddress()) {
            throw new StackException(Errno.EINVAL);
        }
        try {
            switch (option) {
                case IP_ADD_MEMBERSHIP, IPV6_JOIN_GROUP, IP_ADD_SOURCE_MEMBERSHIP -> join(wanted);
                case IP_BLOCK_SOURCE -> key(wanted.group, wanted.on).block(wanted.source);
                case IP_UNBLOCK_SOURCE -> key(wanted.group, wanted.on).unblock(wanted.source);
                default -> leave(wanted);
            }
        } catch (IllegalStateException notSo) {
            throw new StackException(option == NioOption.IP_UNBLOCK_SOURCE ? Errno.EADDRNOTAVAIL : Errno.EINVAL);
        } catch (IOException | RuntimeException failure) {
            throw endpoint.failed(failure, Call.OPTION);
        }
    }

    private void join(Membership wanted) throws IOException, StackException {
        MembershipKey known = memberships.get(wanted);
        if (known != null && known.isValid()) {
            throw new StackException(wanted.source == null ? Errno.EADDRINUSE : Errno.EADDRNOTAVAIL);
        }
        DatagramChannel channel = endpoint.channel();
        memberships.put(wanted, wanted.source == null
                ? channel.join(wanted.group, wanted.on)
                : channel.join(wanted.group, wanted.on, wanted.source));
    }

    private void leave(Membership wanted) throws StackException {
        MembershipKey known = memberships.remove(wanted);
        if (known == null) {
            throw new StackException(Errno.EADDRNOTAVAIL);
        }
        known.drop();
    }

    private MembershipKey key(InetAddress group, NetworkInterface on) throws StackException {
        MembershipKey known = memberships.get(new Membership(group, on, null));
        if (known == null) {
            throw new StackException(Errno.EINVAL);
        }
        return known;
    }

    /** struct ipv6_mreq. */
    private Membership ofMreq6(byte[] value) throws StackException {
        need(value, IPV6_MREQ);
        ByteBuffer address = ByteBuffer.wrap(value);
        InetAddress group = JavaAddress.inet6(address.getLong(), address.getLong(), 0);
        int index = OptionBytes.intAt(value, 2 * Long.BYTES);
        return new Membership(group, index == 0 ? usual() : byIndex(index), null);
    }

    /** struct ip_mreq or ip_mreqn. */
    private Membership ofMreq(byte[] value) throws StackException {
        need(value, MREQ);
        int index = value.length >= MREQN ? OptionBytes.intAt(value, MREQ) : 0;
        return new Membership(JavaAddress.inet4(OptionBytes.addressAt(value, 0)),
                index != 0 ? byIndex(index) : byAddress(OptionBytes.addressAt(value, Integer.BYTES)), null);
    }

    /** struct ip_mreq_source. */
    private Membership ofMreqSource(byte[] value) throws StackException {
        need(value, MREQN);
        return new Membership(JavaAddress.inet4(OptionBytes.addressAt(value, 0)),
                byAddress(OptionBytes.addressAt(value, Integer.BYTES)),
                JavaAddress.inet4(OptionBytes.addressAt(value, MREQ)));
    }

    private static void need(byte[] value, int size) throws StackException {
        if (value.length < size) {
            throw new StackException(Errno.EINVAL);
        }
    }

    /**
     * IP_MULTICAST_IF and IPV6_MULTICAST_IF.
     *
     * @return whether there is something to remember
     */
    boolean choose(NioOption option, byte[] value) throws StackException {
        need(value, Integer.BYTES);
        NetworkInterface on = option == NioOption.IPV6_MULTICAST_IF ? ofIndex(value) : ofAddress(value);
        if (on == null) {
            // "Any again" is what Java cannot say.
            if (isInterfaceChosen) {
                throw new StackException(Errno.EOPNOTSUPP);
            }
            return false;
        }
        try {
            endpoint.channel().setOption(StandardSocketOptions.IP_MULTICAST_IF, on);
            isInterfaceChosen = true;
            return true;
        } catch (IOException | RuntimeException failure) {
            throw endpoint.failed(failure, Call.OPTION);
        }
    }

    /** Of a C int; null for any interface. */
    private static NetworkInterface ofIndex(byte[] value) throws StackException {
        int index = OptionBytes.intAt(value, 0);
        return index == 0 ? null : byIndex(index);
    }

    /** Of struct in_addr, ip_mreq or ip_mreqn; null for any interface. */
    private static NetworkInterface ofAddress(byte[] value) throws StackException {
        int index = value.length >= MREQN ? OptionBytes.intAt(value, MREQ) : 0;
        if (index != 0) {
            return byIndex(index);
        }
        int address = addressOfInterface(value);
        if (address == 0) {
            return null;
        }
        NetworkInterface on = find(address);
        if (on == null) {
            throw new StackException(Errno.EADDRNOTAVAIL);
        }
        return on;
    }

    private static int addressOfInterface(byte[] value) {
        return OptionBytes.addressAt(value, value.length >= MREQ ? Integer.BYTES : 0);
    }

    /** What getsockopt(2) reports of an interface that was chosen. */
    static byte[] chosen(NioOption option, byte[] value) {
        return option == NioOption.IPV6_MULTICAST_IF
                ? OptionBytes.of(OptionBytes.intAt(value, 0))
                : OptionBytes.ofAddress(addressOfInterface(value));
    }

    private static NetworkInterface byIndex(int index) throws StackException {
        try {
            NetworkInterface found = index < 0 ? null : NetworkInterface.getByIndex(index);
            if (found == null) {
                throw new StackException(Errno.ENODEV);
            }
            return found;
        } catch (SocketException failure) {
            throw new StackException(Errno.ENODEV);
        }
    }

    private NetworkInterface byAddress(int address) throws StackException {
        NetworkInterface found = address == 0 ? usual() : find(address);
        if (found == null) {
            throw new StackException(Errno.ENODEV);
        }
        return found;
    }

    private static NetworkInterface find(int address) throws StackException {
        try {
            return NetworkInterface.getByInetAddress(JavaAddress.inet4(address));
        } catch (SocketException failure) {
            throw new StackException(Errno.ENODEV);
        }
    }

    /** The interface for a group where none is named: the one chosen for sending, or the first that can. */
    private NetworkInterface usual() throws StackException {
        try {
            NetworkInterface chosen = isInterfaceChosen
                    ? endpoint.channel().getOption(StandardSocketOptions.IP_MULTICAST_IF)
                    : null;
            return chosen != null
                    ? chosen
                    : NetworkInterface.networkInterfaces()
                            .filter(this::carriesGroups)
                            .findFirst()
                            .orElseThrow(() -> new IOException("no interface for multicast"));
        } catch (IOException none) {
            throw new StackException(Errno.ENODEV);
        }
    }

    private boolean carriesGroups(NetworkInterface candidate) {
        try {
            return candidate.isUp() && candidate.supportsMulticast() && !candidate.isLoopback()
                    && candidate.inetAddresses().anyMatch(this::isOfMyVersion);
        } catch (SocketException gone) {
            return false;
        }
    }

    private boolean isOfMyVersion(InetAddress address) {
        return address.getAddress().length == Integer.BYTES == (endpoint.family() == AddressFamilies.AF_INET);
    }
}
