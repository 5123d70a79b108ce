package io.github.pysockets.bypass;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Those that an attack would reach: listeners and receivers outside every policy. Those of the Internet share one port
 * at 127.0.0.1, 127.0.0.2 and ::1. Those of AF_UNIX are files {@code sock} and {@code dgram} in folders {@code open}
 * and {@code denied}, and abstract names that end with these.
 */
public final class Victims implements AutoCloseable {
    private static final int EADDRINUSE = 98;
    private static final int BACKLOG = 1000;
    private static final int ATTEMPTS = 100;
    private static final int LOOPBACK = 0x7f00_0001;
    private static final byte[] SENTINEL = "from the test itself".getBytes(StandardCharsets.US_ASCII);

    private record Victim(String name, Endpoint endpoint, int family, boolean isStream, SocketAddress address) {}

    /** The port of the victims of the Internet. */
    public final int port;
    /** The folder of the victims in the file system. */
    public final Path folder;
    /** The beginning of the abstract names, without the 0 byte. */
    public final String prefix;

    private final SocketStack stack = LinuxStack.open();
    private final List<Victim> all = new ArrayList<>();

    public Victims() throws IOException, StackException {
        folder = Files.createTempDirectory("victims").toRealPath();
        prefix = folder.getFileName().toString();
        for (String group : List.of("open", "denied")) {
            Files.createDirectory(folder.resolve(group));
            for (String kind : List.of("sock", "dgram")) {
                add(group, kind, folder.resolve(group).resolve(kind).toString());
                add("abstract " + group, kind, "\0" + prefix + "/" + group + "/" + kind);
            }
        }
        Files.createSymbolicLink(folder.resolve("open/link"), folder.resolve("denied/sock"));
        Files.createSymbolicLink(folder.resolve("open/way"), folder.resolve("denied"));
        Files.createSymbolicLink(folder.resolve("open/dangling"), folder.resolve("denied/new"));
        restore();
        port = shared();
    }

    private void add(String group, String kind, String path) throws StackException {
        SocketAddress address = new SockaddrUn(path.getBytes(StandardCharsets.US_ASCII));
        boolean isStream = kind.equals("sock");
        all.add(victim((isStream ? "unix " : "unix datagram ") + group, AF_UNIX, isStream, address));
    }

    private Victim victim(String name, int family, boolean isStream, SocketAddress address) throws StackException {
        Endpoint endpoint = stack.socket(family, isStream ? SOCK_STREAM : SOCK_DGRAM, 0);
        boolean isMade = false;
        try {
            endpoint.bind(address);
            if (isStream) {
                endpoint.listen(BACKLOG);
            }
            isMade = true;
            return new Victim(name, endpoint, family, isStream, address);
        } finally {
            if (!isMade) {
                endpoint.close();
            }
        }
    }

    /** Makes the victims of the Internet, at a port that is free at all their addresses. */
    private int shared() throws StackException {
        for (int attempt = 0;; attempt++) {
            List<Victim> made = new ArrayList<>();
            try {
                made.add(victim("tcp 127.0.0.1", AF_INET, true, new SockaddrIn(LOOPBACK, 0)));
                int free = ((SockaddrIn) made.getFirst().endpoint.localAddress()).port();
                made.set(0, new Victim("tcp 127.0.0.1", made.getFirst().endpoint, AF_INET, true,
                        new SockaddrIn(LOOPBACK, free)));
                made.add(victim("tcp 127.0.0.2", AF_INET, true, new SockaddrIn(LOOPBACK + 1, free)));
                made.add(victim("tcp ::1", AF_INET6, true, new SockaddrIn6(0, 1, free, 0, 0)));
                made.add(victim("udp 127.0.0.1", AF_INET, false, new SockaddrIn(LOOPBACK, free)));
                made.add(victim("udp 127.0.0.2", AF_INET, false, new SockaddrIn(LOOPBACK + 1, free)));
                made.add(victim("udp ::1", AF_INET6, false, new SockaddrIn6(0, 1, free, 0, 0)));
                all.addAll(made);
                return free;
            } catch (StackException taken) {
                for (Victim one : made) {
                    one.endpoint.close();
                }
                if (taken.errno() != EADDRINUSE || attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /** Lets the link {@code open/swapped} lead to what is open. */
    public void restore() {
        link("open/sock");
    }

    /** Lets the link {@code open/swapped} lead to what is denied. */
    public void swap() {
        link("denied/sock");
    }

    private void link(String target) {
        try {
            Path fresh = folder.resolve("fresh");
            Files.deleteIfExists(fresh);
            Files.createSymbolicLink(fresh, folder.resolve(target));
            Files.move(fresh, folder.resolve("open/swapped"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /** Writes down who was reached by now. A call of the test itself comes after all earlier ones, and ends it. */
    public void collect(Evidence evidence) throws StackException {
        for (Victim victim : all) {
            Endpoint caller = stack.socket(victim.family, victim.isStream ? SOCK_STREAM : SOCK_DGRAM, 0);
            try {
                collect(victim, caller, evidence);
            } finally {
                caller.close();
            }
        }
    }

    private static void collect(Victim victim, Endpoint caller, Evidence evidence) throws StackException {
        if (!victim.isStream) {
            int sent = caller.sendTo(SENTINEL, 0, SENTINEL.length, 0, victim.address);
            if (sent < 0) {
                throw new StackException(-sent);
            }
            while (!receivesSentinel(victim)) {
                evidence.add(victim.name);
            }
            return;
        }
        int connected = caller.connect(victim.address);
        if (connected < 0 && connected != -Errno.EINPROGRESS) {
            throw new StackException(-connected);
        }
        SocketAddress own = caller.localAddress();
        AcceptedHolder accepted = new AcceptedHolder();
        int count = 0;
        // A caller of AF_UNIX has no name, but is in the queue by now: the last one is the test itself.
        boolean isNamed = victim.family != AF_UNIX;
        for (boolean isOver = false; !isOver;) {
            int result = victim.endpoint.accept(accepted);
            if (result == 0) {
                accepted.endpoint().close();
                count++;
                isOver = isNamed && own.equals(accepted.peer());
            } else if (result != -Errno.EAGAIN) {
                throw new StackException(-result);
            } else {
                isOver = !isNamed;
            }
        }
        for (int i = 1; i < count; i++) {
            evidence.add(victim.name);
        }
    }

    private static boolean receivesSentinel(Victim victim) throws StackException {
        byte[] into = new byte[SENTINEL.length + 1];
        int count;
        do {
            count = victim.endpoint.recvFrom(into, 0, into.length, 0, new AddressHolder());
        } while (count == -Errno.EAGAIN);
        if (count < 0) {
            throw new StackException(-count);
        }
        return new String(into, 0, count, StandardCharsets.US_ASCII)
                .equals(new String(SENTINEL, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException, StackException {
        for (Victim victim : all) {
            victim.endpoint.close();
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
