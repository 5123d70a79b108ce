package io.github.pysockets.stack;

import java.util.Arrays;

/**
 * An address of a family without a record of its own. A stack with such a family uses it as it is, and scripts see the
 * tuple (family, data). A family whose addresses scripts can also pass in needs a record and a form in Python.
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
