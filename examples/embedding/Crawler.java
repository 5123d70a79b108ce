import io.github.pysockets.PySockets;
import io.github.pysockets.policy.NetworkPolicy;
import org.graalvm.polyglot.Context;

/**
 * A Java program that fetches what users ask for, in Python, and never from the inside: no address of this host, of its
 * network or of its cloud, whatever a name or a redirect leads to. That is what server-side request forgery looks for.
 *
 * <pre>
 *     ./pysockets --version    # builds, where that is still to do
 *     java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
 *         -cp 'target/pysockets.jar:target/lib/*' examples/embedding/Crawler.java http://www.example.com/
 * </pre>
 */
public final class Crawler implements AutoCloseable {
    private static final String SCRIPT = """
            import urllib.request

            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

            def fetch(url):
                try:
                    with opener.open(url, timeout=20) as answer:
                        return answer.read(100_000).decode("utf-8", "replace")
                except OSError as failure:
                    return f"{type(failure).__name__}: {failure}"
            """;

    private final Context context;
    private final PySockets sockets;

    /** @param builder options for the sockets, to which the policy is added */
    public Crawler(PySockets.Builder builder) {
        context = Context.newBuilder("python")
                .allowHostAccess(PySockets.hostAccess())
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        sockets = builder.policy(NetworkPolicy.publicInternetOnly()).install(context);
        context.eval("python", SCRIPT);
    }

    /** The beginning of a page, or an error. */
    public String fetch(String url) {
        return context.getBindings("python").getMember("fetch").execute(url).asString();
    }

    @Override
    public void close() {
        sockets.close();
        context.close(true);
    }

    public static void main(String[] arguments) {
        try (Crawler crawler = new Crawler(PySockets.builder())) {
            for (String url : arguments) {
                System.out.println(crawler.fetch(url));
            }
        }
    }
}
