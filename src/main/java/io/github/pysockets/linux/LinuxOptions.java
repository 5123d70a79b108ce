package io.github.pysockets.linux;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ZEROCOPY;
import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.SocketOption;
import io.github.pysockets.abi.SocketOptions;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;

/** getsockopt(2) and setsockopt(2), with as much memory as the kernel may write for each option. */
final class LinuxOptions {
    private LinuxOptions() {}

    /** Sets {@code value} and returns how many bytes of it were set. */
    static int get(int descriptor, int level, int name, byte[] value) throws StackException {
        SocketOption option = SocketOptions.read(level, name);
        refuseDescriptor(option);
        Scratch scratch = Scratch.mine();
        // All zeros: the kernel reads some options before it writes them, and may take what it reads for an address to
        // write to.
        try (Room room = scratch.hold(option.room(value.length))) {
            ErrnoCheck.check(SocketCalls.getsockopt(scratch, descriptor, level, name, room.bytes(), value.length));
            int length = scratch.length(value.length);
            MemorySegment.copy(room.bytes(), BYTE, 0, value, 0, length);
            return length;
        }
    }

    /** The value of an option that is a C int. */
    static int get(int descriptor, int level, int name) throws StackException {
        refuseDescriptor(SocketOptions.read(level, name));
        return getInt(descriptor, level, name);
    }

    private static int getInt(int descriptor, int level, int name) throws StackException {
        Scratch scratch = Scratch.mine();
        // Some options are one byte and leave the others unchanged; those that count in items write more than an int.
        MemorySegment room = scratch.room(SocketOptions.MOST_FOR_AN_INT);
        ErrnoCheck.check(SocketCalls.getsockopt(scratch, descriptor, level, name, room, Integer.BYTES));
        return room.get(HOST_INT, 0);
    }

    /** An option whose value is a new descriptor, which the caller closes. */
    static int getDescriptor(int descriptor, int level, int name) throws StackException {
        if (SocketOptions.read(level, name).form() != SocketOption.Form.DESCRIPTOR) {
            throw new StackException(Errno.EINVAL);
        }
        return getInt(descriptor, level, name);
    }

    /** The kernel would make a descriptor that nobody knows of or closes. */
    private static void refuseDescriptor(SocketOption option) throws StackException {
        if (option.form() == SocketOption.Form.DESCRIPTOR) {
            throw new StackException(Errno.EINVAL);
        }
    }

    /** As {@link #get(int, int, int)} of SOL_SOCKET; 0 if the kernel refuses. */
    static int getOrZero(int descriptor, int name) {
        try {
            return get(descriptor, SOL_SOCKET, name);
        } catch (StackException unknown) {
            return 0;
        }
    }

    static void set(int descriptor, int level, int name, byte[] value) throws StackException {
        if (level == SOL_SOCKET && name == SO_ZEROCOPY && value.length >= Integer.BYTES) {
            refuseZeroCopy(MemorySegment.ofArray(value).get(HOST_INT, 0));
        }
        try (Room room = Scratch.mine().hold(value.length)) {
            MemorySegment.copy(value, 0, room.bytes(), BYTE, 0, value.length);
            ErrnoCheck.check(SocketCalls.setsockopt(descriptor, level, name, room.bytes()));
        }
    }

    static void set(int descriptor, int level, int name, int value) throws StackException {
        if (level == SOL_SOCKET && name == SO_ZEROCOPY) {
            refuseZeroCopy(value);
        }
        MemorySegment room = Scratch.mine().room(Integer.BYTES);
        room.set(HOST_INT, 0, value);
        ErrnoCheck.check(SocketCalls.setsockopt(descriptor, level, name, room));
    }

    /** The next call reuses the memory of the sent data, so the kernel must have read it by then. */
    private static void refuseZeroCopy(int value) throws StackException {
        if (value != 0) {
            throw new StackException(Errno.EOPNOTSUPP);
        }
    }
}
