package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ParameterizedTest
    @ValueSource(strings = {
        "while True: pass",
        "re.sub('a+b?', 'b', 'aaab' * 50)",
        "re.match(r'(a|aa)+\\\\1c', 'a' * 20)",
        "json.loads(document)",
        "sorted(range(5000, 0, -1), key=lambda number: -number)",
        "number * number",
        "hashlib.sha256(bytes(100_000)).hexdigest()",
        "time.sleep(1000)",
        "threading.Event().wait()",
        "queue.SimpleQueue().get()",
        "os.read(os.pipe()[0], 1)",
        "subprocess.run(['sleep', '1000'])",
        "input()",
    })
    void interruptsCode(String code) throws Exception {
        // Code that ends is repeated, in a loop that calls nothing before.
        try (Child child = start("""
                import hashlib, json, os, queue, re, subprocess, threading, time

                document = json.dumps([{"a": list(range(50))}] * 20)
                number = 3 ** 20_000

                def run():
                    while True:
                        %s

                print("ready", flush=True)
                try:
                    run()
                except KeyboardInterrupt:
                    print("interrupted", flush=True)
                os._exit(0)
                """.formatted(code))) {
            child.expectLine("ready");
            child.signal("INT");
            child.expectLine("interrupted");
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

    /** A signal that the process sends to itself has been handled when the call returns. */
    @Test
    void ownSignalsAreHandledAtOnce() throws Exception {
        runs("""
                import os, signal, threading

                handled = []
                signal.signal(signal.SIGUSR1, lambda number, frame: handled.append((number, frame.f_code.co_name)))
                signal.signal(signal.SIGUSR2, lambda number, frame: handled.append(number))

                def send():
                    os.kill(os.getpid(), signal.SIGUSR1)
                    signal.raise_signal(signal.SIGUSR1)
                    signal.pthread_kill(threading.get_ident(), signal.SIGUSR2)

                send()
                assert handled == [(signal.SIGUSR1, "send")] * 2 + [signal.SIGUSR2], handled
                try:
                    signal.raise_signal(signal.SIGINT)
                    assert False
                except KeyboardInterrupt:
                    pass
                print("ok")
                """);
    }

    @Test
    void handlersRunInTheMainThreadAlone() throws Exception {
        runs("""
                import _thread, os, signal, threading, time

                threads = []
                signal.signal(signal.SIGUSR1, lambda number, frame: threads.append(threading.current_thread()))

                def other():
                    for call, arguments in (
                        (signal.signal, (signal.SIGUSR1, signal.SIG_DFL)),
                        (signal.set_wakeup_fd, (-1,)),
                    ):
                        try:
                            call(*arguments)
                            assert False, call
                        except ValueError as refusal:
                            text = "%s only works in main thread of the main interpreter" % call.__name__
                            assert str(refusal) == text, refusal
                    assert signal.getsignal(signal.SIGUSR1) is not None
                    signal.siginterrupt(signal.SIGUSR1, False)
                    signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
                    while not threads:
                        pass
                    _thread.interrupt_main()

                thread = threading.Thread(target=other)
                thread.start()
                try:
                    while True:
                        time.sleep(100)
                except KeyboardInterrupt:
                    thread.join()
                assert threads == [threading.main_thread()], threads
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
                print("ready", flush=True)
                try:
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

    @Test
    void blockedSignalsWait() throws Exception {
        runs("""
                import os, signal

                handled = []
                signal.signal(signal.SIGUSR1, lambda number, frame: handled.append(number))
                both = {signal.SIGUSR1, signal.SIGUSR2}
                assert signal.pthread_sigmask(signal.SIG_BLOCK, both) == set()
                for number in both | {signal.SIGUSR1}:
                    os.kill(os.getpid(), number)
                assert signal.sigwait({signal.SIGUSR2}) == signal.SIGUSR2
                assert (handled, signal.sigpending()) == ([], {signal.SIGUSR1}), (handled, signal.sigpending())
                assert signal.pthread_sigmask(signal.SIG_SETMASK, ()) == both
                assert (handled, signal.sigpending()) == ([signal.SIGUSR1], set())
                print("ok")
                """);
    }

    @Test
    void threadsHaveTheIdentifiersOfTheCLibrary() throws Exception {
        runs("""
                import _thread, os, signal, sys, threading

                def check():
                    # The kernel gives a thread's name where the identifier is the C library's.
                    assert threading.get_native_id() in map(int, os.listdir("/proc/self/task"))
                    assert threading.current_thread().ident == threading.get_ident() == _thread.get_ident()
                    assert threading.current_thread().native_id == threading.get_native_id()
                    assert sys._current_frames()[threading.get_ident()] is sys._getframe()
                    signal.pthread_kill(threading.get_ident(), 0)

                check()
                threads = [threading.Thread(target=check) for number in range(20)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                try:
                    signal.pthread_kill(12_345, 0)
                    assert False
                except ProcessLookupError:
                    pass
                print("ok")
                """);
    }
}
