package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PythonOptionsTest {
    private static Map<String, String> options(Map<String, String> environment, String... words) throws Exception {
        CommandLine.Run run = (CommandLine.Run) CommandLine.parse(List.of(words));
        return PythonOptions.of(run, new Configuration(run, environment, false), "/bin/pysockets");
    }

    @Test
    void aProcessOfItsOwn() throws Exception {
        var options = options(Map.of(), "a.py");
        assertEquals("native", options.get("python.PosixModuleBackend"));
        assertEquals("/bin/pysockets", options.get("python.Executable"));
        // GraalPy's own handlers would be in the way of the command's.
        assertFalse(options.containsKey("python.InstallSignalHandlers"));
        assertEquals("true", options.get("python.ForceImportSite"));
        assertEquals("false", options.get("python.DontWriteBytecodeFlag"));
        assertFalse(options.containsKey("python.WarnOptions"));
    }

    @Test
    void switches() throws Exception {
        var options = options(Map.of(), "-uBS", "a.py");
        assertEquals("true", options.get("python.UnbufferedIO"));
        assertEquals("true", options.get("python.DontWriteBytecodeFlag"));
        assertEquals("true", options.get("python.NoSiteFlag"));
        assertEquals("false", options.get("python.ForceImportSite"));
    }

    @Test
    void variables() throws Exception {
        var environment = Map.of(
                "PYTHONPATH", "/a:/b",
                "PYTHONUNBUFFERED", "1",
                "PYTHONOPTIMIZE", "",
                "PYTHONHASHSEED", "7",
                "PYTHONDONTWRITEBYTECODE", "0",
                "PYTHONWARNINGS", "error,ignore",
                "PYTHONIOENCODING", "latin-1");
        var options = options(environment, "-W", "default", "a.py");
        assertEquals("/a:/b", options.get("python.PythonPath"));
        assertEquals("true", options.get("python.UnbufferedIO"));
        assertNull(options.get("python.PythonOptimizeFlag"), "an empty variable is as good as none");
        assertEquals("false", options.get("python.DontWriteBytecodeFlag"), "the number is how often it counts");
        assertEquals("7", options.get("python.HashSeed"));
        assertEquals("latin-1", options.get("python.StandardStreamEncoding"));
        assertEquals("error,ignore,default", options.get("python.WarnOptions"), "the command line has the last word");
        assertNull(options(Map.of("PYTHONHASHSEED", "random"), "a.py").get("python.HashSeed"));
    }

    @Test
    void variablesMayBeIgnored() throws Exception {
        var environment = Map.of("PYTHONPATH", "/a", "PYTHONUNBUFFERED", "1", "PYTHONWARNINGS", "error");
        for (String word : List.of("-E", "-I")) {
            var options = options(environment, word, "a.py");
            assertNull(options.get("python.PythonPath"), word);
            assertNull(options.get("python.UnbufferedIO"), word);
            assertNull(options.get("python.WarnOptions"), word);
        }
    }

    @Test
    void isolatedMeansThreeMore() throws Exception {
        var options = options(Map.of(), "-I", "a.py");
        for (String name : List.of("IsolateFlag", "IgnoreEnvironmentFlag", "NoUserSiteFlag", "SafePathFlag")) {
            assertEquals("true", options.get("python." + name), name);
        }
    }

    @Test
    void implementationOptions() throws Exception {
        var options = options(Map.of(), "-Xint_max_str_digits=0", "-Xwarn_default_encoding", "-Xdev", "-Xno", "a.py");
        assertEquals("0", options.get("python.IntMaxStrDigits"));
        assertEquals("true", options.get("python.WarnDefaultEncodingFlag"));
        assertEquals("default", options.get("python.WarnOptions"));
    }

    @Test
    void theLogIsForThoseWhoAsk() throws Exception {
        assertEquals("SEVERE", options(Map.of(), "a.py").get("log.python.level"));
        assertNull(options(Map.of(), "-v", "a.py").get("log.python.level"));
        assertNull(options(Map.of("PYTHONVERBOSE", "1"), "a.py").get("log.python.level"));
    }
}
