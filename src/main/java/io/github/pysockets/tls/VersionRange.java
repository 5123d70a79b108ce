package io.github.pysockets.tls;

/**
 * The versions of TLS that a context's settings allow, by their numbers in records.
 *
 * @param lowest above {@code highest} where no version is allowed
 */
record VersionRange(int lowest, int highest) {
    /**
     * The range that is left of what was asked for.
     *
     * @param highest a version, or {@link SslConstants#PROTO_MAXIMUM_SUPPORTED}
     * @param options OP_ flags, which may exclude versions
     */
    static VersionRange of(int lowest, int highest, long options) {
        int from = Math.max(lowest, SslConstants.PROTO_TLSv1_2);
        int to = highest == SslConstants.PROTO_MAXIMUM_SUPPORTED ? SslConstants.PROTO_TLSv1_3 : highest;
        if (from == SslConstants.PROTO_TLSv1_2 && (options & SslConstants.OP_NO_TLSv1_2) != 0) {
            from = SslConstants.PROTO_TLSv1_3;
        }
        if (to == SslConstants.PROTO_TLSv1_3 && (options & SslConstants.OP_NO_TLSv1_3) != 0) {
            to = SslConstants.PROTO_TLSv1_2;
        }
        return new VersionRange(from, to);
    }
}
