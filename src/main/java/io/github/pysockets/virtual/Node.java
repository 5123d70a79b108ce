package io.github.pysockets.virtual;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.virtual.Packet.Protocol;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The inside of a host: its addresses, its ports, its connections, and the wires to other hosts. */
final class Node {
    /** What the host does with what comes to a port. */
    enum PortRule {
        REFUSE, DROP, UNREACHABLE
    }

    private final Topology topology;
    private final String name;
    private final List<NetAddress> addresses;

    private final PortTable tcpPorts = new PortTable();
    private final PortTable udpPorts = new PortTable();
    private final UnixNames unixNames = new UnixNames();
    private final Map<TcpPath, TcpConnection> connections = new HashMap<>();
    private final Map<Integer, PortRule> rules = new HashMap<>();
    private final Map<Integer, StreamFault> faults = new HashMap<>();
    private final Map<Node, Wire> wires = new HashMap<>();

    Node(Topology topology, String name, List<NetAddress> addresses) {
        this.topology = topology;
        this.name = name;
        this.addresses = List.copyOf(addresses);
    }

    World world() {
        return topology.world();
    }

    String name() {
        return name;
    }

    List<NetAddress> addresses() {
        return addresses;
    }

    PortTable tcpPorts() {
        return tcpPorts;
    }

    PortTable udpPorts() {
        return udpPorts;
    }

    UnixNames unixNames() {
        return unixNames;
    }

    Map<Integer, PortRule> rules() {
        return rules;
    }

    Map<Integer, StreamFault> faults() {
        return faults;
    }

    // Routes

    boolean isLocal(NetAddress address) {
        return address.isLoopback() || addresses.contains(address);
    }

    /** Where a frame for this address goes; null where there is no such host. */
    Node route(NetAddress destination) {
        return isLocal(destination) ? this : topology.nodeOf(destination);
    }

    /**
     * The address of this host that it sends from.
     *
     * @throws StackException ENETUNREACH if it has none of the family
     */
    NetAddress sourceFor(NetAddress destination) throws StackException {
        if (destination.isLoopback()) {
            return destination.isFour() ? NetAddress.LOOPBACK_4 : NetAddress.LOOPBACK_6;
        }
        if (isLocal(destination)) {
            return destination;
        }
        for (NetAddress address : addresses) {
            if (address.isFour() == destination.isFour()) {
                return address;
            }
        }
        throw new StackException(Errno.ENETUNREACH);
    }

    /** Where a datagram for this address goes; null in place of a host that does not exist. */
    List<Node> receivers(NetAddress destination) {
        return destination.equals(NetAddress.BROADCAST)
                ? topology.nodes()
                : Collections.singletonList(route(destination));
    }

    /** Sends a frame. What goes to this host itself arrives at the end of the call that sends it. */
    void transmit(Frame frame) {
        if (frame.to == this) {
            world().schedule(frame, 0);
        } else if (frame.to == null) {
            frame.lost();
        } else {
            wireTo(frame.to).transmit(frame);
        }
    }

    Wire wireTo(Node other) {
        return wires.computeIfAbsent(other, to -> topology.newWire(this, to));
    }

    // Datagrams

    void receive(UdpDatagram datagram) {
        NetAddress destination = datagram.destination.address();
        if (destination.isMulticast() || destination.equals(NetAddress.BROADCAST)) {
            receiveByAll(datagram);
            return;
        }
        PortRule rule = rules.get(datagram.destination.port());
        if (rule == PortRule.DROP) {
            return;
        }
        UdpSocket receiver = rule == null ? receiver(datagram) : null;
        if (receiver != null) {
            receiver.take(datagram);
        } else {
            refuse(datagram, rule == PortRule.UNREACHABLE
                    ? Protocol.ICMP_HOST_UNREACHABLE
                    : Protocol.ICMP_PORT_UNREACHABLE);
        }
    }

    /** Says so to the sender. No buffer of anybody's holds such a message, so there must not be many. */
    private void refuse(UdpDatagram datagram, Protocol reason) {
        if (datagram.from == this || !wireTo(datagram.from).isCongested()) {
            transmit(new Unreachable(datagram, reason));
        }
    }

    /** Each socket that hears the address gets it, and nobody says that none does. */
    private void receiveByAll(UdpDatagram datagram) {
        if (!rules.containsKey(datagram.destination.port())) {
            for (InetSocket each : List.copyOf(udpPorts.at(datagram.destination.port()))) {
                UdpSocket socket = (UdpSocket) each;
                if (socket.fitFor(datagram) >= 0) {
                    socket.take(datagram);
                }
            }
        }
    }

    /** The hosts that are members of a multicast group. */
    List<Node> members(NetAddress group) {
        return topology.nodes().stream().filter(each -> each.udpPorts.any(
                socket -> ((UdpSocket) socket).isMember(group))).toList();
    }

    /** The socket that fits best; of two that fit equally well, the one that was bound later. */
    private UdpSocket receiver(UdpDatagram datagram) {
        UdpSocket best = null;
        int bestFit = -1;
        for (InetSocket each : udpPorts.at(datagram.destination.port())) {
            UdpSocket socket = (UdpSocket) each;
            int fit = socket.fitFor(datagram);
            if (fit >= 0 && fit >= bestFit) {
                best = socket;
                bestFit = fit;
            }
        }
        return best;
    }

    /** A datagram of this host's was not delivered. */
    void receive(Unreachable message) {
        int errno = message.protocol == Protocol.ICMP_HOST_UNREACHABLE ? Errno.EHOSTUNREACH : Errno.ECONNREFUSED;
        for (InetSocket each : udpPorts.at(message.refused.source.port())) {
            ((UdpSocket) each).refused(message.refused, errno);
        }
    }

    // Connections

    void add(TcpConnection connection) {
        connections.put(connection.path(), connection);
    }

    void remove(TcpConnection connection) {
        connections.remove(connection.path(), connection);
    }

    boolean isConnected(TcpPath path) {
        return connections.containsKey(path);
    }

    void receive(TcpSegment segment) {
        TcpConnection connection = connections.get(new TcpPath(segment.destination, segment.source));
        if (connection != null) {
            connection.receive(segment);
            return;
        }
        if (segment.has(TcpSegment.RST)) {
            return;
        }
        PortRule rule = rules.get(segment.destination.port());
        if (rule == PortRule.DROP) {
            return;
        }
        if (rule == PortRule.UNREACHABLE) {
            transmit(segment.answer(TcpSegment.RST | TcpSegment.UNREACHABLE));
            return;
        }
        TcpSocket listener = rule == null && segment.isFirst() ? listener(segment.destination) : null;
        if (listener == null) {
            transmit(segment.answer(TcpSegment.RST));
        } else {
            listener.connectionCame(segment);
        }
    }

    private TcpSocket listener(NetPort at) {
        TcpSocket best = null;
        for (InetSocket each : tcpPorts.at(at.port())) {
            TcpSocket socket = (TcpSocket) each;
            if (socket.isListening() && socket.hears(at.address()) && (best == null || socket.fit() > best.fit())) {
                best = socket;
            }
        }
        return best;
    }
}
