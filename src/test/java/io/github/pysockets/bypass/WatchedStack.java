package io.github.pysockets.bypass;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.InetText;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.ProcessCall;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SpawnRequest;
import io.github.pysockets.stack.StackException;
import java.util.function.UnaryOperator;

/**
 * The operating system's stack, below a policy: it writes down what gets that far. It sends nothing to other hosts,
 * starts no programs, and has made-up names.
 */
public final class WatchedStack extends ForwardingStack {
    private static final int ENETUNREACH = 101;
    private static final int LOOPBACK_4 = 127;

    private final Evidence evidence;
    private final Runnable beforeUse;
    private final FakeNames names;

    /** @param beforeUse run before an address is used: after it was judged */
    public WatchedStack(Evidence evidence, Runnable beforeUse) {
        super(LinuxStack.open());
        this.evidence = evidence;
        this.beforeUse = beforeUse;
        names = new FakeNames(delegate().names(), evidence);
    }

    /** Adds a name: see {@link Attack}. */
    public void name(String line) {
        names.add(line);
    }

    static String text(SocketAddress address) {
        return switch (address) {
            case SockaddrIn in -> InetText.format(in.address());
            case SockaddrIn6 in -> InetText.format(in.high(), in.low());
            case null -> "nothing";
            default -> address.getClass().getSimpleName();
        };
    }

    private static boolean isElsewhere(SocketAddress address) {
        return switch (address) {
            case SockaddrIn in -> in.address() != 0 && in.address() >>> 24 != LOOPBACK_4;
            case SockaddrIn6 in -> in.high() != 0 || in.low() != 0 && in.low() != 1
                    && in.low() >>> 24 != (0xFFFFL << 8 | LOOPBACK_4) && in.low() != 0xFFFF_0000_0000L;
            case null, default -> false;
        };
    }

    /** 0, or an error for an address outside this host. */
    private int use(String call, SocketAddress address) {
        evidence.add(call + " " + text(address));
        beforeUse.run();
        return isElsewhere(address) ? -ENETUNREACH : 0;
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        evidence.add("socket " + family + "/" + (type & 0xf) + "/" + protocol);
        return super.socket(family, type, protocol);
    }

    @Override
    public void setHostName(byte[] name) throws StackException {
        evidence.add("sethostname");
        throw new StackException(Errno.EINVAL);
    }

    @Override
    public int call(ProcessCall call, long a, long b, long c, byte[] buffer) {
        evidence.add("call " + call);
        return -Errno.EINVAL;
    }

    @Override
    public int spawn(SpawnRequest request) {
        evidence.add("spawn");
        return -Errno.ENOENT;
    }

    @Override
    public int execute(byte[] path, byte[] arguments, byte[] environment) {
        evidence.add("execute");
        return -Errno.ENOENT;
    }

    @Override
    protected NameService wrap(NameService real) {
        return names;
    }

    @Override
    protected Endpoint wrap(Endpoint endpoint) {
        return new Watched(endpoint, this::wrap);
    }

    private final class Watched extends ForwardingEndpoint {
        Watched(Endpoint delegate, UnaryOperator<Endpoint> wrap) {
            super(delegate, wrap);
        }

        @Override
        public int connect(SocketAddress remote) {
            int failure = use("connect", remote);
            return failure < 0 ? failure : super.connect(remote);
        }

        @Override
        public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
            int failure = use("send", to);
            return failure < 0 ? failure : super.sendTo(from, at, count, flags, to);
        }

        @Override
        public int sendMessage(OutgoingMessage message, int flags) {
            int failure = message.to() == null ? 0 : use("send", message.to());
            for (ControlMessage item : message.control()) {
                evidence.add("ancillary " + item.level() + "/" + item.type());
            }
            return failure < 0 ? failure : super.sendMessage(message, flags);
        }

        @Override
        public void bind(SocketAddress local) throws StackException {
            use("bind", local);
            super.bind(local);
        }

        @Override
        public void listen(int backlog) throws StackException {
            evidence.add("listen");
            super.listen(backlog);
        }

        @Override
        public void setOption(int level, int name, byte[] value) throws StackException {
            evidence.add("option " + level + "/" + name);
            super.setOption(level, name, value);
        }

        @Override
        public void setOption(int level, int name, int value) throws StackException {
            evidence.add("option " + level + "/" + name);
            super.setOption(level, name, value);
        }

        @Override
        public void setOptionLength(int level, int name, int length) throws StackException {
            evidence.add("option " + level + "/" + name);
            super.setOptionLength(level, name, length);
        }

        @Override
        public int fcntl(int command, long argument) throws StackException {
            evidence.add("fcntl " + command);
            return super.fcntl(command, argument);
        }

        @Override
        public int ioctl(long request, byte[] argument) throws StackException {
            evidence.add("ioctl " + request);
            throw new StackException(Errno.EINVAL);
        }
    }
}
