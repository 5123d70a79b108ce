package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.ApplicationSocket;
import io.github.pysockets.fixtures.Descriptors;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Descriptor numbers of sockets beside those of GraalPy's {@code os} module, on each of its two POSIX backends. */
final class DescriptorNumbersTest {
    private static final int APART = 1 << 30;

    private static Script apart;
    private static Script shared;
    private static Script sharedAndForeign;

    /** A context with files, and its sockets. */
    private record Script(Context context, PySockets sockets) {
        Script(Context.Builder builder, boolean foreign) {
            this(builder.allowIO(IOAccess.ALL).build(), foreign);
        }

        private Script(Context context, boolean foreign) {
            this(context, PySockets.builder().foreignDescriptors(foreign).install(context));
        }

        Value run(String code) {
            return context.eval("python", code);
        }

        String text(String code) {
            return Sandbox.text(run(code));
        }

        void close() {
            sockets.close();
            context.close(true);
        }
    }

    @BeforeAll
    static void open() {
        apart = new Script(ScriptContexts.sandbox(), false);
        shared = new Script(ScriptContexts.nativeBackend(), false);
        sharedAndForeign = new Script(ScriptContexts.nativeBackend(), true);
    }

    @AfterAll
    static void close() {
        apart.close();
        shared.close();
        sharedAndForeign.close();
    }

    @Test
    void nativeNumberIsTheProcesssOwn() {
        assertNumbersFrom(0, shared);
    }

    @Test
    void otherNumberIsFarAboveTheProcesssOwn() {
        assertNumbersFrom(APART, apart);
    }

    /** A socket's number is the process's plus {@code base}. */
    private static void assertNumbersFrom(int base, Script script) {
        script.run("import socket");
        Descriptors before = Descriptors.now();
        int number = script.run("sock = socket.socket(); sock.fileno()").asInt();
        assertTrue(before.added().containsKey(number - base));
        assertEquals(number, script.sockets.descriptor(number - base));
    }

    @Test
    void negativeNumberIsNoDescriptor() {
        assertThrows(IllegalArgumentException.class, () -> apart.sockets.descriptor(-1));
    }

    /** Both kinds of number in one script. */
    private static final String BESIDE = """
            import os
            import select
            import socket
            import tempfile

            left, right = socket.socketpair()
            left.send(b"of a socket")
            file = tempfile.TemporaryFile()
            file.write(b"of a file")
            file.flush()
            file.seek(0)
            pipe = os.pipe()
            """;

    @Test
    void filesAndSocketsHaveNoNumberInCommon() {
        apart.run(BESIDE);
        assertEquals("5", apart.text("str(len({left.fileno(), right.fileno(), file.fileno(), *pipe}))"));
        assertEquals("b'of a file'", apart.text("os.read(file.fileno(), 100)"));
        assertEquals("b'of a socket'", apart.text("os.read(right.fileno(), 100)"));
    }

    /** Emulated numbers of files are low, as are the process's: each is closed in turn. */
    private static void closeLowNumbers(String module) {
        apart.run("""
                for number in range(3, 1000):
                    try:
                        %s.close(number)
                    except OSError:
                        pass
                """.formatted(module));
    }

    @Test
    void closingAFileLeavesTheSocketOfThatNumberAlone() {
        apart.run(BESIDE);
        closeLowNumbers("os");
        assertEquals("b'of a socket'", apart.text("right.recv(100)"));
    }

    @Test
    void closingASocketLeavesTheFileOfThatNumberAlone() {
        apart.run(BESIDE);
        closeLowNumbers("socket");
        apart.run("os.close(left.detach())");
        assertEquals("b'of a file'", apart.text("file.read()"));
        assertEquals("b'of a socket'", apart.text("right.recv(100)"));
        assertEquals("b''", apart.text("right.recv(100)"));
    }

    @Test
    void emulatedNumbersCannotBeWaitedFor() {
        apart.run(BESIDE);
        apart.run("""
                os.write(pipe[1], b"x")

                def refused(function, *arguments):
                    try:
                        return "not refused: %r" % (function(*arguments),)
                    except OSError as failure:
                        return failure.errno

                poll = select.poll()
                poll.register(pipe[0])
                """);
        assertEquals("9", apart.text("refused(select.select, [pipe[0]], [], [], 0)"));
        assertEquals("9", apart.text("refused(select.epoll().register, pipe[0])"));
        assertEquals("True", apart.text("poll.poll(0) == [(pipe[0], select.POLLNVAL)]"));
        assertEquals("9", apart.text("refused(socket.send_fds, left, [b'x'], [pipe[0]])"));
        assertEquals("True", apart.text("refused(socket.socket, -1, -1, -1, pipe[0]) == 9"));
    }

    @Test
    void whereNumbersAreApartThereIsNoSendfile() {
        apart.run(BESIDE);
        assertEquals("False", apart.text("hasattr(os, 'sendfile')"));
        assertEquals("9", apart.text("left.sendfile(file)"));
        assertEquals("b'of a socket'", apart.text("right.recv(11)"));
    }

    @Test
    void nativeFilesPipesAndSocketsMix() {
        sharedAndForeign.run(BESIDE);
        sharedAndForeign.run("os.write(pipe[1], b'x')");
        assertEquals("True",
                sharedAndForeign.text("select.select([pipe[0], right], [], [], 0)[0] == [pipe[0], right]"));
        assertEquals("9", sharedAndForeign.text("os.sendfile(left.fileno(), file.fileno(), 0, 100)"));
        assertEquals("b'of a socketof a file'", sharedAndForeign.text("os.read(right.fileno(), 100)"));
    }

    @Test
    void nativeSupplementsWorkOnWhatOsWorksOn() {
        shared.run(BESIDE);
        assertEquals("9", shared.text("os.sendfile(left.fileno(), file.fileno(), 0, 100)"));
        assertEquals("1", shared.text("import fcntl; fcntl.fcntl(pipe[0], fcntl.F_GETFD)"));
    }

    @Test
    void nativeNumberThatWasClosedBehindOurBackIsNotClosedAgain() throws IOException {
        Script closing = new Script(ScriptContexts.nativeBackend(), false);
        List<ApplicationSocket> others = new ArrayList<>();
        try {
            // A file object closes its descriptor without os.close. The kernel gives out the lowest free number next.
            closing.run("""
                    import os
                    import socket

                    numbers = [socket.socket().detach() for _ in range(20)]
                    for number in numbers:
                        os.fdopen(number, "rb", 0).close()
                    """);
            // If another thread has freed a lower one, the next is tried.
            do {
                others.add(new ApplicationSocket());
            } while (!isOneOfThem(closing, others.getLast()) && others.size() < 100);
            assertTrue(isOneOfThem(closing, others.getLast()));
            closing.sockets.close();
            others.getLast().assertOpen();
        } finally {
            closing.close();
            for (ApplicationSocket other : others) {
                other.close();
            }
        }
    }

    private static boolean isOneOfThem(Script closing, ApplicationSocket socket) {
        return closing.run(socket.number() + " in numbers").asBoolean();
    }

    @Test
    void nativeCloseByOsEndsTheDescriptor() {
        Descriptors before = Descriptors.now();
        sharedAndForeign.run("""
                import os, socket
                numbers = [socket.socket().detach() for _ in range(5)]
                for number in numbers:
                    os.close(number)
                """);
        assertEquals(Map.of(), before.socketsAddedAfterCollection());
    }
}
