package io.github.pysockets.jython;

import io.github.pysockets.python.SocketRuntime;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.python.core.PyObject;
import org.python.core.PySystemState;

/** Installs our modules in an interpreter. */
public final class JythonInstallation {
    /** Those of Jython that know one another's internals: ours replace them together. */
    private static final List<String> REPLACED = List.of("socket", "_socket", "select", "ssl", "_ssl");

    private JythonInstallation() {}

    /**
     * Installs the modules, which are made when a script imports them.
     *
     * @param runtimes makes the runtime
     * @param hostTrust the application's own context for TLS; null for none
     * @return the runtime
     * @throws IllegalStateException where the interpreter cannot be used as it is; the message says what to do
     */
    public static SocketRuntime install(
            PySystemState state, Supplier<SocketRuntime> runtimes, SSLContext hostTrust) {
        synchronized (state) {
            requireFresh(state);
            SocketRuntime runtime = runtimes.get();
            state.meta_path.insert(0, new ModuleImporter(new Bindings(runtime, hostTrust), state));
            return runtime;
        }
    }

    private static void requireFresh(PySystemState state) {
        for (PyObject importer : state.meta_path.asIterable()) {
            if (importer instanceof ModuleImporter) {
                throw new IllegalStateException("PySockets is installed in this interpreter already, or in one that "
                        + "shares its PySystemState: give each interpreter one of its own.");
            }
        }
        for (String name : REPLACED) {
            if (state.modules.__finditem__(name) != null) {
                throw new IllegalStateException("This interpreter has imported the module " + name
                        + " already: install PySockets before its first script runs.");
            }
        }
    }
}
