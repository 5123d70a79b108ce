package io.github.pysockets.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Engine;

/**
 * GraalPy's options for a command line and an environment. An embedded GraalPy reads neither, so the {@code PYTHON...}
 * variables that the {@code python} command obeys are passed on here.
 */
final class PythonOptions {
    /** Variables whose value is an option's value. */
    private static final Map<String, String> VALUES = Map.of(
            "PYTHONPATH", "PythonPath",
            "PYTHONIOENCODING", "StandardStreamEncoding",
            "PYTHONPYCACHEPREFIX", "PyCachePrefix",
            "PYTHONINTMAXSTRDIGITS", "IntMaxStrDigits");

    /** {@code -X} options that GraalPy has an option for. As in python, {@code sys._xoptions} has all of them. */
    private static final Map<String, String> IMPLEMENTATION = Map.of(
            "int_max_str_digits", "IntMaxStrDigits",
            "pycache_prefix", "PyCachePrefix",
            "warn_default_encoding", "WarnDefaultEncodingFlag");

    private final Map<String, String> options = new LinkedHashMap<>();

    private PythonOptions() {}

    /**
     * The options, by their full names.
     *
     * @param executable the command itself, as {@code sys.executable} names it; "" if it is not known
     */
    static Map<String, String> of(CommandLine.Run run, Map<String, String> environment, String executable) {
        var made = new PythonOptions();
        made.fixed(executable);
        Set<Switch> switches = run.switches();
        boolean isolated = switches.contains(Switch.ISOLATED);
        if (isolated) {
            made.put(Switch.IGNORE_ENVIRONMENT);
            made.put(Switch.NO_USER_SITE);
            made.put(Switch.SAFE_PATH);
        }
        List<String> warnings = new ArrayList<>();
        if (!isolated && !switches.contains(Switch.IGNORE_ENVIRONMENT)) {
            made.environment(environment, warnings);
        }
        switches.forEach(made::put);
        made.implementation(run.implementation(), warnings);
        warnings.addAll(run.warnings());
        if (!warnings.isEmpty()) {
            made.put("WarnOptions", String.join(",", warnings));
        }
        // site.py is what makes the site-packages folders known; an embedded GraalPy leaves it out unless told.
        made.put("ForceImportSite", String.valueOf(!switches.contains(Switch.NO_SITE)));
        return made.options;
    }

    /** The options for every program: it has a process of its own, with all that the process has. */
    private void fixed(String executable) {
        // Descriptor numbers are the process's own, as those of PySockets are.
        put("PosixModuleBackend", "native");
        put("InstallSignalHandlers", "true");
        if (!isVersion("25.0.")) {
            put("AllowSignalHandlers", "true");
        }
        // Silences the warning that the native backend is not meant for embedding: this process has no other purpose.
        put("RunViaLauncher", "true");
        put("DontWriteBytecodeFlag", "false");
        put("Executable", executable);
    }

    /** Whether GraalPy's version begins so: an unknown option would end the program. Polyglot has the same version. */
    private static boolean isVersion(String beginning) {
        String version = Engine.class.getPackage().getImplementationVersion();
        return version != null && version.startsWith(beginning);
    }

    private void environment(Map<String, String> environment, List<String> warnings) {
        for (Switch each : Switch.values()) {
            if (each.variable().map(environment::get).filter(value -> !value.isEmpty()).isPresent()) {
                put(each);
            }
        }
        VALUES.forEach((variable, option) -> {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                put(option, value);
            }
        });
        String hashing = environment.getOrDefault("PYTHONHASHSEED", "");
        if (!hashing.isEmpty() && !hashing.equals("random")) {
            put("HashSeed", hashing);
        }
        String filters = environment.getOrDefault("PYTHONWARNINGS", "");
        if (!filters.isEmpty()) {
            warnings.add(filters);
        }
    }

    private void implementation(List<String> given, List<String> warnings) {
        for (String each : given) {
            String name = each.split("=", 2)[0];
            String option = IMPLEMENTATION.get(name);
            if (option != null) {
                put(option, name.length() < each.length() ? each.substring(name.length() + 1) : "true");
            } else if (name.equals("dev")) {
                warnings.add("default");
            }
        }
    }

    private void put(Switch each) {
        put(each.option(), "true");
    }

    private void put(String option, String value) {
        options.put("python." + option, value);
    }
}
