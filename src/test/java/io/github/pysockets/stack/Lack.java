package io.github.pysockets.stack;

import static io.github.pysockets.abi.MessageFlags.MSG_OOB;

import io.github.pysockets.abi.Errno;

/**
 * What a stack may be unable to do, besides the abilities that it offers by interfaces. {@link LackCases} makes sure
 * that such a stack refuses it.
 */
public enum Lack {
    /** Sockets of AF_UNIX that keep the bounds of messages, but for pairs. */
    UNIX_DATAGRAMS {
        @Override
        void attempt(StackCase with) throws StackException {
            with.open(with.number("AF_UNIX"), "SOCK_DGRAM");
        }
    },

    /** Names of AF_UNIX that are no files: given, or chosen by the kernel. */
    ABSTRACT_NAMES {
        @Override
        void attempt(StackCase with) throws StackException {
            with.open(with.number("AF_UNIX"), "SOCK_STREAM").bind(new SockaddrUn(StackCase.bytes("\0name")));
        }
    },

    /** Urgent data of TCP that is received apart. */
    URGENT_DATA {
        @Override
        void attempt(StackCase with) throws StackException {
            int result = with.connection(Loopback.IPV4).second().recv(new byte[1], 0, 1, MSG_OOB);
            if (result == -Errno.EOPNOTSUPP) {
                throw new StackException(-result);
            }
        }
    },

    /** Names of AF_UNIX that fill sun_path. */
    LONGEST_FILE_NAMES {
        @Override
        void attempt(StackCase with) throws StackException {
            String directory = System.getProperty("java.io.tmpdir");
            byte[] path = StackCase.bytes(directory + "/" + "x".repeat(107 - directory.length()));
            with.open(with.number("AF_UNIX"), "SOCK_STREAM").bind(new SockaddrUn(path));
        }
    };

    /** Tries it. */
    abstract void attempt(StackCase with) throws StackException;
}
