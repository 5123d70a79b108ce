package io.github.pysockets.netdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Services by name and by port, as in services(5). The first line that fits has the answer. Names and protocols are in
 * upper or lower case as in the file.
 */
final class ServiceTable {
    private static final int LARGEST_PORT = 0xffff;

    private final Map<String, List<Service>> byName = new HashMap<>();
    private final Map<Integer, List<Service>> byPort = new HashMap<>();

    private record Service(String name, int port, String protocol) {
        private boolean is(String wanted) {
            return wanted == null || wanted.equals(protocol);
        }
    }

    private ServiceTable(List<String[]> lines) {
        lines.forEach(this::add);
    }

    /** What the platform's file has, read once; our own table where there is no such file. */
    static ServiceTable ofPlatform() {
        return OfPlatform.TABLE;
    }

    /** What a file has. */
    static ServiceTable of(Path path) {
        List<String[]> lines = NetdbFile.read(path);
        return lines == null ? builtIn() : new ServiceTable(lines);
    }

    /** The services that most programs know. */
    static ServiceTable builtIn() {
        return BuiltIn.TABLE;
    }

    /** A line is a name, a port and a protocol, and perhaps more names. Others are passed over. */
    private void add(String[] words) {
        if (words.length < 2) {
            return;
        }
        int slash = words[1].indexOf('/');
        int port = slash < 0 ? -1 : NetdbFile.number(words[1].substring(0, slash), LARGEST_PORT);
        String protocol = words[1].substring(slash + 1);
        if (port < 0 || protocol.isEmpty()) {
            return;
        }
        Service service = new Service(words[0], port, protocol);
        byPort.computeIfAbsent(port, _ -> new ArrayList<>(2)).add(service);
        for (int i = 0; i < words.length; i++) {
            if (i != 1) {
                byName.computeIfAbsent(words[i], _ -> new ArrayList<>(2)).add(service);
            }
        }
    }

    /**
     * getservbyname(3).
     *
     * @param protocol null for any
     * @return the port, or -1
     */
    int port(String name, String protocol) {
        return byName.getOrDefault(name, List.of()).stream()
                .filter(service -> service.is(protocol))
                .mapToInt(Service::port)
                .findFirst().orElse(-1);
    }

    /**
     * getservbyport(3).
     *
     * @param protocol null for any
     * @return the name, or null
     */
    String name(int port, String protocol) {
        return byPort.getOrDefault(port, List.of()).stream()
                .filter(service -> service.is(protocol))
                .map(Service::name)
                .findFirst().orElse(null);
    }

    private static final class OfPlatform {
        static final ServiceTable TABLE = of(NetdbFile.path("services", "services"));
    }

    private static final class BuiltIn {
        static final ServiceTable TABLE = new ServiceTable(NetdbFile.builtIn("services"));
    }
}
