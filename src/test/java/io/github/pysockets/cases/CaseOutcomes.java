package io.github.pysockets.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What comes of the cases of a module, for the tests of {@link PythonCases} and {@link JythonCases}. */
public final class CaseOutcomes {
    public static final String PASSED = "passed";

    private CaseOutcomes() {}

    /**
     * Runs the cases as JUnit would.
     *
     * @return by class and method, in order: {@link #PASSED}, "skipped: " and the reason, or the message of the failure
     */
    public static Map<String, String> of(DynamicContainer module) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        collect("", module, outcomes);
        return outcomes;
    }

    private static void collect(String owner, DynamicNode node, Map<String, String> outcomes) {
        switch (node) {
            case DynamicContainer container -> {
                try (Stream<? extends DynamicNode> children = container.getChildren()) {
                    children.forEachOrdered(child -> collect(container.getDisplayName(), child, outcomes));
                }
            }
            case DynamicTest test -> outcomes.put(owner + "." + test.getDisplayName(), outcome(test));
            default -> throw new AssertionError(node);
        }
    }

    private static String outcome(DynamicTest test) {
        try {
            test.getExecutable().execute();
            return PASSED;
        } catch (TestAbortedException skipped) {
            return "skipped: " + skipped.getMessage();
        } catch (AssertionFailedError failure) {
            assertEquals(0, failure.getStackTrace().length, "frames of Java");
            return failure.getMessage();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    /** Fails unless {@code part} is in an outcome. */
    public static void assertContains(String outcome, String part) {
        assertTrue(outcome.contains(part), () -> "no \"" + part + "\" in: " + outcome);
    }
}
