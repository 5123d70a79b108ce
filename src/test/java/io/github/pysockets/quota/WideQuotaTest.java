package io.github.pysockets.quota;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackContract;

/** The contract, on a stack with limits of all kinds, which it does not reach. */
final class WideQuotaTest extends StackContract {
    private static final SocketStack STACK = new QuotaStack(
            LinuxStack.open(),
            Quota.parse("sockets=10K,all-sockets=1M,connections=1M,connections=1M/s,in=1G,in=8G/s,out=1G,out=8G/s,"
                    + "lookups=1M,lookups=1M/s,buffers=100G,waiting=100h"));

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
