package io.github.pysockets.stack;

import java.util.Arrays;
import java.util.List;

/**
 * One item of ancillary data: cmsg(3).
 *
 * @param level the protocol of the item, such as SOL_SOCKET
 * @param type the kind of item within the level, such as SCM_RIGHTS
 * @param data the content, without header and padding
 * @param endpoints the descriptors that the item passes, which come before {@code data}. For SCM_RIGHTS and SCM_PIDFD
 *     the stack makes endpoints, and the receiver closes them. Empty for every other kind
 */
public record ControlMessage(int level, int type, byte[] data, List<Endpoint> endpoints) {
    /** An item that passes no descriptors. */
    public ControlMessage(int level, int type, byte[] data) {
        this(level, type, data, List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ControlMessage that
                && level == that.level
                && type == that.type
                && Arrays.equals(data, that.data)
                && endpoints.equals(that.endpoints);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * level + type) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "ControlMessage[level=" + level + ", type=" + type + ", data=" + Arrays.toString(data) + ", endpoints="
                + endpoints + "]";
    }
}
