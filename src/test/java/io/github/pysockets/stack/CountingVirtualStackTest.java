package io.github.pysockets.stack;

/** The contract, on a stack that counts the bytes of a host in memory. */
final class CountingVirtualStackTest extends VirtualStackTest {
    private static final SocketStack STACK =
            new CountingStackTest.CountingStack(NETWORK.host("a").stack());

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
