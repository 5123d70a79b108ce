package io.github.pysockets.jython;

import io.github.pysockets.python.AbsentNames;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.python.core.Py;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;
import org.python.core.PyTuple;
import org.python.core.PyType;
import org.python.core.Untraversable;
import org.python.core.imp;

/**
 * Makes our modules when they are first imported, and completes some of Jython's: an importer of {@code sys.meta_path},
 * as PEP 302 says. It is asked before Jython looks for its own modules of these names.
 */
@Untraversable
final class ModuleImporter extends PyObject {
    private static final long serialVersionUID = 1L;

    private final transient Bindings bindings;
    private final transient PySystemState state;
    private final transient Map<String, Consumer<ModuleMembers>> javaModules;
    private final transient CompletedModules completedModules;

    private boolean knowsOs;

    ModuleImporter(Bindings bindings, PySystemState state) {
        super(type());
        this.bindings = bindings;
        this.state = state;
        javaModules = new HashMap<>(Map.of(
                "_socket", members -> SocketModule.fill(bindings, members),
                "_sslbasics", members -> SslBasicsModule.fill(bindings, members),
                "_ssl", members -> SslModule.fill(bindings, members),
                "fcntl", members -> FcntlModule.fill(bindings, members),
                "select", members -> SelectModule.fill(bindings, members)));
        javaModules.keySet().removeAll(AbsentNames.of(bindings.runtime().stack()));
        completedModules = new CompletedModules(state);
        installOs(false);
    }

    /** Without one of its own, the object's type would be one of Java, and have its name. */
    private static PyType type() {
        PyStringMap members = new PyStringMap();
        members.__setitem__("__module__", new PyString("_socket"));
        return (PyType) PyType.TYPE.__call__(
                new PyString("importer"), new PyTuple(PyType.fromClass(PyObject.class)), members);
    }

    /**
     * Has the functions of the module {@code os} know our numbers. Once is enough.
     *
     * @param imports whether to import it, where no script has
     */
    private synchronized void installOs(boolean imports) {
        if (knowsOs) {
            return;
        }
        PyObject os = imports ? imp.importName("os", true) : state.modules.__finditem__("os");
        if (os != null) {
            knowsOs = true;
            OsFunctions.install(bindings, os);
        }
    }

    /** Whether {@link #load} is to import it. */
    private boolean has(String name) {
        return isOurs(name) || completedModules.has(name);
    }

    private boolean isOurs(String name) {
        return javaModules.containsKey(name) || CompiledModule.exists(name);
    }

    @Override
    public PyObject __findattr_ex__(String name) {
        return switch (name) {
            case "find_module" -> new NativeFunction<>(
                    Signature.of(name, 1, 2), null, bindings, (_, arguments) -> has(name(arguments)) ? this : Py.None);
            case "load_module" -> new NativeFunction<>(
                    Signature.of(name, 1), null, bindings, (_, arguments) -> load(name(arguments)));
            default -> super.__findattr_ex__(name);
        };
    }

    private static String name(Arguments arguments) {
        return arguments.get(0) instanceof PyString name ? name.getString() : "";
    }

    private PyObject load(String name) {
        PyObject known = state.modules.__finditem__(name);
        if (known != null) {
            return known;
        }
        if (completedModules.has(name)) {
            return completedModules.load(name);
        }
        if (!isOurs(name)) {
            throw Py.ImportError("No module named " + name);
        }
        installOs(true);
        Consumer<ModuleMembers> java = javaModules.get(name);
        if (java == null) {
            return CompiledModule.run(name, this);
        }
        PyModule module = new PyModule(name, new PyStringMap());
        java.accept(new ModuleMembers(bindings, module.fastGetDict()));
        module.fastGetDict().__setitem__("__loader__", this);
        state.modules.__setitem__(new PyString(name.intern()), module);
        return module;
    }
}
