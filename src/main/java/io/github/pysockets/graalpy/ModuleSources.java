package io.github.pysockets.graalpy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;

/** The Python modules in the jar. Scripts can call this; whatever the name, it returns only those modules. */
public final class ModuleSources {
    private static final String PACKAGE = "_pysockets";
    private static final Pattern OURS =
            Pattern.compile("_socket|select|fcntl|_ssl|pysockets|" + PACKAGE + "(\\.[a-z_]+)?");

    /** Never dropped: an engine keeps a parsed source only as long as the source lives. */
    private static final Map<String, ModuleText> READ = new ConcurrentHashMap<>();

    private final boolean shared;

    /** @param shared whether contexts can share code: {@link SharedCode#isKnown} */
    ModuleSources(boolean shared) {
        this.shared = shared;
    }

    /** Whether we have a module with this full name. */
    @HostAccess.Export
    public Object has(String module) {
        return ResultCodes.value(() -> find(module) != null);
    }

    /** The text of our module with this full name, or null where there is none. */
    @HostAccess.Export
    public Object text(String module) {
        return ResultCodes.value(() -> {
            ModuleText found = find(module);
            return found == null ? null : found.text();
        });
    }

    /**
     * Returns a function that begins to run our module in a namespace of its own, and fails after the docstring. The
     * traceback then holds the module's code: see {@link ModuleText}. Null where there is no such module, or code
     * cannot be shared.
     */
    @HostAccess.Export
    public Object beginning(String module) {
        return ResultCodes.value(() -> {
            ModuleText found = shared ? find(module) : null;
            return found == null ? null : Context.getCurrent().parse(found.beginning());
        });
    }

    private static ModuleText find(String module) {
        if (module == null || !OURS.matcher(module).matches()) {
            return null;
        }
        return READ.computeIfAbsent(module, ModuleSources::read);
    }

    private static ModuleText read(String module) {
        String file = module.equals(PACKAGE) ? PACKAGE + "/__init__" : module.replace('.', '/');
        String text = Resources.textOrNull(file + ".py");
        return text == null ? null : ModuleText.of(module, text);
    }
}
