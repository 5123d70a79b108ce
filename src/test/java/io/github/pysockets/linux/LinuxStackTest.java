package io.github.pysockets.linux;

import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackContract;

/** The contract, on the operating system's sockets. */
final class LinuxStackTest extends StackContract {
    @Override
    protected SocketStack stack() {
        return LinuxStack.open();
    }
}
