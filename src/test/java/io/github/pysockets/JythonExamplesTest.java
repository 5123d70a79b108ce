package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.JythonScripts;
import io.github.pysockets.fixtures.ScriptContexts;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each script in examples/python2 runs to its end under Jython, and prints what is expected of it. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class JythonExamplesTest {
    private static final Path FOLDER = ScriptContexts.ROOT.resolve("examples/python2").toAbsolutePath();

    static List<String> scripts() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".py")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptPrintsWhatIsExpected(String name) throws Exception {
        StringWriter out = new StringWriter();
        try (JythonScripts scripts = new JythonScripts()) {
            scripts.interpreter.setOut(out);
            scripts.interpreter.execfile(FOLDER.resolve(name).toString());
        }
        String expected = Files.readString(FOLDER.resolve("expected").resolve(name.replace(".py", ".txt")));
        assertEquals(expected, out.toString());
    }
}
