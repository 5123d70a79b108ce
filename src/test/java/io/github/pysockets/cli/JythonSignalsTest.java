package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals of the command with the option for Jython: Ctrl-C ends every wait, and handlers run on the main thread. */
final class JythonSignalsTest {
    /** A thread sends a signal once it sees the main thread wait, or be busy for a while. */
    private static final String CALLS = """
            import errno, os, Queue, select, signal, socket, sys, threading, time
            from java.lang import Thread

            main = Thread.currentThread()

            def send(number):
                for _ in range(100):
                    if str(main.getState()) in ("WAITING", "TIMED_WAITING"):
                        break
                    if any(frame.getMethodName() == "poll" for frame in main.getStackTrace()):
                        break
                    time.sleep(0.01)
                os.kill(os.getpid(), number)

            def make(name):
                a, b = socket.socketpair()
                if name == "accept":
                    listener = socket.socket()
                    listener.bind(("127.0.0.1", 0))
                    listener.listen(1)
                    return listener.accept
                if name == "recv":
                    return lambda: (a.recv(1), b)
                if name == "recv with timeout":
                    a.settimeout(60)
                    return lambda: (a.recv(1), b)
                if name == "select":
                    return lambda: select.select([a], [], [])
                if name == "poll":
                    poll = select.poll()
                    poll.register(a, select.POLLIN)
                    return poll.poll
                if name == "epoll":
                    epoll = select.epoll()
                    epoll.register(a, select.EPOLLIN)
                    return epoll.poll
                if name == "os.read":
                    reader, writer = os.pipe()
                    return lambda: os.read(reader, 1)
                if name == "sleep":
                    return lambda: time.sleep(60)
                if name == "queue":
                    return lambda: Queue.Queue().get()
                if name == "event":
                    return lambda: threading.Event().wait()
                if name == "join":
                    thread = threading.Thread(target=lambda: time.sleep(60))
                    thread.setDaemon(True)
                    thread.start()
                    return thread.join
                if name == "stdin":
                    return sys.stdin.readline
                def busy():
                    while True:
                        pass
                return busy

            def run(name, number):
                call = make(name)
                threading.Thread(target=send, args=(number,)).start()
                return call()
            """;

    private static Child.Result run(Path temporary, String script) throws Exception {
        Path folder = temporary.toRealPath();
        Files.writeString(folder.resolve("script.py"), CALLS + script);
        try (Child child = Child.jython(folder, "script.py")) {
            return child.result();
        }
    }

    @Test
    void ctrlCEndsEveryWait(@TempDir Path temporary) throws Exception {
        Child.Result result = run(temporary, """
                for name in ("accept", "recv", "recv with timeout", "select", "poll", "epoll", "os.read", "sleep",
                             "queue", "event", "join", "stdin", "busy"):
                    how = "returned"
                    try:
                        try:
                            run(name, signal.SIGINT)
                        finally:
                            how = "finally"
                    except KeyboardInterrupt:
                        how += " interrupted"
                    print name, how
                    sys.stdout.flush()
                """);

        assertEquals(13, result.out().lines().filter(line -> line.endsWith(" finally interrupted")).count(),
                () -> result.out() + result.err());
        assertEquals("", result.err());
        assertEquals(0, result.status());
    }

    /** As in CPython 2.7: PEP 475 came later. */
    @Test
    void aCallEndsWithEintrAfterAHandler(@TempDir Path temporary) throws Exception {
        Child.Result result = run(temporary, """
                ran = []
                def handler(number, frame):
                    ran.append((number == signal.SIGALRM, threading.currentThread().getName(), frame is not None))
                print signal.signal(signal.SIGALRM, handler), signal.getsignal(signal.SIGALRM) is handler
                for name in ("accept", "recv", "recv with timeout", "select", "poll", "epoll", "os.read"):
                    try:
                        run(name, signal.SIGALRM)
                    except (EnvironmentError, select.error) as error:
                        print name, type(error).__module__, type(error).__name__, error.args
                run("sleep", signal.SIGALRM)
                print ran == [(True, "MainThread", True)] * 8
                """);

        assertEquals("""
                0 True
                accept socket error (4, 'Interrupted system call')
                recv socket error (4, 'Interrupted system call')
                recv with timeout socket error (4, 'Interrupted system call')
                select select error (4, 'Interrupted system call')
                poll select error (4, 'Interrupted system call')
                epoll exceptions IOError (4, 'Interrupted system call')
                os.read exceptions OSError (4, 'Interrupted system call')
                True
                """, result.out(), result::err);
        assertEquals(0, result.status());
    }

    @Test
    void anUncaughtCtrlCEndsTheProgramAsPython2Does(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        Files.writeString(folder.resolve("script.py"), """
                import socket, sys
                a, b = socket.socketpair()
                for i in range(3):
                    try:
                        print "waiting"
                        sys.stdout.flush()
                        a.recv(1)
                    except KeyboardInterrupt:
                        if i == 2:
                            raise
                    finally:
                        print "finally"
                """);
        try (Child child = Child.jython(folder, "script.py")) {
            for (int i = 0; i < 3; i++) {
                child.expectLine("waiting");
                child.signal("INT");
                child.expectLine("finally");
            }
            Child.Result result = child.result();
            assertEquals(1, result.status());
            assertTrue(result.err().endsWith("KeyboardInterrupt\n"), result.err());
        }
    }

    @Test
    void signalsOfTheSystemKeepTheirActions(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        Files.writeString(folder.resolve("script.py"), """
                import signal, sys, time
                print signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.getsignal(signal.SIGTERM)
                sys.stdout.flush()
                time.sleep(60)
                """);
        try (Child child = Child.jython(folder, "script.py")) {
            child.expectLine("True 0");
            child.signal("TERM");
            assertEquals(128 + 15, child.result().status());
        }
    }
}
