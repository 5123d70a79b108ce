package io.github.pysockets.posix;

import static io.github.pysockets.posix.DescriptorCalls.FD_CLOEXEC;
import static io.github.pysockets.posix.DescriptorCalls.F_DUPFD_CLOEXEC;
import static io.github.pysockets.posix.DescriptorCalls.F_GETFD;
import static io.github.pysockets.posix.DescriptorCalls.F_GETFL;
import static io.github.pysockets.posix.DescriptorCalls.F_SETFD;
import static io.github.pysockets.posix.DescriptorCalls.F_SETFL;
import static io.github.pysockets.posix.DescriptorCalls.O_NONBLOCK;
import static io.github.pysockets.posix.Fields.BYTE;
import static io.github.pysockets.posix.Fields.HOST_INT;
import static io.github.pysockets.posix.Fields.HOST_LONG;

import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.DescriptorStatus;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Errno;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A descriptor of this process. */
final class PosixEndpoint implements Endpoint {
    private static final int SOL_SOCKET = 1;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;
    private static final int SO_COOKIE = 57;
    private static final int ENOTSOCK = 88;
    private static final int ECONNABORTED = 103;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** What {@link #socket} gives for a file, a pipe and the like. */
    private static final long NO_SOCKET = Long.MIN_VALUE;

    /** The number of an ioctl holds the size of its struct in 14 bits. */
    private static final int LARGEST_STRUCT = 1 << 14;

    /** Sets O_NONBLOCK: ioctl(2). */
    private static final int FIONBIO = 0x5421;

    private final int descriptor;
    /** What {@link #socket} found; 0 before. */
    private long socket;

    PosixEndpoint(int descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public void bind(SocketAddress local) throws StackException {
        MemorySegment room = Scratch.mine().address();
        int length = Failures.check(SockaddrEncoder.encode(local, room));
        Failures.check(SocketCalls.bind(descriptor, room.address(), length));
    }

    @Override
    public void listen(int backlog) throws StackException {
        Failures.check(SocketCalls.listen(descriptor, backlog));
    }

    @Override
    public int connect(SocketAddress remote) {
        MemorySegment room = Scratch.mine().address();
        int length = SockaddrEncoder.encode(remote, room);
        if (length < 0) {
            return length;
        }
        long socket = socket();
        BorrowedNonBlocking mode = BorrowedNonBlocking.of(socket);
        int borrowed = mode.borrow(socket, descriptor);
        if (borrowed < 0) {
            return borrowed;
        }
        try {
            int result = SocketCalls.connect(descriptor, room.address(), length);
            // An interrupted connect goes on by itself, and a second call would give EALREADY: connect(2).
            return result == -Errno.EINTR ? -Errno.EINPROGRESS : result;
        } finally {
            mode.giveBack(socket, descriptor);
        }
    }

    @Override
    public int accept(AddressHolder peer) {
        long socket = socket();
        BorrowedNonBlocking mode = BorrowedNonBlocking.of(socket);
        int borrowed = mode.borrow(socket, descriptor);
        if (borrowed < 0) {
            return borrowed;
        }
        Scratch scratch = Scratch.mine();
        int result;
        try {
            do {
                result = accept(scratch);
            } while (result == -Errno.EINTR);
        } finally {
            mode.giveBack(socket, descriptor);
        }
        if (result >= 0) {
            peer.set(decodeAddress(scratch, scratch.length()));
        }
        return result;
    }

    /**
     * accept4(2). AF_ALG has no addresses, and the kernel takes the wish for one as a connection that was aborted: it
     * is repeated without.
     */
    private int accept(Scratch scratch) {
        scratch.setLength(Scratch.ADDRESS_SIZE);
        int result = SocketCalls.accept(
                descriptor, scratch.address().address(), scratch.lengthPointer(), SOCK_CLOEXEC);
        if (result == -ECONNABORTED && optionOrZero(SO_DOMAIN) == SockaddrLayout.AF_ALG) {
            scratch.setLength(0);
            return SocketCalls.accept(descriptor, 0, 0, SOCK_CLOEXEC);
        }
        return result;
    }

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        return send(Scratch.mine(), MemorySegment.ofArray(from).asSlice(at, count), flags, 0, 0);
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        Scratch scratch = Scratch.mine();
        int length = SockaddrEncoder.encode(to, scratch.address());
        if (length < 0) {
            return length;
        }
        return send(
                scratch, MemorySegment.ofArray(from).asSlice(at, count), flags, scratch.address().address(), length);
    }

    private int send(Scratch scratch, MemorySegment data, int flags, long address, int addressLength) {
        int allFlags = flags | MSG_DONTWAIT | MSG_NOSIGNAL;
        int result;
        do {
            result = TransferCalls.sendto(scratch, descriptor, data, allFlags, address, addressLength);
        } while (result == -Errno.EINTR);
        if (refusesFlags(result)) {
            return TransferCalls.sendto(scratch, descriptor, data, flags | MSG_DONTWAIT, address, addressLength);
        }
        return result;
    }

    /**
     * Whether a send failed as where a family takes no MSG_NOSIGNAL: AF_RDS and AF_QIPCRTR refuse every flag that
     * they do not know. They raise no SIGPIPE, so it can be left out; where it was not the cause, the second try
     * fails as the first did.
     */
    private static boolean refusesFlags(int result) {
        return result == -Errno.EOPNOTSUPP || result == -Errno.EINVAL;
    }

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        Scratch scratch = Scratch.mine();
        MemorySegment data = MemorySegment.ofArray(into).asSlice(at, count);
        int result;
        do {
            result = TransferCalls.recvfrom(scratch, descriptor, data, flags | MSG_DONTWAIT, 0, 0);
        } while (result == -Errno.EINTR);
        return result;
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        Scratch scratch = Scratch.mine();
        MemorySegment data = MemorySegment.ofArray(into).asSlice(at, count);
        int result;
        do {
            scratch.setLength(Scratch.ADDRESS_SIZE);
            result = TransferCalls.recvfrom(
                    scratch, descriptor, data, flags | MSG_DONTWAIT, scratch.address().address(),
                    scratch.lengthPointer());
        } while (result == -Errno.EINTR);
        if (result >= 0) {
            from.set(decodeAddress(scratch, scratch.length()));
        }
        return result;
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        if (message.control().isEmpty()) {
            return message.to() == null
                    ? send(message.data(), message.at(), message.count(), flags)
                    : sendTo(message.data(), message.at(), message.count(), flags, message.to());
        }
        long size = ControlCodec.space(message.control()) + message.count();
        if (size <= Scratch.ROOM_LIMIT) {
            return sendMessage(message, flags, Scratch.mine().room(size));
        }
        try (Arena arena = Arena.ofConfined()) {
            return sendMessage(message, flags, arena.allocate(size, Long.BYTES));
        }
    }

    private int sendMessage(OutgoingMessage message, int flags, MemorySegment room) {
        Scratch scratch = Scratch.mine();
        int nameLength = message.to() == null ? 0 : SockaddrEncoder.encode(message.to(), scratch.address());
        if (nameLength < 0) {
            return nameLength;
        }
        long controlLength = ControlCodec.space(message.control());
        ControlCodec.encode(message.control(), room);
        MemorySegment.copy(message.data(), message.at(), room, BYTE, controlLength, message.count());
        MemorySegment header = scratch.message();
        MessageHeader.encode(
                header, header.address(),
                nameLength == 0 ? 0 : scratch.address().address(), nameLength,
                room.address() + controlLength, message.count(),
                room.address(), controlLength);
        int result;
        do {
            result = MessageCalls.sendmsg(descriptor, header.address(), flags | MSG_DONTWAIT | MSG_NOSIGNAL);
        } while (result == -Errno.EINTR);
        return refusesFlags(result)
                ? MessageCalls.sendmsg(descriptor, header.address(), flags | MSG_DONTWAIT)
                : result;
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        long size = (long) message.controlCapacity() + message.count();
        if (size <= Scratch.ROOM_LIMIT) {
            return receiveMessage(message, flags, Scratch.mine().room(size));
        }
        try (Arena arena = Arena.ofConfined()) {
            return receiveMessage(message, flags, arena.allocate(size, Long.BYTES));
        }
    }

    private int receiveMessage(IncomingMessage message, int flags, MemorySegment room) {
        Scratch scratch = Scratch.mine();
        MemorySegment header = scratch.message();
        int controlCapacity = message.controlCapacity();
        int result;
        do {
            MessageHeader.encode(
                    header, header.address(),
                    scratch.address().address(), Scratch.ADDRESS_SIZE,
                    room.address() + controlCapacity, message.count(),
                    controlCapacity == 0 ? 0 : room.address(), controlCapacity);
            result = MessageCalls.recvmsg(descriptor, header.address(), flags | MSG_DONTWAIT);
        } while (result == -Errno.EINTR);
        if (result < 0) {
            return result;
        }
        // With MSG_TRUNC the result is the length of the message, which may be more than there was room for.
        int count = Math.min(result, message.count());
        MemorySegment.copy(room, BYTE, controlCapacity, message.into(), message.at(), count);
        ControlCodec.Decoded control = ControlCodec.decode(room, MessageHeader.controlLength(header));
        int messageFlags = MessageHeader.flags(header);
        SocketAddress from = decodeAddress(scratch, MessageHeader.nameLength(header));
        message.set(messageFlags, control.items(), control.damaged(), from);
        return result;
    }

    @Override
    public long sendFile(int from, long offset, long count) {
        long socket = socket();
        if (socket == NO_SOCKET) {
            return PlainFile.sendFile(descriptor, from, offset, count);
        }
        BorrowedNonBlocking mode = BorrowedNonBlocking.of(socket);
        int borrowed = mode.borrow(socket, descriptor);
        if (borrowed < 0) {
            return borrowed;
        }
        try {
            return FileCalls.sendfile(descriptor, from, offset, count);
        } finally {
            mode.giveBack(socket, descriptor);
        }
    }

    @Override
    public int read(byte[] into, int at, int count) {
        Objects.checkFromIndexSize(at, count, into.length);
        if (socket() == NO_SOCKET) {
            return PlainFile.read(descriptor, into, at, count);
        }
        // The one difference between the two calls: read(2) for nothing looks at nothing.
        return count == 0 ? 0 : recv(into, at, count, 0);
    }

    @Override
    public int write(byte[] from, int at, int count) {
        Objects.checkFromIndexSize(at, count, from.length);
        return socket() == NO_SOCKET ? PlainFile.write(descriptor, from, at, count) : send(from, at, count, 0);
    }

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        Scratch scratch = Scratch.mine();
        MemorySegment room = scratch.room(value.length);
        // Some options are read before they are written, and what they hold then may be an address for the kernel to write to.
        room.asSlice(0, value.length).fill((byte) 0);
        scratch.setLength(value.length);
        Failures.check(
                SocketCalls.getsockopt(descriptor, level, name, room.address(), scratch.lengthPointer()));
        int length = Math.min(scratch.length(), value.length);
        MemorySegment.copy(room, BYTE, 0, value, 0, length);
        return length;
    }

    @Override
    public int getOption(int level, int name) throws StackException {
        Scratch scratch = Scratch.mine();
        MemorySegment room = scratch.room(Integer.BYTES);
        // Some options are one octet and leave the others as they were.
        room.set(HOST_INT, 0, 0);
        scratch.setLength(Integer.BYTES);
        Failures.check(
                SocketCalls.getsockopt(descriptor, level, name, room.address(), scratch.lengthPointer()));
        return room.get(HOST_INT, 0);
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        MemorySegment room = Scratch.mine().room(value.length);
        MemorySegment.copy(value, 0, room, BYTE, 0, value.length);
        Failures.check(SocketCalls.setsockopt(descriptor, level, name, room.address(), value.length));
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        MemorySegment room = Scratch.mine().room(Integer.BYTES);
        room.set(HOST_INT, 0, value);
        Failures.check(SocketCalls.setsockopt(descriptor, level, name, room.address(), Integer.BYTES));
    }

    @Override
    public void setOptionLength(int level, int name, int length) throws StackException {
        Failures.check(SocketCalls.setsockopt(descriptor, level, name, 0, length));
    }

    @Override
    public void shutdown(int how) throws StackException {
        Failures.check(SocketCalls.shutdown(descriptor, how));
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        Scratch scratch = Scratch.mine();
        scratch.setLength(Scratch.ADDRESS_SIZE);
        Failures.check(
                SocketCalls.getsockname(descriptor, scratch.address().address(), scratch.lengthPointer()));
        return decodeAddress(scratch, scratch.length());
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        Scratch scratch = Scratch.mine();
        scratch.setLength(Scratch.ADDRESS_SIZE);
        Failures.check(
                SocketCalls.getpeername(descriptor, scratch.address().address(), scratch.lengthPointer()));
        return decodeAddress(scratch, scratch.length());
    }

    @Override
    public void setNonBlocking(boolean on) throws StackException {
        long socket = socket();
        Failures.check(
                socket == NO_SOCKET
                        ? PlainFile.setNonBlocking(descriptor, on)
                        : BorrowedNonBlocking.of(socket).set(socket, descriptor, on));
    }

    @Override
    public boolean isNonBlocking() throws StackException {
        return (fcntl(F_GETFL, 0) & O_NONBLOCK) != 0;
    }

    @Override
    public boolean isInheritable() throws StackException {
        return (fcntl(F_GETFD, 0) & FD_CLOEXEC) == 0;
    }

    @Override
    public void setInheritable(boolean on) throws StackException {
        int flags = fcntl(F_GETFD, 0);
        fcntl(F_SETFD, on ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC);
    }

    @Override
    public int fcntl(int command, long argument) throws StackException {
        return Failures.check(switch (command) {
            case F_GETFL -> flags();
            case F_SETFL -> setFlags((int) argument);
            default -> DescriptorCalls.fcntl(descriptor, command, argument);
        });
    }

    /** The flags that the owner set: a call that is under way may have borrowed O_NONBLOCK. */
    private int flags() {
        long socket = socket();
        return socket == NO_SOCKET
                ? PlainFile.flags(descriptor)
                : BorrowedNonBlocking.of(socket).flags(socket, descriptor);
    }

    private int setFlags(int flags) {
        long socket = socket();
        return socket == NO_SOCKET
                ? PlainFile.setFlags(descriptor, flags)
                : BorrowedNonBlocking.of(socket).setFlags(socket, descriptor, flags);
    }

    @Override
    public int fcntl(int command, byte[] argument) throws StackException {
        return withStruct(argument, address -> DescriptorCalls.fcntl(descriptor, command, address));
    }

    @Override
    public int ioctl(long request, long argument) throws StackException {
        return Failures.check(DescriptorCalls.ioctl(descriptor, request, argument));
    }

    @Override
    public int ioctl(long request, byte[] argument) throws StackException {
        if (request == FIONBIO && argument.length >= Integer.BYTES) {
            setNonBlocking(MemorySegment.ofArray(argument).get(HOST_INT, 0) != 0);
            return 0;
        }
        return withStruct(argument, address -> DescriptorCalls.ioctl(descriptor, request, address));
    }

    @FunctionalInterface
    private interface StructCall {
        int run(long address);
    }

    /** A call on a copy of {@code argument}, which may be shorter than the kernel takes it to be. */
    private static int withStruct(byte[] argument, StructCall call) throws StackException {
        int size = argument.length + LARGEST_STRUCT;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(size, Long.BYTES);
            MemorySegment.copy(argument, 0, room, BYTE, 0, argument.length);
            int result = Failures.check(call.run(room.address()));
            MemorySegment.copy(room, BYTE, 0, argument, 0, argument.length);
            return result;
        }
    }

    @Override
    public DescriptorStatus status() throws StackException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(FileStatus.SIZE, Long.BYTES);
            Failures.check(FileCalls.statx(descriptor, room));
            return FileStatus.decode(room);
        }
    }

    @Override
    public Endpoint duplicate() throws StackException {
        return new PosixEndpoint(fcntl(F_DUPFD_CLOEXEC, 0));
    }

    @Override
    public void close() throws StackException {
        Failures.check(DescriptorCalls.close(descriptor));
    }

    @Override
    public String toString() {
        return "PosixEndpoint[" + descriptor + "]";
    }

    private SocketAddress decodeAddress(Scratch scratch, int length) {
        MemorySegment address = scratch.address();
        // How a CAN address is laid out is known by its socket alone.
        int protocol = SockaddrDecoder.family(address, length) == SockaddrLayout.AF_CAN ? optionOrZero(SO_PROTOCOL) : 0;
        return SockaddrDecoder.decode(address, length, protocol);
    }

    /**
     * The number that the kernel knows the open socket by; the opposite of the descriptor where it tells none; {@link
     * #NO_SOCKET}.
     */
    private long socket() {
        if (socket == 0) {
            Scratch scratch = Scratch.mine();
            MemorySegment room = scratch.room(Long.BYTES);
            scratch.setLength(Long.BYTES);
            int result = SocketCalls.getsockopt(
                    descriptor, SOL_SOCKET, SO_COOKIE, room.address(), scratch.lengthPointer());
            if (result == -ENOTSOCK) {
                socket = NO_SOCKET;
            } else {
                socket = result < 0 ? ~descriptor : room.get(HOST_LONG, 0);
            }
        }
        return socket;
    }

    private int optionOrZero(int name) {
        try {
            return getOption(SOL_SOCKET, name);
        } catch (StackException unknown) {
            return 0;
        }
    }
}
