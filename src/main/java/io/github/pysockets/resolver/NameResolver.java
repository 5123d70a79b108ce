package io.github.pysockets.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Says which addresses a host has. Asked in place of the system's name service, for the scripts of one installation.
 *
 * <pre>{@code
 * NameResolver discovery = host -> host.endsWith(".service")
 *         ? Optional.of(registry.addressesOf(host))
 *         : Optional.empty();
 * PySockets sockets = PySockets.builder().resolver(discovery).install(context);
 * }</pre>
 *
 * <p>Asked on a thread of its own, so it may take its time: the script's call can be ended meanwhile. Several threads
 * may ask at once.
 */
@FunctionalInterface
public interface NameResolver {
    /**
     * The addresses of a host, the preferred one first.
     *
     * @param host as the script wrote it, in lower case and without a dot at its end; never an address
     * @return empty to leave the question to the system's name service; an empty list where the host does not exist
     * @throws UnknownHostException where the host does not exist
     */
    Optional<List<InetAddress>> addresses(String host) throws UnknownHostException;

    /**
     * The name of an address.
     *
     * @return empty to leave the question to the system's name service
     */
    default Optional<String> name(InetAddress address) {
        return Optional.empty();
    }

    /** Whether the system's name service is asked what this resolver leaves open. */
    default boolean asksSystem() {
        return true;
    }

    /** A resolver with the same answers. What it leaves open does not exist, and nobody else is asked. */
    static NameResolver only(NameResolver resolver) {
        return new OnlyResolver(resolver);
    }
}
