package io.github.pysockets.linux;

import static io.github.pysockets.linux.DescriptorCalls.FD_CLOEXEC;
import static io.github.pysockets.linux.DescriptorCalls.F_DUPFD_CLOEXEC;
import static io.github.pysockets.linux.DescriptorCalls.F_GETFD;
import static io.github.pysockets.linux.DescriptorCalls.F_GETFL;
import static io.github.pysockets.linux.DescriptorCalls.F_SETFD;
import static io.github.pysockets.linux.DescriptorCalls.F_SETFL;
import static io.github.pysockets.linux.DescriptorCalls.O_NONBLOCK;
import static io.github.pysockets.abi.MessageFlags.MSG_DONTWAIT;
import static io.github.pysockets.abi.MessageFlags.MSG_NOSIGNAL;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.MessageFlags.MSG_ZEROCOPY;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ZEROCOPY;
import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import io.github.pysockets.abi.SocketOption;
import io.github.pysockets.abi.SocketOptions;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.DescriptorStatus;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Errno;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A descriptor of this process. */
final class LinuxEndpoint implements Endpoint {
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;
    private static final int SO_COOKIE = 57;
    private static final int ENOTSOCK = 88;
    private static final int ECONNABORTED = 103;
    private static final int SOCK_CLOEXEC = 0x80000;

    /** What {@link #socket} gives for a file, a pipe and the like. */
    private static final long NO_SOCKET = Long.MIN_VALUE;

    /** More ancillary data than the kernel has for any message: what a caller has room for above that stays empty. */
    private static final int MOST_CONTROL = 1 << 20;

    /** The number of an ioctl holds the size of its struct in 14 bits. */
    private static final int LARGEST_STRUCT = 1 << 14;

    /** Sets O_NONBLOCK: ioctl(2). */
    private static final int FIONBIO = 0x5421;

    /** Of sending and receiving. */
    private enum Speed {
        UNKNOWN, QUICK, SLOW
    }

    private final int descriptor;
    /** What {@link #isQuick} found. */
    private Speed speed = Speed.UNKNOWN;
    /** What {@link #socket} found; 0 before. */
    private long socket;

    LinuxEndpoint(int descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public void bind(SocketAddress local) throws StackException {
        Scratch scratch = Scratch.mine();
        int length = ErrnoCheck.check(SockaddrEncoder.encode(local, scratch.address()));
        ErrnoCheck.check(SocketCalls.bind(descriptor, scratch.address(length)));
    }

    @Override
    public void listen(int backlog) throws StackException {
        ErrnoCheck.check(SocketCalls.listen(descriptor, backlog));
    }

    @Override
    public int connect(SocketAddress remote) {
        Scratch scratch = Scratch.mine();
        int length = SockaddrEncoder.encode(remote, scratch.address());
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
            int result = SocketCalls.connect(descriptor, scratch.address(length));
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
            peer.set(decodeAddress(scratch, scratch.length(Scratch.ADDRESS_SIZE)));
        }
        return result;
    }

    /**
     * accept4(2). AF_ALG has no addresses, and the kernel takes the wish for one as a connection that was aborted: it
     * is repeated without.
     */
    private int accept(Scratch scratch) {
        int result = SocketCalls.accept(scratch, descriptor, SOCK_CLOEXEC);
        if (result == -ECONNABORTED && optionOrZero(SO_DOMAIN) == SockaddrLayout.AF_ALG) {
            scratch.lengthPointer(scratch.emptyAddress(), 0);
            return SocketCalls.acceptWithoutAddress(descriptor, SOCK_CLOEXEC);
        }
        return result;
    }

    /**
     * Whether sending and receiving are copies and no more. Then they can be done with an array on the Java heap, while the
     * garbage collector and with it the whole JVM waits. Not so where the kernel computes in them, as for AF_ALG, or waits
     * for a lock, as for netlink.
     */
    private boolean isQuick() {
        if (speed == Speed.UNKNOWN) {
            int family = optionOrZero(SO_DOMAIN);
            boolean copies = family == SockaddrLayout.AF_UNIX || family == SockaddrLayout.AF_INET
                    || family == SockaddrLayout.AF_INET6;
            speed = copies ? Speed.QUICK : Speed.SLOW;
        }
        return speed == Speed.QUICK;
    }

    /** To find a name in the file system may take as long as the file system likes. */
    private boolean isQuickTo(SocketAddress to) {
        return isQuick() && !(to instanceof SockaddrUn);
    }

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        if (!isQuick()) {
            return sendMessage(new OutgoingMessage(from, at, count, List.of(), null), flags);
        }
        Scratch scratch = Scratch.mine();
        MemorySegment data = MemorySegment.ofArray(from).asSlice(at, count);
        if (flags != 0 && keepsMemory(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        int result = send(scratch, data, flags | MSG_NOSIGNAL);
        return refusesFlags(result) ? send(scratch, data, flags) : result;
    }

    private int send(Scratch scratch, MemorySegment data, int flags) {
        int result;
        do {
            result = TransferCalls.send(scratch, descriptor, data, flags);
        } while (result == -Errno.EINTR);
        return result;
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        if (!isQuickTo(to)) {
            return sendMessage(new OutgoingMessage(from, at, count, List.of(), to), flags);
        }
        Scratch scratch = Scratch.mine();
        MemorySegment data = MemorySegment.ofArray(from).asSlice(at, count);
        if (keepsMemory(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        int length = SockaddrEncoder.encode(to, scratch.address());
        if (length < 0) {
            return length;
        }
        MemorySegment address = scratch.address(length);
        int result = sendTo(scratch, data, flags | MSG_NOSIGNAL, address);
        return refusesFlags(result) ? sendTo(scratch, data, flags, address) : result;
    }

    private int sendTo(Scratch scratch, MemorySegment data, int flags, MemorySegment address) {
        int result;
        do {
            result = TransferCalls.sendto(scratch, descriptor, data, flags, address);
        } while (result == -Errno.EINTR);
        return result;
    }

    /**
     * Whether the kernel would keep the memory after the call and read from it later, when other bytes are there. It
     * does where MSG_ZEROCOPY is given and SO_ZEROCOPY set, which cannot be done here but may have been done
     * elsewhere. Where the option is not set the flag means nothing, and is left out.
     */
    private boolean keepsMemory(int flags) {
        return (flags & MSG_ZEROCOPY) != 0 && optionOrZero(SO_ZEROCOPY) != 0;
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
        if (!isQuick()) {
            return receiveMessage(new IncomingMessage(into, at, count, 0), flags);
        }
        Scratch scratch = Scratch.mine();
        MemorySegment data = MemorySegment.ofArray(into).asSlice(at, count);
        if (flags != 0) {
            clearIfCounted(into, at, count, flags);
        }
        int result;
        do {
            result = TransferCalls.recv(scratch, descriptor, data, flags);
        } while (result == -Errno.EINTR);
        return result;
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        if (!isQuick()) {
            IncomingMessage message = new IncomingMessage(into, at, count, 0);
            int result = receiveMessage(message, flags);
            from.set(message.from());
            return result;
        }
        Scratch scratch = Scratch.mine();
        MemorySegment data = MemorySegment.ofArray(into).asSlice(at, count);
        clearIfCounted(into, at, count, flags);
        int result;
        do {
            result = TransferCalls.recvfrom(scratch, descriptor, data, flags);
        } while (result == -Errno.EINTR);
        if (result >= 0) {
            from.set(decodeAddress(scratch, scratch.length(Scratch.ADDRESS_SIZE)));
        }
        return result;
    }

    /** With MSG_TRUNC some protocols count bytes that they do not give: what was in the array before is not to be taken for them. */
    private static void clearIfCounted(byte[] into, int at, int count, int flags) {
        if ((flags & MSG_TRUNC) != 0) {
            Arrays.fill(into, at, at + count, (byte) 0);
        }
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        if (message.control().isEmpty() && isQuickTo(message.to())) {
            return message.to() == null
                    ? send(message.data(), message.at(), message.count(), flags)
                    : sendTo(message.data(), message.at(), message.count(), flags, message.to());
        }
        if (keepsMemory(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        Objects.checkFromIndexSize(message.at(), message.count(), message.data().length);
        long controlSize = ControlCodec.space(message.control());
        Scratch scratch = Scratch.mine();
        try (Room room = scratch.hold(controlSize + message.count())) {
            MemorySegment control = room.bytes().asSlice(0, controlSize);
            MemorySegment data = room.bytes().asSlice(controlSize, message.count());
            ControlCodec.encode(message.control(), control);
            MemorySegment.copy(message.data(), message.at(), data, BYTE, 0, message.count());
            return sendMessage(
                    scratch, message.to(), data, controlSize == 0 ? null : control,
                    flags & ~MSG_ZEROCOPY | MSG_DONTWAIT);
        }
    }

    private int sendMessage(
            Scratch scratch, SocketAddress to, MemorySegment data, MemorySegment control, int flags) {
        int nameLength = to == null ? 0 : SockaddrEncoder.encode(to, scratch.address());
        if (nameLength < 0) {
            return nameLength;
        }
        MemorySegment header = scratch.message();
        Msghdr.encode(header, to == null ? null : scratch.address(nameLength), data, control);
        int result = sendMessage(header, flags | MSG_NOSIGNAL);
        return refusesFlags(result) ? sendMessage(header, flags) : result;
    }

    private int sendMessage(MemorySegment header, int flags) {
        int result;
        do {
            result = MessageCalls.sendmsg(descriptor, header, flags);
        } while (result == -Errno.EINTR);
        return result;
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        Objects.checkFromIndexSize(message.at(), message.count(), message.into().length);
        int controlCapacity = Math.min(message.controlCapacity(), MOST_CONTROL);
        Scratch scratch = Scratch.mine();
        try (Room room = scratch.hold((long) controlCapacity + message.count())) {
            MemorySegment control = room.bytes().asSlice(0, controlCapacity);
            MemorySegment data = room.bytes().asSlice(controlCapacity, message.count());
            return receiveMessage(scratch, message, data, control, flags | MSG_DONTWAIT);
        }
    }

    private int receiveMessage(
            Scratch scratch, IncomingMessage message, MemorySegment data, MemorySegment control, int flags) {
        MemorySegment header = scratch.message();
        int result;
        do {
            Msghdr.encode(
                    header, scratch.emptyAddress(), data, control.byteSize() == 0 ? null : control);
            result = MessageCalls.recvmsg(descriptor, header, flags);
        } while (result == -Errno.EINTR);
        if (result < 0) {
            return result;
        }
        // With MSG_TRUNC the result is the length of the message, which may be more than there was room for.
        int count = Math.min(result, message.count());
        MemorySegment.copy(data, BYTE, 0, message.into(), message.at(), count);
        ControlCodec.Decoded items =
                ControlCodec.decode(control, Msghdr.controlLength(header, control.byteSize()));
        SocketAddress from = decodeAddress(scratch, Msghdr.nameLength(header, Scratch.ADDRESS_SIZE));
        message.set(Msghdr.flags(header), items.items(), items.damaged(), from);
        return result;
    }

    @Override
    public long sendFile(int from, long offset, long count) {
        long socket = socket();
        if (socket == NO_SOCKET) {
            return NonSocketFile.sendFile(descriptor, from, offset, count);
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
            return NonSocketFile.read(descriptor, into, at, count);
        }
        // The one difference between the two calls: read(2) for nothing looks at nothing.
        return count == 0 ? 0 : recv(into, at, count, 0);
    }

    @Override
    public int write(byte[] from, int at, int count) {
        Objects.checkFromIndexSize(at, count, from.length);
        return socket() == NO_SOCKET ? NonSocketFile.write(descriptor, from, at, count) : send(from, at, count, 0);
    }

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        SocketOption option = SocketOptions.read(level, name);
        if (option.form() == SocketOption.Form.DESCRIPTOR && value.length < Integer.BYTES) {
            // The kernel would make a descriptor, and tell no more than a part of its number.
            throw new StackException(Errno.EINVAL);
        }
        Scratch scratch = Scratch.mine();
        // All zeros: some options are read before they are written, and what they hold then may be an address for the kernel to write to.
        try (Room room = scratch.hold(option.room(value.length))) {
            ErrnoCheck.check(
                    SocketCalls.getsockopt(scratch, descriptor, level, name, room.bytes(), value.length));
            int length = scratch.length(value.length);
            MemorySegment.copy(room.bytes(), BYTE, 0, value, 0, length);
            return length;
        }
    }

    @Override
    public int getOption(int level, int name) throws StackException {
        Scratch scratch = Scratch.mine();
        // Some options are one byte and leave the others as they were; those that count in items write more than an int.
        MemorySegment room = scratch.room(SocketOptions.MOST_FOR_AN_INT);
        ErrnoCheck.check(SocketCalls.getsockopt(scratch, descriptor, level, name, room, Integer.BYTES));
        return room.get(HOST_INT, 0);
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        if (level == SOL_SOCKET && name == SO_ZEROCOPY && value.length >= Integer.BYTES) {
            refuseZeroCopy(MemorySegment.ofArray(value).get(HOST_INT, 0));
        }
        try (Room room = Scratch.mine().hold(value.length)) {
            MemorySegment.copy(value, 0, room.bytes(), BYTE, 0, value.length);
            ErrnoCheck.check(SocketCalls.setsockopt(descriptor, level, name, room.bytes()));
        }
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        if (level == SOL_SOCKET && name == SO_ZEROCOPY) {
            refuseZeroCopy(value);
        }
        MemorySegment room = Scratch.mine().room(Integer.BYTES);
        room.set(HOST_INT, 0, value);
        ErrnoCheck.check(SocketCalls.setsockopt(descriptor, level, name, room));
    }

    /** What is sent lies in memory that is used again by the next call, so the kernel must have read it by then. */
    private static void refuseZeroCopy(int value) throws StackException {
        if (value != 0) {
            throw new StackException(Errno.EOPNOTSUPP);
        }
    }

    @Override
    public void setOptionLength(int level, int name, int length) throws StackException {
        ErrnoCheck.check(SocketCalls.setsockoptLength(descriptor, level, name, length));
    }

    @Override
    public void shutdown(int how) throws StackException {
        ErrnoCheck.check(SocketCalls.shutdown(descriptor, how));
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        Scratch scratch = Scratch.mine();
        ErrnoCheck.check(SocketCalls.getsockname(scratch, descriptor));
        return decodeAddress(scratch, scratch.length(Scratch.ADDRESS_SIZE));
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        Scratch scratch = Scratch.mine();
        ErrnoCheck.check(SocketCalls.getpeername(scratch, descriptor));
        return decodeAddress(scratch, scratch.length(Scratch.ADDRESS_SIZE));
    }

    @Override
    public void setNonBlocking(boolean on) throws StackException {
        long socket = socket();
        ErrnoCheck.check(
                socket == NO_SOCKET
                        ? NonSocketFile.setNonBlocking(descriptor, on)
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
        return ErrnoCheck.check(switch (command) {
            case F_GETFL -> flags();
            case F_SETFL -> setFlags((int) argument);
            default -> DescriptorCalls.fcntl(descriptor, command, argument);
        });
    }

    /** The flags that the owner set: a call that is under way may have borrowed O_NONBLOCK. */
    private int flags() {
        long socket = socket();
        return socket == NO_SOCKET
                ? NonSocketFile.flags(descriptor)
                : BorrowedNonBlocking.of(socket).flags(socket, descriptor);
    }

    private int setFlags(int flags) {
        long socket = socket();
        return socket == NO_SOCKET
                ? NonSocketFile.setFlags(descriptor, flags)
                : BorrowedNonBlocking.of(socket).setFlags(socket, descriptor, flags);
    }

    @Override
    public int fcntl(int command, byte[] argument) throws StackException {
        return withStruct(argument, struct -> DescriptorCalls.fcntl(descriptor, command, struct.address()));
    }

    @Override
    public int ioctl(long request, long argument) throws StackException {
        return ErrnoCheck.check(DescriptorCalls.ioctl(descriptor, request, argument));
    }

    @Override
    public int ioctl(long request, byte[] argument) throws StackException {
        if (request == FIONBIO && argument.length >= Integer.BYTES) {
            setNonBlocking(MemorySegment.ofArray(argument).get(HOST_INT, 0) != 0);
            return 0;
        }
        return withStruct(argument, struct -> DescriptorCalls.ioctl(descriptor, request, struct.address()));
    }

    @FunctionalInterface
    private interface StructCall {
        int run(MemorySegment argument);
    }

    /** A call on a copy of {@code argument}, which may be shorter than the kernel takes it to be. */
    private static int withStruct(byte[] argument, StructCall call) throws StackException {
        try (Room room = Room.of((long) argument.length + LARGEST_STRUCT)) {
            MemorySegment.copy(argument, 0, room.bytes(), BYTE, 0, argument.length);
            int result = ErrnoCheck.check(call.run(room.bytes()));
            MemorySegment.copy(room.bytes(), BYTE, 0, argument, 0, argument.length);
            return result;
        }
    }

    @Override
    public DescriptorStatus status() throws StackException {
        try (Room room = Room.of(Statx.SIZE)) {
            ErrnoCheck.check(FileCalls.statx(descriptor, room.bytes()));
            return Statx.decode(room.bytes());
        }
    }

    @Override
    public Endpoint duplicate() throws StackException {
        return new LinuxEndpoint(fcntl(F_DUPFD_CLOEXEC, 0));
    }

    @Override
    public void close() throws StackException {
        ErrnoCheck.check(DescriptorCalls.close(descriptor));
    }

    @Override
    public String toString() {
        return "LinuxEndpoint[" + descriptor + "]";
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
            int result = SocketCalls.getsockopt(scratch, descriptor, SOL_SOCKET, SO_COOKIE, room, Long.BYTES);
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
