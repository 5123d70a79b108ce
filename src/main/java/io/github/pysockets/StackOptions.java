package io.github.pysockets;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.PolicyStack;
import io.github.pysockets.policy.Refused;
import io.github.pysockets.stack.SocketStack;
import java.util.Objects;
import java.util.function.Consumer;

/** What an application has chosen for the stack of its scripts, whatever interpreter they run on. */
final class StackOptions {
    private SocketStack stack;
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

    /** Makes the stack of one interpreter. */
    SocketStack build() {
        SocketStack chosen = stack == null ? LinuxStack.open() : stack;
        return policy == null ? chosen : new PolicyStack(chosen, policy, onRefusal);
    }
}
