package io.github.pysockets.virtual;

import static io.github.pysockets.virtual.TcpSegment.ACK;
import static io.github.pysockets.virtual.TcpSegment.FIN;
import static io.github.pysockets.virtual.TcpSegment.NO_DATA;
import static io.github.pysockets.virtual.TcpSegment.PSH;
import static io.github.pysockets.virtual.TcpSegment.RST;
import static io.github.pysockets.virtual.TcpSegment.SYN;
import static io.github.pysockets.virtual.TcpSegment.URG;

import io.github.pysockets.abi.Errno;
import java.util.concurrent.TimeUnit;

/**
 * One end of a TCP connection: RFC 9293, with the congestion control of RFC 5681 and Linux's timeouts. A segment goes
 * out as soon as it may, and each that brings something is acknowledged at once. There is no TIME-WAIT: a connection is
 * forgotten once both ends are.
 */
final class TcpConnection {
    enum State {
        SYN_SENT, SYN_RECEIVED,
        /** From ESTABLISHED on, with any of the two directions at its end. */
        OPEN, CLOSED
    }

    private static final int MTU = 1_500;
    private static final int LOOPBACK_MTU = 65_536;
    private static final int FIRST_SEGMENTS = 10;
    /** As far as the urgent pointer of a segment reaches. */
    private static final int MOST_URGENT = 0xFFFF;
    private static final int DUPLICATES = 3;
    /** tcp_synack_retries. */
    private static final int SYNACK_RETRIES = 5;
    /** What tcp_retries2 amounts to. */
    private static final long LONGEST_SILENCE = TimeUnit.MILLISECONDS.toNanos(924_600);
    /** What tcp_orphan_retries amounts to: nobody waits for what is left. */
    private static final long LONGEST_SILENCE_OF_ORPHAN = TimeUnit.MILLISECONDS.toNanos(102_200);
    /** tcp_fin_timeout. */
    private static final long LONGEST_HALF_CLOSE_OF_ORPHAN = TimeUnit.SECONDS.toNanos(60);

    private final Node node;
    private final World world;
    private final Node peer;
    private final TcpPath path;
    private final int segmentSize;

    private State state;
    /** Null while a listener has it, and once it was closed. */
    private TcpSocket owner;
    /** Whose connection this becomes; null where this end has asked for it. */
    private final TcpSocket listener;
    private StreamFault fault;

    private final TcpReceiver receiver = new TcpReceiver();

    // What was sent. Names in comments are RFC 9293's.
    private final ByteQueue out = new ByteQueue();
    /** SND.UNA. */
    private long unacknowledged;
    /** SND.NXT. */
    private long next;
    /** The highest number that was ever sent. */
    private long sent;
    /** The number of the first byte in {@link #out}. */
    private long outStart = 1;
    private boolean isFinQueued;
    /** SND.UP: the number after that of the last urgent byte; 0 where there is none. */
    private long urgentEnd;
    /** SND.UNA + SND.WND. */
    private long edge;
    private long congestionWindow;
    private long threshold = Long.MAX_VALUE;
    private int duplicates;
    /** Where the recovery from a loss ends; 0 while there is none. */
    private long recovery;
    /** The number up to which a fault lets bytes pass. */
    private long barrier = Long.MAX_VALUE;

    private final RoundTrip roundTrip = new RoundTrip();
    /** The number whose acknowledgment is timed; negative for none. */
    private long timed = -1;
    private long timedAt;
    private int retries;
    private long silentSince;

    private final Event timer = new Event() {
        @Override
        void fire() {
            timeOut();
        }
    };
    private final KeepAlive keepAlive = new KeepAlive(this);

    private TcpConnection(Node node, Node peer, TcpPath path, State state, TcpSocket owner, TcpSocket listener) {
        this.node = node;
        world = node.world();
        this.peer = peer;
        this.path = path;
        this.state = state;
        this.owner = owner;
        this.listener = listener;
        int header = (path.remote().address().isFour() ? Frame.IPV4_HEADER : Frame.IPV6_HEADER) + TcpSegment.HEADER;
        segmentSize = (peer == node ? LOOPBACK_MTU : MTU) - header;
        congestionWindow = peer == node ? Long.MAX_VALUE / 2 : (long) FIRST_SEGMENTS * segmentSize;
        node.add(this);
    }

    /** Asks for a connection. */
    static TcpConnection ask(TcpSocket owner, Node peer, TcpPath path) {
        TcpConnection connection = new TcpConnection(owner.node, peer, path, State.SYN_SENT, owner, null);
        connection.sendSyn();
        return connection;
    }

    /** Answers one who asks for a connection. */
    static TcpConnection answer(TcpSocket listener, TcpSegment first, StreamFault fault) {
        TcpConnection connection = new TcpConnection(
                listener.node, first.from, new TcpPath(first.destination, first.source), State.SYN_RECEIVED, null,
                listener);
        connection.receiver.begin(first.sequence);
        connection.suffer(fault);
        connection.edge = first.window;
        connection.sendSyn();
        return connection;
    }

    TcpPath path() {
        return path;
    }

    World world() {
        return world;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isConnecting() {
        return state == State.SYN_SENT || state == State.SYN_RECEIVED;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    // The owner

    void become(TcpSocket newOwner) {
        owner = newOwner;
    }

    int available() {
        return receiver.available(readsUrgentInline());
    }

    private boolean readsUrgentInline() {
        return owner != null && owner.readsUrgentInline();
    }

    /** Where the peer's urgent data is. */
    UrgentMark urgent() {
        return receiver.urgent();
    }

    boolean isOver() {
        return receiver.isOver();
    }

    int read(byte[] into, int at, int count, boolean discards, boolean peeks) {
        int length = receiver.read(into, at, count, discards, peeks, readsUrgentInline());
        if (state == State.OPEN && !peeks && receiver.hasNews(receiveBuffer(), segmentSize)) {
            acknowledge();
        }
        return length;
    }

    /** How many bytes may be added to those that are to be sent. */
    int room() {
        return Math.max(0, sendBuffer() - out.size());
    }

    /** Linux says so only once a third of the buffer is free. */
    boolean isWritable() {
        return 2L * room() >= out.size();
    }

    /** @param isUrgent whether the last byte is urgent */
    void write(byte[] from, int at, int count, boolean isUrgent) {
        out.add(from, at, count);
        if (isUrgent && count > 0) {
            urgentEnd = dataEnd();
        }
        transmit();
    }

    /** Nothing more will be written. */
    void finish() {
        if (!isFinQueued && state != State.CLOSED) {
            isFinQueued = true;
            transmit();
        }
    }

    /** The owner is closed. What it has written is still sent. */
    void abandon(boolean resets) {
        TcpSocket former = owner;
        owner = null;
        if (state != State.OPEN || resets || receiver.hasUnread()) {
            if (state == State.OPEN) {
                sendReset();
            }
            end();
            return;
        }
        orphanBuffers(former);
        keepAlive.stop();
        finish();
        if (state == State.OPEN && isFinAcknowledged()) {
            awaitLastFin();
        }
    }

    private int sendBufferOfOrphan;
    private int receiveBufferOfOrphan;

    private void orphanBuffers(TcpSocket former) {
        sendBufferOfOrphan = former.options.sendBuffer();
        receiveBufferOfOrphan = former.options.receiveBuffer();
    }

    private int sendBuffer() {
        return owner == null ? sendBufferOfOrphan : owner.options.sendBuffer();
    }

    private int receiveBuffer() {
        TcpSocket of = owner == null ? listener : owner;
        return of == null || state == State.OPEN && owner == null ? receiveBufferOfOrphan : of.options.receiveBuffer();
    }

    /** Throws the connection away, and tells the peer. */
    void reset() {
        if (state == State.OPEN || state == State.SYN_RECEIVED) {
            sendReset();
        }
        end();
    }

    void keepAliveChanged() {
        if (state == State.OPEN && owner != null) {
            keepAlive.start(owner.options);
        }
    }

    /** Whether something that was sent is not acknowledged. */
    boolean isBusy() {
        return sent > unacknowledged;
    }

    /** The peer has not answered any probe. */
    void isSilent() {
        sendReset();
        fail(Errno.ETIMEDOUT);
    }

    // Out

    private void send(int flags, long sequence, byte[] data) {
        int window = receiver.window(receiveBuffer());
        long urgent = urgentEnd - sequence;
        boolean isUrgent = urgent > 0 && urgent <= MOST_URGENT && (flags & (SYN | RST)) == 0;
        node.transmit(new TcpSegment(node, peer, path, flags | (isUrgent ? URG : 0), sequence,
                (flags & ACK) == 0 ? 0 : receiver.next(), window, isUrgent ? urgentEnd : 0, data));
    }

    private void sendSyn() {
        send(state == State.SYN_SENT ? SYN : SYN | ACK, 0, NO_DATA);
        next = 1;
        sent = 1;
        if (retries == 0) {
            timed = 0;
            timedAt = world.now();
        }
        world.schedule(timer, roundTrip.timeout());
    }

    private void acknowledge() {
        send(ACK, sent, NO_DATA);
    }

    private void sendReset() {
        send(RST | ACK, sent, NO_DATA);
    }

    /** Asks for an acknowledgment, by a number that the peer has had before. */
    void probe() {
        send(ACK, unacknowledged - 1, NO_DATA);
    }

    private long dataEnd() {
        return outStart + out.size();
    }

    private boolean isFinAcknowledged() {
        return isFinQueued && unacknowledged > dataEnd();
    }

    /** Sends what the windows allow. */
    private void transmit() {
        if (state != State.OPEN) {
            return;
        }
        while (transmitOne()) {
            // The next one.
        }
        rearm();
    }

    private boolean transmitOne() {
        long left = dataEnd() - next;
        long allowed = Math.min(Math.min(edge, unacknowledged + congestionWindow), barrier) - next;
        int length = (int) Math.min(Math.min(left, allowed), segmentSize);
        boolean isHeldByWindow = length < left && length < segmentSize && next + length < barrier;
        if (length > 0 && isHeldByWindow && next > unacknowledged) {
            // A small segment only where nothing else brings an acknowledgment: RFC 9293, section 3.8.6.2.1.
            return false;
        }
        boolean isLast = isFinQueued && left == Math.max(0, length) && next + left < barrier;
        if (length <= 0 && !isLast) {
            return false;
        }
        byte[] data = length <= 0 ? NO_DATA : new byte[length];
        out.copy((int) (next - outStart), data, 0, data.length);
        if (timed < 0 && next == sent) {
            timed = next;
            timedAt = world.now();
        }
        send(ACK | (data.length > 0 ? PSH : 0) | (isLast ? FIN : 0), next, data);
        next += data.length + (isLast ? 1 : 0);
        sent = Math.max(sent, next);
        return !isLast;
    }

    /** Repeats the first segment that was not acknowledged. */
    private void repeatFirst() {
        int length = (int) Math.min(Math.min(dataEnd(), barrier) - unacknowledged, segmentSize);
        boolean isLast = isFinQueued && unacknowledged + Math.max(0, length) == dataEnd() && sent > dataEnd();
        byte[] data = length <= 0 ? NO_DATA : new byte[length];
        out.copy((int) (unacknowledged - outStart), data, 0, data.length);
        timed = -1;
        send(ACK | PSH | (isLast ? FIN : 0), unacknowledged, data);
    }

    // Time

    private void rearm() {
        boolean awaits = sent > unacknowledged;
        boolean isShutOut = !awaits && next >= edge && (dataEnd() > next || isFinQueued && next == dataEnd())
                && next < barrier;
        if (!awaits && !isShutOut) {
            silentSince = 0;
            if (owner != null || !isFinAcknowledged()) {
                world.cancel(timer);
            }
        } else if (!timer.isPending()) {
            if (retries == 0) {
                silentSince = world.now();
            }
            world.schedule(timer, roundTrip.timeout());
        }
    }

    private void restartTimer() {
        world.cancel(timer);
        retries = 0;
        rearm();
    }

    private void timeOut() {
        switch (state) {
            case SYN_SENT -> retrySyn(owner.synRetries());
            case SYN_RECEIVED -> retrySyn(owner == null ? SYNACK_RETRIES : owner.synRetries());
            case OPEN -> retransmit();
            case CLOSED -> throw new IllegalStateException("a closed connection has no timer");
        }
    }

    private void retrySyn(int most) {
        if (retries >= most) {
            fail(Errno.ETIMEDOUT);
            return;
        }
        retries++;
        timed = -1;
        roundTrip.backOff();
        sendSyn();
    }

    private void retransmit() {
        if (owner == null && isFinAcknowledged()) {
            end();
            return;
        }
        if (world.now() - silentSince >= longestSilence()) {
            fail(Errno.ETIMEDOUT);
            return;
        }
        retries++;
        timed = -1;
        roundTrip.backOff();
        if (sent > unacknowledged) {
            threshold = Math.max((sent - unacknowledged) / 2, 2L * segmentSize);
            congestionWindow = segmentSize;
            recovery = 0;
            duplicates = 0;
            next = unacknowledged;
            if (edge > next) {
                transmit();
            }
        }
        if (next == unacknowledged) {
            // Nothing may be sent: the peer's window is closed. Whether it still is, only the peer can tell.
            probe();
        }
        if (!timer.isPending() && state == State.OPEN) {
            world.schedule(timer, roundTrip.timeout());
        }
    }

    private long longestSilence() {
        if (owner == null) {
            return LONGEST_SILENCE_OF_ORPHAN;
        }
        long chosen = owner.userTimeout();
        return chosen == 0 ? LONGEST_SILENCE : chosen;
    }

    // In

    void receive(TcpSegment segment) {
        keepAlive.heard();
        if (segment.has(RST)) {
            resetCame(segment);
            return;
        }
        switch (state) {
            case SYN_SENT -> answerCame(segment);
            case SYN_RECEIVED -> {
                if (segment.isFirst()) {
                    sendSyn();
                } else if (segment.has(ACK) && segment.acknowledgment == 1 && open()) {
                    process(segment);
                }
            }
            case OPEN -> {
                if (segment.has(SYN)) {
                    acknowledge();
                } else {
                    process(segment);
                }
            }
            case CLOSED -> throw new IllegalStateException("a closed connection receives nothing");
        }
    }

    private void resetCame(TcpSegment segment) {
        switch (state) {
            case SYN_SENT -> {
                if (segment.acknowledgment == 1) {
                    fail(segment.has(TcpSegment.UNREACHABLE) ? Errno.EHOSTUNREACH : Errno.ECONNREFUSED);
                }
            }
            case SYN_RECEIVED -> fail(Errno.ECONNREFUSED);
            default -> {
                if (isFinQueued && receiver.isOver()) {
                    // The peer has all it wants, and has forgotten the connection.
                    fail(0);
                } else {
                    fail(receiver.isOver() ? Errno.EPIPE : Errno.ECONNRESET);
                }
            }
        }
    }

    private void answerCame(TcpSegment segment) {
        if (segment.has(ACK) && segment.acknowledgment != 1) {
            node.transmit(segment.answer(RST));
        } else if (segment.has(SYN)) {
            receiver.begin(segment.sequence);
            edge = segment.acknowledgment + segment.window;
            if (segment.has(ACK)) {
                if (open()) {
                    acknowledge();
                }
            } else {
                // Both ends have asked: RFC 9293, section 3.5.
                state = State.SYN_RECEIVED;
                sendSyn();
            }
        }
    }

    /** The handshake is over. False where the listener has no room. */
    private boolean open() {
        if (listener != null && !listener.admit(this)) {
            return false;
        }
        state = State.OPEN;
        unacknowledged = 1;
        if (timed == 0) {
            roundTrip.measured(world.now() - timedAt);
        } else {
            roundTrip.reset();
        }
        timed = -1;
        restartTimer();
        keepAliveChanged();
        owner.changed();
        checkFault();
        return state == State.OPEN;
    }

    private void process(TcpSegment segment) {
        if (segment.acknowledgment > sent) {
            acknowledge();
            return;
        }
        acknowledged(segment);
        if (state != State.OPEN) {
            return;
        }
        if (segment.has(URG)) {
            receiver.noticeUrgent(segment, readsUrgentInline());
        }
        boolean bringsSomething = segment.data.length > 0 || segment.has(FIN);
        if (bringsSomething && owner == null && segment.sequence + segment.data.length > receiver.next()) {
            // Nobody will read it.
            sendReset();
            end();
            return;
        }
        if (bringsSomething) {
            take(segment);
        } else if (segment.sequence < receiver.next()) {
            acknowledge();
        }
        finishIfOver();
        checkFault();
    }

    private void take(TcpSegment segment) {
        boolean isNews = receiver.take(segment);
        acknowledge();
        if (isNews && owner != null) {
            owner.changed();
        }
    }

    private void acknowledged(TcpSegment segment) {
        long number = segment.acknowledgment;
        if (number < unacknowledged) {
            return;
        }
        long newEdge = number + segment.window;
        boolean isDuplicate = number == unacknowledged && sent > unacknowledged && segment.data.length == 0
                && newEdge == edge && !segment.has(FIN);
        edge = newEdge;
        if (number > unacknowledged) {
            advance(number);
        } else if (isDuplicate) {
            duplicate();
        } else if (retries > 0 && sent == unacknowledged) {
            // The answer to a probe.
            silentSince = world.now();
        }
        transmit();
    }

    private void advance(long number) {
        if (timed >= 0 && number > timed) {
            roundTrip.measured(world.now() - timedAt);
            timed = -1;
        } else {
            roundTrip.reset();
        }
        long newBytes = number - unacknowledged;
        int dropped = (int) (Math.min(number, dataEnd()) - outStart);
        out.skip(dropped);
        outStart += dropped;
        unacknowledged = number;
        next = Math.max(next, number);
        duplicates = 0;
        if (recovery > number) {
            // Another one was lost: RFC 6582.
            repeatFirst();
        } else {
            if (recovery > 0) {
                congestionWindow = threshold;
                recovery = 0;
            }
            congestionWindow += congestionWindow < threshold
                    ? Math.min(newBytes, segmentSize)
                    : Math.max(1, (long) segmentSize * segmentSize / congestionWindow);
        }
        restartTimer();
        if (owner == null && isFinAcknowledged()) {
            awaitLastFin();
        }
        if (dropped > 0 && owner != null) {
            owner.changed();
        }
    }

    private void duplicate() {
        duplicates++;
        if (recovery > 0) {
            congestionWindow += segmentSize;
        } else if (duplicates == DUPLICATES) {
            recovery = sent;
            threshold = Math.max((sent - unacknowledged) / 2, 2L * segmentSize);
            congestionWindow = threshold + (long) DUPLICATES * segmentSize;
            repeatFirst();
        }
    }

    // Faults

    private void suffer(StreamFault newFault) {
        fault = newFault;
        if (fault != null && fault.ofSent()) {
            barrier = fault.at() + 1;
        } else if (fault != null) {
            receiver.limit(fault.at());
        }
    }

    /** Lets a fault strike once its byte is reached. */
    private void checkFault() {
        boolean isReached = fault != null && state == State.OPEN
                && (fault.ofSent() ? unacknowledged >= barrier : receiver.isAtLimit());
        if (!isReached) {
            return;
        }
        StreamFault struck = fault;
        fault = null;
        if (struck.resets()) {
            sendReset();
            fail(Errno.ECONNRESET);
        } else if (struck.stallNanos() != StreamFault.FOREVER) {
            world.schedule(new Event() {
                @Override
                void fire() {
                    goOn();
                }
            }, struck.stallNanos());
        }
    }

    private void goOn() {
        barrier = Long.MAX_VALUE;
        receiver.endLimit();
        if (state == State.OPEN) {
            acknowledge();
            transmit();
        }
    }

    // The end

    private void awaitLastFin() {
        world.schedule(timer, LONGEST_HALF_CLOSE_OF_ORPHAN);
    }

    private void finishIfOver() {
        if (state == State.OPEN && isFinAcknowledged() && receiver.isOver()) {
            fail(0);
        }
    }

    /** The connection is over, for a reason that the owner is told. */
    void fail(int errno) {
        TcpSocket told = owner;
        boolean wasAsked = listener != null && state == State.SYN_RECEIVED;
        end();
        if (wasAsked) {
            listener.dropped(this);
        } else if (told != null) {
            told.connectionEnded(errno);
        }
    }

    private void end() {
        state = State.CLOSED;
        world.cancel(timer);
        keepAlive.stop();
        node.remove(this);
        out.clear();
        if (owner == null) {
            receiver.clear();
        }
    }
}
