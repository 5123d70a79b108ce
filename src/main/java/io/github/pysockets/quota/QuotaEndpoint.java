package io.github.pysockets.quota;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;

import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.PacedEndpoint;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An endpoint whose calls are counted, held back and refused as a quota says. */
final class QuotaEndpoint extends ForwardingEndpoint {
    private final Quota quota;
    /** Null for what does not count as an open socket of ours. */
    private final Slot slot;
    private final BufferClaim buffers;
    /** The members, if this is an epoll set; otherwise null. */
    private final EpollMembers members;
    private final ConnectTurn connecting;
    private final Transfers transfers;
    private volatile boolean listens;

    private QuotaEndpoint(Endpoint delegate, Quota quota, Kind kind, Slot slot, EpollMembers members) {
        super(delegate, made -> made);
        this.quota = quota;
        this.slot = slot;
        this.members = members;
        buffers = slot == null ? new BufferClaim(quota) : slot.buffers();
        connecting = new ConnectTurn(delegate, quota);
        transfers = new Transfers(delegate, quota, kind, connecting);
        if (slot != null) {
            slot.follow(this);
        }
    }

    /** A socket that counts as open. */
    static QuotaEndpoint socket(Endpoint delegate, Quota quota, Kind kind, Slot slot) {
        return new QuotaEndpoint(delegate, quota, kind, slot, null);
    }

    /** What is no socket, or was not opened here. */
    static QuotaEndpoint other(Endpoint delegate, Quota quota) {
        return new QuotaEndpoint(delegate, quota, null, null, null);
    }

    /** An epoll set. */
    static QuotaEndpoint set(Endpoint delegate, Quota quota, EpollMembers members) {
        return new QuotaEndpoint(delegate, quota, Kind.FILE, null, members);
    }

    /** The endpoint that this quota has wrapped, inside other wrappers; null if there is none. */
    static QuotaEndpoint of(Endpoint endpoint, Quota quota) {
        QuotaEndpoint found = endpoint == null ? null : endpoint.ability(QuotaEndpoint.class);
        // Several quotas may hold at once, one stack on the other.
        while (found != null && found.quota != quota) {
            found = found.delegate().ability(QuotaEndpoint.class);
        }
        return found;
    }

    /** The members, if this is an epoll set of ours; otherwise null. */
    EpollMembers members() {
        return members;
    }

    /** The bytes that it moves. */
    Transfers transfers() {
        return transfers;
    }

    @Override
    public <A> A ability(Class<A> type) {
        return type == PacedEndpoint.class ? type.cast(this) : super.ability(type);
    }

    // Pace

    @Override
    public long heldBack() {
        return transfers.heldBack() + super.heldBack();
    }

    /** The nanoseconds until this may receive, or accept a connection; 0 for now. */
    long pauseIn() {
        if (!transfers.kind().isOfNetwork()) {
            return 0;
        }
        if (listens) {
            return quota.connectionRate() == null ? 0 : quota.connectionRate().untilOne();
        }
        return transfers.pauseIn();
    }

    /** The nanoseconds until this may send, or its attempt to connect may begin; 0 for now. */
    long pauseOut() {
        return transfers.kind().isOfNetwork() ? transfers.pauseOut() : 0;
    }

    // Connections

    @Override
    public void listen(int backlog) throws StackException {
        super.listen(backlog);
        listens = true;
    }

    @Override
    public int connect(SocketAddress remote) {
        boolean counts = transfers.kind().isOfNetwork() && transfers.kind().hasConnections();
        return counts ? connecting.connect(remote) : super.connect(remote);
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        boolean counts = transfers.kind().isOfNetwork();
        if (counts && quota.connectionRate() != null && quota.connectionRate().free() <= 0) {
            return transfers.hold();
        }
        BufferClaim inherited = buffers.inherited();
        if (inherited == null) {
            return -BufferClaim.shortage(quota);
        }
        Slot taken = Slot.take(quota, inherited);
        if (taken == null) {
            inherited.drop();
            return -Slot.shortage(quota);
        }
        if (counts && !quota.connections().take(1)) {
            taken.undo();
            return ConnectTurn.refuse(quota);
        }
        int result = super.accept(accepted);
        if (result >= 0) {
            if (counts && quota.connectionRate() != null) {
                quota.connectionRate().take(1);
            }
            accepted.set(socket(accepted.endpoint(), quota, transfers.kind(), taken), accepted.peer());
            return result;
        }
        taken.undo();
        if (counts) {
            quota.connections().giveBack(1);
        }
        return result;
    }

    // Bytes

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        return (int) transfers.out(count, flags, most -> super.send(from, at, most, flags));
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        return (int) transfers.out(count, flags, most -> super.sendTo(from, at, most, flags, to));
    }

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        return (int) transfers.in(count, flags, most -> super.recv(into, at, most, flags));
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        return (int) transfers.in(count, flags, most -> super.recvFrom(into, at, most, flags, from));
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        return (int) transfers.out(message.count(), flags, most -> super.sendMessage(
                most == message.count()
                        ? message
                        : new OutgoingMessage(message.data(), message.at(), most, message.control(), message.to()),
                flags));
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        int received = (int) transfers.in(message.count(), flags, most -> receive(message, most, flags));
        if (received >= 0 && !message.control().isEmpty()) {
            ReceivedRights.takeIn(message, quota);
        }
        return received;
    }

    private int receive(IncomingMessage message, int most, int flags) {
        if (most == message.count()) {
            return super.receiveMessage(message, flags);
        }
        IncomingMessage part = new IncomingMessage(message.into(), message.at(), most, message.controlCapacity());
        int received = super.receiveMessage(part, flags);
        if (received >= 0) {
            message.set(part.flags(), part.control(), part.controlDamaged(), part.from());
        }
        return received;
    }

    // As a file

    @Override
    public int read(byte[] into, int at, int count) {
        return (int) transfers.in(count, 0, most -> super.read(into, at, most));
    }

    @Override
    public int write(byte[] from, int at, int count) {
        return (int) transfers.out(count, 0, most -> super.write(from, at, most));
    }

    private static int atMost(long count) {
        return Math.clamp(count, 0, Integer.MAX_VALUE);
    }

    @Override
    public long sendFile(Endpoint from, long offset, long count) {
        return transfers.out(atMost(count), 0, most -> super.sendFile(from, offset, most));
    }

    @Override
    public long splice(long offset, Endpoint to, long toOffset, long count, int flags) {
        QuotaEndpoint target = of(to, quota);
        Transfers.Transfer leave = most -> super.splice(offset, to, toOffset, most, flags);
        Transfers.Transfer arrive = target == null ? leave : most -> target.transfers.out(most, 0, leave);
        return transfers.in(atMost(count), 0, arrive);
    }

    // Descriptors

    @Override
    public Endpoint duplicate(int lowest, boolean inheritable) throws StackException {
        if (members != null) {
            return set(super.duplicate(lowest, inheritable), quota, members);
        }
        if (transfers.kind() == Kind.FILE) {
            return other(super.duplicate(lowest, inheritable), quota);
        }
        Slot taken = Slot.require(quota, buffers);
        Endpoint copy = null;
        try {
            copy = super.duplicate(lowest, inheritable);
        } finally {
            if (copy == null) {
                taken.undo();
            }
        }
        QuotaEndpoint made = socket(copy, quota, transfers.kind(), taken);
        made.listens = listens;
        return made;
    }

    @Override
    public Endpoint getDescriptorOption(int level, int name) throws StackException {
        return other(super.getDescriptorOption(level, name), quota);
    }

    @Override
    public void close() throws StackException {
        try {
            super.close();
        } finally {
            if (slot != null) {
                slot.giveBack();
            }
        }
    }

    // Options

    @Override
    public int getOption(int level, int name) throws StackException {
        if (level != SOL_SOCKET || name != SO_ERROR) {
            return super.getOption(level, name);
        }
        int own = connecting.takeError();
        int error = own != 0 ? own : super.getOption(level, name);
        connecting.noteError(error);
        return error;
    }

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        if (level == SOL_SOCKET && name == SO_ERROR && value.length >= Integer.BYTES) {
            ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).putInt(getOption(level, name));
            return Integer.BYTES;
        }
        return super.getOption(level, name, value);
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        set(level, name, BufferClaim.size(value), () -> super.setOption(level, name, value));
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        set(level, name, value, () -> super.setOption(level, name, value));
    }

    private void set(int level, int name, long value, BufferClaim.Setting setting) throws StackException {
        if (slot == null) {
            setting.set();
        } else {
            buffers.set(level, name, value, setting);
        }
    }

    @Override
    public String toString() {
        return "QuotaEndpoint[" + delegate() + "]";
    }
}
