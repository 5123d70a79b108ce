package io.github.pysockets.stack;

import io.github.pysockets.nio.NioStack;
import io.github.pysockets.nio.NioStackTest;

/** The contract, on a stack that counts the bytes of Java's channels. */
final class CountingNioStackTest extends NioStackTest {
    private static final SocketStack STACK = new CountingStackTest.CountingStack(NioStack.open());

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
