import io.github.pysockets.PySockets;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.quota.Quota;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * A Java program with a plugin in Python that nobody has checked. It may talk to services on this host, and move 5 MB
 * in all.
 *
 * <pre>
 *     ./pysockets --version    # builds, where that is still to do
 *     java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
 *         -cp 'target/pysockets.jar:target/lib/*' examples/embedding/Plugin.java plugin.py
 * </pre>
 */
public final class Plugin implements AutoCloseable {
    private static final long MOST_BYTES = 5_000_000;

    private final Context context;
    private final PySockets sockets;

    public Plugin() {
        context = Context.newBuilder("python")
                .allowHostAccess(PySockets.hostAccess())
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        sockets = PySockets.builder()
                .policy(NetworkPolicy.loopbackOnly())
                .quota(Quota.builder().bytesIn(MOST_BYTES).bytesOut(MOST_BYTES).openSockets(10).build())
                .install(context);
    }

    /** Runs a part of the plugin, and returns the str at its end; otherwise the text of what is there. */
    public String run(String python) {
        Value result = context.eval("python", python);
        return result.isString() ? result.asString() : result.toString();
    }

    /** What the plugin has sent and received, in bytes. */
    public long bytes() {
        return sockets.statistics().total().bytesIn() + sockets.statistics().total().bytesOut();
    }

    @Override
    public void close() {
        sockets.close();
        context.close(true);
    }

    public static void main(String[] arguments) throws Exception {
        try (Plugin plugin = new Plugin()) {
            System.out.println(plugin.run(Files.readString(Path.of(arguments[0]))));
            System.out.println(plugin.bytes() + " bytes");
        }
    }
}
