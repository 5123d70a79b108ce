package io.github.pysockets.cli;

import io.github.pysockets.PySockets;
import io.github.pysockets.policy.Action;
import io.github.pysockets.policy.NetworkPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * Runs one program as {@code __main__} in a context of its own, until the process can end.
 *
 * <p>The Python half is launch.py: it prepares a callable, which is called from here, so that no frame of the launcher
 * is in the program's tracebacks.
 */
final class ScriptRunner {
    private static final int INTERRUPTED = 130;

    private final CommandLine.Run run;
    private final List<String> words;
    private final Configuration settings;
    private final Optional<NetworkPolicy> policy;
    private final String executable = System.getProperty("pysockets.executable", "");

    /** Whether Ctrl-C has ended the program. */
    private boolean interrupted;

    /** The sockets of the context, from {@link #newContext} on. */
    private PySockets sockets;
    private final NetLog log = new NetLog(System.err);

    /**
     * Takes what the command line says.
     *
     * @throws FatalException if an option or variable has a value without meaning
     */
    ScriptRunner(CommandLine.Run run, List<String> words) throws FatalException {
        this.run = run;
        this.words = words;
        policy = run.network().policy();
        settings = new Configuration(run, System.getenv(), Boolean.getBoolean("pysockets.utf8"));
    }

    /**
     * Runs the program and what it left for the end: its other threads, its exit functions, its unwritten output.
     *
     * <p>The context stays open. Closing it would wait for daemon threads, and the end of the process ends everything.
     *
     * @return the exit status
     * @throws FatalException if the environment names no stack, or one that this machine has not
     */
    int run() throws FatalException {
        SignalRelay relay = SignalRelay.forCurrentThread();
        Context context = newContext(relay);
        Value launch = evaluate(context, "launch.py");
        int status = execute(launch, () -> prepared(launch));
        try {
            if (launch.getMember("inspects").execute().asBoolean()) {
                interrupted = false;
                status = execute(launch, launch.getMember("inspect")::execute);
            }
            status = launch.getMember("finish").execute(status).asInt();
            interrupted |= launch.getMember("interrupted").asBoolean();
        } catch (PolyglotException failed) {
            status = endedBy(failed);
        }
        if (run.netLog()) {
            log.end(sockets.statistics());
        }
        if (interrupted) {
            NativeSignals.endBy(NativeSignals.SIGINT);
        }
        return status;
    }

    /** The callable that runs the program. */
    private Value prepared(Value launch) {
        Program program = run.program();
        return launch.getMember("prepare").execute(program.kind(), program.text(), commandLine(),
                list(run.implementation()), list(settings.flags()), settings.isOn(Switch.SKIP_FIRST_LINE),
                settings.isFaultHandlerOn(), reserved());
    }

    /** The numbers that the launcher has kept for the program, unless that one does not know the process's numbers. */
    private String reserved() {
        return policy.isPresent() || !HostSystem.here().hasNativePosix()
                ? ""
                : System.getProperty("pysockets.reserved", "");
    }

    private int execute(Value launch, Supplier<Value> program) {
        try {
            program.get().execute();
            return 0;
        } catch (PolyglotException failed) {
            Value error = failed.getGuestObject();
            if (error == null) {
                return endedBy(failed);
            }
            try {
                return launch.getMember("failed").execute(error).asInt();
            } catch (PolyglotException again) {
                return endedBy(again);
            }
        }
    }

    /** The status after what is no Python exception, or one that came while another was being reported. */
    private int endedBy(PolyglotException failed) {
        if (failed.isExit()) {
            return failed.getExitStatus();
        }
        if (isInterrupt(failed)) {
            System.err.println("KeyboardInterrupt");
            interrupted = true;
            return INTERRUPTED;
        }
        System.err.print(Failure.describe(failed));
        return 1;
    }

    /**
     * Whether this is Ctrl-C where no script can catch it: while an exception is being reported, and while one passes
     * from Python to Java, which then lacks its object.
     */
    private static boolean isInterrupt(PolyglotException failed) {
        if (failed.isInterrupted() || failed.isCancelled()) {
            return true;
        }
        Value error = failed.getGuestObject();
        return failed.isGuestException()
                && (error == null || error.getMetaObject().getMetaSimpleName().equals("KeyboardInterrupt"));
    }

    private Context newContext(SignalRelay relay) throws FatalException {
        var arguments = new ArrayList<String>();
        arguments.add(run.program().argumentZero());
        arguments.addAll(run.arguments());
        Context context = access()
                .allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false")
                .options(PythonOptions.of(run, settings, executable))
                .arguments("python", arguments.toArray(String[]::new))
                .in(policy.isPresent() || !HostSystem.here().hasNativePosix()
                        ? new StandardInput(System.in)
                        : System.in)
                .build();
        PySockets.Builder builder = PySockets.builder();
        policy.ifPresent(rules -> builder.policy(rules)
                .onRefusal(refused -> run.network().tell(refused, System.err)));
        run.network().quota().ifPresent(builder::quota);
        if (run.netLog()) {
            builder.listener(log);
        }
        try {
            sockets = install(context, relay, builder);
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException noStack) {
            throw new FatalException("pysockets", noStack.getMessage());
        }
        if (!mayStartProcesses()) {
            evaluate(context, "no_processes.py").execute();
        }
        if (settings.hasJavaLoop()) {
            evaluate(context, "java_loop.py").execute();
        }
        return context;
    }

    /** All that the process has; where there is a policy, nothing that leads around PySockets into the network. */
    private Context.Builder access() {
        Context.Builder builder = Context.newBuilder("python");
        return policy.isEmpty()
                ? builder.allowAllAccess(true)
                : builder.allowHostAccess(PySockets.hostAccess())
                        .allowIO(IOAccess.newBuilder().allowHostFileAccess(true).build())
                        .allowCreateThread(true)
                        .allowCreateProcess(mayStartProcesses())
                        .allowEnvironmentAccess(EnvironmentAccess.INHERIT);
    }

    private boolean mayStartProcesses() {
        return policy.isEmpty() || policy.get().explain(Action.PROCESS.word(), "").isAllowed();
    }

    /** Installs the sockets and the relay of signals. Scripts may use any descriptor of the process, as in CPython. */
    static PySockets install(Context context, SignalRelay relay) {
        return install(context, relay, PySockets.builder());
    }

    /** As above, with what {@code builder} has already. */
    static PySockets install(Context context, SignalRelay relay, PySockets.Builder builder) {
        PySockets sockets = builder
                .foreignDescriptors(true)
                .interruptHandler(relay::runHandlersIfAny)
                .closeDroppedWhileIdle(true)
                .install(context);
        relay.interruptWaitsOf(sockets);
        context.enter();
        try {
            Value identifiers = evaluate(context, "threads.py").execute(new PythonThreads().exports());
            evaluate(context, "signals.py").execute(relay.exports(), identifiers);
        } finally {
            context.leave();
        }
        evaluate(context, "supplements.py").execute(
                (ProxyExecutable) name -> text("supplements/" + name[0].asString() + ".py"),
                HostSystem.here().hasLinuxCalls() ? SupplementCalls.forPython() : null);
        return sockets;
    }

    /** What {@code sys.orig_argv} shows. */
    private ProxyArray commandLine() {
        var all = new ArrayList<String>();
        all.add(executable);
        all.addAll(words);
        return list(all);
    }

    private static ProxyArray list(List<?> items) {
        return ProxyArray.fromList(new ArrayList<>(items));
    }

    /** Evaluates a Python resource; being internal, it shows in no traceback. */
    static Value evaluate(Context context, String resource) {
        String name = "<pysockets/" + resource + ">";
        Source source = Source.newBuilder("python", text(resource), name).internal(true).buildLiteral();
        return context.eval(source);
    }

    private static String text(String resource) {
        try (InputStream stream = ScriptRunner.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
