package io.github.pysockets.stack;

import java.util.Set;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link SocketStack} promises, as tests. A stack is tested by a subclass that makes one; the cases are
 * grouped by subject, one file for each group.
 */
public abstract class StackContract {
    /** The stack under test. Called more than once for a test; a stack that keeps state answers with the same one. */
    protected abstract SocketStack stack();

    /** What the stack cannot do besides abilities, which it tells itself. The cases that need it are skipped. */
    protected Set<Lack> lacks() {
        return Set.of();
    }

    /** Constants that the cases use and the stack has not. The cases that need one are skipped. */
    protected Set<String> absentConstants() {
        return Set.of();
    }

    /** Whether a name of AF_UNIX that is a path is a file of this system. */
    protected boolean pathsAreFiles() {
        return true;
    }

    /** Starts a thread that calls the stack. */
    protected Thread start(Runnable calls) {
        return Thread.startVirtualThread(calls);
    }

    @Nested
    final class Streams extends StreamCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Urgent extends UrgentCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Datagrams extends DatagramCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class UnixSockets extends UnixCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Messages extends MessageCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Options extends OptionCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Descriptors extends DescriptorCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Pollers extends PollerCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Epolls extends EpollCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Files extends FileCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Names extends NameCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Lacks extends LackCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }

    @Nested
    final class Platform extends PlatformCases {
        @Override
        StackContract contract() {
            return StackContract.this;
        }
    }
}
