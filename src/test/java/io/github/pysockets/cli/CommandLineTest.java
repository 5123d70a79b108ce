package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
        assertEquals(Set.of(Switch.UNBUFFERED), run.switches());
    }

    @Test
    void codeAndModuleEndTheOptions() throws UsageException {
        assertEquals(new Program.Code("pass"), run("-c", "pass", "-u").program());
        assertEquals(List.of("-u"), run("-c", "pass", "-u").arguments());
        assertEquals(new Program.Code("pass"), run("-cpass").program());
        assertEquals(new Program.Code(""), run("-c", "").program());
        assertEquals(new Program.Module("http.server"), run("-m", "http.server", "80").program());
        assertEquals(new Program.Module("a"), run("-uma").program());
        assertEquals(Set.of(Switch.UNBUFFERED), run("-uma").switches());
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
        assertEquals(EnumSet.of(Switch.UNBUFFERED, Switch.NO_BYTECODE_FILES, Switch.IGNORE_ENVIRONMENT, Switch.ISOLATED,
                Switch.OPTIMIZE, Switch.SAFE_PATH, Switch.QUIET, Switch.NO_USER_SITE, Switch.NO_SITE, Switch.VERBOSE),
                run("-uBEI", "-OOP", "-qsS", "-v", "a.py").switches());
    }

    @Test
    void valuesMayStickToTheirLetter() throws UsageException {
        var run = run("-Werror", "-W", "ignore", "-uXdev", "-X", "a=b", "a.py");
        assertEquals(List.of("error", "ignore"), run.warnings());
        assertEquals(List.of("dev", "a=b"), run.implementation());
        assertEquals(Set.of(Switch.UNBUFFERED), run.switches());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "-?", "--help", "-uh"})
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
        "-i, python's option -i is not supported",
    })
    void wrong(String word, String message) {
        var wrong = assertThrows(UsageException.class, () -> CommandLine.parse(List.of(word)));
        assertEquals(message, wrong.getMessage());
    }
}
