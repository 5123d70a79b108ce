package io.github.pysockets.netdb;

import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who knows the names and the addresses of hosts: hosts(5), DNS, or a table. It is asked about names alone, never about
 * addresses in text form. Several threads may ask at once, and an answer may take its time.
 *
 * <p>A database that cannot answer throws a {@link NameServiceException} of the range H_ERRNO: TRY_AGAIN or
 * NO_RECOVERY.
 */
public interface HostDatabase {
    /**
     * The host of a name.
     *
     * @param name as it was asked for, in upper or lower case; ASCII, in the syntax of RFC 952 and RFC 1123 with
     *            underscores, perhaps with a dot at its end
     * @return empty where there is no such host
     */
    Optional<Host> byName(String name) throws NameServiceException;

    /**
     * The host of an address.
     *
     * @param address of AF_INET or AF_INET6; only the address itself and a link-local address's scope matter
     * @return empty where no name is known
     */
    Optional<Host> byAddress(SocketAddress address) throws NameServiceException;

    /** The domain of this host, which NI_NOFQDN takes off names: {@code example.org}. Empty where there is none. */
    default Optional<String> domain() throws NameServiceException {
        return Optional.empty();
    }

    /**
     * A host.
     *
     * @param name its canonical name
     * @param aliases its other names
     * @param addresses of AF_INET and AF_INET6; their ports do not matter
     */
    record Host(String name, List<String> aliases, List<SocketAddress> addresses) {
        public Host {
            aliases = List.copyOf(aliases);
            addresses = List.copyOf(addresses);
        }
    }
}
