package io.github.pysockets.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicContainer;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.util.PythonInterpreter;

/**
 * As {@link PythonCases}, for Jython. cases.py is the Python half.
 *
 * <p>All runs on a thread of its own. A case that does not end in time is interrupted there. Where that does not help,
 * the thread is left behind and another takes its place: Jython has no global lock that it could keep.
 */
public final class JythonCases {
    private static final long LONGEST_INTERRUPT_SECONDS = 10;

    private final Duration limit;
    private final LackList lacks;
    private final PyObject modules;
    private ExecutorService worker = worker();
    private volatile Thread running;

    /** @param limit what the import of a module or a case may take; then it is interrupted, and has failed */
    public JythonCases(PythonInterpreter interpreter, Duration limit) {
        this(interpreter, limit, LackList.none());
    }

    /** @param lacks the cases that cannot pass */
    public JythonCases(PythonInterpreter interpreter, Duration limit, LackList lacks) {
        this.limit = limit;
        this.lacks = lacks;
        modules = bounded("the runner", () -> {
            Python2Files.searchPath().forEach(folder -> interpreter.getSystemState().path.append(
                    Py.fileSystemEncode(folder.toString())));
            interpreter.getSystemState().dont_write_bytecode = true;
            try (InputStream stream = JythonCases.class.getResourceAsStream("cases.py")) {
                interpreter.execfile(stream, "cases.py");
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return interpreter.get("Module");
        });
    }

    /** The cases of the module that has this name in Python, those that the filter leaves. */
    public DynamicContainer module(String name, CaseFilter filter) {
        return CaseTree.module(
                name, filter, lacks, () -> new Loaded(bounded(name, () -> modules.__call__(new PyString(name)))));
    }

    private final class Loaded implements CaseTree.Loaded {
        private final PyObject module;

        Loaded(PyObject module) {
            this.module = module;
        }

        @Override
        public List<CaseTree.Case> cases() {
            List<CaseTree.Case> named = new ArrayList<>();
            for (PyObject each : module.invoke("cases").asIterable()) {
                named.add(new CaseTree.Case(text(each, 0), text(each, 1)));
            }
            return named;
        }

        @Override
        public CaseTree.Outcome run(int number, String id) {
            PyObject done = bounded(id, () -> module.invoke("run", Py.newInteger(number)));
            return new CaseTree.Outcome(text(done, 0), text(done, 1), text(done, 2));
        }
    }

    private static String text(PyObject tuple, int index) {
        return tuple.__getitem__(index).toString();
    }

    private PyObject bounded(String what, Supplier<PyObject> action) {
        Future<PyObject> done = worker.submit(() -> {
            running = Thread.currentThread();
            // An interrupt that came too late for the last case must not end this one.
            Thread.interrupted();
            return action.get();
        });
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            String place = place(running);
            end(done);
            throw CaseTree.failure(what + " did not end within " + limit.toSeconds() + " s, where it was\n" + place);
        } catch (ExecutionException escaped) {
            if (escaped.getCause() instanceof PyException exception) {
                throw CaseTree.failure(what + " let an exception escape from unittest: " + exception);
            }
            throw new IllegalStateException(what + " let a Java exception escape", escaped.getCause());
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    /** Interrupts what runs; leaves it behind where it does not hear. */
    private void end(Future<PyObject> done) {
        running.interrupt();
        try {
            done.get(LONGEST_INTERRUPT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException ended) {
            return;
        } catch (TimeoutException | InterruptedException deaf) {
            worker.shutdown();
            worker = worker();
        }
    }

    private static String place(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).limit(60).map(frame -> "  at " + frame).collect(
                Collectors.joining("\n"));
    }

    private static ExecutorService worker() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("Jython's cases").factory());
    }
}
