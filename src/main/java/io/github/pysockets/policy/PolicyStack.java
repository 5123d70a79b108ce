package io.github.pysockets.policy;

import io.github.pysockets.abi.SocketTypes;
import io.github.pysockets.stack.DescriptorStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.ProcessCall;
import io.github.pysockets.stack.ServerNameStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.SpawnRequest;
import io.github.pysockets.stack.StackException;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A stack that does what a policy allows, of what another one can do. What it refuses fails with EACCES. It belongs to
 * one script: it keeps what the name service has told that one.
 */
public final class PolicyStack extends ForwardingStack {
    private final Referee referee;

    /**
     * @param delegate the stack that does the work
     * @param onRefusal called on the script's thread for each thing that is refused. What it throws is logged, once
     */
    public PolicyStack(SocketStack delegate, NetworkPolicy policy, Consumer<Refused> onRefusal) {
        super(delegate);
        referee = new Referee(Objects.requireNonNull(policy, "policy"), Objects.requireNonNull(onRefusal, "onRefusal"));
    }

    Referee referee() {
        return referee;
    }

    @Override
    public <A> A ability(Class<A> type) {
        return type == ServerNameStack.class ? type.cast(this) : super.ability(type);
    }

    @Override
    public int checkServerName(Endpoint endpoint, String name) {
        if (endpoint == null) {
            return referee.serverName(name);
        }
        PolicyEndpoint own = endpoint.ability(PolicyEndpoint.class);
        return own == null ? 0 : own.checkServerName(name);
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        Referee.require(referee.socket(family, SocketTypes.withoutFlags(type), protocol));
        return super.socket(family, type, protocol);
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        Referee.require(referee.socket(family, SocketTypes.withoutFlags(type), protocol));
        return super.socketpair(family, type, protocol);
    }

    /** {@inheritDoc} It may be a socket that somebody else has connected. */
    @Override
    public Endpoint endpoint(int descriptor) {
        DescriptorStack descriptors = delegate().ability(DescriptorStack.class);
        return descriptors == null
                ? super.endpoint(descriptor)
                : new StrangerEndpoint(descriptors.endpoint(descriptor), this);
    }

    @Override
    public void setHostName(byte[] name) throws StackException {
        Referee.require(referee.option("sethostname"));
        super.setHostName(name);
    }

    @Override
    public int call(ProcessCall call, long a, long b, long c, byte[] buffer) {
        // Addresses and paths mean something else there.
        boolean isElsewhere =
                call == ProcessCall.SETNS || call == ProcessCall.UNSHARE || call == ProcessCall.CHROOT;
        int checked = isElsewhere ? referee.process("another namespace") : 0;
        return checked < 0 ? checked : super.call(call, a, b, c, buffer);
    }

    @Override
    public int spawn(SpawnRequest request) {
        int checked = referee.process("a process");
        return checked < 0 ? checked : super.spawn(request);
    }

    @Override
    public int execute(byte[] path, byte[] arguments, byte[] environment) {
        int checked = referee.process("a process");
        return checked < 0 ? checked : super.execute(path, arguments, environment);
    }

    @Override
    protected Endpoint wrap(Endpoint endpoint) {
        return new PolicyEndpoint(endpoint, this);
    }

    @Override
    protected NameService wrap(NameService names) {
        return new PolicyNames(names, referee);
    }
}
