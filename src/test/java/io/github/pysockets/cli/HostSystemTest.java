package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command does on other systems, as far as Linux can tell. */
final class HostSystemTest {
    /** Prints what the tests below expect, and fails where something of it is wrong. */
    private static final String PROGRAM = """
            import _thread, os, signal, socket, sys, threading, time, xml.etree.ElementTree
            got = []
            signal.signal(signal.SIGTERM, lambda number, frame: got.append(number))
            signal.raise_signal(signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGTERM)
            signal.raise_signal(0)
            os.kill(os.getpid(), 0)
            print(got)
            idents = []
            thread = threading.Thread(target=lambda: idents.extend([threading.get_ident(), threading.get_native_id()]))
            thread.start()
            thread.join()
            assert idents[0] not in (0, threading.get_ident()) and idents[0] == thread.ident, idents
            try:
                signal.raise_signal(77)
            except OSError as error:
                print(error.errno)
            timer = threading.Timer(0.1, _thread.interrupt_main)
            timer.start()
            try:
                time.sleep(100)
            except KeyboardInterrupt:
                print("interrupted")
            a, b = socket.socketpair()
            a.send(b"sent")
            print(b.recv(10))
            names = "alarm", "pthread_kill", "sigwait", "pause", "SIG_BLOCK"
            print(*(name for name in names if hasattr(signal, name)))
            print(signal.SIGINT in signal.valid_signals(), signal.SIGKILL in signal.valid_signals())
            for name in "grp", "syslog":
                try:
                    __import__(name)
                    print(name)
                except ImportError:
                    pass
            print(input())
            sys.exit(5)
            """;

    @TempDir
    private Path folder;

    private Child start(String system, String... words) throws Exception {
        return Child.main(folder, Map.of(), List.of("-Dtold=" + system), ToldSystem.class, words);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, 'alarm pthread_kill sigwait pause SIG_BLOCK', True True, 'grp\nsyslog\n'",
        "Mac OS X, 'alarm pthread_kill sigwait pause SIG_BLOCK', True True, ''",
        // GraalPy's own alarm stays, as this is no Windows.
        "Windows 11, alarm, True False, ''"})
    void whatScriptsSee(String system, String names, String valid, String modules) throws Exception {
        try (Child child = start(system, "-c", PROGRAM).input("typed\n")) {
            var result = child.result();
            assertEquals("", result.err());
            assertEquals("[15, 15]\n22\ninterrupted\nb'sent'\n" + names + "\n" + valid + "\n" + modules + "typed\n",
                    result.out());
            assertEquals(5, result.status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mac OS X", "Windows 11"})
    void ctrlCEndsAReadOfStandardInput(String system) throws Exception {
        try (Child child = start(system, "-c", """
                print("ready", flush=True)
                try:
                    input()
                finally:
                    print("at the end")
                """)) {
            child.expectLine("ready");
            child.signal("INT");
            var result = child.result();
            assertEquals("at the end\n", result.out());
            assertTrue(result.err().endsWith("\nKeyboardInterrupt\n"), result.err());
            assertEquals(130, result.status());
        }
    }

    @Test
    void aSecondCtrlCEndsWhatTheFirstCannot() throws Exception {
        try (Child child = start("Windows 11", "-c", """
                import os
                read, write = os.pipe()
                print("ready", flush=True)
                os.read(read, 1)
                """)) {
            child.expectLine("ready");
            child.signal("INT");
            // The process takes the second where a second has passed since the first.
            long end = System.nanoTime() + Child.LIMIT * 1_000_000_000L;
            while (child.isAlive() && System.nanoTime() < end) {
                child.signalIfAlive("INT");
                Thread.sleep(100);
            }
            assertEquals(130, child.result().status());
        }
    }

    /** GraalPy would warn that it has no native access. */
    @Test
    void noWordOfDeniedNativeAccess() throws Exception {
        List<String> denied = List.of(Child.NO_NATIVE_ACCESS);
        try (Child child = Child.main(folder, Map.of(), denied, Main.class, "--version")) {
            var result = child.result();
            assertEquals("", result.err());
            assertTrue(result.out().startsWith("pysockets "), result.out());
            assertEquals(0, result.status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, true, true, true, true, true",
        "Linux, aarch64, true, true, true, true, true",
        "Linux, riscv64, true, false, true, true, true",
        "Linux, amd64, false, false, false, false, true",
        "Mac OS X, aarch64, true, false, true, true, true",
        "Windows 11, amd64, true, false, false, false, false",
        "Windows Server 2022, amd64, false, false, false, false, false"})
    void whatASystemHas(String name, String architecture, boolean access, boolean linuxCalls, boolean breaks,
            boolean posix, boolean signals) {
        var system = new HostSystem(name, architecture, access);
        assertEquals(linuxCalls, system.hasLinuxCalls());
        assertEquals(breaks, system.breaksSystemCalls());
        assertEquals(posix, system.hasNativePosix());
        assertEquals(posix, system.hasNativeModules());
        assertEquals(signals, system.hasPosixSignals());
    }
}
