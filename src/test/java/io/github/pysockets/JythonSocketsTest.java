package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.JythonScripts;
import io.github.pysockets.fixtures.LoggedErrors;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.StackException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/** What an application sees of the sockets of its Jython interpreters. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class JythonSocketsTest {
    /** Sockets to wait for, and a function that returns the text of an error. */
    private static final String PREPARE = """
            import socket

            left, right = socket.socketpair()
            listener = socket.socket()
            listener.bind(("127.0.0.1", 0))
            listener.listen(5)

            def attempt(call):
                try:
                    return str(call())
                except Exception as failure:
                    return type(failure).__name__ + str(failure.args)
            """;

    private static JythonScripts prepared(JythonSockets.Builder builder) {
        JythonScripts scripts = new JythonScripts(builder);
        scripts.run(PREPARE);
        return scripts;
    }

    private static JythonScripts prepared() {
        return prepared(JythonSockets.builder());
    }

    @Test
    void replacesTheModulesOfJython() {
        try (JythonScripts scripts = prepared()) {
            assertEquals("_socket", scripts.text("type(left).__module__"));
            assertTrue(scripts.text("socket.__file__").startsWith("io/github/pysockets/jython/socket"));
        }
    }

    @Test
    void secondInstallationIsRefused() {
        try (JythonScripts scripts = new JythonScripts()) {
            String told = assertThrows(
                    IllegalStateException.class, () -> JythonSockets.install(scripts.interpreter)).getMessage();
            assertTrue(told.contains("give each interpreter one of its own"), told);
        }
    }

    @Test
    void installationAfterAnImportIsRefused() {
        try (PythonInterpreter interpreter = new PythonInterpreter(null, new PySystemState())) {
            interpreter.exec("import socket");
            String told = assertThrows(IllegalStateException.class, () -> JythonSockets.install(interpreter))
                    .getMessage();
            assertTrue(told.contains("before its first script"), told);
        }
    }

    @Test
    void interpretersHaveSocketsOfTheirOwn() {
        try (JythonScripts one = prepared(); JythonScripts two = prepared()) {
            two.interpreter.set("number", one.interpreter.eval("left.fileno()"));
            String stranger = two.text("attempt(lambda: socket.fromfd(number + 1000, socket.AF_UNIX, 1))");
            assertTrue(stranger.startsWith("error(9, "), stranger);
            assertEquals("False", two.interpreter.eval("type(left)").equals(one.interpreter.eval("type(left)"))
                    ? "True"
                    : "False");
            one.sockets.close();
            assertEquals("2", two.text("left.send('ab')"));
            assertEquals("ab", two.text("right.recv(5)"));
            assertTrue(one.text("attempt(lambda: left.send('ab'))").startsWith("error(9, "));
            assertTrue(one.text("attempt(socket.socket)").startsWith("error(9, "));
        }
    }

    /** A socket belongs to the interpreter that made it, and not to the one whose thread calls. */
    @Test
    void objectsOfOneInterpreterCanBeUsedByAnother() {
        try (JythonScripts one = prepared(); JythonScripts two = prepared()) {
            two.interpreter.set("theirs", one.interpreter.get("left"));
            two.interpreter.set("Error", one.interpreter.eval("socket.timeout"));
            two.run("""
                    theirs.settimeout(0.01)
                    try:
                        theirs.recv(1)
                    except Error:
                        outcome = "theirs"
                    """);
            assertEquals("theirs", two.text("outcome"));
            two.sockets.close();
            assertEquals("1", two.text("theirs.send('x')"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"left.recv(1)", "listener.accept()", "left.settimeout(50) or left.recv_into(bytearray(3))"})
    void closingTheHandleEndsWhatWaits(String call) throws Exception {
        JythonScripts scripts = prepared();
        Blocked blocked = scripts.block("attempt(lambda: " + call + ")");
        long start = System.nanoTime();
        scripts.close();
        String outcome = blocked.result();
        assertTrue(outcome.startsWith("error(9, "), outcome);
        assertTrue(System.nanoTime() - start < 5_000_000_000L, "and the interpreter does not hang");
    }

    @Test
    void threadsInterruptIsEintr() throws Exception {
        try (JythonScripts scripts = prepared()) {
            Blocked blocked = scripts.block("attempt(lambda: left.recv(1))");
            blocked.thread.interrupt();
            assertEquals("error(4, 'Interrupted system call')", blocked.result());
            Blocked other = scripts.block("attempt(lambda: listener.accept())");
            assertTrue(scripts.sockets.interruptWait(other.thread));
            assertEquals("error(4, 'Interrupted system call')", other.result());
        }
    }

    @Test
    void interruptHandlerMayWaitOn() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (JythonScripts scripts = prepared(JythonSockets.builder().interruptHandler(() -> asked.complete(null)))) {
            Blocked blocked = scripts.block("attempt(lambda: left.recv(1))");
            blocked.thread.interrupt();
            asked.join();
            scripts.run("right.send('x')");
            assertEquals("x", blocked.result());
        }
    }

    @Test
    void signalEndsACallButNotSendall() throws Exception {
        try (JythonScripts scripts = prepared()) {
            Blocked receiving = scripts.block("attempt(lambda: left.recv(1))");
            AtomicInteger ran = new AtomicInteger();
            assertTrue(scripts.sockets.interruptWait(receiving.thread, ran::incrementAndGet));
            assertEquals("error(4, 'Interrupted system call')", receiving.result());
            scripts.run("other, kept = socket.socketpair()");
            Blocked sending = scripts.block("attempt(lambda: left.sendall('x' * 10000000))");
            assertTrue(scripts.sockets.interruptWait(sending.thread, () -> {
                ran.incrementAndGet();
                scripts.run("other.sendall('y' * 10000)");
            }));
            scripts.run("""
                    total = others = 0
                    while total < 10000000:
                        data = right.recv(1000000)
                        total += len(data)
                        others += data.count("y")
                    """);
            assertEquals("0", scripts.text("others"), "what the handler sent is on its own connection");
            assertEquals("None", sending.result());
            assertEquals(2, ran.get());
            assertFalse(scripts.sockets.interruptWait(sending.thread, ran::incrementAndGet), "nothing waits");
        }
    }

    @Test
    void signalEndsACallOfAHandlerThatInterruptedSendall() throws Exception {
        try (JythonScripts scripts = prepared()) {
            scripts.run("other, kept = socket.socketpair()\ninner = None");
            Blocked sending = scripts.block("attempt(lambda: left.sendall('x' * 10000000))");
            CountDownLatch done = new CountDownLatch(1);
            Runnable handler = () -> {
                scripts.run("inner = attempt(lambda: other.recv(1))");
                done.countDown();
            };
            while (!scripts.sockets.interruptWait(sending.thread, handler)) {
                // It is about to wait.
                Thread.onSpinWait();
            }
            for (int tries = 0; tries < 1000 && !done.await(20, TimeUnit.MILLISECONDS); tries++) {
                scripts.sockets.interruptWait(sending.thread, () -> {});
            }
            assertEquals("error(4, 'Interrupted system call')", scripts.text("inner"));
            scripts.run("""
                    total = 0
                    while total < 10000000:
                        total += len(right.recv(1000000))
                    """);
            assertEquals("None", sending.result());
        }
    }

    @Test
    void droppedSocketsAreClosedWhileACallWaits() throws Exception {
        try (JythonScripts scripts = prepared(JythonSockets.builder().closeDroppedWhileWaiting(true))) {
            scripts.run("left = None");
            assertEquals("", scripts.text("right.recv(1)"));
        }
    }

    /** Each client waits until the server is done with the connection that the one before has dropped. */
    @Test
    void connectionsThatAreDroppedOneAfterTheOtherAreAllClosed() {
        try (JythonScripts scripts = prepared(JythonSockets.builder().closeDroppedWhileWaiting(true))) {
            scripts.run("""
                    import threading

                    class Finalized(object):
                        def __init__(self, sock):
                            self.sock = sock

                        def __del__(self):
                            pass

                    def serve():
                        for _ in range(6):
                            sock, _ = listener.accept()
                            while sock.recv(10):
                                sock.send("x")
                            sock.close()

                    def use(wrap):
                        sock = socket.create_connection(listener.getsockname(), 20)
                        sock.send("x")
                        wrap(sock).sock.recv(1)

                    class Plain(object):
                        def __init__(self, sock):
                            self.sock = sock

                    server = threading.Thread(target=serve)
                    server.setDaemon(True)
                    server.start()
                    for wrap in Plain, Finalized, Plain, Finalized, Plain, Finalized:
                        use(wrap)
                    server.join(20)
                    """);
            assertEquals("False", scripts.text("str(server.isAlive())"));
        }
    }

    @Test
    void socketIsClosedWithItsLastUser() {
        try (JythonScripts scripts = prepared()) {
            scripts.run("""
                    client = socket.create_connection(listener.getsockname())
                    server, _ = listener.accept()
                    one, two = server.dup(), server.makefile()
                    server.close()
                    one.close()
                    client.setblocking(False)
                    """);
            assertTrue(scripts.text("attempt(lambda: client.recv(1))").startsWith("error(11, "));
            scripts.run("two.close()\nclient.settimeout(20)");
            assertEquals("", scripts.text("client.recv(1)"));
        }
    }

    @Test
    void userThatWasDroppedCountsNoMore() {
        try (JythonScripts scripts = prepared(JythonSockets.builder().closeDroppedWhileWaiting(true))) {
            scripts.run("""
                    client = socket.create_connection(listener.getsockname())
                    server, _ = listener.accept()
                    server.makefile()
                    server.close()
                    """);
            assertEquals("", scripts.text("client.recv(1)"));
        }
    }

    @Test
    void foreignDescriptorsAreRefusedUnlessAllowed() {
        try (JythonScripts scripts = prepared()) {
            scripts.interpreter.set("number", scripts.sockets.descriptor(0));
            String told = scripts.text("attempt(lambda: socket.fromfd(number, socket.AF_INET, 1).fileno())");
            assertEquals("error(9, \"Bad file descriptor, or not one of the script's own\")", told);
        }
        try (JythonScripts scripts = prepared(JythonSockets.builder().foreignDescriptors(true))) {
            scripts.interpreter.set("number", scripts.sockets.descriptor(0));
            String told = scripts.text("attempt(lambda: socket.fromfd(number, socket.AF_INET, 1).getsockname())");
            assertTrue(told.startsWith("error(88, "), told);
        }
    }

    /** Counts sockets, and fails when told. */
    private static final class OwnStack extends ForwardingStack {
        private final AtomicInteger made = new AtomicInteger();

        OwnStack() {
            super(LinuxStack.open());
        }

        @Override
        public Endpoint socket(int family, int type, int protocol) throws StackException {
            made.incrementAndGet();
            return new ForwardingEndpoint(super.socket(family, type, protocol), endpoint -> endpoint) {
                @Override
                public void listen(int backlog) {
                    throw new IllegalStateException("a defect of this stack");
                }
            };
        }
    }

    @Test
    void stackIsTheApplicationsChoice() {
        OwnStack stack = new OwnStack();
        try (JythonScripts scripts = new JythonScripts(JythonSockets.builder().stack(stack));
                LoggedErrors logged = new LoggedErrors()) {
            scripts.run("import socket\ns = socket.socket()");
            assertEquals(1, stack.made.get());
            scripts.run("""
                    try:
                        s.listen(1)
                    except SystemError as failure:
                        outcome = str(failure)
                    """);
            assertTrue(scripts.text("outcome").startsWith("internal error"), "no Java exception reaches a script");
            assertFalse(logged.take().isEmpty());
        }
    }

    @Test
    void wrongUseOfTheApiNamesTheMend() {
        assertThrows(NullPointerException.class, () -> JythonSockets.install(null));
        try (JythonScripts scripts = new JythonScripts()) {
            assertThrows(IllegalArgumentException.class, () -> scripts.sockets.descriptor(-1));
        }
    }
}
