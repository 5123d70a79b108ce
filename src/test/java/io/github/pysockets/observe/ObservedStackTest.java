package io.github.pysockets.observe;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackContract;

/** The contract, on a stack that is observed: observing changes nothing. */
final class ObservedStackTest extends StackContract {
    private static final SocketStack STACK = new ObservedStack(LinuxStack.open());

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
