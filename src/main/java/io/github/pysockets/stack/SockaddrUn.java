package io.github.pysockets.stack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * unix(7): AF_UNIX.
 *
 * @param path empty for an unnamed socket; if the first byte is 0, a name in Linux's abstract namespace; otherwise a
 *     file name without the final 0
 */
public record SockaddrUn(byte[] path) implements SocketAddress {
    @Override
    public boolean equals(Object other) {
        return other instanceof SockaddrUn that && Arrays.equals(path, that.path);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(path);
    }

    @Override
    public String toString() {
        return "SockaddrUn[" + new String(path, StandardCharsets.ISO_8859_1).replace('\0', '@') + "]";
    }
}
