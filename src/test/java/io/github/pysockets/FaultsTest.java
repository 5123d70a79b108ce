package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.faults.Fault;
import io.github.pysockets.faults.FaultJudge;
import io.github.pysockets.faults.FaultScenario;
import io.github.pysockets.faults.FaultTable;
import io.github.pysockets.faults.Faults;
import io.github.pysockets.faults.Raised;
import io.github.pysockets.fixtures.LoggedErrors;
import io.github.pysockets.fixtures.Watchdog;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every system call goes wrong in turn, in each way that its manual page names, under programs that use sockets in each
 * way there is. Whatever goes wrong, no byte is lost, repeated or out of order; the program ends; what it sees is the
 * exception that CPython raises; and nothing is left open, closed twice or used once closed.
 *
 * <p>A scenario runs once to count its calls, and then once for each fault of each call: the first, second and last of
 * its name.
 */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
final class FaultsTest {
    /** How long the collector may take to find a socket that a failing program has dropped. */
    private static final long LIMIT_NANOS = 10_000_000_000L;

    private static final List<String> PLAIN = words("tcp_blocking tcp_timeout tcp_default_timeout tcp_addressed"
            + " unix_blocking pair_duplicated pair_makefile non_blocking_select non_blocking_poll non_blocking_epoll"
            + " accept_loop sink slow_sender passed_descriptors udp unix_datagrams by_number epoll_by_number"
            + " names by_name");

    private static final List<String> SECURED = words("tls_non_blocking tls_blocking tls_timeout aio aio_tls");

    private static final List<String> FILES = words("os_sendfile socket_sendfile");

    /** Faults of a kind that takes several collections each; elsewhere they have no effect of their own. */
    private static final Set<String> SHORTAGES = Set.of("EMFILE", "ENFILE");

    private static final Set<String> WITH_SHORTAGES =
            Set.of("tcp_blocking", "by_number", "non_blocking_epoll", "names");

    /** What is asked of a number to find out whether it is still the script's; these say that it is not. */
    private static final Set<String> IDENTITY = Set.of("identity", "getOption", "status");

    private static final Set<String> CLOSED_BEHIND = Set.of("EBADF", "ENOTSOCK");

    private static final Set<String> DATAGRAMS = Set.of("udp", "unix_datagrams");

    /** By its kinds. Each is used again for the next scenario, and replaced when it can no longer be used. */
    private static final Map<String, FaultScenario> USABLE = new TreeMap<>();

    private static final Set<String> CHECKED = new TreeSet<>();

    /** All that is in the table and has not happened. */
    private static final Set<String> MISSING = new TreeSet<>();

    private static LoggedErrors logged;
    @TempDir
    private static Path folder;
    private static Path file;

    private final List<String> complaints = new ArrayList<>();
    /** Numbers that a run left open, and which. */
    private final Map<Integer, String> dropped = new TreeMap<>();

    @BeforeAll
    static void open() throws Exception {
        logged = new LoggedErrors();
        FaultTable.calls()
                .forEach(call -> FaultTable.of(call).keySet().forEach(word -> MISSING.add(call + " " + word)));
        file = folder.resolve("file");
        ByteBuffer content = ByteBuffer.allocate(600_000);
        for (int i = 0; i < content.capacity() / Integer.BYTES; i++) {
            content.putInt(i);
        }
        Files.write(file, content.array());
    }

    @AfterAll
    static void close() {
        USABLE.values().forEach(FaultsTest::closeAndCheck);
        logged.close();
        if (CHECKED.size() == PLAIN.size() + SECURED.size() + FILES.size() + 1) {
            assertEquals(Set.of(), MISSING, "faults that no scenario comes to");
        }
    }

    private static void closeAndCheck(FaultScenario scenario) {
        scenario.close();
        assertEquals(Set.of(), scenario.faults.open(), "descriptors");
        assertEquals(0, scenario.faults.openPollers(), "pollers");
        assertEquals(List.of(), scenario.faults.takeMisuses());
        assertEquals(List.of(), logged.take(), "logged errors");
    }

    static List<String> plain() {
        return PLAIN;
    }

    @ParameterizedTest
    @MethodSource
    void plain(String name) {
        check(name, "echo messages descriptors names");
    }

    static List<String> secured() {
        return SECURED;
    }

    @ParameterizedTest
    @MethodSource
    void secured(String name) {
        check(name, "tls loops");
    }

    static List<String> files() {
        return FILES;
    }

    @ParameterizedTest
    @MethodSource
    void files(String name) {
        check(name, "files");
    }

    /** A wait whose poller cannot be made. Pollers are used again, so each takes a context that has had none. */
    @Test
    void newPoller() {
        FaultTable.of("newPoller").forEach((word, fault) -> {
            FaultScenario fresh = scenario("echo");
            run(fresh, "non_blocking_select", "newPoller", 1, word, fault);
            closeAndCheck(fresh);
        });
        done("newPoller");
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static FaultScenario scenario(String kinds) {
        return new FaultScenario(kinds.equals("files") ? file.toString() : null, kinds.split(" "));
    }

    private void check(String name, String kinds) {
        Supplier<FaultScenario> usable = () -> USABLE.computeIfAbsent(kinds, FaultsTest::scenario);
        Faults faults = usable.get().faults;
        // Not the first run, which also makes what is made only once.
        assertEquals(List.of(), usable.get().run(name));
        faults.clear();
        assertEquals(List.of(), usable.get().run(name));
        Map<String, Integer> calls = faults.calls();
        calls.forEach((call, count) -> FaultTable.of(call).forEach((word, fault) -> {
            if (!isOfUse(name, call, word, fault)) {
                return;
            }
            for (int number : numbers(name, word, fault, count)) {
                if (!run(usable.get(), name, call, number, word, fault)) {
                    USABLE.remove(kinds).close();
                    dropped.clear();
                }
            }
        }));
        collect(usable.get().faults);
        done(name);
    }

    private void done(String name) {
        CHECKED.add(name);
        assertEquals("", String.join("\n", complaints));
    }

    /** Which calls of a name go wrong, one in each run: the first, the second, the last. */
    private static Set<Integer> numbers(String scenario, String word, Fault fault, int count) {
        // asyncio treats all errnos alike, and is slow.
        boolean isFirstAlone = SHORTAGES.contains(word) || scenario.startsWith("aio") && fault instanceof Fault.Fails;
        return new TreeSet<>(isFirstAlone ? List.of(1) : List.of(1, Math.min(2, count), count));
    }

    private static boolean isOfUse(String scenario, String call, String word, Fault fault) {
        if (SHORTAGES.contains(word)) {
            return WITH_SHORTAGES.contains(scenario);
        }
        if (fault instanceof Fault.Short) {
            return !DATAGRAMS.contains(scenario);
        }
        // Told that there is no connection, ssl.py reads to find out, and finds that there is one.
        return !(SECURED.contains(scenario) && call.equals("peerAddress") && word.equals("ENOTCONN"));
    }

    /** False where the context can no longer be used. */
    private boolean run(FaultScenario scenario, String name, String call, int number, String word, Fault fault) {
        String title = name + ", " + call + " " + number + " " + word + ": ";
        Faults faults = scenario.faults;
        Set<Integer> before = faults.open();
        faults.plan(call, number, fault);
        List<Raised> raised;
        try {
            raised = scenario.run(name);
        } catch (PolyglotException | Watchdog.Interrupted | Watchdog.Lost failure) {
            complaints.add(title + failure);
            return false;
        }
        String complaint = FaultJudge.complaint(name, call, fault, faults.hasHappened(), raised);
        if (complaint != null) {
            complaints.add(title + complaint);
        }
        if (faults.hasHappened()) {
            MISSING.remove(call + " " + word);
        }
        faults.clear();
        Set<Integer> left = faults.open();
        left.removeAll(before);
        if (IDENTITY.contains(call) && CLOSED_BEHIND.contains(word)) {
            faults.forget(left);
        } else {
            left.forEach(descriptor -> dropped.put(descriptor, title));
        }
        faults.takeMisuses().forEach(misuse -> complaints.add(title + misuse));
        logged.take().forEach(error -> complaints.add(title + "logged: " + error));
        return true;
    }

    /** What a failing program drops is closed after a collection; CPython closes it at once. */
    private void collect(Faults faults) {
        long end = System.nanoTime() + LIMIT_NANOS;
        dropped.keySet().retainAll(faults.open());
        while (!dropped.isEmpty() && System.nanoTime() < end) {
            System.gc();
            LockSupport.parkNanos(10_000_000);
            dropped.keySet().retainAll(faults.open());
        }
        dropped.forEach((descriptor, title) -> complaints.add(title + "left open: " + descriptor));
    }
}
