package io.github.pysockets;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.PolicyStack;
import io.github.pysockets.policy.Refused;
import io.github.pysockets.proxy.Proxy;
import io.github.pysockets.proxy.ProxyStack;
import io.github.pysockets.resolver.NameResolver;
import io.github.pysockets.resolver.ResolverStack;
import io.github.pysockets.stack.SocketStack;
import java.util.Objects;
import java.util.function.Consumer;

/** What an application has chosen for the stack of its scripts, whatever interpreter they run on. */
final class StackOptions {
    private SocketStack stack;
    private Proxy proxy;
    private NameResolver resolver;
    private NetworkPolicy policy;
    private Consumer<Refused> onRefusal = _ -> {};

    void stack(SocketStack chosen) {
        stack = Objects.requireNonNull(chosen, "stack");
    }

    void policy(NetworkPolicy chosen) {
        policy = Objects.requireNonNull(chosen, "policy");
    }

    void onRefusal(Consumer<Refused> told) {
        onRefusal = Objects.requireNonNull(told, "onRefusal");
    }

    void resolver(NameResolver chosen) {
        resolver = Objects.requireNonNull(chosen, "resolver");
    }

    void proxy(Proxy chosen) {
        proxy = Objects.requireNonNull(chosen, "proxy");
    }

    /** Makes the stack of one interpreter. */
    SocketStack build() {
        SocketStack built = stack == null ? LinuxStack.open() : stack;
        if (proxy != null) {
            built = new ProxyStack(built, proxy);
        }
        if (resolver != null) {
            built = new ResolverStack(built, resolver);
        }
        // Above both, so that the policy judges the true targets, and knows which addresses belong to which name.
        return policy == null ? built : new PolicyStack(built, policy, onRefusal);
    }
}
