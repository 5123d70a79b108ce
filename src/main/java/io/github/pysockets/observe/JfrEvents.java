package io.github.pysockets.observe;

import java.time.Duration;
import jdk.jfr.EventType;

/** Makes the events. {@link FlightEvents} calls it once the Flight Recorder runs, and says what goes in. */
final class JfrEvents {
    private static final EventType CONNECT = EventType.getEventType(ConnectEvent.class);
    private static final EventType READ = EventType.getEventType(ReadEvent.class);
    private static final EventType WRITE = EventType.getEventType(WriteEvent.class);
    private static final EventType CLOSE = EventType.getEventType(CloseEvent.class);
    private static final EventType LOOK_UP = EventType.getEventType(NameLookupEvent.class);

    private JfrEvents() {}

    static Object beginConnect() {
        return CONNECT.isEnabled() ? begun(new ConnectEvent()) : null;
    }

    static Object beginRead() {
        return READ.isEnabled() ? begun(new ReadEvent()) : null;
    }

    static Object beginWrite() {
        return WRITE.isEnabled() ? begun(new WriteEvent()) : null;
    }

    static Object beginLookUp() {
        return LOOK_UP.isEnabled() ? begun(new NameLookupEvent()) : null;
    }

    private static SocketEvent begun(SocketEvent event) {
        event.begin();
        return event;
    }

    static boolean wantsClose() {
        return CLOSE.isEnabled();
    }

    static void connect(Object begun, String label, SocketRecord socket, String peer, int errno, String failure) {
        ConnectEvent event = (ConnectEvent) begun;
        event.end();
        if (event.shouldCommit()) {
            event.describe(label, socket, peer);
            event.errno = errno;
            event.failure = failure;
            event.commit();
        }
    }

    static void accept(String label, SocketRecord socket) {
        AcceptEvent event = new AcceptEvent();
        if (event.shouldCommit()) {
            SocketState accepted = socket.state(label);
            event.describe(label, socket, accepted.peer());
            event.local = accepted.local();
            event.commit();
        }
    }

    static void transfer(Object begun, String label, SocketRecord socket, String peer, long bytes) {
        if (begun instanceof ReadEvent event) {
            event.end();
            if (event.shouldCommit()) {
                event.describe(label, socket, peer);
                event.bytes = bytes;
                event.commit();
            }
        } else if (begun instanceof WriteEvent event) {
            event.end();
            if (event.shouldCommit()) {
                event.describe(label, socket, peer);
                event.bytes = bytes;
                event.commit();
            }
        }
    }

    static void close(SocketState last, Duration age) {
        CloseEvent event = new CloseEvent();
        if (event.shouldCommit()) {
            event.label = last.label();
            event.family = last.family();
            event.socket = last.id();
            event.type = last.type();
            event.peer = last.peer();
            event.local = last.local();
            event.accepted = last.isAccepted();
            event.bytesIn = last.bytesIn();
            event.bytesOut = last.bytesOut();
            event.age = age.toNanos();
            event.commit();
        }
    }

    static void refused(RefusedCall call) {
        RefusedEvent event = new RefusedEvent();
        if (event.shouldCommit()) {
            event.label = call.label();
            event.family = call.family();
            event.call = call.call();
            event.target = call.target();
            event.errno = call.errno();
            event.reason = call.reason();
            event.commit();
        }
    }

    static void lookUp(Object begun, HostLookUp lookUp) {
        NameLookupEvent event = (NameLookupEvent) begun;
        event.end();
        if (event.shouldCommit()) {
            event.label = lookUp.label();
            event.family = lookUp.family();
            event.call = lookUp.call();
            event.name = lookUp.name();
            event.answers = lookUp.answers();
            event.failure = lookUp.failure();
            event.commit();
        }
    }
}
