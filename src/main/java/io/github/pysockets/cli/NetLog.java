package io.github.pysockets.cli;

import io.github.pysockets.observe.RefusedCall;
import io.github.pysockets.observe.SocketListener;
import io.github.pysockets.observe.SocketState;
import io.github.pysockets.observe.SocketStatistics;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What {@code --net-log} writes: a line for each connection, when it ends or fails, and for each refused call. */
final class NetLog implements SocketListener {
    private static final double MILLIS = 1000.0;

    private final PrintStream out;

    /** @param out to which each line is written as a whole */
    NetLog(PrintStream out) {
        this.out = out;
    }

    @Override
    public void closed(SocketState socket) {
        write(socket, "");
    }

    @Override
    public void connectFailed(SocketState socket, String target, String failure, Duration took) {
        line("to " + target + ": " + failure + ", " + seconds(took));
    }

    @Override
    public void refused(RefusedCall call) {
        line(call.call() + (call.target() == null ? "" : " " + call.target()) + " refused: " + call.reason());
    }

    /** Writes of the connections that the end of the process ends. */
    void end(SocketStatistics last) {
        last.sockets().forEach(socket -> write(socket, ", still open"));
    }

    /** Writes nothing of a socket that had no peer and moved no bytes, and of a pair within the program. */
    private void write(SocketState socket, String ending) {
        String place = place(socket);
        boolean isPair = socket.family().equals("AF_UNIX") && socket.peer() == null;
        if (place == null || isPair) {
            return;
        }
        line(place + ", " + socket.bytesIn() + " bytes in, " + socket.bytesOut() + " bytes out, "
                + seconds(Duration.between(socket.opened(), Instant.now())) + ending);
    }

    private static String place(SocketState socket) {
        if (socket.isAccepted()) {
            String peer = socket.peer() == null || socket.peer().isEmpty() ? "unnamed" : socket.peer();
            return "from " + peer + (socket.local() == null ? "" : " at " + socket.local());
        }
        if (socket.peer() != null) {
            return "to " + socket.peer();
        }
        return socket.bytesIn() + socket.bytesOut() == 0
                ? null
                : socket.family() + " " + socket.type() + (socket.local() == null ? "" : " at " + socket.local());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toMillis() / MILLIS);
    }

    private void line(String text) {
        out.print("net: " + text + "\n");
        out.flush();
    }
}
