package io.github.pysockets.stack;

import java.util.Arrays;

/**
 * An address of a family that has no record of its own here.
 *
 * @param family the number of the family
 * @param data sa_data: what follows the family
 */
public record SockaddrOther(int family, byte[] data) implements SocketAddress {
    @Override
    public boolean equals(Object other) {
        return other instanceof SockaddrOther that && family == that.family && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * family + Arrays.hashCode(data);
    }
}
