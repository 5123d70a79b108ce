import io.github.pysockets.PySockets;
import java.io.IOException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * A Java program with a server that is written in Python: what a client sends comes back to it.
 *
 * <pre>
 *     ./pysockets --version    # builds, where that is still to do
 *     java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
 *         -cp 'target/pysockets.jar:target/lib/*' examples/embedding/EchoServer.java 7007
 * </pre>
 *
 * <p>The script has sockets and may make threads. It has no files, no processes and nothing of Java.
 */
public final class EchoServer implements AutoCloseable {
    private static final String SCRIPT = """
            import socket
            import threading

            def listen(host, port):
                return socket.create_server((host, port))

            def port(listener):
                return listener.getsockname()[1]

            def serve(listener):
                try:
                    while True:
                        connection, _ = listener.accept()
                        threading.Thread(target=echo, args=(connection,), daemon=True).start()
                except OSError:
                    pass  # the program has closed the sockets

            def echo(connection):
                try:
                    while data := connection.recv(65536):
                        connection.sendall(data)
                    connection.close()
                except OSError:
                    pass  # the client is gone, or the program has closed the sockets
            """;

    private final Context context;
    private final PySockets sockets;
    private final int port;
    private final Thread serving;

    /** Serves from now on, until it is closed. Throws a PolyglotException where it cannot listen; port 0 is for any. */
    public EchoServer(String host, int port) {
        context = Context.newBuilder("python")
                .allowHostAccess(PySockets.hostAccess())
                .allowCreateThread(true)
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        sockets = PySockets.install(context);
        context.eval("python", SCRIPT);
        Value python = context.getBindings("python");
        Value listener = python.getMember("listen").execute(host, port);
        this.port = python.getMember("port").execute(listener).asInt();
        serving = Thread.ofPlatform().start(() -> python.getMember("serve").executeVoid(listener));
    }

    public int port() {
        return port;
    }

    /** Ends all: the sockets first, which ends the calls that wait for them, then what is left of the script. */
    @Override
    public void close() {
        sockets.close();
        try {
            serving.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        context.close(true);
    }

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        try (EchoServer server = new EchoServer("127.0.0.1", port)) {
            System.out.println("Serving on 127.0.0.1, port " + server.port() + ". Press Enter to end.");
            System.in.read();
        }
    }
}
