package io.github.pysockets.virtual;

import io.github.pysockets.netdb.HostDatabase;
import io.github.pysockets.netdb.HostInterfaces;
import io.github.pysockets.stack.NameService.NetworkInterface;
import io.github.pysockets.stack.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What one host knows of all: the names of the network, itself as {@code localhost}, and its interfaces. */
final class NodeHosts implements HostDatabase, HostInterfaces {
    private static final Host LOCALHOST = new Host("localhost", List.of(),
            List.of(NetAddress.LOOPBACK_4.toSocketAddress(0), NetAddress.LOOPBACK_6.toSocketAddress(0)));
    private static final List<NetworkInterface> INTERFACES =
            List.of(new NetworkInterface(1, "lo"), new NetworkInterface(2, "eth0"));

    private final Node node;
    /** The same for all hosts, and complete before any is used. */
    private final Map<String, Host> byName;
    private final Map<NetAddress, Host> byAddress;

    NodeHosts(Node node, Map<String, Host> byName, Map<NetAddress, Host> byAddress) {
        this.node = node;
        this.byName = byName;
        this.byAddress = byAddress;
    }

    /** An entry of a table of hosts. */
    static Host host(Node node, List<String> aliases) {
        return new Host(node.name(), aliases, addressesOf(node));
    }

    private static List<SocketAddress> addressesOf(Node node) {
        return node.addresses().stream().map(address -> address.toSocketAddress(0)).toList();
    }

    @Override
    public Optional<Host> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String asked = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return asked.equals(LOCALHOST.name()) ? Optional.of(LOCALHOST) : Optional.ofNullable(byName.get(asked));
    }

    @Override
    public Optional<Host> byAddress(SocketAddress address) {
        NetAddress asked = NetAddress.of(address);
        return asked.isLoopback() ? Optional.of(LOCALHOST) : Optional.ofNullable(byAddress.get(asked));
    }

    @Override
    public List<NetworkInterface> list() {
        return node.addresses().isEmpty() ? INTERFACES.subList(0, 1) : INTERFACES;
    }

    @Override
    public List<SocketAddress> addresses() {
        List<SocketAddress> all = new ArrayList<>(LOCALHOST.addresses());
        all.addAll(addressesOf(node));
        return all;
    }
}
