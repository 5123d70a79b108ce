package io.github.pysockets.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A resolver beside which nobody is asked. */
final class OnlyResolver implements NameResolver {
    private final NameResolver resolver;

    OnlyResolver(NameResolver resolver) {
        this.resolver = Objects.requireNonNull(resolver, "resolver");
    }

    @Override
    public Optional<List<InetAddress>> addresses(String host) throws UnknownHostException {
        return resolver.addresses(host);
    }

    @Override
    public Optional<String> name(InetAddress address) {
        return resolver.name(address);
    }

    @Override
    public boolean asksSystem() {
        return false;
    }
}
