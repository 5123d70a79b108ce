package io.github.pysockets.stack;

import org.junit.jupiter.api.Nested;

/**
 * What every {@link SocketStack} promises, as tests. A stack is tested by a subclass that makes one; the cases are
 * grouped by subject, one file for each group.
 */
public abstract class StackContract {
    /** The stack under test. Called more than once for a test; a stack that keeps state answers with the same one. */
    protected abstract SocketStack stack();

    @Nested
    final class Streams extends StreamCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Datagrams extends DatagramCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class UnixSockets extends UnixCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Messages extends MessageCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Options extends OptionCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Descriptors extends DescriptorCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Pollers extends PollerCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Epolls extends EpollCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Files extends FileCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Names extends NameCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }

    @Nested
    final class Platform extends PlatformCases {
        @Override
        SocketStack stack() {
            return StackContract.this.stack();
        }
    }
}
