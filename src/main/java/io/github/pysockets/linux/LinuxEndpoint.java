package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_ALG;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.FileControl.FD_CLOEXEC;
import static io.github.pysockets.abi.FileControl.F_DUPFD;
import static io.github.pysockets.abi.FileControl.F_DUPFD_CLOEXEC;
import static io.github.pysockets.abi.FileControl.F_GETFD;
import static io.github.pysockets.abi.FileControl.F_GETFL;
import static io.github.pysockets.abi.FileControl.F_SETFD;
import static io.github.pysockets.abi.FileControl.F_SETFL;
import static io.github.pysockets.abi.FileControl.O_NONBLOCK;
import static io.github.pysockets.abi.IoControl.FIONBIO;
import static io.github.pysockets.abi.MessageFlags.MSG_NOSIGNAL;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.SocketOptions.SO_DOMAIN;
import static io.github.pysockets.abi.SocketTypes.SOCK_CLOEXEC;
import static io.github.pysockets.abi.SocketTypes.SOCK_NONBLOCK;
import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_INT;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.ControlEndpoint;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.DescriptorStatus;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.FileIdentity;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SeekableEndpoint;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * A descriptor of this process. {@link LinuxOptions} has its options, {@link LinuxMessages} messages with ancillary
 * data, {@link NonSocketFile} the calls on what is not a socket.
 */
final class LinuxEndpoint implements MessageEndpoint, SeekableEndpoint, DescriptorEndpoint, ControlEndpoint {
    /** The number of an ioctl has 14 bits for the size of its struct. */
    private static final int LARGEST_STRUCT = 1 << 14;

    private static final int SPLICE_F_NONBLOCK = 2;

    /** The speed of sending and receiving. */
    private enum Speed {
        UNKNOWN, QUICK, SLOW
    }

    private final int descriptor;
    /** What {@link #isQuick} found. */
    private Speed speed = Speed.UNKNOWN;
    /** Null until it is needed. */
    private SocketCookie cookie;

    /**
     * Whether nobody else knows the descriptor. Then O_NONBLOCK is always set in the kernel, so that no call has to
     * borrow it, and {@link #ownersMode} has what the owner wants.
     */
    private volatile boolean isPrivate;
    /** Whether the owner wants O_NONBLOCK, while this is private. */
    private volatile boolean ownersMode;

    LinuxEndpoint(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Whether a new socket of a family begins as {@linkplain #ofNewSocket private}. */
    static boolean beginsPrivate(int family) {
        return family == AF_INET || family == AF_INET6 || family == AF_UNIX;
    }

    /**
     * An endpoint for a socket that was just made with SOCK_NONBLOCK, of a family that begins private.
     *
     * @param nonBlocking whether its owner wants it so
     */
    static LinuxEndpoint ofNewSocket(int descriptor, boolean nonBlocking) {
        LinuxEndpoint made = new LinuxEndpoint(descriptor);
        made.speed = Speed.QUICK;
        made.isPrivate = true;
        made.ownersMode = nonBlocking;
        return made;
    }

    /** What the descriptor referred to at the first call that needed to know. */
    private SocketCookie cookie() {
        if (cookie == null) {
            cookie = SocketCookie.of(descriptor);
        }
        return cookie;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public void bind(SocketAddress local) throws StackException {
        Scratch scratch = Scratch.mine();
        int length = ErrnoCheck.check(SockaddrCodec.encode(local, scratch.address()));
        ErrnoCheck.check(SocketCalls.bind(descriptor, scratch.address(length)));
    }

    @Override
    public void listen(int backlog) throws StackException {
        ErrnoCheck.check(SocketCalls.listen(descriptor, backlog));
    }

    @Override
    public int connect(SocketAddress remote) {
        Scratch scratch = Scratch.mine();
        int length = SockaddrCodec.encode(remote, scratch.address());
        if (length < 0) {
            return length;
        }
        return withBorrowedMode(() -> {
            int result = SocketCalls.connect(descriptor, scratch.address(length));
            // An interrupted connect continues by itself, and a second call would return EALREADY: connect(2).
            return result == -Errno.EINTR ? -Errno.EINPROGRESS : result;
        });
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        boolean isPrivate = isQuick();
        int mode = isPrivate ? SOCK_CLOEXEC | SOCK_NONBLOCK : SOCK_CLOEXEC;
        Scratch scratch = Scratch.mine();
        int result = withBorrowedMode(() -> {
            int attempt;
            do {
                attempt = accept(scratch, mode);
            } while (attempt == -Errno.EINTR);
            return attempt;
        });
        if (result < 0) {
            return result;
        }
        accepted.set(isPrivate ? ofNewSocket(result, false) : new LinuxEndpoint(result), address(scratch));
        return 0;
    }

    /**
     * accept4(2). AF_ALG has no addresses. Asked for one, the kernel reports an aborted connection, so the call is
     * repeated without.
     */
    private int accept(Scratch scratch, int mode) {
        int result = SocketCalls.accept(scratch, descriptor, mode);
        if (result == -Errno.ECONNABORTED && LinuxOptions.getOrZero(descriptor, SO_DOMAIN) == AF_ALG) {
            scratch.lengthPointer(scratch.emptyAddress(), 0);
            return SocketCalls.acceptWithoutAddress(descriptor, mode);
        }
        return result;
    }

    private SocketAddress address(Scratch scratch) {
        return LinuxMessages.address(descriptor, scratch, scratch.length(Scratch.ADDRESS_SIZE));
    }

    /**
     * Whether sending and receiving only copy bytes. Then they can use an array on the Java heap, although the garbage
     * collector, and with it the whole JVM, waits for them. They do more where the kernel computes, as for AF_ALG, or
     * waits for a lock, as for netlink.
     */
    private boolean isQuick() {
        if (speed == Speed.UNKNOWN) {
            boolean copies = beginsPrivate(LinuxOptions.getOrZero(descriptor, SO_DOMAIN));
            speed = copies ? Speed.QUICK : Speed.SLOW;
        }
        return speed == Speed.QUICK;
    }

    /** Finding a name in the file system may take as long as the file system likes. */
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
        if (flags != 0 && LinuxMessages.keepsMemory(descriptor, flags)) {
            return -Errno.EOPNOTSUPP;
        }
        int result = send(scratch, data, flags | MSG_NOSIGNAL);
        return LinuxMessages.refusesFlags(result) ? send(scratch, data, flags) : result;
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
        if (LinuxMessages.keepsMemory(descriptor, flags)) {
            return -Errno.EOPNOTSUPP;
        }
        int length = SockaddrCodec.encode(to, scratch.address());
        if (length < 0) {
            return length;
        }
        MemorySegment address = scratch.address(length);
        int result = sendTo(scratch, data, flags | MSG_NOSIGNAL, address);
        return LinuxMessages.refusesFlags(result) ? sendTo(scratch, data, flags, address) : result;
    }

    private int sendTo(Scratch scratch, MemorySegment data, int flags, MemorySegment address) {
        int result;
        do {
            result = TransferCalls.sendto(scratch, descriptor, data, flags, address);
        } while (result == -Errno.EINTR);
        return result;
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
            from.set(address(scratch));
        }
        return result;
    }

    /**
     * With MSG_TRUNC some protocols count bytes that they do not write. The old contents of the array must not be taken
     * for these bytes.
     */
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
        return LinuxMessages.send(descriptor, message, flags);
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        return LinuxMessages.receive(descriptor, message, flags);
    }

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        return LinuxOptions.get(descriptor, level, name, value);
    }

    @Override
    public int getOption(int level, int name) throws StackException {
        return LinuxOptions.get(descriptor, level, name);
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        LinuxOptions.set(descriptor, level, name, value);
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        LinuxOptions.set(descriptor, level, name, value);
    }

    @Override
    public void setOptionLength(int level, int name, int length) throws StackException {
        ErrnoCheck.check(SocketCalls.setsockoptLength(descriptor, level, name, length));
    }

    @Override
    public Endpoint getDescriptorOption(int level, int name) throws StackException {
        return new LinuxEndpoint(LinuxOptions.getDescriptor(descriptor, level, name));
    }

    @Override
    public void shutdown(int how) throws StackException {
        ErrnoCheck.check(SocketCalls.shutdown(descriptor, how));
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        Scratch scratch = Scratch.mine();
        ErrnoCheck.check(SocketCalls.getsockname(scratch, descriptor));
        return address(scratch);
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        Scratch scratch = Scratch.mine();
        ErrnoCheck.check(SocketCalls.getpeername(scratch, descriptor));
        return address(scratch);
    }

    // As a file

    @Override
    public int read(byte[] into, int at, int count) {
        Objects.checkFromIndexSize(at, count, into.length);
        if (!cookie().isSocket()) {
            return NonSocketFile.read(descriptor, into, at, count);
        }
        // The only difference between the two calls: read(2) of 0 bytes does not look at the socket.
        return count == 0 ? 0 : recv(into, at, count, 0);
    }

    @Override
    public int write(byte[] from, int at, int count) {
        Objects.checkFromIndexSize(at, count, from.length);
        return cookie().isSocket()
                ? send(from, at, count, 0)
                : NonSocketFile.write(descriptor, from, at, count);
    }

    @Override
    public long sendFile(Endpoint from, long offset, long count) {
        LinuxEndpoint file = from.ability(LinuxEndpoint.class);
        if (file == null) {
            return -Errno.EBADF;
        }
        if (!cookie().isSocket()) {
            return NonSocketFile.sendFile(descriptor, file.descriptor, offset, count);
        }
        return withBorrowedMode(() -> FileCalls.sendfile(descriptor, file.descriptor, offset, count));
    }

    /** Makes a call on a socket, with O_NONBLOCK set meanwhile. */
    private int withBorrowedMode(IntSupplier call) {
        if (isPrivate) {
            // The call does not wait, and publish() must not change the mode while it runs.
            synchronized (this) {
                if (isPrivate) {
                    return call.getAsInt();
                }
            }
        }
        long socket = cookie().value();
        BorrowedNonBlocking mode = BorrowedNonBlocking.of(socket);
        int borrowed = mode.borrow(socket, descriptor);
        if (borrowed < 0) {
            return borrowed;
        }
        try {
            return call.getAsInt();
        } finally {
            mode.giveBack(socket, descriptor);
        }
    }

    @Override
    public long splice(long offset, Endpoint to, long toOffset, long count, int flags) {
        LinuxEndpoint target = to.ability(LinuxEndpoint.class);
        if (target == null) {
            return -Errno.EBADF;
        }
        boolean isFromPipe = NonSocketFile.isPipe(descriptor);
        boolean isToPipe = NonSocketFile.isPipe(target.descriptor);
        IntSupplier call = () -> FileCalls.splice(
                descriptor, offset, target.descriptor, toOffset, count, flags | SPLICE_F_NONBLOCK);
        // Of two that are no pipes the kernel refuses to move anything, so at most one mode has to be borrowed.
        if (isFromPipe == isToPipe) {
            return call.getAsInt();
        }
        return isFromPipe ? target.withoutWaiting(call) : withoutWaiting(call);
    }

    private int withoutWaiting(IntSupplier call) {
        return cookie().isSocket() ? withBorrowedMode(call) : NonSocketFile.withoutWaiting(descriptor, call);
    }

    @Override
    public int pread(byte[] into, int at, int count, long position, int flags) {
        Objects.checkFromIndexSize(at, count, into.length);
        return NonSocketFile.withRoom(count, room -> {
            int result = withoutWaiting(() -> flags == 0
                    ? FileCalls.pread(descriptor, room, position)
                    : FileCalls.preadv2(descriptor, room, position, flags));
            if (result > 0) {
                MemorySegment.copy(room, BYTE, 0, into, at, result);
            }
            return result;
        });
    }

    @Override
    public int pwrite(byte[] from, int at, int count, long position, int flags) {
        Objects.checkFromIndexSize(at, count, from.length);
        return NonSocketFile.withRoom(count, room -> {
            MemorySegment.copy(from, at, room, BYTE, 0, count);
            return withoutWaiting(() -> flags == 0
                    ? FileCalls.pwrite(descriptor, room, position)
                    : FileCalls.pwritev2(descriptor, room, position, flags));
        });
    }

    @Override
    public long copyRange(long position, Endpoint to, long toPosition, long count) {
        LinuxEndpoint target = to.ability(LinuxEndpoint.class);
        return target == null
                ? -Errno.EBADF
                : FileCalls.copyRange(descriptor, position, target.descriptor, toPosition, count);
    }

    @Override
    public int allocate(long position, long count) {
        return FileCalls.allocate(descriptor, position, count);
    }

    @Override
    public int advise(long position, long count, int advice) {
        return FileCalls.advise(descriptor, position, count, advice);
    }

    @Override
    public int syncData() {
        return FileCalls.syncData(descriptor);
    }

    // Modes and flags

    @Override
    public void publish() throws StackException {
        if (isPrivate) {
            synchronized (this) {
                if (isPrivate && !ownersMode) {
                    int flags = ErrnoCheck.check(DescriptorCalls.fcntl(descriptor, F_GETFL, 0));
                    ErrnoCheck.check(DescriptorCalls.fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK));
                }
                isPrivate = false;
            }
        }
    }

    @Override
    public void setNonBlocking(boolean on) throws StackException {
        if (isPrivate) {
            synchronized (this) {
                if (isPrivate) {
                    ownersMode = on;
                    return;
                }
            }
        }
        long socket = cookie().value();
        ErrnoCheck.check(
                cookie().isSocket()
                        ? BorrowedNonBlocking.of(socket).set(socket, descriptor, on)
                        : NonSocketFile.setNonBlocking(descriptor, on));
    }

    @Override
    public boolean isNonBlocking() throws StackException {
        return isPrivate ? ownersMode : (fcntl(F_GETFL, 0) & O_NONBLOCK) != 0;
    }

    @Override
    public boolean isInheritable() throws StackException {
        return (fcntl(F_GETFD, 0) & FD_CLOEXEC) == 0;
    }

    @Override
    public void setInheritable(boolean on) throws StackException {
        if (on) {
            publish();
        }
        int flags = fcntl(F_GETFD, 0);
        fcntl(F_SETFD, on ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC);
    }

    @Override
    public int fcntl(int command, long argument) throws StackException {
        publish();
        return ErrnoCheck.check(switch (command) {
            case F_GETFL -> flags();
            case F_SETFL -> setFlags((int) argument);
            default -> DescriptorCalls.fcntl(descriptor, command, argument);
        });
    }

    /** The flags that the owner set, without an O_NONBLOCK that a call under way has borrowed. */
    private int flags() {
        long socket = cookie().value();
        return cookie().isSocket()
                ? BorrowedNonBlocking.of(socket).flags(socket, descriptor)
                : NonSocketFile.flags(descriptor);
    }

    private int setFlags(int flags) {
        long socket = cookie().value();
        return cookie().isSocket()
                ? BorrowedNonBlocking.of(socket).setFlags(socket, descriptor, flags)
                : NonSocketFile.setFlags(descriptor, flags);
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

    /** Calls with a copy of {@code argument}, which may be shorter than the kernel expects. */
    private static int withStruct(byte[] argument, StructCall call) throws StackException {
        try (Room room = Room.of((long) argument.length + LARGEST_STRUCT)) {
            MemorySegment.copy(argument, 0, room.bytes(), BYTE, 0, argument.length);
            int result = ErrnoCheck.check(call.run(room.bytes()));
            MemorySegment.copy(room.bytes(), BYTE, 0, argument, 0, argument.length);
            return result;
        }
    }

    // As a descriptor

    @Override
    public FileIdentity identity() throws StackException {
        // Read again: the number may refer to something else by now.
        SocketCookie now = SocketCookie.of(descriptor);
        if (now.isFromKernel()) {
            return new FileIdentity(true, now.value(), 0);
        }
        DescriptorStatus status = status();
        return new FileIdentity(false, status.inode(), status.device());
    }

    @Override
    public DescriptorStatus status() throws StackException {
        try (Room room = Room.of(Statx.SIZE)) {
            ErrnoCheck.check(FileCalls.statx(descriptor, room.bytes()));
            return Statx.decode(room.bytes());
        }
    }

    @Override
    public Endpoint duplicate(int lowest, boolean inheritable) throws StackException {
        return new LinuxEndpoint(fcntl(inheritable ? F_DUPFD : F_DUPFD_CLOEXEC, lowest));
    }

    @Override
    public void close() throws StackException {
        // So that a later call fails as the kernel's own calls do.
        isPrivate = false;
        ErrnoCheck.check(DescriptorCalls.close(descriptor));
    }

    @Override
    public String toString() {
        return "LinuxEndpoint[" + descriptor + "]";
    }
}
