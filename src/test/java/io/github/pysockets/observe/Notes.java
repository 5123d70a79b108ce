package io.github.pysockets.observe;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A listener that notes what it is told, as text without numbers that differ from run to run. */
public final class Notes implements SocketListener {
    private final List<String> notes = new ArrayList<>();
    private final List<SocketState> states = new ArrayList<>();

    /** A listener each of whose methods fails. */
    static SocketListener failing() {
        return (SocketListener) Proxy.newProxyInstance(
                Notes.class.getClassLoader(), new Class<?>[] {SocketListener.class}, (proxy, method, arguments) -> {
                    throw new Failure(method.getName());
                });
    }

    /** It is logged, so it has no stack trace, which would fill the log of the tests. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String method) {
            super("for a test, in " + method, null, false, false);
        }
    }

    private synchronized void note(String text) {
        notes.add(text);
    }

    private synchronized void note(String text, SocketState socket) {
        notes.add(text);
        states.add(socket);
    }

    /** The notes since the last call. */
    public synchronized List<String> take() {
        List<String> taken = List.copyOf(notes);
        notes.clear();
        return taken;
    }

    /** The sockets of all notes about one. */
    public synchronized List<SocketState> states() {
        return List.copyOf(states);
    }

    private static String kind(SocketState socket) {
        return socket.family() + " " + socket.type();
    }

    @Override
    public void opened(SocketState socket) {
        note("opened " + kind(socket), socket);
    }

    @Override
    public void accepted(SocketState socket) {
        note("accepted " + kind(socket), socket);
    }

    @Override
    public void connected(SocketState socket, Duration took) {
        note("connected " + kind(socket) + (took.isNegative() ? " before it began" : ""), socket);
    }

    @Override
    public void connectFailed(SocketState socket, String target, String failure, Duration took) {
        note("failed " + kind(socket) + ": " + failure, socket);
    }

    @Override
    public void refused(RefusedCall call) {
        note("refused " + call.call() + " " + call.family() + " " + call.target() + ": " + call.errno() + " "
                + call.reason());
    }

    @Override
    public void closed(SocketState socket) {
        note("closed " + kind(socket) + " " + socket.bytesIn() + " " + socket.bytesOut(), socket);
    }

    @Override
    public void lookedUp(HostLookUp lookUp) {
        note(lookUp.call() + " " + lookUp.name() + " " + lookUp.family() + " "
                + (lookUp.failure() == null ? lookUp.answers() > 0 : lookUp.failure()));
    }
}
