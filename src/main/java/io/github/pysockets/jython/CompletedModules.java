package io.github.pysockets.jython;

import java.util.Map;
import org.python.core.PyObject;
import org.python.core.PySystemState;
import org.python.core.imp;

/**
 * Modules of Jython's library that lack what they have on POSIX: they ask {@code os.name}, which is {@code java}. Each
 * is imported as always, and then given to a module of ours, whose function {@code complete} adds the rest.
 */
final class CompletedModules {
    /** Jython's, and ours. */
    private static final Map<String, String> COMPLETED = Map.of("asyncore", "_asyncore_files");

    private final PySystemState state;

    /** The name that this thread is importing: for it, the other importers are to be asked. */
    private final ThreadLocal<String> importing = new ThreadLocal<>();

    CompletedModules(PySystemState state) {
        this.state = state;
    }

    /** Whether to import it by {@link #load}. Where it is there already, it is to be loaded again: that is Jython's. */
    boolean has(String name) {
        return COMPLETED.containsKey(name)
                && !name.equals(importing.get())
                && state.modules.__finditem__(name) == null;
    }

    /** Imports a module and completes it. */
    PyObject load(String name) {
        PyObject module;
        importing.set(name);
        try {
            module = imp.importName(name, true);
        } finally {
            importing.remove();
        }
        imp.importName(COMPLETED.get(name), true).invoke("complete", module);
        return module;
    }
}
