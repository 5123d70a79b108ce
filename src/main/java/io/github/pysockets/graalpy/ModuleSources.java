package io.github.pysockets.graalpy;

import org.graalvm.polyglot.HostAccess;

/** The texts of the Python modules in the jar. */
public final class ModuleSources {
    ModuleSources() {}

    /** The text of a module of ours by its full name, or null where there is none. */
    @HostAccess.Export
    public String text(String module) {
        String path = module.equals("_pysockets") ? "_pysockets/__init__" : module.replace('.', '/');
        return Resources.textOrNull(path + ".py");
    }
}
