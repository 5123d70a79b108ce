package io.github.pysockets.stack;

import java.util.Arrays;

/**
 * One item of ancillary data: cmsg(3).
 *
 * @param level the protocol that the item is of, such as SOL_SOCKET
 * @param type the kind of item within the level, such as SCM_RIGHTS
 * @param data the content, without header and padding
 */
public record ControlMessage(int level, int type, byte[] data) {
    @Override
    public boolean equals(Object other) {
        return other instanceof ControlMessage that
                && level == that.level
                && type == that.type
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * level + type) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "ControlMessage[level=" + level + ", type=" + type + ", data=" + Arrays.toString(data) + "]";
    }
}
