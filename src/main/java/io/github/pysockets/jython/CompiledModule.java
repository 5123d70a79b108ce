package io.github.pysockets.jython;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.imp;

/** Our modules in Python 2.7, which were compiled when PySockets was built. */
final class CompiledModule {
    private static final Set<String> NAMES = Set.of("_asyncore_files", "socket", "ssl");

    private CompiledModule() {}

    /** Whether there is a module with this name. */
    static boolean exists(String name) {
        return NAMES.contains(name);
    }

    private static String file(String name) {
        return name + "$py.class";
    }

    /** Runs a module, which is then in {@code sys.modules}. */
    static PyObject run(String name, PyObject loader) {
        try (InputStream compiled = CompiledModule.class.getResourceAsStream(file(name))) {
            String folder = CompiledModule.class.getPackageName().replace('.', '/') + "/";
            PyObject module =
                    imp.loadFromCompiled(name.intern(), compiled, folder + name + ".py", folder + file(name));
            module.__setattr__("__loader__", loader);
            return module;
        } catch (IOException unreadable) {
            throw Py.ImportError("The PySockets jar cannot be read: " + unreadable.getMessage());
        }
    }
}
