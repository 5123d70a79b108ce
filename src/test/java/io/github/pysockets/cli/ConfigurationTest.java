package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values are those of CPython 3.12, but for hash_randomization, which is 0 here. */
final class ConfigurationTest {
    private static final List<String> NAMES = List.of("debug", "inspect", "interactive", "optimize",
            "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment", "verbose", "bytes_warning", "quiet",
            "hash_randomization", "isolated", "dev_mode", "utf8_mode", "warn_default_encoding", "safe_path",
            "int_max_str_digits");

    private static final String SEED = " must be \"random\" or an integer in range [0; 4294967295]";
    private static final String DIGITS = ": invalid limit; must be >= 640 or 0 for unlimited.";

    private static Configuration settings(Map<String, String> environment, String... words) throws Exception {
        return new Configuration((CommandLine.Run) CommandLine.parse(List.of(words)), environment, false);
    }

    /** The flags that are not those of a command line without options, as name=value. */
    private static String flags(Configuration settings) {
        var shown = new StringBuilder();
        List<Object> flags = settings.flags();
        assertEquals(NAMES.size(), flags.size());
        for (int at = 0; at < NAMES.size(); at++) {
            Object flag = flags.get(at);
            boolean isDigits = at == NAMES.size() - 1;
            if (isDigits ? !flag.equals(4300) : !flag.equals(0) && !flag.equals(false)) {
                shown.append(shown.isEmpty() ? "" : " ").append(NAMES.get(at)).append('=').append(flag);
            }
        }
        return shown.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "-u, ''",
        "-d, debug=1",
        "-dd, debug=2",
        "-b, bytes_warning=1",
        "-bb, bytes_warning=2",
        "-B, dont_write_bytecode=1",
        "-i, inspect=1 interactive=1",
        "-vvv, verbose=3",
        "-OO, optimize=2",
        "-I, no_user_site=1 ignore_environment=1 isolated=1 safe_path=true",
        "-E, ignore_environment=1",
        "-s, no_user_site=1",
        "-S, no_site=1",
        "-P, safe_path=true",
        "-q, quiet=1",
        "-Xdev, dev_mode=true",
        "-Xdev=0, dev_mode=true",
        "-Xutf8, utf8_mode=1",
        "-Xutf8=0, ''",
        "-Xint_max_str_digits=0, int_max_str_digits=0",
        "-Xwarn_default_encoding, warn_default_encoding=1",
        "-Xnonsense, ''",
        "-dxbOt, debug=1 optimize=1 bytes_warning=1",
    })
    void switches(String word, String expected) throws Exception {
        assertEquals(expected, flags(settings(Map.of(), word, "a.py")));
    }

    @ParameterizedTest
    @CsvSource({
        "PYTHONDEBUG=0, ''",
        "PYTHONDEBUG=3, debug=3",
        "PYTHONDEBUG=x, debug=1",
        "PYTHONDEBUG=-2, debug=1",
        "PYTHONDEBUG=, ''",
        "PYTHONDONTWRITEBYTECODE=0, ''",
        "PYTHONDONTWRITEBYTECODE=3, dont_write_bytecode=1",
        "PYTHONINSPECT=3, inspect=3",
        "PYTHONOPTIMIZE=2, optimize=2",
        "PYTHONDEVMODE=0, dev_mode=true",
        "PYTHONUTF8=0, ''",
        "PYTHONUTF8=1, utf8_mode=1",
        "PYTHONWARNDEFAULTENCODING=0, warn_default_encoding=1",
        "PYTHONSAFEPATH=0, safe_path=true",
        "PYTHONNOUSERSITE=0, ''",
        "PYTHONNOUSERSITE=3, no_user_site=1",
        "PYTHONINTMAXSTRDIGITS=640, int_max_str_digits=640",
    })
    void variables(String variable, String expected) throws Exception {
        String[] parts = variable.split("=", 2);
        var environment = Map.of(parts[0], parts[1]);
        assertEquals(expected, flags(settings(environment, "a.py")));
        assertEquals("ignore_environment=1", flags(settings(environment, "-E", "a.py")));
    }

    @Test
    void whoSaysMoreHolds() throws Exception {
        assertEquals("optimize=2", flags(settings(Map.of("PYTHONOPTIMIZE", "2"), "-O", "a.py")));
        assertEquals("optimize=2", flags(settings(Map.of("PYTHONOPTIMIZE", "1"), "-OO", "a.py")));
        assertEquals("", flags(settings(Map.of("PYTHONUTF8", "1"), "-Xutf8=0", "a.py")));
        assertEquals("int_max_str_digits=700",
                flags(settings(Map.of("PYTHONINTMAXSTRDIGITS", "650"), "-Xint_max_str_digits=700", "a.py")));
    }

    @Test
    void warnings() throws Exception {
        assertEquals(List.of("default", "a", "b", "error", "error::BytesWarning"),
                settings(Map.of("PYTHONWARNINGS", "a,b"), "-Xdev", "-Werror", "-bb", "a.py").warnings());
        assertEquals(List.of("default::BytesWarning"), settings(Map.of(), "-b", "a.py").warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "PYTHONHASHSEED=x, hash_seed, PYTHONHASHSEED" + SEED,
        "PYTHONHASHSEED=4294967296, hash_seed, PYTHONHASHSEED" + SEED,
        "PYTHONINTMAXSTRDIGITS=3, int_max_str_digits, PYTHONINTMAXSTRDIGITS" + DIGITS,
        "-Xint_max_str_digits=5, int_max_str_digits, -X int_max_str_digits" + DIGITS,
        "-Xint_max_str_digits, int_max_str_digits, -X int_max_str_digits" + DIGITS,
    })
    void fatal(String setting, String step, String message) {
        assertEquals("config_init_" + step + ": " + message, fatal(setting).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "PYTHONUTF8=3, invalid PYTHONUTF8 environment variable value",
        "-Xutf8=3, invalid -X utf8 option value",
    })
    void noUtf8Mode(String setting, String message) {
        assertEquals("preconfig_init_utf8_mode: " + message, fatal(setting).getMessage());
    }

    private static FatalException fatal(String setting) {
        String[] parts = setting.split("=", 2);
        boolean isOption = setting.startsWith("-");
        Map<String, String> environment = isOption ? Map.of() : Map.of(parts[0], parts[1]);
        String[] words = isOption ? new String[] {setting, "a.py"} : new String[] {"a.py"};
        return assertThrows(FatalException.class, () -> settings(environment, words));
    }

    @Test
    void eventLoopIsChosenByItsVariable() throws Exception {
        for (String standard : List.of("", "python")) {
            assertEquals(false, settings(Map.of("PYSOCKETS_LOOP", standard), "-c", "").hasJavaLoop(), standard);
        }
        for (String option : List.of("-s", "-E", "-I")) {
            assertEquals(true, settings(Map.of("PYSOCKETS_LOOP", "java"), option, "-c", "").hasJavaLoop(), option);
        }
        FatalException refused = assertThrows(
                FatalException.class,
                () -> settings(Map.of("PYSOCKETS_LOOP", "Java"), "-c", ""));
        assertEquals(
                "init_event_loop: PYSOCKETS_LOOP must be \"java\" or \"python\"",
                refused.getMessage());
    }
}
