package io.github.pysockets.python;

import io.github.pysockets.abi.Reach;

/**
 * Which kernel calls a script may make. A script that can reach the process's descriptors and memory anyway may make
 * all. Any other script may make only those known to affect nothing but the socket.
 */
final class Trust {
    private Trust() {}

    /** @throws CallFailure {@link Codes#NOT_PERMITTED} or {@link Codes#NOT_KNOWN} where the script may not */
    static void require(DescriptorTable table, Reach reach) throws CallFailure {
        int refusal = refusal(table, reach);
        if (refusal != 0) {
            throw new CallFailure(refusal);
        }
    }

    /** 0, or the code of the refusal. */
    static int refusal(DescriptorTable table, Reach reach) {
        if (reach == Reach.SOCKET || table.isTrusted()) {
            return 0;
        }
        return reach == Reach.PROCESS ? Codes.NOT_PERMITTED : Codes.NOT_KNOWN;
    }
}
