package io.github.pysockets.graalpy;

import org.graalvm.polyglot.HostAccess;

/** The texts of the Python modules in the jar. */
public final class ModuleSources {
    ModuleSources() {}

    /** The text of a module of ours by its full name, or null where there is none. */
    @HostAccess.Export
    public Object text(String module) {
        return Guard.value(() -> {
            String name = Guard.given(module);
            String path = name.equals("_pysockets") ? "_pysockets/__init__" : name.replace('.', '/');
            return Resources.textOrNull(path + ".py");
        });
    }
}
