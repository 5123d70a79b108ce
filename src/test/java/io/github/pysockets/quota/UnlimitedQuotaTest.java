package io.github.pysockets.quota;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackContract;

/** The contract, on a stack with a quota that limits nothing. */
final class UnlimitedQuotaTest extends StackContract {
    private static final SocketStack STACK = new QuotaStack(LinuxStack.open(), Quota.builder().build());

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
