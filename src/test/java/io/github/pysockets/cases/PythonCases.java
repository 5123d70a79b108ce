package io.github.pysockets.cases;

import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.fixtures.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The cases of Python's unittest modules as dynamic tests: a container for each module, in it one for each
 * class, and in that a test for each method. cases.py is the Python half.
 *
 * <p>A test that fails has the name of the case and Python's traceback for its message. One that unittest skips is
 * aborted, with unittest's reason. What is printed while a case runs is shown with its name.
 *
 * <p>A module is imported when its container is reached. All runs on the thread that calls, which should be the one
 * that made the context: to Python it is the main thread, the only one that handles signals.
 */
public final class PythonCases {
    private final Context context;
    private final Duration limit;
    private final Map<String, String> lacks;
    private final Value modules;

    /**
     * @param limit what the import of a module or a case may take; then it is interrupted, and has failed
     * @param lacks what the context lacks: a text that is then in the traceback, and the reason for which the case
     *     counts as skipped
     */
    public PythonCases(Context context, Duration limit, Map<String, String> lacks) {
        this.context = context;
        this.limit = limit;
        this.lacks = lacks;
        modules = ScriptContexts.evaluate(context, PythonCases.class, "cases.py");
    }

    /** The cases of the module that has this name in Python, those that the filter leaves. */
    public DynamicContainer module(String name, CaseFilter filter) {
        return DynamicContainer.dynamicContainer(name, Stream.of(name).flatMap(each -> classes(each, filter)));
    }

    private Stream<DynamicNode> classes(String module, CaseFilter filter) {
        Map<String, List<DynamicNode>> tests;
        try {
            tests = tests(module, bounded(module, () -> modules.execute(module)), filter);
        } catch (AssertionFailedError failure) {
            return Stream.of(failing("import", failure));
        }
        if (tests.isEmpty()) {
            return Stream.of(failing("cases", failure(module + " has no cases, or none by that name")));
        }
        return tests.entrySet().stream()
                .map(entry -> DynamicContainer.dynamicContainer(entry.getKey(), entry.getValue()));
    }

    private Map<String, List<DynamicNode>> tests(String module, Value loaded, CaseFilter filter) {
        Map<String, List<DynamicNode>> tests = new LinkedHashMap<>();
        Value cases = loaded.invokeMember("cases");
        for (long i = 0; i < cases.getArraySize(); i++) {
            long number = i;
            String owner = cases.getArrayElement(i).getArrayElement(0).asString();
            String method = cases.getArrayElement(i).getArrayElement(1).asString();
            String id = module + "." + owner + "." + method;
            // A module that cannot be imported is reported whatever part of it was asked for.
            if (filter.accepts(id) || method.equals("test_import")) {
                tests.computeIfAbsent(owner, _ -> new ArrayList<>())
                        .add(DynamicTest.dynamicTest(method, () -> run(loaded, number, id)));
            }
        }
        return tests;
    }

    private void run(Value module, long number, String id) {
        Value done = bounded(id, () -> module.invokeMember("run", number));
        String text = done.getArrayElement(1).asString();
        String printed = done.getArrayElement(2).asString();
        switch (done.getArrayElement(0).asString()) {
            case "failed" -> {
                abortForLacks(text);
                throw failure(id + "\n" + text + (printed.isEmpty() ? "" : "\nPrinted meanwhile:\n" + printed));
            }
            case "skipped" -> throw new TestAbortedException(text);
            default -> {
                if (!printed.isEmpty()) {
                    System.err.print("While " + id + " ran:\n" + printed);
                }
            }
        }
    }

    private void abortForLacks(String traceback) {
        lacks.forEach((sign, reason) -> {
            if (traceback.contains(sign)) {
                throw new TestAbortedException(reason);
            }
        });
    }

    private Value bounded(String what, Supplier<Value> action) {
        try {
            return Watchdog.bounded(context, limit, action);
        } catch (Watchdog.Interrupted _) {
            // Where it was is not known: finally blocks have run since, and the exception shows their place.
            throw failure(what + " did not end within " + limit.toSeconds() + " s, and was interrupted");
        } catch (Watchdog.Lost lost) {
            throw failure(what + ": " + lost.getMessage());
        } catch (PolyglotException escaped) {
            throw failure(what + " let an exception escape from unittest: " + escaped.getMessage() + "\n"
                    + GuestFrames.of(escaped));
        }
    }

    private static DynamicTest failing(String name, AssertionFailedError failure) {
        return DynamicTest.dynamicTest(name, () -> {
            throw failure;
        });
    }

    /** Without a Java stack, which says nothing about a Python case. */
    private static AssertionFailedError failure(String text) {
        AssertionFailedError failure = new AssertionFailedError(text);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }
}
