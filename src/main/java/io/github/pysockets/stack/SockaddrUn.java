package io.github.pysockets.stack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * unix(7): AF_UNIX.
 *
 * @param path no bytes for an unnamed socket; a first byte of 0 for a name of Linux's abstract namespace; a file name otherwise,
 *     without the 0 that ends it
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
