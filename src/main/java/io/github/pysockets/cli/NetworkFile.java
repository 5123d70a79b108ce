package io.github.pysockets.cli;

import io.github.pysockets.virtual.Link;
import io.github.pysockets.virtual.Partition;
import io.github.pysockets.virtual.StreamFault;
import io.github.pysockets.virtual.VirtualHost;
import io.github.pysockets.virtual.VirtualNetwork;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The description of a network in memory that {@code --virtual} names: see docs/virtual.md. */
final class NetworkFile {
    private static final int BITS_OF_BYTE = 8;
    private static final int MOST_PORT = 65_535;

    private final Path path;
    private final TomlTable file;
    private final Set<String> hostNames;

    private NetworkFile(Path path, TomlTable file) throws NetworkFileException {
        this.path = path;
        this.file = file;
        hostNames = file.table("hosts").keys();
    }

    /**
     * Reads and checks what can be checked without making a network.
     *
     * @throws NetworkFileException where the file cannot be read, or is wrong
     */
    static NetworkFile read(Path path) throws NetworkFileException {
        try {
            TomlTable file = TomlTable.parse(path.toString(), Files.readString(path));
            file.allowOnly("seed", "start", "real_time", "link", "hosts", "links", "partitions", "faults");
            return new NetworkFile(path, file);
        } catch (MalformedInputException noText) {
            throw new NetworkFileException(path + ": this is not text in UTF-8");
        } catch (IOException unreadable) {
            throw new NetworkFileException(path + ": cannot be read: " + reason(unreadable));
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof NoSuchFileException ? "there is no such file" : failure.getMessage();
    }

    /**
     * A host of the file.
     *
     * @param script what the file has it run; null for nothing
     * @param daemon whether the run ends without waiting for its script
     */
    record Host(String name, Path script, List<String> arguments, boolean daemon) {}

    /** The hosts in the order of the file. */
    List<Host> hosts() throws NetworkFileException {
        List<Host> hosts = new ArrayList<>();
        TomlTable all = file.table("hosts");
        for (String name : all.keysInOrder()) {
            TomlTable host = all.table(name);
            host.allowOnly("addresses", "aliases", "script", "args", "daemon");
            String script = host.text("script", null);
            List<String> arguments = host.texts("args");
            hosts.add(new Host(
                    name,
                    script == null ? null : path.resolveSibling(script),
                    arguments == null ? List.of() : arguments,
                    host.isTrue("daemon")));
        }
        if (hosts.isEmpty()) {
            throw file.failure("hosts", "names no host: write [hosts.NAME] for each");
        }
        return hosts;
    }

    long seed() throws NetworkFileException {
        return file.integer("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Makes the network, with all that is to happen to it. */
    VirtualNetwork build() throws NetworkFileException {
        VirtualNetwork network = builder().build();
        schedule(network);
        return network;
    }

    private VirtualNetwork.Builder builder() throws NetworkFileException {
        VirtualNetwork.Builder network = VirtualNetwork.builder()
                .seed(seed());
        OffsetDateTime start = file.time("start");
        if (start != null) {
            network.startingAt(start.toInstant());
        }
        if (file.has("real_time")) {
            network.realTime(file.number("real_time", 1, Double.MIN_VALUE, Double.MAX_VALUE));
        }
        addHosts(network);
        network.defaultLink(link(file.table("link")));
        for (TomlTable table : file.tables("links")) {
            List<String> between = table.texts("between");
            if (between == null || between.size() != 2) {
                throw table.failure("between", "is to be the two hosts, as in [\"a\", \"b\"]");
            }
            Link link = link(table);
            checked(table, "between", () -> {
                requireHosts(between);
                network.link(between.get(0), between.get(1), link);
            });
        }
        return network;
    }

    private void addHosts(VirtualNetwork.Builder network) throws NetworkFileException {
        TomlTable all = file.table("hosts");
        int number = 0;
        for (Host host : hosts()) {
            number++;
            TomlTable table = all.table(host.name());
            List<String> given = table.texts("addresses");
            String[] addresses = given == null
                    ? new String[] {"10.0." + number / 256 + "." + number % 256, "fd00::" + Integer.toHexString(number)}
                    : given.toArray(String[]::new);
            checked(table, "addresses", () -> network.host(host.name(), addresses));
            List<String> aliases = table.texts("aliases");
            for (String alias : aliases == null ? List.<String>of() : aliases) {
                checked(table, "aliases", () -> network.alias(host.name(), alias));
            }
        }
    }

    private static Link link(TomlTable table) throws NetworkFileException {
        table.allowOnly("between", "latency", "jitter", "bandwidth", "loss", "reordering", "duplication");
        Link link = Link.latency(duration(table, "latency", Duration.ZERO))
                .jitter(duration(table, "jitter", Duration.ZERO))
                .loss(table.number("loss", 0, 0, 1))
                .reordering(table.number("reordering", 0, 0, 1))
                .duplication(table.number("duplication", 0, 0, 1));
        Long bits = table.value("bandwidth", null, Quantity::rate);
        if (bits != null && bits < BITS_OF_BYTE) {
            throw table.failure("bandwidth", "is less than a byte a second");
        }
        return bits == null ? link : link.bandwidth(bits / BITS_OF_BYTE);
    }

    private static Duration duration(TomlTable table, String key, Duration absent) throws NetworkFileException {
        return table.value(key, absent, Quantity::duration);
    }

    private void schedule(VirtualNetwork network) throws NetworkFileException {
        for (TomlTable table : file.tables("partitions")) {
            partition(network, table);
        }
        for (TomlTable table : file.tables("faults")) {
            table.allowOnly("host", "port", "does", "from", "to", "after_sending", "after_receiving", "for");
            if (!table.has("port")) {
                throw table.failure("port", "is missing");
            }
            int port = (int) table.integer("port", 0, 1, MOST_PORT);
            VirtualHost host = host(network, table);
            Consumer<VirtualHost> fault = fault(table, port);
            Duration from = duration(table, "from", Duration.ZERO);
            if (from.isZero()) {
                fault.accept(host);
            } else {
                network.at(from, () -> fault.accept(host));
            }
            if (table.has("to")) {
                network.at(duration(table, "to", Duration.ZERO), () -> host.admit(port));
            }
        }
    }

    private void partition(VirtualNetwork network, TomlTable table) throws NetworkFileException {
        table.allowOnly("from", "to", "between");
        List<List<String>> groups = table.twoGroups("between");
        Set<String> some = Set.copyOf(groups.get(0));
        Set<String> others = Set.copyOf(groups.get(1));
        checked(table, "between", () -> {
            requireHosts(some);
            requireHosts(others);
        });
        Duration from = duration(table, "from", Duration.ZERO);
        Duration to = duration(table, "to", null);
        if (to != null && to.compareTo(from) <= 0) {
            throw table.failure("to", "is not after from");
        }
        network.at(from, () -> {
            Partition partition = network.partition(some, others);
            if (to != null) {
                network.at(to, partition::heal);
            }
        });
    }

    /** @throws IllegalArgumentException where a name is no host's */
    private void requireHosts(Collection<String> names) {
        for (String name : names) {
            if (!hostNames.contains(name)) {
                throw new IllegalArgumentException("there is no host " + name);
            }
        }
    }

    private static VirtualHost host(VirtualNetwork network, TomlTable table) throws NetworkFileException {
        String name = table.text("host");
        try {
            return network.host(name);
        } catch (IllegalArgumentException unknown) {
            throw table.failure("host", "names no host of the file: " + name);
        }
    }

    private static Consumer<VirtualHost> fault(TomlTable table, int port) throws NetworkFileException {
        String does = table.text("does");
        return switch (does) {
            case "refuse" -> ofPort(table, host -> host.refuse(port));
            case "drop" -> ofPort(table, host -> host.drop(port));
            case "unreachable" -> ofPort(table, host -> host.unreachable(port));
            case "reset" -> {
                StreamFault reset = at(table, StreamFault.reset());
                yield host -> host.fault(port, reset);
            }
            case "stall" -> {
                Duration time = duration(table, "for", null);
                StreamFault stall = at(table, time == null ? StreamFault.stall() : StreamFault.stall(time));
                yield host -> host.fault(port, stall);
            }
            default -> throw table.failure(
                    "does", "is to be refuse, drop, unreachable, reset or stall, not " + does);
        };
    }

    private static Consumer<VirtualHost> ofPort(TomlTable table, Consumer<VirtualHost> fault)
            throws NetworkFileException {
        for (String key : List.of("after_sending", "after_receiving", "for")) {
            if (table.has(key)) {
                throw table.failure(key, "is for connections that are reset or stall");
            }
        }
        return fault;
    }

    private static StreamFault at(TomlTable table, StreamFault fault) throws NetworkFileException {
        Long sent = table.value("after_sending", null, Quantity::size);
        Long received = table.value("after_receiving", null, Quantity::size);
        if (sent != null && received != null) {
            throw table.failure("after_sending", "and after_receiving exclude each other");
        }
        if (sent != null) {
            return fault.afterSending(sent);
        }
        return received == null ? fault : fault.afterReceiving(received);
    }

    /** Something that the network refuses by an IllegalArgumentException. */
    private static void checked(TomlTable table, String key, Runnable step) throws NetworkFileException {
        try {
            step.run();
        } catch (IllegalArgumentException wrong) {
            throw table.failure(key, "is wrong: " + wrong.getMessage());
        }
    }
}
