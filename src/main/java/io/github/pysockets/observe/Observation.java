package io.github.pysockets.observe;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_DOMAIN;
import static io.github.pysockets.abi.SocketOptions.SO_TYPE;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.SocketTypes;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** What one {@link ObservedStack} sees: counts it, records it, and tells the listener. */
final class Observation {
    private static final System.Logger LOG = System.getLogger("io.github.pysockets");

    private static final String ABANDONED = "closed before there was an outcome";

    private final SocketStack stack;
    private final String label;
    /** Null for none. */
    private final SocketListener listener;
    private final Ledger ledger = new Ledger();
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private final UnaryOperator<Endpoint> received = this::received;

    /** @param listener null for none */
    Observation(SocketStack stack, String label, SocketListener listener) {
        this.stack = stack;
        this.label = Objects.requireNonNull(label, "label");
        this.listener = listener;
        initializeClasses();
    }

    /**
     * Initializes what scripts' calls need. A class whose initialization fails, as where a recursion has used up the
     * stack, can never be used afterwards.
     */
    private void initializeClasses() {
        FlightEvents.prepare();
        CoarseClock.now();
        new SocketRecord(null, ledger.dropped(), false).state(SocketText.family(0));
    }

    SocketStatistics statistics() {
        return ledger.statistics(label);
    }

    /** What the listener is told of something. */
    @FunctionalInterface
    private interface Message {
        void tell(SocketListener listener);
    }

    private void tell(Message message) {
        try {
            message.tell(listener);
        } catch (Throwable failure) {
            // The call goes on. It may have made a descriptor, which nobody else knows yet.
            log(failure);
        }
    }

    private void log(Throwable failure) {
        if (!hasFailed.compareAndSet(false, true)) {
            return;
        }
        try {
            LOG.log(System.Logger.Level.ERROR, "a SocketListener failed; what it throws from now on is not told",
                    failure);
        } catch (Throwable untold) {
            return;
        }
    }

    // Sockets

    /**
     * Observes an endpoint that has just been made, and is a socket. Closes it where that fails.
     *
     * @param type the socket type, with or without flags
     */
    Endpoint opened(Endpoint made, int family, int type) {
        return observed(made, family, type, null, false);
    }

    Endpoint accepted(Endpoint made, SocketAddress peer, SocketRecord listening) {
        return observed(made, listening.family(), listening.type(), peer, true);
    }

    private Endpoint observed(Endpoint made, int family, int type, SocketAddress peer, boolean isAccepted) {
        ObservedEndpoint observed = null;
        try {
            OpenDescriptors descriptors = new OpenDescriptors(made);
            SocketRecord socket = new SocketRecord(descriptors, ledger.dropped(), isAccepted);
            socket.connectTo(peer);
            list(socket, family, type);
            observed = new ObservedEndpoint(made, this, socket, descriptors);
            return observed;
        } finally {
            if (observed == null) {
                closeUnseen(made);
            }
        }
    }

    /** Closes what the caller will never see. */
    static void closeUnseen(Endpoint endpoint) {
        try {
            endpoint.close();
        } catch (StackException closedAllTheSame) {
            return;
        }
    }

    private void list(SocketRecord socket, int family, int type) {
        if (!ledger.add(socket, family, SocketTypes.withoutFlags(type))) {
            return;
        }
        if (socket.isAccepted()) {
            FlightEvents.accept(label, socket);
        }
        if (listener != null) {
            SocketState state = socket.state(label);
            tell(socket.isAccepted() ? told -> told.accepted(state) : told -> told.opened(state));
        }
    }

    /** What wraps a descriptor that came with a message. */
    UnaryOperator<Endpoint> received() {
        return received;
    }

    private Endpoint received(Endpoint endpoint) {
        try {
            return opened(endpoint, endpoint.getOption(SOL_SOCKET, SO_DOMAIN), endpoint.getOption(SOL_SOCKET, SO_TYPE));
        } catch (StackException noSocket) {
            return unknown(endpoint);
        }
    }

    /** Observes what may be a socket, such as a descriptor from elsewhere. It counts once it is used as one. */
    Endpoint unknown(Endpoint endpoint) {
        OpenDescriptors descriptors = new OpenDescriptors(endpoint);
        SocketRecord socket = new SocketRecord(descriptors, ledger.dropped(), false);
        return new ObservedEndpoint(endpoint, this, socket, descriptors);
    }

    /** Takes in what turned out to be a socket. */
    void firstUse(SocketRecord socket, Endpoint endpoint) {
        int family = AddressFamilies.AF_UNSPEC;
        int type = 0;
        try {
            family = endpoint.getOption(SOL_SOCKET, SO_DOMAIN);
            type = endpoint.getOption(SOL_SOCKET, SO_TYPE);
            socket.connectTo(endpoint.peerAddress());
        } catch (StackException unconnected) {
            socket.connectTo(null);
        }
        list(socket, family, type);
    }

    /** The state to tell of when the socket is closed; null where nobody wants it. */
    SocketState lastState(SocketRecord socket) {
        boolean isWanted = listener != null || FlightEvents.wantsClose();
        return isWanted && socket.isListed() ? socket.state(label) : null;
    }

    void closed(SocketRecord socket, SocketState last) {
        ledger.remove(socket);
        if (last != null) {
            FlightEvents.close(last, Duration.ofNanos(socket.age()));
            if (listener != null) {
                tell(told -> told.closed(last));
            }
        }
    }

    // Connecting

    void connected(SocketRecord socket, ConnectAttempt attempt) {
        socket.connectTo(attempt.remote());
        ledger.addConnected(socket.family());
        if (attempt.event() != null) {
            FlightEvents.connect(attempt.event(), label, socket, SocketText.address(attempt.remote()), 0, null);
        }
        if (listener != null) {
            Duration took = Duration.ofNanos(attempt.nanos());
            SocketState state = socket.state(label);
            tell(told -> told.connected(state, took));
        }
    }

    /** @param errno 0 where the socket is being closed */
    void connectFailed(SocketRecord socket, ConnectAttempt attempt, int errno) {
        if (attempt.event() == null && listener == null) {
            return;
        }
        String target = SocketText.address(attempt.remote());
        String failure = errno == 0 ? ABANDONED : stack.errorText(errno);
        if (attempt.event() != null) {
            FlightEvents.connect(attempt.event(), label, socket, target, errno, failure);
        }
        if (listener != null) {
            Duration took = Duration.ofNanos(attempt.nanos());
            SocketState state = socket.state(label);
            tell(told -> told.connectFailed(state, target, failure, took));
        }
    }

    // Bytes

    /** @param begun not null */
    void transferred(Object begun, SocketRecord socket, SocketAddress other, long bytes) {
        FlightEvents.transfer(begun, label, socket, SocketText.address(other == null ? socket.peer() : other), bytes);
    }

    // Refusals

    /** Tells of a failed call, if it was refused. Returns whether it was. */
    boolean refused(String call, int family, SocketAddress target, int errno) {
        String reason = reason(errno);
        if (reason == null) {
            return false;
        }
        tellRefused(call, family, SocketText.address(target), errno, reason);
        return true;
    }

    /** As above, of a call that is about a name. */
    void refused(String call, int family, String target, int errno) {
        String reason = reason(errno);
        if (reason != null) {
            tellRefused(call, family, target, errno, reason);
        }
    }

    /** What the stack has said of a refusal; null where the failure is none. */
    private static String reason(int errno) {
        return switch (errno) {
            case Errno.EACCES, Errno.EMFILE, Errno.ENOBUFS, Errno.EDQUOT -> FailureText.peek(errno);
            default -> null;
        };
    }

    private void tellRefused(String call, int family, String target, int errno, String reason) {
        ledger.addRefused(family);
        RefusedCall refused = new RefusedCall(label, call, SocketText.family(family), target, errno, reason);
        FlightEvents.refused(refused);
        if (listener != null) {
            tell(told -> told.refused(refused));
            // A listener that used sockets itself may have changed it.
            FailureText.leave(errno, reason);
        }
    }

    // Names

    boolean wantsLookUps() {
        return listener != null;
    }

    void countLookUp(int family) {
        ledger.addLookUp(family);
    }

    /** @param begun from {@link FlightEvents#beginLookUp} */
    void lookedUp(Object begun, String call, String name, int family, int answers, String failure, long nanos) {
        HostLookUp lookUp = new HostLookUp(
                label, call, name, SocketText.family(family), answers, failure, Duration.ofNanos(nanos));
        if (begun != null) {
            FlightEvents.lookUp(begun, lookUp);
        }
        if (listener != null) {
            tell(told -> told.lookedUp(lookUp));
        }
    }
}
