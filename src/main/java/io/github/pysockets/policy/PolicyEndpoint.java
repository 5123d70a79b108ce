package io.github.pysockets.policy;

import static io.github.pysockets.abi.MessageFlags.MSG_CTRUNC;
import static io.github.pysockets.abi.MessageFlags.MSG_FASTOPEN;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_TYPE;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.DescriptorCommands;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.Reach;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An endpoint whose calls a policy judges, those that name an address or choose a way. Others cost nothing more. */
class PolicyEndpoint extends ForwardingEndpoint {
    /** Peers that are refused in one call. More of them are left for the next, so that a call ends. */
    private static final int MOST_REFUSED = 16;

    /** SHUT_RDWR of shutdown(2). */
    private static final int BOTH_DIRECTIONS = 2;

    private final PolicyStack stack;

    PolicyEndpoint(Endpoint delegate, PolicyStack stack) {
        this(delegate, stack, stack::wrap);
    }

    /** @param wrap wraps the endpoints that calls make */
    PolicyEndpoint(Endpoint delegate, PolicyStack stack, UnaryOperator<Endpoint> wrap) {
        super(delegate, wrap);
        this.stack = stack;
    }

    final Referee referee() {
        return stack.referee();
    }

    @Override
    public int connect(SocketAddress remote) {
        SocketAddress plain = Referee.plain(Action.CONNECT, remote);
        int checked = referee().address(Action.CONNECT, plain);
        return checked < 0 ? checked : super.connect(plain);
    }

    /** 0, or {@code -EACCES} where the peer is not to be called by this name. */
    int checkServerName(String name) {
        try {
            return referee().serverName(peerAddress(), name);
        } catch (StackException unconnected) {
            return 0;
        }
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        SocketAddress plain = Referee.plain(Action.SEND, to);
        int checked = receiver(plain, flags);
        return checked < 0 ? checked : super.sendTo(from, at, count, flags, plain);
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        SocketAddress plain = message.to() == null ? null : Referee.plain(Action.SEND, message.to());
        int checked = message.to() == null ? 0 : receiver(plain, flags);
        for (ControlMessage item : message.control()) {
            checked = checked < 0
                    ? checked
                    : referee().option(GuardedOptions.ancillary(item.level(), item.type()));
        }
        return checked < 0
                ? checked
                : super.sendMessage(
                        new OutgoingMessage(message.data(), message.at(), message.count(), message.control(), plain),
                        flags);
    }

    private int receiver(SocketAddress to, int flags) {
        boolean begins = (flags & MSG_FASTOPEN) != 0 || isStream();
        return referee().address(begins ? Action.CONNECT : Action.SEND, to);
    }

    private boolean isStream() {
        try {
            return getOption(SOL_SOCKET, SO_TYPE) == SOCK_STREAM;
        } catch (StackException noSocket) {
            return false;
        }
    }

    @Override
    public void bind(SocketAddress local) throws StackException {
        SocketAddress plain = Referee.plain(Action.BIND, local);
        Referee.require(referee().address(Action.BIND, plain));
        super.bind(plain);
    }

    @Override
    public void listen(int backlog) throws StackException {
        SocketAddress local = localAddress();
        Referee.require(local == null ? 0 : referee().found(Action.LISTEN, local));
        super.listen(backlog);
        SocketAddress actual = localAddress();
        if (actual instanceof SockaddrUn && !actual.equals(local)) {
            // It had no name, and got one from another thread meanwhile.
            int checked = referee().found(Action.LISTEN, actual);
            if (checked < 0) {
                shutdown(BOTH_DIRECTIONS);
                Referee.require(checked);
            }
        }
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        for (int refused = 0; refused < MOST_REFUSED; refused++) {
            int result = super.accept(accepted);
            if (result < 0 || accepted.peer() == null
                    || referee().found(Action.ACCEPT, accepted.peer()) == 0 && arrival(accepted.endpoint()) == 0) {
                return result;
            }
            close(accepted.endpoint());
            accepted.set(null, null);
        }
        return -Errno.EAGAIN;
    }

    private int arrival(Endpoint connection) {
        if (!referee().judgesArrivals()) {
            return 0;
        }
        try {
            return referee().arrival(connection.localAddress());
        } catch (StackException unknown) {
            return -unknown.errno();
        }
    }

    private static void close(Endpoint refused) {
        try {
            refused.close();
        } catch (StackException closedAnyway) {
            // An endpoint is closed even where close fails, and nobody waits for this one.
            return;
        }
    }

    /** What comes by SCM_RIGHTS was made by others. What leads where the script may not go does not arrive. */
    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        MessageEndpoint messages = delegate().ability(MessageEndpoint.class);
        if (messages == null) {
            return -Errno.EOPNOTSUPP;
        }
        int result = messages.receiveMessage(message, flags);
        if (result >= 0 && !message.control().isEmpty()) {
            int flagsMore = 0;
            List<ControlMessage> control = new ArrayList<>();
            for (ControlMessage item : message.control()) {
                ControlMessage judged = judged(item);
                flagsMore |= judged.endpoints().size() < item.endpoints().size() ? MSG_CTRUNC : 0;
                if (!judged.endpoints().isEmpty() || item.endpoints().isEmpty()) {
                    control.add(judged);
                }
            }
            message.set(message.flags() | flagsMore, control, message.controlDamaged(), message.from());
        }
        return result;
    }

    private ControlMessage judged(ControlMessage item) {
        List<Endpoint> passed = new ArrayList<>();
        for (Endpoint endpoint : item.endpoints()) {
            StrangerEndpoint stranger = new StrangerEndpoint(endpoint, stack);
            if (stranger.judge() == 0) {
                passed.add(stranger);
            } else {
                close(endpoint);
            }
        }
        return new ControlMessage(item.level(), item.type(), item.data(), passed);
    }

    @Override
    public long sendFile(Endpoint from, long offset, long count) {
        int checked = judgeOther(from);
        return checked < 0 ? checked : super.sendFile(from, offset, count);
    }

    @Override
    public long splice(long offset, Endpoint to, long toOffset, long count, int flags) {
        int checked = judgeOther(to);
        return checked < 0 ? checked : super.splice(offset, to, toOffset, count, flags);
    }

    private static int judgeOther(Endpoint other) {
        StrangerEndpoint stranger = other.ability(StrangerEndpoint.class);
        return stranger == null ? 0 : stranger.judge();
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        if (GuardedOptions.isMembership(level, name)) {
            Referee.require(referee().group(GuardedOptions.group(level, name, value)));
        }
        boolean isOff = value.length == Integer.BYTES && value[0] == 0 && value[1] == 0 && value[2] == 0
                && value[3] == 0;
        Referee.require(referee().option(GuardedOptions.name(level, name, isOff)));
        super.setOption(level, name, value);
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        Referee.require(referee().option(GuardedOptions.name(level, name, value == 0)));
        super.setOption(level, name, value);
    }

    @Override
    public void setOptionLength(int level, int name, int length) throws StackException {
        Referee.require(referee().option(GuardedOptions.name(level, name, false)));
        super.setOptionLength(level, name, length);
    }

    @Override
    public int fcntl(int command, long argument) throws StackException {
        requireHarmless("fcntl", command, DescriptorCommands.fcntl(command, (int) argument));
        return super.fcntl(command, argument);
    }

    @Override
    public int fcntl(int command, byte[] argument) throws StackException {
        requireHarmless("fcntl", command, DescriptorCommands.structFcntl(command));
        return super.fcntl(command, argument);
    }

    @Override
    public int ioctl(long request, long argument) throws StackException {
        requireHarmless("ioctl", request, DescriptorCommands.ioctl(request));
        return super.ioctl(request, argument);
    }

    @Override
    public int ioctl(long request, byte[] argument) throws StackException {
        requireHarmless("ioctl", request, DescriptorCommands.structIoctl(request));
        return super.ioctl(request, argument);
    }

    private void requireHarmless(String call, long command, Reach reach) throws StackException {
        Referee.require(referee().option(reach == Reach.SOCKET ? null : "%s/0x%x".formatted(call, command)));
    }
}
