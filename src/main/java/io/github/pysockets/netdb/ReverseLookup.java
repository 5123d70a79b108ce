package io.github.pysockets.netdb;

import io.github.pysockets.netdb.HostDatabase.Host;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SocketAddress;
import java.util.Optional;

/** The host of an address. */
final class ReverseLookup {
    private ReverseLookup() {}

    static Optional<Host> ask(HostDatabase hosts, SocketAddress address) throws NameServiceException {
        // As in glibc, which asks about 0.0.0.0.
        boolean isNobodys = address instanceof SockaddrIn6 in6 && in6.high() == 0 && in6.low() == 0;
        return isNobodys ? Optional.empty() : hosts.byAddress(Inet.withPort(address, 0));
    }
}
