package io.github.pysockets.cli;

import io.github.pysockets.PySockets;
import io.github.pysockets.stack.Announcement;
import io.github.pysockets.virtual.VirtualHost;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.PolyglotException.StackFrame;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyArray;

/**
 * The script of one host of a network in memory, in a context and on a thread of its own. It has files, threads and the
 * network; no Java, native code or processes, by which it could reach the scripts of other hosts.
 */
final class HostProgram {
    /** Fails, so that the failure tells where the thread is. */
    private static final Source PLACE =
            Source.newBuilder("python", "raise LookupError", "<pysockets/place>").internal(true).buildLiteral();

    private final VirtualHost host;
    private final Path script;
    private final List<String> arguments;
    private final boolean isDaemon;
    private final long seed;
    private final PrefixedLines out;
    private final PrefixedLines err;

    private final CountDownLatch isReady = new CountDownLatch(1);
    private final CountDownLatch mayBegin = new CountDownLatch(1);
    private Thread thread;
    private Announcement announcement;
    private Value launch;
    private Value program;
    private PySockets sockets;
    private volatile int status;

    HostProgram(VirtualHost host, NetworkFile.Host described, Path script, long seed) {
        this.host = host;
        this.script = script;
        arguments = described.arguments();
        isDaemon = described.daemon();
        this.seed = seed;
        out = new PrefixedLines(host.name(), System.out);
        err = new PrefixedLines(host.name(), System.err);
    }

    String name() {
        return host.name();
    }

    boolean isDaemon() {
        return isDaemon;
    }

    /** The exit status, once the program has ended. */
    int status() {
        return status;
    }

    boolean hasEnded() {
        return thread != null && !thread.isAlive();
    }

    /** Makes the context, and returns once it is there: on the program's thread, which is then Python's main thread. */
    void prepare(Engine engine, CommandLine.Run run) throws InterruptedException {
        thread = Thread.ofPlatform().daemon().name(host.name()).start(() -> {
            try {
                prepareContext(engine, run);
                isReady.countDown();
                mayBegin.await();
                announcement.begin();
                status = execute();
                // As the end of a process does. Before the thread's turn is over, so that it has its time.
                sockets.close();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            } catch (FatalException wrong) {
                fail(wrong.getMessage());
            } catch (PolyglotException failed) {
                status = endedBy(failed);
            } finally {
                isReady.countDown();
                out.close();
                err.close();
                if (announcement != null) {
                    announcement.end();
                }
            }
        });
        isReady.await();
    }

    private void fail(String message) {
        status = 1;
        byte[] line = ("Fatal Python error: " + message + "\n").getBytes(StandardCharsets.UTF_8);
        err.write(line, 0, line.length);
    }

    /** Lets the program begin. Programs begin in the order of these calls. */
    void begin() {
        announcement = host.stack().announce();
        mayBegin.countDown();
    }

    private void prepareContext(Engine engine, CommandLine.Run options) throws FatalException {
        CommandLine.Run run = new CommandLine.Run(
                new Program.Script(script.toString()),
                arguments,
                options.switches(),
                options.warnings(),
                options.implementation(),
                options.hashedCaches(),
                options.network(),
                false);
        Configuration settings = new Configuration(run, System.getenv(), Boolean.getBoolean("pysockets.utf8"));
        var words = new ArrayList<String>();
        words.add(script.toString());
        words.addAll(arguments);
        Context context = Context.newBuilder("python")
                .engine(engine)
                .allowExperimentalOptions(true)
                .allowHostAccess(PySockets.hostAccess())
                .allowIO(IOAccess.newBuilder().allowHostFileAccess(true).build())
                .allowCreateThread(true)
                .allowEnvironmentAccess(EnvironmentAccess.INHERIT)
                .options(PythonOptions.ofSandbox(run, settings, System.getProperty("pysockets.executable", "")))
                .arguments("python", words.toArray(String[]::new))
                .in(InputStream.nullInputStream())
                .out(out)
                .err(err)
                .build();
        sockets = PySockets.builder().stack(host.stack()).label(host.name()).install(context);
        context.enter();
        launch = ScriptRunner.evaluate(context, "launch.py");
        ScriptRunner.evaluate(context, "virtual.py").execute(seed, host.name());
        program = launch.getMember("prepare").execute("script", script.toString(), list(words),
                list(options.implementation()), list(settings.flags()), settings.isOn(Switch.SKIP_FIRST_LINE),
                settings.isFaultHandlerOn(), "");
    }

    private static ProxyArray list(List<?> items) {
        return ProxyArray.fromList(new ArrayList<>(items));
    }

    private int execute() {
        int ended = 0;
        try {
            program.execute();
        } catch (PolyglotException failed) {
            Value error = failed.getGuestObject();
            if (error == null) {
                return endedBy(failed);
            }
            ended = launch.getMember("failed").execute(error).asInt();
        }
        return launch.getMember("finish").execute(ended).asInt();
    }

    private int endedBy(PolyglotException failed) {
        if (failed.isExit()) {
            return failed.getExitStatus();
        }
        fail(Failure.describe(failed));
        return 1;
    }

    /** Ends the program's waits, and keeps what follows from the output. */
    void end() {
        out.close();
        err.close();
        if (sockets != null) {
            sockets.close();
        }
    }

    /** Has the program's thread, which waits, tell where it is, as in {@code client.py, line 12}. */
    void tellPlace(Consumer<String> told) {
        boolean waits = sockets != null && sockets.interruptWait(thread, () -> {
            told.accept(place());
            return true;
        });
        if (!waits) {
            told.accept("outside the network");
        }
    }

    private String place() {
        try {
            Context.getCurrent().eval(PLACE);
        } catch (PolyglotException here) {
            for (StackFrame frame : here.getPolyglotStackTrace()) {
                if (frame.isGuestFrame() && frame.getSourceLocation() != null) {
                    String path = frame.getSourceLocation().getSource().getPath();
                    if (path != null && Path.of(path).toAbsolutePath().equals(script.toAbsolutePath())) {
                        return script.getFileName() + ", line " + frame.getSourceLocation().getStartLine();
                    }
                }
            }
        }
        return script.getFileName().toString();
    }
}
