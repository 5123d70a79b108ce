package io.github.pysockets.virtual;

import static io.github.pysockets.abi.Protocols.IPPROTO_IP;
import static io.github.pysockets.abi.Protocols.IPPROTO_IPV6;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/** The multicast groups that a socket of UDP has joined: ip(7), ipv6(7). Hosts have one interface that counts. */
final class Memberships {
    private static final int IP_ADD_MEMBERSHIP = (int) Constants.number("IP_ADD_MEMBERSHIP");
    private static final int IP_DROP_MEMBERSHIP = (int) Constants.number("IP_DROP_MEMBERSHIP");
    private static final int IP_MULTICAST_IF = (int) Constants.number("IP_MULTICAST_IF");
    private static final int IPV6_JOIN_GROUP = (int) Constants.number("IPV6_JOIN_GROUP");
    private static final int IPV6_LEAVE_GROUP = (int) Constants.number("IPV6_LEAVE_GROUP");
    private static final int IPV6_MULTICAST_IF = (int) Constants.number("IPV6_MULTICAST_IF");

    /** struct ip_mreq: a group and an interface. */
    private static final int MREQ = 8;
    /** struct ipv6_mreq. */
    private static final int MREQ_6 = 20;
    private static final int LAST_INTERFACE = 2;

    private final Node node;
    private final Set<NetAddress> groups = new HashSet<>();

    Memberships(Node node) {
        this.node = node;
    }

    boolean isMember(NetAddress group) {
        return groups.contains(group);
    }

    /** Sets an option; false if it has nothing to do with groups. */
    boolean set(int level, int name, byte[] value) throws StackException {
        if (level == IPPROTO_IP && name == IP_ADD_MEMBERSHIP) {
            join(four(value));
        } else if (level == IPPROTO_IP && name == IP_DROP_MEMBERSHIP) {
            leave(four(value));
        } else if (level == IPPROTO_IP && name == IP_MULTICAST_IF) {
            // The address alone, or a struct with a group before it.
            OptionValues.struct(value, Integer.BYTES);
            checkInterface(value, value.length < MREQ ? 0 : Integer.BYTES);
        } else if (level == IPPROTO_IPV6 && name == IPV6_JOIN_GROUP) {
            join(six(value));
        } else if (level == IPPROTO_IPV6 && name == IPV6_LEAVE_GROUP) {
            leave(six(value));
        } else if (level == IPPROTO_IPV6 && name == IPV6_MULTICAST_IF) {
            checkIndex(OptionValues.number(value));
        } else {
            return false;
        }
        return true;
    }

    private NetAddress four(byte[] value) throws StackException {
        ByteBuffer fields = ByteBuffer.wrap(OptionValues.struct(value, MREQ));
        checkInterface(value, Integer.BYTES);
        return NetAddress.four(fields.getInt());
    }

    private static NetAddress six(byte[] value) throws StackException {
        ByteBuffer fields = ByteBuffer.wrap(OptionValues.struct(value, MREQ_6));
        NetAddress group = new NetAddress(fields.getLong(), fields.getLong());
        checkIndex(fields.order(ByteOrder.nativeOrder()).getInt());
        return group;
    }

    /** The address of an interface: any, or one of this host. */
    private void checkInterface(byte[] value, int at) throws StackException {
        NetAddress address = NetAddress.four(ByteBuffer.wrap(value).getInt(at));
        if (!address.isAny() && !node.isLocal(address)) {
            throw new StackException(Errno.ENODEV);
        }
    }

    private static void checkIndex(int index) throws StackException {
        if (index < 0 || index > LAST_INTERFACE) {
            throw new StackException(Errno.ENODEV);
        }
    }

    private void join(NetAddress group) throws StackException {
        if (!group.isMulticast()) {
            throw new StackException(Errno.EINVAL);
        }
        if (!groups.add(group)) {
            throw new StackException(Errno.EADDRINUSE);
        }
    }

    private void leave(NetAddress group) throws StackException {
        if (!groups.remove(group)) {
            throw new StackException(Errno.EADDRNOTAVAIL);
        }
    }
}
