package io.github.pysockets.virtual;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of sockets of AF_UNIX on one host: unix(7). Paths are names too, and no files: who has one has no directory
 * to look into, and the name is gone with its socket.
 */
final class UnixNames {
    /** sizeof sun_path. */
    private static final int LONGEST = 108;
    private static final int AUTOBIND_NAMES = 1 << 20;

    private final Map<SockaddrUn, UnixSocket> sockets = new HashMap<>();
    private int nextName;

    /** @throws StackException EINVAL unless it is a name */
    static SockaddrUn read(SocketAddress address) throws StackException {
        if (!(address instanceof SockaddrUn un) || un.path().length > LONGEST) {
            throw new StackException(Errno.EINVAL);
        }
        return isPath(un) ? new SockaddrUn(untilZero(un.path())) : un;
    }

    private static boolean isPath(SockaddrUn name) {
        return name.path().length > 0 && name.path()[0] != 0;
    }

    private static byte[] untilZero(byte[] path) {
        int end = 0;
        while (end < path.length && path[end] != 0) {
            end++;
        }
        return Arrays.copyOf(path, end);
    }

    /** @throws StackException ENOENT or ECONNREFUSED if nobody has the name */
    UnixSocket find(SocketAddress address) throws StackException {
        SockaddrUn name = read(address);
        if (name.path().length == 0) {
            throw new StackException(Errno.EINVAL);
        }
        UnixSocket socket = sockets.get(name);
        if (socket == null) {
            throw new StackException(isPath(name) ? Errno.ENOENT : Errno.ECONNREFUSED);
        }
        return socket;
    }

    /** @throws StackException EADDRINUSE */
    void add(SockaddrUn name, UnixSocket socket) throws StackException {
        if (sockets.putIfAbsent(name, socket) != null) {
            throw new StackException(Errno.EADDRINUSE);
        }
    }

    /** Gives a socket a name that no other has: five hexadecimal digits, not in the file system. */
    SockaddrUn addAny(UnixSocket socket) throws StackException {
        for (int i = 0; i < AUTOBIND_NAMES; i++) {
            String text = "\0%05x".formatted(nextName);
            nextName = (nextName + 1) % AUTOBIND_NAMES;
            SockaddrUn name = new SockaddrUn(text.getBytes(StandardCharsets.ISO_8859_1));
            if (sockets.putIfAbsent(name, socket) == null) {
                return name;
            }
        }
        throw new StackException(Errno.EADDRINUSE);
    }

    void remove(SockaddrUn name, UnixSocket socket) {
        sockets.remove(name, socket);
    }
}
