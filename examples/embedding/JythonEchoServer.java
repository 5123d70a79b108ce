import io.github.pysockets.JythonSockets;
import java.io.IOException;
import org.python.core.PyInteger;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/**
 * A Java program with a server that is written in Python 2.7: what a client sends comes back to it.
 *
 * <pre>
 *     ./pysockets --jython --version    # builds, where that is still to do
 *     java --enable-native-access=ALL-UNNAMED \
 *         -cp 'target/pysockets.jar:target/lib/*:target/jython/*' examples/embedding/JythonEchoServer.java 7007
 * </pre>
 */
public final class JythonEchoServer implements AutoCloseable {
    private static final String SCRIPT = """
            import socket
            import threading

            def listen(host, port):
                listener = socket.socket()
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind((host, port))
                listener.listen(50)
                return listener

            def serve(listener):
                try:
                    while True:
                        connection, _ = listener.accept()
                        thread = threading.Thread(target=echo, args=(connection,))
                        thread.daemon = True
                        thread.start()
                except socket.error:
                    pass  # the program has closed the sockets

            def echo(connection):
                try:
                    while True:
                        data = connection.recv(65536)
                        if not data:
                            break
                        connection.sendall(data)
                    connection.close()
                except socket.error:
                    pass  # the client is gone, or the program has closed the sockets
            """;

    private final PythonInterpreter interpreter = new PythonInterpreter(null, new PySystemState());
    private final JythonSockets sockets = JythonSockets.install(interpreter);
    private final int port;
    private final Thread serving;

    /** Serves from now on, until it is closed. Throws a PyException where it cannot listen; port 0 is for any. */
    public JythonEchoServer(String host, int port) {
        interpreter.exec(SCRIPT);
        PyObject listener = interpreter.get("listen").__call__(new PyString(host), new PyInteger(port));
        this.port = listener.invoke("getsockname").__getitem__(1).asInt();
        PyObject serve = interpreter.get("serve");
        serving = Thread.ofPlatform().start(() -> serve.__call__(listener));
    }

    public int port() {
        return port;
    }

    /** Ends all: the sockets first, which ends the calls that wait for them, then the interpreter. */
    @Override
    public void close() {
        sockets.close();
        try {
            serving.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        interpreter.close();
    }

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        try (JythonEchoServer server = new JythonEchoServer("127.0.0.1", port)) {
            System.out.println("Serving on 127.0.0.1, port " + server.port() + ". Press Enter to end.");
            System.in.read();
        }
    }
}
