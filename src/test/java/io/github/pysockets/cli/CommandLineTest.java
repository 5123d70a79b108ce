package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
    private static CommandLine.Run run(String... words) throws UsageException {
        return assertInstanceOf(CommandLine.Run.class, CommandLine.parse(List.of(words)));
    }

    @Test
    void whatFollowsTheScriptIsItsOwn() throws UsageException {
        var run = run("-u", "a.py", "-B", "--help", "-c");
        assertEquals(new Program.Script("a.py"), run.program());
        assertEquals(List.of("-B", "--help", "-c"), run.arguments());
        assertEquals(Map.of(Switch.UNBUFFERED, 1), run.switches());
    }

    @Test
    void codeAndModuleEndTheOptions() throws UsageException {
        assertEquals(new Program.Code("pass"), run("-c", "pass", "-u").program());
        assertEquals(List.of("-u"), run("-c", "pass", "-u").arguments());
        assertEquals(new Program.Code("pass"), run("-cpass").program());
        assertEquals(new Program.Code(""), run("-c", "").program());
        assertEquals(new Program.Module("http.server"), run("-m", "http.server", "80").program());
        assertEquals(new Program.Module("a"), run("-uma").program());
        assertEquals(Map.of(Switch.UNBUFFERED, 1), run("-uma").switches());
    }

    @Test
    void withoutAProgramItIsStandardInput() throws UsageException {
        assertEquals(new Program.StandardInput(""), run().program());
        assertEquals(new Program.StandardInput(""), run("-u").program());
        assertEquals(new Program.StandardInput(""), run("--").program());
        assertEquals(new Program.StandardInput("-"), run("-", "a").program());
        assertEquals(List.of("a"), run("-", "a").arguments());
    }

    @Test
    void twoDashesEndTheOptions() throws UsageException {
        assertEquals(new Program.Script("-u"), run("--", "-u", "a").program());
    }

    @Test
    void anEmptyWordIsAScript() throws UsageException {
        assertEquals(new Program.Script(""), run("", "a").program());
    }

    @Test
    void lettersShareADash() throws UsageException {
        assertEquals(EnumSet.allOf(Switch.class),
                run("-uBEI", "-OOP", "-qsS", "-vbd", "-ix", "-Rt", "a.py").switches().keySet());
    }

    @Test
    void lettersCount() throws UsageException {
        assertEquals(Map.of(Switch.OPTIMIZE, 2, Switch.VERBOSE, 3, Switch.BYTES_WARNING, 2, Switch.DEBUG, 1),
                run("-OO", "-vbv", "-dvb", "a.py").switches());
    }

    /** What subprocess._args_from_interpreter_flags() makes of every flag, as multiprocessing puts it before -c. */
    @Test
    void whatTheStandardLibraryPassesOn() throws UsageException {
        var words = Stream.of("-d -OO -B -S -I -v -bb -q -Wignore -X dev -X utf8 -X pycache_prefix=/a"
                + " -X warn_default_encoding -X int_max_str_digits=0 -X importtime -X faulthandler -c").flatMap(
                        line -> Stream.of(line.split(" ")));
        var run = run(Stream.concat(words, Stream.of("pass", "--multiprocessing-fork")).toArray(String[]::new));
        assertEquals(new Program.Code("pass"), run.program());
        assertEquals(List.of("--multiprocessing-fork"), run.arguments());
        assertEquals(List.of("ignore"), run.warnings());
        assertEquals(7, run.implementation().size());
    }

    @Test
    void netLog() throws UsageException {
        assertTrue(run("--net-log", "-u", "a.py").netLog());
        assertFalse(run("a.py", "--net-log").netLog());
        assertEquals(List.of("--net-log"), run("-c", "pass", "--net-log").arguments());
    }

    @Test
    void hashedCaches() throws UsageException {
        assertEquals("always", run("--check-hash-based-pycs", "always", "a.py").hashedCaches());
        assertEquals("default", run("a.py").hashedCaches());
    }

    @Test
    void valuesMayStickToTheirLetter() throws UsageException {
        var run = run("-Werror", "-W", "ignore", "-uXdev", "-X", "a=b", "a.py");
        assertEquals(List.of("error", "ignore"), run.warnings());
        assertEquals(List.of("dev", "a=b"), run.implementation());
        assertEquals(Map.of(Switch.UNBUFFERED, 1), run.switches());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "-?", "--help", "-uh", "--help-all", "--help-env", "--help-xoptions"})
    void help(String word) throws UsageException {
        assertEquals(new CommandLine.Help(), CommandLine.parse(List.of(word, "a.py")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "-VV", "--version"})
    void version(String word) throws UsageException {
        assertEquals(new CommandLine.Version(), CommandLine.parse(List.of("-u", word)));
    }

    @ParameterizedTest
    @CsvSource({
        "-Z, unknown option: -Z",
        "-uZ, unknown option: -Z",
        "--zebra, unknown option --zebra",
        "-c, argument expected for the -c option",
        "-m, argument expected for the -m option",
        "-W, argument expected for the -W option",
        "-X, argument expected for the -X option",
        "-J, -J is reserved for Jython",
        "--check-hash-based-pycs, '--check-hash-based-pycs must be one of ''default'', ''always'', or ''never'''",
    })
    void wrong(String word, String message) {
        var wrong = assertThrows(UsageException.class, () -> CommandLine.parse(List.of(word)));
        assertEquals(message, wrong.getMessage());
    }
}
