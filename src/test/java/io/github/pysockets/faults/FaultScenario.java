package io.github.pysockets.faults;

import io.github.pysockets.PySockets;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.fixtures.Watchdog;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.tls.EnginePair;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/** A context with nothing but PySockets, on a stack in which calls go wrong, and the scenarios of some kinds in it. */
public final class FaultScenario implements AutoCloseable {
    /** A scenario bounds its own waits; this is for what does not end by itself. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Made AUTHORITY = TestCertificates.authority("CN=Test CA");
    private static final Made SERVER = TestCertificates.of("CN=localhost").dns("localhost").issuedBy(AUTHORITY);

    public final Faults faults = new Faults();
    private final Context context;
    private final PySockets sockets;
    private final Value run;

    /**
     * @param file a file to send, which takes a context that may read it; null for none
     * @param kinds each the name of a file of scenarios
     */
    public FaultScenario(String file, String... kinds) {
        context = (file == null ? ScriptContexts.sandbox() : ScriptContexts.nativeBackend().allowIO(IOAccess.ALL))
                .build();
        sockets = PySockets.builder()
                .stack(new FaultyStack(LinuxStack.open(), faults))
                .sslContext(EnginePair.context(SERVER, null))
                .install(context);
        context.eval("python", text("harness"));
        for (String kind : kinds) {
            context.eval("python", text(kind));
            switch (kind) {
                case "tls" -> member("prepare").execute(AUTHORITY.pem());
                case "files" -> member("prepare").execute(file);
                default -> {
                    // Needs nothing.
                }
            }
        }
        run = member("run");
    }

    private static String text(String name) {
        try (InputStream stream = FaultScenario.class.getResourceAsStream(name + ".py")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Value member(String name) {
        return context.getBindings("python").getMember(name);
    }

    /** What a scenario raised, in any of its threads. */
    public List<Raised> run(String name) {
        Value raised = Watchdog.bounded(context, LIMIT, () -> run.execute(name));
        return LongStream.range(0, raised.getArraySize()).mapToObj(i -> raised(raised.getArrayElement(i))).toList();
    }

    private static Raised raised(Value parts) {
        Value errno = parts.getArrayElement(2);
        return new Raised(
                parts.getArrayElement(0).asString() + "." + parts.getArrayElement(1).asString(),
                errno.fitsInInt() ? errno.asInt() : -1,
                parts.getArrayElement(3).asString());
    }

    @Override
    public void close() {
        sockets.close();
        context.close(true);
    }
}
