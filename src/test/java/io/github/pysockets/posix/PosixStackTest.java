package io.github.pysockets.posix;

import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackContract;

/** The contract, on the operating system's sockets. */
final class PosixStackTest extends StackContract {
    @Override
    protected SocketStack stack() {
        return PosixStack.open();
    }
}
