package io.github.pysockets.faults;

import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.FileIdentity;
import io.github.pysockets.stack.DescriptorStatus;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/** An endpoint whose planned calls go wrong. */
final class FaultyEndpoint extends ForwardingEndpoint {
    private final Faults faults;

    FaultyEndpoint(Endpoint delegate, Faults faults) {
        super(delegate, made -> {
            faults.opened(((DescriptorEndpoint) made).descriptor());
            return new FaultyEndpoint(made, faults);
        });
        this.faults = faults;
    }

    /** Throws where a fault means that; a fault of another kind cannot be had by a call of this kind. */
    static void fail(Fault fault) throws StackException {
        if (fault instanceof Fault.Fails fails) {
            throw new StackException(fails.errno());
        }
    }

    private Fault next(String call) {
        faults.uses(call, descriptor());
        return faults.next(call);
    }

    private void before(String call) throws StackException {
        fail(next(call));
    }

    // Connections

    @Override
    public void bind(SocketAddress local) throws StackException {
        before("bind");
        super.bind(local);
    }

    @Override
    public void listen(int backlog) throws StackException {
        before("listen");
        super.listen(backlog);
    }

    @Override
    public int connect(SocketAddress remote) {
        return next("connect") instanceof Fault.Fails fails ? -fails.errno() : super.connect(remote);
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        return next("accept") instanceof Fault.Fails fails ? -fails.errno() : super.accept(accepted);
    }

    // Data

    @FunctionalInterface
    private interface Move {
        long upTo(int count);
    }

    private long move(String call, int count, Move move) {
        return switch (next(call)) {
            case Fault.Fails fails -> -fails.errno();
            case Fault.Short less -> move.upTo(count == 0 ? 0 : Math.max(1, count / less.divisor()));
            case null, default -> move.upTo(count);
        };
    }

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        return (int) move("send", count, most -> super.send(from, at, most, flags));
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        return (int) move("sendTo", count, most -> super.sendTo(from, at, most, flags, to));
    }

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        return (int) move("recv", count, most -> super.recv(into, at, most, flags));
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        return (int) move("recvFrom", count, most -> super.recvFrom(into, at, most, flags, from));
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        return (int) move("sendMessage", message.count(), most -> super.sendMessage(
                new OutgoingMessage(message.data(), message.at(), most, message.control(), message.to()), flags));
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        return (int) move("receiveMessage", message.count(), most -> {
            IncomingMessage part =
                    new IncomingMessage(message.into(), message.at(), most, message.controlCapacity());
            int received = super.receiveMessage(part, flags);
            if (received >= 0) {
                message.set(part.flags(), part.control(), part.controlDamaged(), part.from());
            }
            return received;
        });
    }

    @Override
    public long sendFile(Endpoint from, long offset, long count) {
        return move("sendFile", (int) count, most -> super.sendFile(from, offset, most));
    }

    @Override
    public int read(byte[] into, int at, int count) {
        return (int) move("read", count, most -> super.read(into, at, most));
    }

    @Override
    public int write(byte[] from, int at, int count) {
        return (int) move("write", count, most -> super.write(from, at, most));
    }

    // Options and addresses

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        before("getOption");
        return super.getOption(level, name, value);
    }

    @Override
    public int getOption(int level, int name) throws StackException {
        before("getOption");
        return super.getOption(level, name);
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        before("setOption");
        super.setOption(level, name, value);
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        before("setOption");
        super.setOption(level, name, value);
    }

    @Override
    public void shutdown(int how) throws StackException {
        before("shutdown");
        super.shutdown(how);
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        before("localAddress");
        return super.localAddress();
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        before("peerAddress");
        return super.peerAddress();
    }

    // The descriptor

    @Override
    public void setNonBlocking(boolean on) throws StackException {
        before("setNonBlocking");
        super.setNonBlocking(on);
    }

    @Override
    public boolean isNonBlocking() throws StackException {
        before("isNonBlocking");
        return super.isNonBlocking();
    }

    @Override
    public boolean isInheritable() throws StackException {
        before("isInheritable");
        return super.isInheritable();
    }

    @Override
    public void setInheritable(boolean on) throws StackException {
        before("setInheritable");
        super.setInheritable(on);
    }

    @Override
    public int fcntl(int command, long argument) throws StackException {
        before("fcntl");
        return super.fcntl(command, argument);
    }

    @Override
    public int fcntl(int command, byte[] argument) throws StackException {
        before("fcntl");
        return super.fcntl(command, argument);
    }

    @Override
    public int ioctl(long request, long argument) throws StackException {
        before("ioctl");
        return super.ioctl(request, argument);
    }

    @Override
    public int ioctl(long request, byte[] argument) throws StackException {
        before("ioctl");
        return super.ioctl(request, argument);
    }

    @Override
    public DescriptorStatus status() throws StackException {
        before("status");
        return super.status();
    }

    @Override
    public FileIdentity identity() throws StackException {
        before("identity");
        return super.identity();
    }

    @Override
    public Endpoint duplicate(int lowest, boolean inheritable) throws StackException {
        before("duplicate");
        return super.duplicate(lowest, inheritable);
    }

    @Override
    public Endpoint getDescriptorOption(int level, int name) throws StackException {
        before("getOption");
        return super.getDescriptorOption(level, name);
    }

    @Override
    public void close() throws StackException {
        Fault fault = faults.next("close");
        faults.closes(descriptor());
        super.close();
        if (fault instanceof Fault.FailsAfterwards fails) {
            throw new StackException(fails.errno());
        }
    }
}
