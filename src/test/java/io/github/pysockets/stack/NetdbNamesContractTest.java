package io.github.pysockets.stack;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.netdb.NetdbNames;

/** The contract, on a stack whose names are answered in Java. */
final class NetdbNamesContractTest extends StackContract {
    private static final NameService NAMES = NetdbNames.ofPlatform();

    private static final SocketStack STACK = new ForwardingStack(LinuxStack.open()) {
        @Override
        protected NameService wrap(NameService names) {
            return NAMES;
        }
    };

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
