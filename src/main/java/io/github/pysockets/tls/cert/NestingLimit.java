package io.github.pysockets.tls.cert;

/**
 * How deep the values of an encoding may be nested (X.690, with the Basic Encoding Rules too). The readers of the JDK
 * and of Bouncy Castle recurse for each level: a few kilobytes of headers would overflow the stack.
 */
final class NestingLimit {
    /** Several times what certificates, keys and revocation lists have. OpenSSL's limit is 30. */
    static final int MOST = 64;

    private static final int CONSTRUCTED = 0x20;
    private static final int NUMBER = 0x1F;
    private static final int MORE = 0x80;

    /** In the place of a length: the indefinite form, and one that cannot be read. */
    private static final long INDEFINITE = -1;

    private static final long BROKEN = -2;

    private final byte[] bytes;
    private int at;

    private NestingLimit(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether there are more levels than {@link #MOST}. Bytes that are not an encoding are not too deep. */
    static boolean isTooDeep(byte[] bytes) {
        return new NestingLimit(bytes).isTooDeep();
    }

    private boolean isTooDeep() {
        int[] ends = new int[MOST + 1];
        boolean[] open = new boolean[MOST + 1];
        int depth = 0;
        ends[0] = bytes.length;
        while (at < bytes.length) {
            while (depth > 0 && !open[depth] && at >= ends[depth]) {
                depth--;
            }
            int tag = bytes[at] & 0xFF;
            if (tag == 0 && open[depth] && at + 1 < bytes.length && bytes[at + 1] == 0) {
                // The end of a value of indefinite length.
                at += 2;
                depth--;
                continue;
            }
            skipTag();
            long length = length();
            if (length == BROKEN) {
                return false;
            }
            if ((tag & CONSTRUCTED) == 0) {
                if (length < 0 || length > bytes.length - at) {
                    return false;
                }
                at += (int) length;
                continue;
            }
            if (depth == MOST) {
                return true;
            }
            depth++;
            open[depth] = length < 0;
            ends[depth] = length < 0 ? ends[depth - 1] : (int) Math.min(at + length, bytes.length);
        }
        return false;
    }

    private void skipTag() {
        boolean isLong = (bytes[at++] & NUMBER) == NUMBER;
        while (isLong && at < bytes.length) {
            isLong = (bytes[at++] & MORE) != 0;
        }
    }

    private long length() {
        if (at >= bytes.length) {
            return BROKEN;
        }
        int first = bytes[at++] & 0xFF;
        if (first < MORE) {
            return first;
        }
        int count = first - MORE;
        if (count == 0) {
            return INDEFINITE;
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            if (at >= bytes.length || length > Integer.MAX_VALUE >> 8) {
                return BROKEN;
            }
            length = length << 8 | bytes[at++] & 0xFF;
        }
        return length;
    }
}
