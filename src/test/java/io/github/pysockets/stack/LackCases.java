package io.github.pysockets.stack;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a stack is said to lack, it refuses and does not take silently. */
abstract class LackCases extends StackCase {
    @Test
    void whatIsLackingIsRefused() {
        for (Lack lack : contract().lacks()) {
            assertThrows(StackException.class, () -> lack.attempt(this), lack::toString);
        }
    }

    @Test
    void constantsThatAreAbsentAreSo() {
        TreeSet<String> there = new TreeSet<>(contract().absentConstants());
        there.retainAll(stack().constants().keySet());
        assertTrue(there.isEmpty(), there::toString);
    }
}
