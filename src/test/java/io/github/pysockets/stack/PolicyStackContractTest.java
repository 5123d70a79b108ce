package io.github.pysockets.stack;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.PolicyStack;

/** The contract, under a policy that allows everything. */
final class PolicyStackContractTest extends StackContract {
    private static final SocketStack STACK =
            new PolicyStack(LinuxStack.open(), NetworkPolicy.everything(), refused -> {
                throw new AssertionError(refused);
            });

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
