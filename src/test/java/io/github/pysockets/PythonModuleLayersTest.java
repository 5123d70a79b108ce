package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.PythonImports;
import io.github.pysockets.fixtures.ScriptContexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A Python module of ours imports those below it and no other: there is an order in which each can be read, and loaded,
 * with nothing but those before it. Ways round by the standard library are not looked at.
 */
final class PythonModuleLayersTest {
    private static final Path MODULES =
            ScriptContexts.ROOT.resolve("src/main/resources/io/github/pysockets/graalpy").toAbsolutePath();

    @Test
    void modulesImportOneAnotherInNoCircle() {
        PythonImports imports = new PythonImports(PythonImports.texts(MODULES));
        assertEquals(Optional.empty(), imports.circle());
        assertTrue(imports.of("_socket").contains("_pysockets.sockets"), "imports are seen");
        assertTrue(imports.of("select").contains("_pysockets.epoll"), "imports in an if statement are seen");
        assertTrue(imports.of("_pysockets.sockets").contains("_pysockets.options"), "imports in functions are seen");
        assertTrue(imports.of("_pysockets.os_patches").contains("_pysockets.descriptors"),
                "imports of modules are seen");
    }

    @Test
    void circleIsFoundAndNamed() {
        PythonImports imports = new PythonImports(Map.of(
                "top", "from package import low\nimport os",
                "package", "",
                "package.low", "import package.lowest",
                "package.lowest", """
                        "import top is no import here"

                        def late():
                            if True:
                                from package import other, names
                        """,
                "package.other", "from package.low import name"));
        assertEquals(
                Optional.of(List.of("package.low", "package.lowest", "package.other", "package.low")),
                imports.circle());
    }

    @Test
    void moduleThatImportsItselfIsACircle() {
        assertEquals(
                Optional.of(List.of("one", "one")),
                new PythonImports(Map.of("one", "def late(): import one", "two", "import one")).circle());
    }

    @Test
    void twoWaysToOneModuleAreNoCircle() {
        assertEquals(
                Optional.empty(),
                new PythonImports(Map.of("a", "import b, c", "b", "import d", "c", "import d", "d", "")).circle());
    }
}
