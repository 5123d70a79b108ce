package io.github.pysockets.cli;

import java.util.Map;
import org.python.core.Py;
import org.python.core.PyBuiltinFunction;
import org.python.core.PyException;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;
import org.python.core.PyTuple;
import org.python.core.PyType;
import org.python.core.imp;

/** The module {@code signal} of CPython 2.7, in place of Jython's, and {@code time.sleep}, which signals end. */
final class JythonSignalModule {
    private static final int DEFAULT = 0;
    private static final int IGNORE = 1;
    private static final int HIGHEST = 64;
    private static final int LOWEST_REALTIME = 34;
    private static final int ITIMER_REAL = 0;
    private static final int ITIMER_PROF = 2;
    private static final int EINVAL = 22;

    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;

    /** Other names of signals. */
    private static final Map<String, String> ALIASES = Map.of("CLD", "CHLD", "POLL", "IO", "IOT", "ABRT");

    private final JythonSignals signals;
    private final PyStringMap members = new PyStringMap();
    private PyObject timerError;
    private PyObject defaultInterrupt;

    JythonSignalModule(JythonSignals signals) {
        this.signals = signals;
    }

    /** What a function does. */
    @FunctionalInterface
    private interface Body {
        PyObject call(PyObject[] arguments);
    }

    /** A function without arguments by name. */
    private static final class Function extends PyBuiltinFunction {
        private static final long serialVersionUID = 1L;

        private final int least;
        private final int most;
        private final transient Body body;

        Function(String name, int least, int most, String doc, Body body) {
            super(name, doc);
            this.least = least;
            this.most = most;
            this.body = body;
        }

        @Override
        public PyObject __call__(PyObject[] arguments, String[] keywords) {
            if (keywords.length > 0) {
                throw Py.TypeError(fastGetName() + "() takes no keyword arguments");
            }
            if (arguments.length < least || arguments.length > most) {
                int bound = arguments.length < least ? least : most;
                throw Py.TypeError(fastGetName() + "() takes "
                        + (least == most ? "exactly " : arguments.length < least ? "at least " : "at most ") + bound
                        + " argument" + (bound == 1 ? "" : "s") + " (" + arguments.length + " given)");
            }
            return body.call(arguments);
        }
    }

    private PyObject add(String name, int least, int most, String doc, Body body) {
        Function function = new Function(name, least, most, doc, body);
        members.__setitem__(name, function);
        return function;
    }

    private void add(String name, int number) {
        members.__setitem__(name, Py.newInteger(number));
    }

    /** Makes the module known to the interpreter. Returns the handler that Ctrl-C has at first. */
    PyObject install(PySystemState state) {
        members.__setitem__("__doc__", new PyString("Handlers of signals: see signal(7)."));
        add("SIG_DFL", DEFAULT);
        add("SIG_IGN", IGNORE);
        add("NSIG", HIGHEST + 1);
        add("SIGRTMIN", LOWEST_REALTIME);
        add("SIGRTMAX", HIGHEST);
        Map<String, Integer> numbers = JvmSignals.numbers();
        numbers.forEach((name, number) -> add("SIG" + name, number));
        ALIASES.forEach((alias, name) -> {
            if (numbers.containsKey(name)) {
                add("SIG" + alias, numbers.get(name));
            }
        });
        addHandling();
        if (NativeSignals.areThere()) {
            addTimers();
        }
        state.modules.__setitem__(new PyString("signal"), new PyModule("signal", members));
        replaceSleep(state);
        return defaultInterrupt;
    }

    private void addHandling() {
        defaultInterrupt = add(
                "default_int_handler", 0, Integer.MAX_VALUE,
                "default_int_handler(...)\n\nWhat Ctrl-C does at first: it raises KeyboardInterrupt.",
                _ -> {
                    throw new PyException(Py.KeyboardInterrupt);
                });
        add(
                "signal", 2, 2,
                "signal(sig, action) -> action\n\n"
                        + "Sets what a signal does: SIG_DFL, SIG_IGN, or a function, which gets its number and the "
                        + "interrupted frame.\nReturns what it did before. For the main thread.",
                arguments -> set(number(arguments[0]), arguments[1]));
        add(
                "getsignal", 1, 1,
                "getsignal(sig) -> action\n\nWhat a signal does: SIG_DFL, SIG_IGN, a function; None for what is not "
                        + "known.",
                arguments -> get(valid(number(arguments[0]))));
        add("pause", 0, 0, "pause()\n\nWaits until a handler has run.", _ -> {
            signals.sleep(-1);
            return Py.None;
        });
        add(
                "siginterrupt", 2, 2,
                "siginterrupt(sig, flag)\n\nCalls that a signal interrupts end with EINTR in any case.",
                arguments -> {
                    valid(number(arguments[0]));
                    return Py.None;
                });
        add(
                "set_wakeup_fd", 1, 1,
                "set_wakeup_fd(fd) -> fd\n\nA descriptor to which each signal writes a byte; -1 for none. For the "
                        + "main thread.",
                arguments -> {
                    if (!signals.isMainThread()) {
                        throw Py.ValueError("set_wakeup_fd only works in main thread");
                    }
                    int base = signals.base();
                    int number = number(arguments[0]);
                    int before = signals.setWakeup(number >= base ? number - base : number);
                    return Py.newInteger(before < 0 ? before : before + base);
                });
    }

    private void addTimers() {
        add("ITIMER_REAL", ITIMER_REAL);
        add("ITIMER_VIRTUAL", 1);
        add("ITIMER_PROF", ITIMER_PROF);
        PyStringMap errorMembers = new PyStringMap();
        errorMembers.__setitem__("__module__", new PyString("signal"));
        timerError = PyType.TYPE.__call__(new PyString("ItimerError"), new PyTuple(Py.IOError), errorMembers);
        members.__setitem__("ItimerError", timerError);
        add(
                "alarm", 1, 1, "alarm(seconds) -> seconds\n\nSends SIGALRM after some time, or 0 for never; returns "
                        + "what was left of the time before.",
                arguments -> {
                    long[] before = NativeSignals.setTimer(ITIMER_REAL, number(arguments[0]) * (long) MICROS, 0);
                    return Py.newInteger((int) Math.ceil(before[0] / MICROS));
                });
        add(
                "setitimer", 2, 3,
                "setitimer(which, seconds[, interval]) -> (seconds, interval)\n\nSets a timer, which sends a signal.",
                arguments -> times(NativeSignals.setTimer(
                        number(arguments[0]), micros(arguments[1]),
                        arguments.length > 2 ? micros(arguments[2]) : 0)));
        add(
                "getitimer", 1, 1, "getitimer(which) -> (seconds, interval)\n\nWhat is left of a timer.",
                arguments -> times(NativeSignals.timer(number(arguments[0]))));
    }

    private static int number(PyObject value) {
        if (value instanceof PyFloat) {
            throw Py.TypeError("integer argument expected, got float");
        }
        return value.asInt();
    }

    private static long micros(PyObject seconds) {
        return (long) (seconds.asDouble() * MICROS);
    }

    private PyObject times(long[] micros) {
        if (micros.length == 1) {
            throw new PyException(timerError, timerError.__call__(
                    Py.newInteger((int) micros[0]), new PyString("Invalid argument")));
        }
        return new PyTuple(Py.newFloat(micros[0] / MICROS), Py.newFloat(micros[1] / MICROS));
    }

    private static int valid(int number) {
        if (number < 1 || number > HIGHEST) {
            throw Py.ValueError("signal number out of range");
        }
        return number;
    }

    private PyObject get(int number) {
        PyObject handler = signals.get(number);
        return handler != null ? handler : Py.newInteger(NativeSignals.isIgnored(number) ? IGNORE : DEFAULT);
    }

    private PyObject set(int number, PyObject action) {
        if (!signals.isMainThread()) {
            throw Py.ValueError("signal only works in main thread");
        }
        valid(number);
        int named = action instanceof PyInteger constant ? constant.getValue() : -1;
        if (named != DEFAULT && named != IGNORE && !action.isCallable()) {
            throw Py.TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
        }
        PyObject before = get(number);
        boolean done = named == DEFAULT ? signals.reset(number)
                : named == IGNORE ? signals.ignore(number) : signals.set(number, action);
        if (!done) {
            throw new PyException(Py.RuntimeError, new PyTuple(
                    Py.newInteger(EINVAL), new PyString("Invalid argument")));
        }
        return before;
    }

    /** Jython's own would raise KeyboardInterrupt for whatever interrupts it. */
    private void replaceSleep(PySystemState state) {
        PyObject time = imp.importName("time", true);
        PyObject own = time.__getattr__("sleep");
        Function sleep = new Function(
                "sleep", 1, 1, "sleep(seconds)\n\nWaits. A signal ends it early, once its handler has run.",
                arguments -> {
                    double seconds = arguments[0].asDouble();
                    if (!signals.isMainThread() || !(seconds > 0)) {
                        return own.__call__(arguments[0]);
                    }
                    signals.sleep((long) (seconds * NANOS));
                    return Py.None;
                });
        time.__setattr__("sleep", sleep);
    }
}
