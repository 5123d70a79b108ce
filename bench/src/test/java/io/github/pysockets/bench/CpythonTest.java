package io.github.pysockets.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CpythonTest {
    @Test
    void threeNineIsNewEnough() {
        assertTrue(Cpython.isNewEnough("cpython 3 9"));
        assertTrue(Cpython.isNewEnough("cpython 3 12"));
        assertFalse(Cpython.isNewEnough("cpython 3 8"));
        assertFalse(Cpython.isNewEnough("cpython 2 7"));
        assertFalse(Cpython.isNewEnough("pypy 3 10"));
        assertFalse(Cpython.isNewEnough(null));
    }

    @Test
    void oneThatDoesNotRunIsMissing() {
        assertEquals("/nonexistent does not run.", Cpython.find("/nonexistent", Path.of("worker.py")).missing());
    }
}
