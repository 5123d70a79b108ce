import io.github.pysockets.PySockets;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.quota.Quota;
import io.github.pysockets.quota.QuotaStack;
import io.github.pysockets.stack.SocketStack;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;

/**
 * A Java program that runs scripts of several tenants: limits for each of them, and others for all of them together.
 *
 * <pre>
 *     ./pysockets --version    # builds, where that is still to do
 *     java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
 *         -cp 'target/pysockets.jar:target/lib/*' examples/embedding/SharedQuota.java
 * </pre>
 */
public final class SharedQuota {
    private static final String SCRIPT = """
            import socket

            kept = []

            def opened(most):
                try:
                    while len(kept) < most:
                        kept.append(socket.socket())
                except OSError as failure:
                    return f"{len(kept)}, {failure}"
                return str(len(kept))

            def sent(count):
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
                    try:
                        return str(sock.sendto(b"x" * count, ("127.0.0.1", 9)))
                    except OSError as failure:
                        return str(failure)
            """;

    private final Quota forAll = Quota.parse("sockets=6,out=1M/s");
    private final Engine engine =
            Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();

    /** One tenant's context, and its sockets. */
    public final class Tenant implements AutoCloseable {
        private final Context context = Context.newBuilder("python")
                .engine(engine)
                .allowHostAccess(PySockets.hostAccess())
                .build();

        private final PySockets sockets;

        private Tenant() {
            Quota forOne = Quota.builder().openSockets(4).bytesOut(1_000).build();
            SocketStack shared = new QuotaStack(LinuxStack.open(), forAll);
            sockets = PySockets.builder().stack(shared).quota(forOne).install(context);
            context.eval("python", SCRIPT);
        }

        /** Calls a function of the script. */
        public String call(String function, int count) {
            return context.getBindings("python").getMember(function).execute(count).asString();
        }

        @Override
        public void close() {
            sockets.close();
            context.close(true);
        }
    }

    /** A new tenant. */
    public Tenant tenant() {
        return new Tenant();
    }

    public static void main(String[] arguments) {
        SharedQuota quota = new SharedQuota();
        try (Tenant first = quota.tenant();
                Tenant second = quota.tenant()) {
            System.out.println(first.call("sent", 600));
            System.out.println(first.call("sent", 600));
            System.out.println(second.call("sent", 600));
            System.out.println(first.call("opened", 9));
            System.out.println(second.call("opened", 9));
        }
    }
}
