package io.github.pysockets.virtual;

import io.github.pysockets.netdb.NetdbNames;
import io.github.pysockets.stack.ForwardingNames;

/** The names that a host knows. All of them are in memory, so nobody waits for an answer. */
final class VirtualNames extends ForwardingNames {
    VirtualNames(NodeHosts hosts) {
        super(NetdbNames.of(hosts, hosts));
    }

    @Override
    public boolean answersAtOnce() {
        return true;
    }
}
