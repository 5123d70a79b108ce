package io.github.pysockets;

import io.github.pysockets.observe.ObservedStack;
import io.github.pysockets.observe.SocketListener;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.PolicyStack;
import io.github.pysockets.policy.Refused;
import io.github.pysockets.proxy.Proxy;
import io.github.pysockets.proxy.ProxyStack;
import io.github.pysockets.quota.Quota;
import io.github.pysockets.quota.QuotaStack;
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
    private Quota quota;
    private NetworkPolicy policy;
    private Consumer<Refused> onRefusal = _ -> {};
    private String label = "";
    /** Null for none. */
    private SocketListener listener;

    void stack(SocketStack chosen) {
        stack = Objects.requireNonNull(chosen, "stack");
    }

    void policy(NetworkPolicy chosen) {
        policy = Objects.requireNonNull(chosen, "policy");
    }

    void quota(Quota chosen) {
        quota = Objects.requireNonNull(chosen, "quota");
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

    void label(String chosen) {
        label = Objects.requireNonNull(chosen, "label");
    }

    void listener(SocketListener chosen) {
        listener = Objects.requireNonNull(chosen, "listener");
    }

    /** Makes the stack of one interpreter. */
    ObservedStack build() {
        SocketStack built = stack == null ? DefaultStack.open() : stack;
        if (proxy != null) {
            built = new ProxyStack(built, proxy);
        }
        if (resolver != null) {
            built = new ResolverStack(built, resolver);
        }
        if (quota != null) {
            // Above the resolver, whose answers are look-ups too; below the policy, as what that refuses costs nothing.
            built = new QuotaStack(built, quota);
        }
        // Above both, so that the policy judges the true targets, and knows which addresses belong to which name.
        if (policy != null) {
            built = new PolicyStack(built, policy, onRefusal);
        }
        // Outside of all, so that it sees what they refuse.
        return new ObservedStack(built, label, listener);
    }
}
