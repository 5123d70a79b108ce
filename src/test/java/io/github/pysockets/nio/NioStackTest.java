package io.github.pysockets.nio;

import io.github.pysockets.stack.Lack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackContract;
import java.util.Set;

/** The contract, on Java's channels. */
public class NioStackTest extends StackContract {
    @Override
    protected SocketStack stack() {
        return NioStack.open();
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.UNIX_DATAGRAMS, Lack.ABSTRACT_NAMES, Lack.LONGEST_FILE_NAMES, Lack.URGENT_DATA);
    }

    @Override
    protected Set<String> absentConstants() {
        return Set.of("SCM_RIGHTS", "SCM_CREDENTIALS", "SO_PASSCRED", "MSG_CTRUNC");
    }
}
