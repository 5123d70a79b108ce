package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_CAN;
import static io.github.pysockets.abi.MessageFlags.MSG_DONTWAIT;
import static io.github.pysockets.abi.MessageFlags.MSG_NOSIGNAL;
import static io.github.pysockets.abi.MessageFlags.MSG_ZEROCOPY;
import static io.github.pysockets.abi.SocketOptions.SO_PROTOCOL;
import static io.github.pysockets.abi.SocketOptions.SO_ZEROCOPY;
import static io.github.pysockets.linux.Fields.BYTE;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** sendmsg(2) and recvmsg(2), with the data in native memory. Results are zero or more, or the negated errno. */
final class LinuxMessages {
    /** More ancillary data than the kernel has for any message: room beyond this would stay empty. */
    private static final int MOST_CONTROL = 1 << 20;

    private LinuxMessages() {}

    static int send(int descriptor, OutgoingMessage message, int flags) {
        if (keepsMemory(descriptor, flags)) {
            return -Errno.EOPNOTSUPP;
        }
        Objects.checkFromIndexSize(message.at(), message.count(), message.data().length);
        long controlSize = ControlCodec.space(message.control());
        Scratch scratch = Scratch.mine();
        try (Room room = scratch.hold(controlSize + message.count())) {
            MemorySegment control = room.bytes().asSlice(0, controlSize);
            MemorySegment data = room.bytes().asSlice(controlSize, message.count());
            int published = ControlCodec.publish(message.control());
            if (published < 0) {
                return published;
            }
            if (!ControlCodec.encode(message.control(), control)) {
                return -Errno.EBADF;
            }
            MemorySegment.copy(message.data(), message.at(), data, BYTE, 0, message.count());
            return send(
                    descriptor, scratch, message.to(), data, controlSize == 0 ? null : control,
                    flags & ~MSG_ZEROCOPY | MSG_DONTWAIT);
        }
    }

    private static int send(
            int descriptor,
            Scratch scratch,
            SocketAddress to,
            MemorySegment data,
            MemorySegment control,
            int flags) {
        int nameLength = to == null ? 0 : SockaddrCodec.encode(to, scratch.address());
        if (nameLength < 0) {
            return nameLength;
        }
        MemorySegment header = scratch.message();
        Msghdr.encode(header, to == null ? null : scratch.address(nameLength), data, control);
        int result = send(descriptor, header, flags | MSG_NOSIGNAL);
        return refusesFlags(result) ? send(descriptor, header, flags) : result;
    }

    private static int send(int descriptor, MemorySegment header, int flags) {
        int result;
        do {
            result = MessageCalls.sendmsg(descriptor, header, flags);
        } while (result == -Errno.EINTR);
        return result;
    }

    /**
     * Whether the kernel would keep the memory after the call and read it later, when it holds other bytes. It does so
     * if MSG_ZEROCOPY is given and SO_ZEROCOPY is set. The option cannot be set here, but may have been set elsewhere.
     * If it is not set, the flag means nothing and is left out.
     */
    static boolean keepsMemory(int descriptor, int flags) {
        return (flags & MSG_ZEROCOPY) != 0 && LinuxOptions.getOrZero(descriptor, SO_ZEROCOPY) != 0;
    }

    /**
     * Whether a send failed as it does if the family refuses MSG_NOSIGNAL: AF_RDS and AF_QIPCRTR refuse every flag that
     * they do not know. They raise no SIGPIPE, so the flag can be left out. If it was not the cause, the second try
     * fails like the first.
     */
    static boolean refusesFlags(int result) {
        return result == -Errno.EOPNOTSUPP || result == -Errno.EINVAL;
    }

    static int receive(int descriptor, IncomingMessage message, int flags) {
        Objects.checkFromIndexSize(message.at(), message.count(), message.into().length);
        int controlCapacity = Math.min(message.controlCapacity(), MOST_CONTROL);
        Scratch scratch = Scratch.mine();
        try (Room room = scratch.hold((long) controlCapacity + message.count())) {
            MemorySegment control = room.bytes().asSlice(0, controlCapacity);
            MemorySegment data = room.bytes().asSlice(controlCapacity, message.count());
            return receive(descriptor, scratch, message, data, control, flags | MSG_DONTWAIT);
        }
    }

    private static int receive(
            int descriptor,
            Scratch scratch,
            IncomingMessage message,
            MemorySegment data,
            MemorySegment control,
            int flags) {
        MemorySegment header = scratch.message();
        int result;
        do {
            Msghdr.encode(header, scratch.emptyAddress(), data, control.byteSize() == 0 ? null : control);
            result = MessageCalls.recvmsg(descriptor, header, flags);
        } while (result == -Errno.EINTR);
        if (result < 0) {
            return result;
        }
        // With MSG_TRUNC the result is the length of the message, which may exceed the room for it.
        int count = Math.min(result, message.count());
        MemorySegment.copy(data, BYTE, 0, message.into(), message.at(), count);
        ControlCodec.Decoded items =
                ControlCodec.decode(control, Msghdr.controlLength(header, control.byteSize()));
        SocketAddress from = address(descriptor, scratch, Msghdr.nameLength(header, Scratch.ADDRESS_SIZE));
        message.set(Msghdr.flags(header), items.items(), items.damaged(), from);
        return result;
    }

    /** The address that a call left in the thread's {@link Scratch}. */
    static SocketAddress address(int descriptor, Scratch scratch, int length) {
        MemorySegment address = scratch.address();
        // Only the socket knows the layout of a CAN address.
        int protocol = SockaddrFields.family(address, length) == AF_CAN
                ? LinuxOptions.getOrZero(descriptor, SO_PROTOCOL)
                : 0;
        return SockaddrCodec.decode(address, length, protocol);
    }
}
