package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals in the command reach their handlers wherever the main thread is, and nothing else. */
final class SignalsTest {
    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = temporary.toRealPath();
    }

    private Child start(String script) throws IOException {
        Files.writeString(folder.resolve("script.py"), script);
        return Child.main(folder, "script.py");
    }

    /** Runs a script that prints "ok" at its end, and nothing else. */
    private void runs(String script) throws Exception {
        try (Child child = start(script)) {
            var result = child.result();
            assertEquals(List.of("", "ok\n", 0), List.of(result.err(), result.out(), result.status()));
        }
    }

    /** Ctrl-C ends each of these by KeyboardInterrupt. Some are loops, some wait without a call of PySockets. */
    @Test
    void interruptsWhateverRuns() throws Exception {
        List<String> codes = List.of(
                "pass",
                "re.sub('a+b?', 'b', 'aaab' * 50)",
                "re.match(r'(a|aa)+\\1c', 'a' * 20)",
                "json.loads(document)",
                "sorted(range(5000, 0, -1), key=lambda number: -number)",
                "number * number",
                "hashlib.sha256(bytes(100_000)).hexdigest()",
                "time.sleep(1000)",
                "threading.Event().wait()",
                "queue.SimpleQueue().get()",
                "os.read(pipe, 1)",
                "subprocess.run(['sleep', '1000'])",
                "input()");
        // Code that ends is repeated, in a loop that has called nothing before.
        try (Child child = start("""
                import hashlib, json, os, queue, re, subprocess, sys, threading, time

                document = json.dumps([{"a": list(range(50))}] * 20)
                number = 3 ** 20_000
                pipe = os.pipe()[0]

                for code in eval(sys.stdin.readline()):
                    names = dict(globals())
                    exec(f"def run():\\n while True: {code}", names)
                    try:
                        print("ready", flush=True)
                        names["run"]()
                    except KeyboardInterrupt:
                        print("interrupted", flush=True)
                os._exit(0)
                """)) {
            child.line("[" + codes.stream().map(code -> '"' + code + '"').collect(Collectors.joining(", ")) + "]");
            for (int i = 0; i < codes.size(); i++) {
                child.expectLine("ready");
                child.signal("INT");
                child.expectLine("interrupted");
            }
            var result = child.result();
            assertEquals(List.of("", "", 0), List.of(result.err(), result.out(), result.status()));
        }
    }

    /** The timer's signals come all the time; each kind of work lasts until it has seen twenty handlers. */
    @Test
    void handlersRunAmidWorkAndRaiseNothing() throws Exception {
        runs("""
                import hashlib, json, re, signal, time

                handled = 0

                def on_alarm(number, frame):
                    global handled
                    handled += 1
                    assert number == signal.SIGALRM

                document = json.dumps([{"a": list(range(50))}] * 20)
                signal.signal(signal.SIGALRM, on_alarm)
                signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
                for work in (
                    lambda: re.sub("a+b?", "b", "aaab" * 50),
                    lambda: re.match(r"(a|aa)+\\\\1c", "a" * 20),
                    lambda: json.loads(document),
                    lambda: sorted(range(1000), key=lambda number: -number),
                    lambda: hashlib.sha256(bytes(10_000)).hexdigest(),
                    lambda: 3 ** 10_000,
                    lambda: time.sleep(0.001),
                ):
                    handled = 0
                    while handled < 20:
                        work()
                # A sleep is neither ended nor begun anew by a handler.
                start = time.monotonic()
                time.sleep(1)
                assert 1 <= time.monotonic() - start < 20
                signal.setitimer(signal.ITIMER_REAL, 0)
                print("ok")
                """);
    }

    /** The timer's signals come all the time, more often than any of these timeouts could pass. */
    @Test
    void handlersDoNotMakeTimeoutsLonger() throws Exception {
        runs("""
                import _thread, queue, signal, threading, time

                handled = 0

                def on_alarm(number, frame):
                    global handled
                    handled += 1

                signal.signal(signal.SIGALRM, on_alarm)
                lock, rlock, empty, end = threading.Lock(), threading.RLock(), queue.Queue(), threading.Event()
                condition, held = threading.Condition(), threading.Event()

                def hold():
                    with rlock:
                        held.set()
                        end.wait()

                def wait_for_condition():
                    with condition:
                        return condition.wait(0.5)

                def get():
                    try:
                        return empty.get(timeout=0.5)
                    except queue.Empty:
                        return False

                def join():
                    thread.join(0.5)
                    return not thread.is_alive()

                lock.acquire()
                thread = threading.Thread(target=hold)
                thread.start()
                held.wait()
                for wait in (
                    lambda: lock.acquire(timeout=0.5),
                    lambda: lock.acquire(1, 1),
                    lambda: lock.acquire_lock(True, 0.5),
                    lambda: rlock.acquire(timeout=0.5),
                    wait_for_condition,
                    lambda: threading.Event().wait(0.5),
                    lambda: threading.Semaphore(0).acquire(timeout=0.5),
                    get,
                    join,
                ):
                    handled = 0
                    start = time.monotonic()
                    signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
                    assert wait() is False
                    signal.setitimer(signal.ITIMER_REAL, 0)
                    assert 0.5 <= time.monotonic() - start < 20
                    assert handled > 0
                end.set()
                thread.join()
                print("ok")
                """);
    }

    /** A lock that comes free within its timeout is acquired; an exception of a handler ends the wait. */
    @Test
    void locksWithTimeoutsAreAcquiredOrInterrupted() throws Exception {
        runs("""
                import signal, threading

                def on_alarm(number, frame):
                    raise KeyError(number)

                signal.signal(signal.SIGALRM, on_alarm)
                lock, rlock = threading.Lock(), threading.RLock()
                assert lock.acquire(timeout=1000) is True
                threading.Timer(0.05, lock.release).start()
                assert lock.acquire(timeout=1000) is True
                assert rlock.acquire(timeout=1000) and rlock.acquire(True, 1000) and rlock.acquire()
                for _ in range(3):
                    rlock.release()
                signal.setitimer(signal.ITIMER_REAL, 0.1)
                try:
                    print(lock.acquire(timeout=1000))
                except KeyError:
                    pass
                assert lock.locked() and not lock.acquire(timeout=0) and not lock.acquire(False, -1)
                for arguments, error in (
                    ((False, 1), ValueError),
                    ((True, -2), ValueError),
                    ((True, 1e100), OverflowError),
                    ((True, "1"), TypeError),
                ):
                    try:
                        print(lock.acquire(*arguments))
                    except error:
                        pass
                print("ok")
                """);
    }

    /** As servers are stopped: a handler of SIGTERM that raises SystemExit. */
    @Test
    void sigtermEndsTheProgram() throws Exception {
        try (Child child = start("""
                import re, signal, sys

                def on_term(number, frame):
                    sys.exit(7)

                signal.signal(signal.SIGTERM, on_term)
                try:
                    print("ready", flush=True)
                    while True:
                        re.sub("a+b?", "b", "aaab" * 50)
                finally:
                    print("finally", flush=True)
                """)) {
            child.expectLine("ready");
            child.signal("TERM");
            child.expectLine("finally");
            var result = child.result();
            assertEquals(List.of("", "", 7), List.of(result.err(), result.out(), result.status()));
        }
    }

    /** A parent sees that a signal has ended the process, as in CPython, and not an exit. */
    @Test
    void defaultActionIsTheSystems() throws Exception {
        runs("""
                import signal, subprocess, sys

                program = "import signal, time; signal.signal(15, print); signal.signal(15, signal.SIG_DFL);"
                program += " print('ready', flush=True); time.sleep(1000)"
                child = subprocess.Popen([*COMMAND, "-c", program], stdout=subprocess.PIPE)
                assert child.stdout.readline() == b"ready\\n"
                child.terminate()
                assert child.wait() == -signal.SIGTERM, child.returncode
                print("ok")
                """.replace("COMMAND", command()));
    }

    /** The words of a command like that of the child, as a Python list. */
    private static String command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", Main.class.getName())
                .stream()
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
