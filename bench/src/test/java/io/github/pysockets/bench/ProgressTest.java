package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long now;
    private Progress progress;

    @BeforeEach
    void begin() {
        progress = new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), false, 600, () -> now);
    }

    private void pass(int seconds) {
        now += seconds * 1_000_000_000L;
    }

    @Test
    void theEstimateFollowsWhatThingsHaveTaken() {
        progress.doing("a");
        pass(120);
        progress.did(60);
        progress.skip(140);
        progress.doing("b");
        // As planned, 400 s are left; so far all took (120 + 78) / 120 of its plan, the guess of 30 % more counted in.
        assertEquals("bench: a; about 13 min left\nbench: b; about 11 min left\n",
                written.toString(StandardCharsets.UTF_8));
    }

    @Test
    void elsewhereThanOnATerminalThereAreFewLines() {
        progress.doing("a");
        pass(9);
        progress.doing("b");
        progress.say("c");
        pass(1);
        progress.doing("d");
        String text = written.toString(StandardCharsets.UTF_8);
        assertEquals("bench: a\nbench: c\nbench: d\n", text.replaceAll("; about .* left", ""));
    }

    @Test
    void timesAreInWords() {
        assertEquals("1 s", Progress.inWords(0));
        assertEquals("89 s", Progress.inWords(89));
        assertEquals("2 min", Progress.inWords(90));
        assertEquals("2 h 05 min", Progress.inWords(7500));
    }
}
