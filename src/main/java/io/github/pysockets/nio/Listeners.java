package io.github.pysockets.nio;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the channel of a listening socket out of that of a bound one. */
final class Listeners {
    private static final int LONGEST_QUEUE = (int) (long) Constants.all().get("SOMAXCONN");
    private static final int LONGEST_PATH = 108;

    private Listeners() {}

    /**
     * @param bound the address of {@code socket}; null if it has none
     * @return the new channel. The caller closes the other one, which may be closed already
     */
    static ServerSocketChannel replace(StreamEndpoint endpoint, SocketChannel socket, SocketAddress bound, int backlog)
            throws IOException, StackException {
        ServerSocketChannel made = ServerSocketChannel.open(NioEndpoint.javaFamily(endpoint.family()));
        boolean isDone = false;
        try {
            made.configureBlocking(false);
            endpoint.options().keep(socket, made);
            endpoint.options().applyTo(made);
            // A channel takes 0 for "as many as you like".
            int queue = backlog < 0 ? LONGEST_QUEUE : Math.max(backlog, 1);
            if (bound instanceof UnixDomainSocketAddress unix) {
                bindFile(made, unix.getPath(), queue);
            } else {
                bindPort(endpoint, socket, made, bound, queue);
            }
            isDone = true;
            return made;
        } finally {
            if (!isDone) {
                made.close();
            }
        }
    }

    /**
     * Where the system lets it, the port is never free in between: with SO_REUSEADDR Linux lets two sockets have a port
     * as long as only one of them listens.
     */
    private static void bindPort(
            StreamEndpoint endpoint, SocketChannel socket, ServerSocketChannel made, SocketAddress bound, int queue)
            throws IOException {
        boolean mayReuse = endpoint.options().mayReuseAddress();
        if (bound != null && isBoundBeside(socket, made, bound, queue)) {
            made.setOption(StandardSocketOptions.SO_REUSEADDR, mayReuse);
            return;
        }
        made.setOption(StandardSocketOptions.SO_REUSEADDR, mayReuse);
        endpoint.release(socket);
        made.bind(bound, queue);
    }

    private static boolean isBoundBeside(
            SocketChannel socket, ServerSocketChannel made, SocketAddress bound, int queue) throws IOException {
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        made.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            made.bind(bound, queue);
            return true;
        } catch (BindException inUse) {
            return false;
        }
    }

    /**
     * The file is that of the other channel. The new one gets a file of its own, with the same permissions, which then
     * takes its place: so at no time can anybody connect who may not.
     */
    private static void bindFile(ServerSocketChannel made, Path file, int queue) throws IOException {
        Path beside = file.resolveSibling(".p" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36));
        if (beside.toString().length() > LONGEST_PATH - 1) {
            Files.delete(file);
            made.bind(UnixDomainSocketAddress.of(file), queue);
            return;
        }
        made.bind(UnixDomainSocketAddress.of(beside), queue);
        boolean isDone = false;
        try {
            copyPermissions(file, beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            isDone = true;
        } finally {
            if (!isDone) {
                Files.deleteIfExists(beside);
            }
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(from);
            Files.setPosixFilePermissions(to, permissions);
        } catch (UnsupportedOperationException noSuchPermissions) {
            // The directory's decide.
        }
    }
}
