package io.github.pysockets.stack;

import io.github.pysockets.linux.LinuxStack;

/** The contract, on a stack without any of the abilities: the cases that need one are skipped, and all others pass. */
final class PlainStackTest extends StackContract {
    private static final SocketStack STACK = new PlainStack(LinuxStack.open());

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
