package io.github.pysockets.cases;

import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.fixtures.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.DynamicContainer;
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
    private final LackList lacksOfStack;
    private final Value modules;

    /**
     * @param limit what the import of a module or a case may take; then it is interrupted, and has failed
     * @param lacks what the context lacks: a text that is then in the traceback, and the reason for which the case
     *     counts as skipped
     */
    public PythonCases(Context context, Duration limit, Map<String, String> lacks) {
        this(context, limit, lacks, LackList.none());
    }

    /** @param lacksOfStack the cases that cannot pass */
    public PythonCases(Context context, Duration limit, LackList lacksOfStack) {
        this(context, limit, Map.of(), lacksOfStack);
    }

    private PythonCases(Context context, Duration limit, Map<String, String> lacks, LackList lacksOfStack) {
        this.context = context;
        this.limit = limit;
        this.lacks = lacks;
        this.lacksOfStack = lacksOfStack;
        modules = ScriptContexts.evaluate(context, PythonCases.class, "cases.py");
    }

    /** The cases of the module that has this name in Python, those that the filter leaves. */
    public DynamicContainer module(String name, CaseFilter filter) {
        return CaseTree.module(name, filter, lacksOfStack,
                () -> new Loaded(bounded(name, () -> modules.execute(name))));
    }

    private final class Loaded implements CaseTree.Loaded {
        private final Value module;

        Loaded(Value module) {
            this.module = module;
        }

        @Override
        public List<CaseTree.Case> cases() {
            List<CaseTree.Case> named = new ArrayList<>();
            Value cases = module.invokeMember("cases");
            for (long i = 0; i < cases.getArraySize(); i++) {
                Value each = cases.getArrayElement(i);
                named.add(new CaseTree.Case(
                        each.getArrayElement(0).asString(), each.getArrayElement(1).asString()));
            }
            return named;
        }

        @Override
        public CaseTree.Outcome run(int number, String id) {
            Value done = bounded(id, () -> module.invokeMember("run", number));
            String text = done.getArrayElement(1).asString();
            String kind = done.getArrayElement(0).asString();
            if (kind.equals(CaseTree.FAILED)) {
                abortForLacks(text);
            }
            return new CaseTree.Outcome(kind, text, done.getArrayElement(2).asString());
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
            throw CaseTree.failure(what + " did not end within " + limit.toSeconds() + " s, and was interrupted");
        } catch (Watchdog.Lost lost) {
            throw CaseTree.failure(what + ": " + lost.getMessage());
        } catch (PolyglotException escaped) {
            throw CaseTree.failure(what + " let an exception escape from unittest: " + escaped.getMessage() + "\n"
                    + GuestFrames.of(escaped));
        }
    }
}
