package io.github.pysockets.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The cases of a Python module as dynamic tests, whatever interpreter runs them: a container for the module, in it one
 * for each class, and in that a test for each method.
 */
final class CaseTree {
    static final String FAILED = "failed";
    static final String SKIPPED = "skipped";

    private CaseTree() {}

    /** One test method of a class. */
    record Case(String owner, String method) {}

    /**
     * What became of a case.
     *
     * @param kind {@link #FAILED}, {@link #SKIPPED} or another
     * @param text tracebacks, or the reason
     */
    record Outcome(String kind, String text, String printed) {}

    /** A module that an interpreter has imported. */
    interface Loaded {
        List<Case> cases();

        /** @throws AssertionFailedError where it does not come to an end */
        Outcome run(int number, String id);
    }

    /**
     * @param lacks what cannot pass
     * @param load imports the module when its container is reached
     */
    static DynamicContainer module(String name, CaseFilter filter, LackList lacks, Supplier<Loaded> load) {
        return DynamicContainer.dynamicContainer(
                name, Stream.of(name).flatMap(each -> classes(each, filter, lacks, load)));
    }

    private static Stream<DynamicNode> classes(
            String module, CaseFilter filter, LackList lacks, Supplier<Loaded> load) {
        Map<String, List<DynamicNode>> tests;
        try {
            tests = tests(module, load.get(), filter, lacks);
        } catch (AssertionFailedError failure) {
            return Stream.of(failing("import", failure));
        }
        if (tests.isEmpty()) {
            return Stream.of(failing("cases", failure(module + " has no cases, or none by that name")));
        }
        return tests.entrySet().stream()
                .map(entry -> DynamicContainer.dynamicContainer(entry.getKey(), entry.getValue()));
    }

    private static Map<String, List<DynamicNode>> tests(
            String module, Loaded loaded, CaseFilter filter, LackList lacks) {
        Map<String, List<DynamicNode>> tests = new LinkedHashMap<>();
        List<Case> cases = loaded.cases();
        for (int i = 0; i < cases.size(); i++) {
            int number = i;
            Case each = cases.get(i);
            String id = module + "." + each.owner() + "." + each.method();
            // A module that cannot be imported is reported whatever part of it was asked for.
            if (filter.accepts(id) || each.method().equals("test_import")) {
                tests.computeIfAbsent(each.owner(), _ -> new ArrayList<>())
                        .add(DynamicTest.dynamicTest(each.method(),
                                () -> report(id, () -> loaded.run(number, id), lacks)));
            }
        }
        return tests;
    }

    private static void report(String id, Supplier<Outcome> run, LackList lacks) {
        String lacked = lacks.lacks(id);
        if (lacked != null && lacks.isNotRun(id)) {
            lacks.countSkipped(lacked);
            throw new TestAbortedException("the stack lacks " + lacked);
        }
        Outcome outcome = run.get();
        if (lacked != null) {
            if (!outcome.kind().equals(FAILED)) {
                throw failure(id + " is listed for lack of " + lacked + ", and has not failed: " + outcome.kind() + " "
                        + outcome.text());
            }
            lacks.countSkipped(lacked);
            throw new TestAbortedException("the stack lacks " + lacked);
        }
        String printed = outcome.printed();
        switch (outcome.kind()) {
            case FAILED ->
                throw failure(
                        id + "\n" + outcome.text() + (printed.isEmpty() ? "" : "\nPrinted meanwhile:\n" + printed));
            case SKIPPED -> {
                lacks.countSkippedFor(outcome.text());
                throw new TestAbortedException(outcome.text());
            }
            default -> {
                if (!printed.isEmpty()) {
                    System.err.print("While " + id + " ran:\n" + printed);
                }
            }
        }
    }

    private static DynamicTest failing(String name, AssertionFailedError failure) {
        return DynamicTest.dynamicTest(name, () -> {
            throw failure;
        });
    }

    /** Without a Java stack, which says nothing about a Python case. */
    static AssertionFailedError failure(String text) {
        AssertionFailedError failure = new AssertionFailedError(text);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }
}
