package io.github.pysockets.programs;

import io.github.pysockets.PySockets;
import io.github.pysockets.fixtures.CompiledClasses;
import io.github.pysockets.fixtures.FastClockStack;
import io.github.pysockets.fixtures.LoggedErrors;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.graalpy.HostDoors;
import io.github.pysockets.tls.EnginePair;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * A program in which a script calls every exported function with odd arguments, for ExportedCallsTest. It
 * prints what went wrong, and how many calls it made.
 */
public final class ExportedCalls {
    private static final String ECHO = """
            import socket

            def echo():
                with socket.create_server(("127.0.0.1", 0)) as listener:
                    listener.settimeout(10)
                    with socket.create_connection(listener.getsockname(), 10) as client:
                        server, _ = listener.accept()
                        with server:
                            server.settimeout(10)
                            client.sendall(b"echo")
                            server.sendall(server.recv(100))
                            return client.recv(100).decode()
            """;

    private ExportedCalls() {}

    public static void main(String[] arguments) throws Exception {
        Made authority = TestCertificates.authority("CN=Test CA");
        Made server = TestCertificates.of("CN=localhost").dns("localhost").issuedBy(authority);
        TreeSet<String> before = files();
        try (LoggedErrors logged = new LoggedErrors(); Sandbox other = new Sandbox()) {
            other.run(ECHO);
            letHostCodeFail(other);
            CallWatch watch = new CallWatch();
            PySockets.Builder builder =
                    PySockets.builder().stack(NumericNames.stack()).sslContext(EnginePair.context(server, null));
            try (Sandbox attacked = new Sandbox(builder)) {
                attack(attacked, "attack", watch, authority.pem());
                attacked.run(ECHO);
                System.out.println("echo in the same context: " + Sandbox.text(attacked.get("echo").execute()));
            }
            try (Sandbox attacked = new Sandbox(builder)) {
                attack(attacked, "attack_with_makers", watch, authority.pem());
            }
            System.out.println("echo in another context: " + Sandbox.text(other.get("echo").execute()));
            logged.records().forEach(error -> System.out.println("logged: " + error.getThrown()));
        }
        TreeSet<String> left = files();
        left.removeAll(before);
        left.forEach(file -> System.out.println("left: " + file));
    }

    /** A class of GraalVM's that is first needed when a script has used up the stack can never be initialized. */
    private static void letHostCodeFail(Sandbox sandbox) {
        ProxyExecutable failing = arguments -> {
            throw new UnsupportedOperationException();
        };
        try {
            sandbox.run("lambda function: function()").execute(failing);
        } catch (PolyglotException expected) {
            return;
        }
    }

    private static void attack(Sandbox sandbox, String function, CallWatch watch, String pem) {
        Value script = ScriptContexts.evaluate(sandbox.context, ExportedCalls.class, "exported_calls.py");
        Value told = script.execute(function)
                .execute(
                        functions(),
                        watch,
                        HostDoors.buffers(),
                        HostDoors.buffersWithoutFiles(),
                        HostDoors.clock(new FastClockStack(NumericNames.stack())),
                        HostDoors.probe(),
                        pem,
                        (ProxyExecutable) makers -> HostDoors.exports(NumericNames.stack(), makers[0]));
        System.out.println(Sandbox.text(told));
    }

    /** Words {@code Class.function(Type,Type)}. */
    private static String functions() {
        return CompiledClasses.read().stream()
                .filter(type -> type.layer().equals("graalpy"))
                .flatMap(ExportedCalls::exported)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> exported(CompiledClasses.Compiled compiled) {
        try {
            Class<?> type = Class.forName("io.github.pysockets." + compiled.name().replace('/', '.'));
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(HostAccess.Export.class))
                    .map(method -> type.getSimpleName() + "." + method.getName() + "(" + parameters(method) + ")");
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String parameters(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(","));
    }

    private static TreeSet<String> files() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (Path folder : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.map(Path::toString).filter(name -> name.contains("pysockets")).forEach(found::add);
                }
            }
        }
        return found;
    }
}
