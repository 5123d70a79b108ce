package io.github.pysockets.stack;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.resolver.ResolverStack;
import java.util.Optional;

/** The contract, with an application that answers no question itself. */
final class ResolverStackContractTest extends StackContract {
    private static final SocketStack STACK = new ResolverStack(LinuxStack.open(), _ -> Optional.empty());

    @Override
    protected SocketStack stack() {
        return STACK;
    }
}
