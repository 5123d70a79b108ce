package io.github.pysockets.linux;

import static io.github.pysockets.abi.EpollFlags.EPOLL_CLOEXEC;
import static io.github.pysockets.abi.SocketTypes.SOCK_CLOEXEC;
import static io.github.pysockets.abi.SocketTypes.SOCK_NONBLOCK;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.FileStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.ProcessCall;
import io.github.pysockets.stack.ProcessStack;
import io.github.pysockets.stack.SpawnRequest;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * The operating system's own sockets, by calls of its C library. Descriptors are those of the process, shared with
 * the JVM's own files.
 *
 * <p>The path of a call: {@link LinuxEndpoint} decides on flags and repetition, a codec writes the arguments into the
 * thread's {@link Scratch}, one of the {@code *Calls} classes makes the call, and a codec reads the results. Each byte
 * layout has one owner: {@link SockaddrCodec}, {@link Msghdr}, {@link ControlCodec},
 * {@link Pollfd}, {@link EpollEvent}, {@link Timespec}, {@link Statx}, {@link AddrinfoCodec}, {@link NetdbDecoder}.
 *
 * <p>MSG_DONTWAIT keeps sending and receiving from waiting. accept, connect, sendfile and the calls on pipes have no
 * such flag. So a descriptor in blocking mode is non-blocking while they run, which other processes that share the open
 * file could notice. A new socket is non-blocking in the kernel until {@link DescriptorEndpoint#publish}, which saves
 * those changes.
 */
public final class LinuxStack implements FileStack, EpollStack, ProcessStack {
    private static final int HOST_NAME_SIZE = 1024;

    private static final LinuxStack INSTANCE = new LinuxStack();

    private final NameService names = new LinuxNames();

    private LinuxStack() {}

    /**
     * Returns the only instance. Functions of the C library are linked when they are first needed.
     *
     * @throws UnsupportedOperationException on anything but Linux on x86-64 or aarch64
     * @throws IllegalStateException where the JVM denies native access; the message says how to give it
     */
    public static LinuxStack open() {
        Platform.require();
        NativeAccess.require();
        return INSTANCE;
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        int flags = LinuxEndpoint.beginsPrivate(family) ? SOCK_CLOEXEC | SOCK_NONBLOCK : SOCK_CLOEXEC;
        return made(ErrnoCheck.check(SocketCalls.socket(family, type | flags, protocol)), family, type);
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        MemorySegment pair = Scratch.mine().room(2 * Integer.BYTES);
        int flags = LinuxEndpoint.beginsPrivate(family) ? SOCK_CLOEXEC | SOCK_NONBLOCK : SOCK_CLOEXEC;
        ErrnoCheck.check(SocketCalls.socketpair(family, type | flags, protocol, pair));
        return new EndpointPair(
                made(pair.get(Fields.HOST_INT, 0), family, type),
                made(pair.get(Fields.HOST_INT, Integer.BYTES), family, type));
    }

    private static Endpoint made(int descriptor, int family, int type) {
        return LinuxEndpoint.beginsPrivate(family)
                ? LinuxEndpoint.ofNewSocket(descriptor, (type & SOCK_NONBLOCK) != 0)
                : new LinuxEndpoint(descriptor);
    }

    @Override
    public Endpoint endpoint(int descriptor) {
        return new LinuxEndpoint(descriptor);
    }

    @Override
    public Poller newPoller() throws StackException {
        return new LinuxPoller();
    }

    @Override
    public Epoll newEpoll(int flags) throws StackException {
        return new LinuxEpoll(new LinuxEndpoint(ErrnoCheck.check(EpollCalls.create(flags | EPOLL_CLOEXEC))));
    }

    @Override
    public Epoll epoll(Endpoint endpoint) {
        LinuxEndpoint own = endpoint.ability(LinuxEndpoint.class);
        if (own == null) {
            throw new IllegalArgumentException("an endpoint of another stack: " + endpoint);
        }
        return new LinuxEpoll(own);
    }

    @Override
    public Endpoint newEventfd(long initial, int flags) throws StackException {
        return endpoint(ErrnoCheck.check(WaitCalls.eventfd((int) initial, flags)));
    }

    @Override
    public Endpoint newMemfd(byte[] name, int flags) throws StackException {
        try (Room room = NativeText.terminated(name)) {
            return endpoint(ErrnoCheck.check(FileMakingCalls.memfd(room.bytes(), flags)));
        }
    }

    @Override
    public EndpointPair newPipe(int flags) throws StackException {
        MemorySegment pair = Scratch.mine().room(2 * Integer.BYTES);
        ErrnoCheck.check(FileMakingCalls.pipe(pair, flags));
        return new EndpointPair(
                endpoint(pair.get(Fields.HOST_INT, 0)), endpoint(pair.get(Fields.HOST_INT, Integer.BYTES)));
    }

    @Override
    public Endpoint newPidfd(int process, int flags) throws StackException {
        return endpoint(ErrnoCheck.check(FileMakingCalls.pidfd(process, flags)));
    }

    @Override
    public int call(ProcessCall call, long a, long b, long c, byte[] buffer) {
        return ProcessCalls.call(call, a, b, c, buffer);
    }

    @Override
    public int spawn(SpawnRequest request) {
        return Spawning.spawn(request);
    }

    @Override
    public int execute(byte[] path, byte[] arguments, byte[] environment) {
        return Spawning.execute(path, arguments, environment);
    }

    @Override
    public NameService names() {
        return names;
    }

    @Override
    public String hostName() throws StackException {
        MemorySegment room = Scratch.mine().room(HOST_NAME_SIZE);
        // One byte less than there is room for, as a truncated name may have no 0 at its end.
        ErrnoCheck.check(HostCalls.gethostname(room.asSlice(0, HOST_NAME_SIZE - 1)));
        return NativeText.read(room, 0);
    }

    @Override
    public void setHostName(byte[] name) throws StackException {
        if (name.length >= HOST_NAME_SIZE) {
            throw new StackException(Errno.EINVAL);
        }
        MemorySegment room = Scratch.mine().room(name.length);
        MemorySegment.copy(name, 0, room, Fields.BYTE, 0, name.length);
        ErrnoCheck.check(HostCalls.sethostname(room));
    }

    @Override
    public Map<String, Long> constants() {
        return Constants.all();
    }

    @Override
    public boolean offers(Class<? extends Endpoint> ability) {
        return ability.isAssignableFrom(LinuxEndpoint.class);
    }

    @Override
    public String errorText(int errno) {
        return ErrorTexts.errno(errno);
    }
}
