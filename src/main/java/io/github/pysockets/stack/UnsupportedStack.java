package io.github.pysockets.stack;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import java.util.List;
import java.util.Map;

/**
 * A stack in which every call fails with one errno. A program without network gets it. It is also the template for a
 * new stack: copy it, replace one body after the other, and drop the abilities that the new stack does not have.
 *
 * <p>Calls that cannot return an errno return an empty answer: no service, no protocol, no interface of that name. Name
 * services exist, as do endpoints and epoll sets for a descriptor, so that the calls on them can fail in turn. The
 * constants are those that every system has. So a program that uses sockets here and there can be imported, and fails
 * only where it calls one.
 */
public final class UnsupportedStack implements FileStack, EpollStack, ProcessStack {
    private final int errno;

    /** A stack that fails with EOPNOTSUPP. */
    public UnsupportedStack() {
        this(Errno.EOPNOTSUPP);
    }

    /** @param errno the positive errno that every call fails with */
    public UnsupportedStack(int errno) {
        if (errno <= 0) {
            throw new IllegalArgumentException("an errno is positive, not " + errno);
        }
        this.errno = errno;
    }

    @Override
    public String name() {
        return "unsupported";
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        throw failure();
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        throw failure();
    }

    @Override
    public Endpoint endpoint(int descriptor) {
        return new UnsupportedEndpoint(descriptor);
    }

    @Override
    public Poller newPoller() throws StackException {
        throw failure();
    }

    @Override
    public Epoll newEpoll(int flags) throws StackException {
        throw failure();
    }

    @Override
    public Epoll epoll(Endpoint endpoint) {
        return new UnsupportedEpoll(endpoint);
    }

    @Override
    public Endpoint newEventfd(long initial, int flags) throws StackException {
        throw failure();
    }

    @Override
    public Endpoint newMemfd(byte[] name, int flags) throws StackException {
        throw failure();
    }

    @Override
    public EndpointPair newPipe(int flags) throws StackException {
        throw failure();
    }

    @Override
    public Endpoint newPidfd(int process, int flags) throws StackException {
        throw failure();
    }

    @Override
    public int call(ProcessCall call, long a, long b, long c, byte[] buffer) {
        return -errno;
    }

    @Override
    public int spawn(SpawnRequest request) {
        return -errno;
    }

    @Override
    public int execute(byte[] path, byte[] arguments, byte[] environment) {
        return -errno;
    }

    @Override
    public NameService names() {
        return new UnsupportedNames();
    }

    @Override
    public String hostName() throws StackException {
        throw failure();
    }

    @Override
    public void setHostName(byte[] name) throws StackException {
        throw failure();
    }

    @Override
    public Map<String, Long> constants() {
        return Constants.portable();
    }

    @Override
    public boolean offers(Class<? extends Endpoint> ability) {
        return ability.isAssignableFrom(UnsupportedEndpoint.class);
    }

    @Override
    public String errorText(int number) {
        return "Unknown error " + number;
    }

    private StackException failure() {
        return new StackException(errno);
    }

    private final class UnsupportedEndpoint
            implements MessageEndpoint, SeekableEndpoint, DescriptorEndpoint, ControlEndpoint {
        private final int descriptor;

        UnsupportedEndpoint(int descriptor) {
            this.descriptor = descriptor;
        }

        @Override
        public int descriptor() {
            return descriptor;
        }

        @Override
        public void bind(SocketAddress local) throws StackException {
            throw failure();
        }

        @Override
        public void listen(int backlog) throws StackException {
            throw failure();
        }

        @Override
        public int connect(SocketAddress remote) {
            return -errno;
        }

        @Override
        public int accept(AcceptedHolder accepted) {
            return -errno;
        }

        @Override
        public int send(byte[] from, int at, int count, int flags) {
            return -errno;
        }

        @Override
        public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
            return -errno;
        }

        @Override
        public int recv(byte[] into, int at, int count, int flags) {
            return -errno;
        }

        @Override
        public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
            return -errno;
        }

        @Override
        public int sendMessage(OutgoingMessage message, int flags) {
            return -errno;
        }

        @Override
        public int receiveMessage(IncomingMessage message, int flags) {
            return -errno;
        }

        @Override
        public long sendFile(Endpoint from, long offset, long count) {
            return -errno;
        }

        @Override
        public long splice(long offset, Endpoint to, long toOffset, long count, int flags) {
            return -errno;
        }

        @Override
        public int pread(byte[] into, int at, int count, long position, int flags) {
            return -errno;
        }

        @Override
        public int pwrite(byte[] from, int at, int count, long position, int flags) {
            return -errno;
        }

        @Override
        public long copyRange(long position, Endpoint to, long toPosition, long count) {
            return -errno;
        }

        @Override
        public int allocate(long position, long count) {
            return -errno;
        }

        @Override
        public int advise(long position, long count, int advice) {
            return -errno;
        }

        @Override
        public int syncData() {
            return -errno;
        }

        @Override
        public int read(byte[] into, int at, int count) {
            return -errno;
        }

        @Override
        public int write(byte[] from, int at, int count) {
            return -errno;
        }

        @Override
        public int getOption(int level, int name, byte[] value) throws StackException {
            throw failure();
        }

        @Override
        public int getOption(int level, int name) throws StackException {
            throw failure();
        }

        @Override
        public void setOption(int level, int name, byte[] value) throws StackException {
            throw failure();
        }

        @Override
        public void setOption(int level, int name, int value) throws StackException {
            throw failure();
        }

        @Override
        public void setOptionLength(int level, int name, int length) throws StackException {
            throw failure();
        }

        @Override
        public void shutdown(int how) throws StackException {
            throw failure();
        }

        @Override
        public SocketAddress localAddress() throws StackException {
            throw failure();
        }

        @Override
        public SocketAddress peerAddress() throws StackException {
            throw failure();
        }

        @Override
        public void setNonBlocking(boolean on) throws StackException {
            throw failure();
        }

        @Override
        public void publish() throws StackException {
            throw failure();
        }

        @Override
        public boolean isNonBlocking() throws StackException {
            throw failure();
        }

        @Override
        public boolean isInheritable() throws StackException {
            throw failure();
        }

        @Override
        public void setInheritable(boolean on) throws StackException {
            throw failure();
        }

        @Override
        public int fcntl(int command, long argument) throws StackException {
            throw failure();
        }

        @Override
        public int fcntl(int command, byte[] argument) throws StackException {
            throw failure();
        }

        @Override
        public int ioctl(long request, long argument) throws StackException {
            throw failure();
        }

        @Override
        public int ioctl(long request, byte[] argument) throws StackException {
            throw failure();
        }

        @Override
        public DescriptorStatus status() throws StackException {
            throw failure();
        }

        @Override
        public FileIdentity identity() throws StackException {
            throw failure();
        }

        @Override
        public Endpoint duplicate(int lowest, boolean inheritable) throws StackException {
            throw failure();
        }

        @Override
        public Endpoint getDescriptorOption(int level, int name) throws StackException {
            throw failure();
        }

        @Override
        public void close() throws StackException {
            throw failure();
        }
    }

    private final class UnsupportedEpoll implements Epoll {
        private final Endpoint endpoint;

        UnsupportedEpoll(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public Endpoint endpoint() {
            return endpoint;
        }

        @Override
        public int control(int operation, Endpoint target, int events, int data) {
            return -errno;
        }

        @Override
        public int ready(int[] data, int[] events, int most) {
            return -errno;
        }
    }

    private final class UnsupportedNames implements NameService {
        @Override
        public List<AddressInfo> getaddrinfo(
                byte[] host, byte[] service, int family, int type, int protocol, int flags) throws StackException {
            throw failure();
        }

        @Override
        public HostService getnameinfo(SocketAddress address, int flags) throws StackException {
            throw failure();
        }

        @Override
        public HostEntry gethostbyname(byte[] name) throws StackException {
            throw failure();
        }

        @Override
        public HostEntry gethostbyaddr(SocketAddress address) throws StackException {
            throw failure();
        }

        @Override
        public int getservbyname(byte[] name, byte[] protocol) {
            return -1;
        }

        @Override
        public String getservbyport(int port, byte[] protocol) {
            return null;
        }

        @Override
        public int getprotobyname(byte[] name) {
            return -1;
        }

        @Override
        public List<NetworkInterface> interfaces() throws StackException {
            throw failure();
        }

        @Override
        public int interfaceIndex(byte[] name) {
            return 0;
        }

        @Override
        public String interfaceName(long index) throws StackException {
            throw failure();
        }

        @Override
        public String errorText(NameServiceException.Range range, int code) {
            return "Unknown error " + code;
        }
    }
}
