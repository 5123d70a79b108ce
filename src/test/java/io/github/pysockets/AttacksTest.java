package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.OwnProcess;
import io.github.pysockets.programs.Attacks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile scripts stay in their contexts: see {@link Attacks}. */
final class AttacksTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Map<String, String> OUTCOMES = new TreeMap<>();
    private static OwnProcess.Result result;

    @BeforeAll
    static void run() throws Exception {
        result = OwnProcess.run(LIMIT, List.of(), Attacks.class);
        result.out().lines().filter(line -> line.contains(": ")).forEach(line -> OUTCOMES.put(
                line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2)));
    }

    static Stream<String> names() {
        return Stream.of(Attacks.ALONE, Attacks.PAIRS, List.of(Attacks.SWEEP)).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("names")
    void attackFails(String name) {
        assertEquals("held", OUTCOMES.get(name), () -> result.toString());
    }
}
