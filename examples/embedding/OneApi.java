import io.github.pysockets.PySockets;
import io.github.pysockets.policy.NetworkPolicy;
import org.graalvm.polyglot.Context;

/**
 * A Java program whose script may reach one service, and nothing else in the network.
 *
 * <pre>
 *     ./pysockets --version    # builds, where that is still to do
 *     java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
 *         -cp 'target/pysockets.jar:target/lib/*' examples/embedding/OneApi.java www.example.com 80
 * </pre>
 */
public final class OneApi {
    private static final String SCRIPT = """
            import http.client
            import socket

            def status(host, port):
                connection = http.client.HTTPConnection(host, port, timeout=20)
                try:
                    connection.request("GET", "/")
                    return str(connection.getresponse().status)
                except OSError as failure:
                    return f"{type(failure).__name__}: {failure}"
                finally:
                    connection.close()
            """;

    private final String host;
    private final int port;

    public OneApi(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** What the script gets from a server: an HTTP status, or an error. */
    public String status(String askedHost, int askedPort) {
        NetworkPolicy policy = NetworkPolicy.builder()
                .allow("connect " + host + ":" + port)
                .build();
        try (Context context = Context.newBuilder("python")
                .allowHostAccess(PySockets.hostAccess())
                .option("engine.WarnInterpreterOnly", "false")
                .build();
                PySockets _ = PySockets.builder()
                        .policy(policy)
                        .onRefusal(refused -> System.err.println("refused: " + refused))
                        .install(context)) {
            context.eval("python", SCRIPT);
            return context.getBindings("python").getMember("status").execute(askedHost, askedPort).asString();
        }
    }

    public static void main(String[] arguments) {
        OneApi api = new OneApi(arguments[0], Integer.parseInt(arguments[1]));
        System.out.println(api.status(arguments[0], Integer.parseInt(arguments[1])));
        System.out.println(api.status("127.0.0.1", 22));
    }
}
