package io.github.pysockets.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Engine;

/**
 * GraalPy's options for a command line and an environment. An embedded GraalPy reads neither, so the {@code PYTHON...}
 * variables that the {@code python} command obeys are passed on here.
 */
final class PythonOptions {
    private final Map<String, String> options = new LinkedHashMap<>();

    private PythonOptions() {}

    /**
     * The options, by their full names.
     *
     * @param executable the command itself, as {@code sys.executable} names it; "" if it is not known
     */
    static Map<String, String> of(CommandLine.Run run, Configuration settings, String executable) {
        return of(run, settings, executable, run.network().policy().isPresent());
    }

    /** As above, for a program that has no native code, and whose output is a stream of Java's. */
    static Map<String, String> ofSandbox(CommandLine.Run run, Configuration settings, String executable) {
        Map<String, String> options = of(run, settings, executable, true);
        // Otherwise lines of several programs would come in another order than they were written in.
        options.put("python.UnbufferedIO", "true");
        return options;
    }

    private static Map<String, String> of(
            CommandLine.Run run, Configuration settings, String executable, boolean isLimited) {
        var made = new PythonOptions();
        made.fixed(executable, isLimited, HostSystem.here());
        for (Switch each : Switch.values()) {
            if (settings.isOn(each)) {
                each.option().ifPresent(option -> made.put(option, "true"));
            }
        }
        made.values(settings);
        made.put("CheckHashPycsMode", run.hashedCaches());
        List<String> warnings = settings.warnings();
        if (!warnings.isEmpty()) {
            made.put("WarnOptions", String.join(",", warnings));
        }
        // site.py is what makes the site-packages folders known; an embedded GraalPy leaves it out unless told.
        made.put("ForceImportSite", String.valueOf(!settings.isOn(Switch.NO_SITE)));
        if (!settings.isOn(Switch.VERBOSE) && !isLogConfigured()) {
            made.quiet();
        }
        return made.options;
    }

    /**
     * The options for every program: it has a process of its own, with all that the process has.
     *
     * @param isLimited whether a policy limits what it may reach, so that it gets no native code
     */
    private void fixed(String executable, boolean isLimited, HostSystem system) {
        // Descriptor numbers are the process's own, as those of PySockets are.
        put("PosixModuleBackend", isLimited || !system.hasNativePosix() ? "java" : "native");
        if (!isVersion("25.0.") && !isLimited && system.hasNativeModules()) {
            putUnlessSet("UnicodeCharacterDatabaseNativeFallback", "true");
            // The Java one loses text that is fed to it in parts. Loaded when a program imports it.
            putUnlessSet("PyExpatModuleBackend", "native");
        }
        // Silences the warning that the native backend is not meant for embedding: this process has no other purpose.
        put("RunViaLauncher", "true");
        put("DontWriteBytecodeFlag", "false");
        put("Executable", executable);
    }

    /** Keeps GraalPy's warnings from a script's standard error, such as the one that ctypes is a C extension. */
    private void quiet() {
        options.put("log.python.level", "SEVERE");
    }

    /** Whether the user has set a log level, which holds in place of ours. */
    private static boolean isLogConfigured() {
        return System.getProperties().stringPropertyNames().stream().anyMatch(name -> name.startsWith("polyglot.log."));
    }

    /** Whether GraalPy's version begins so: an unknown option would end the program. Polyglot has the same version. */
    private static boolean isVersion(String beginning) {
        String version = Engine.class.getPackage().getImplementationVersion();
        return version != null && version.startsWith(beginning);
    }

    private void values(Configuration settings) {
        putIfGiven("PythonPath", settings.variable("PYTHONPATH"));
        putIfGiven("StandardStreamEncoding", settings.variable("PYTHONIOENCODING"));
        putIfGiven("PyCachePrefix", settings.variable("PYTHONPYCACHEPREFIX"));
        if (settings.hasImplementation("pycache_prefix")) {
            put("PyCachePrefix", settings.implementation("pycache_prefix"));
        }
        put("IntMaxStrDigits", String.valueOf(settings.digits()));
        if (settings.warnsOfDefaultEncoding()) {
            put("WarnDefaultEncodingFlag", "true");
        }
        String seed = settings.variable("PYTHONHASHSEED");
        if (!seed.equals("random") && !settings.isOn(Switch.HASH_RANDOMIZATION)) {
            putIfGiven("HashSeed", seed);
        }
    }

    private void putIfGiven(String option, String value) {
        if (!value.isEmpty()) {
            put(option, value);
        }
    }

    /** Sets an option, unless the user has chosen by a system property. */
    private void putUnlessSet(String option, String value) {
        if (System.getProperty("polyglot.python." + option) == null) {
            put(option, value);
        }
    }

    private void put(String option, String value) {
        options.put("python." + option, value);
    }
}
