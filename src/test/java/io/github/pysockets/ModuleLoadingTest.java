package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import org.junit.jupiter.api.Test;

/** Our modules are like those from files, and their loader gives scripts nothing else. */
final class ModuleLoadingTest {
    /** Finds the host object that the loader has. */
    private static final String SOURCES = """
            import sys

            loader = next(finder for finder in sys.meta_path if "JarModules" in str(finder))
            finder = loader.find_spec
            sources = dict(zip(finder.__code__.co_freevars, finder.__closure__))["sources"].cell_contents
            """;

    @Test
    void mainModuleIsLeftAlone() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("[]", sandbox.text("""
                    before = {*globals(), "before"}
                    import socket, select, ssl, fcntl
                    sorted({*globals()} - before - {"socket", "select", "ssl", "fcntl"})
                    """));
        }
    }

    @Test
    void namespacesHaveNoNamesOfTheLoader() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals(
                    "__builtins__ __doc__ __loader__ __name__ __package__ __path__ __spec__ exports",
                    sandbox.text("""
                            import socket, _pysockets
                            " ".join(sorted(k for k, v in vars(_pysockets).items() if type(v) is not type(socket)))
                            """));
        }
    }

    @Test
    void docstringsAndNamesAreThere() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("True True _socket <_socket> False _socket socket", sandbox.text("""
                    import sys
                    import _socket
                    modules = [module for name, module in sys.modules.items() if name.startswith("_pysockets")]
                    " ".join(map(str, (
                        len(modules) > 10, all(module.__doc__ for module in modules),
                        _socket.__name__, _socket.__spec__.origin, hasattr(_socket, "__file__"),
                        _socket.socket.__module__, _socket.socket.__qualname__)))
                    """));
        }
    }

    @Test
    void functionsBeginAtTheirLines() {
        try (Sandbox sandbox = new Sandbox()) {
            assertTrue(sandbox.run("""
                    import _pysockets.timeouts as times
                    lines = times.__loader__.get_source("_pysockets.timeouts").splitlines()
                    functions = [value for value in vars(times).values() if value.__class__ is (lambda: 0).__class__]
                    bool(functions) and all(
                        lines[function.__code__.co_firstlineno - 1].startswith("def " + function.__name__ + "(")
                        for function in functions)
                    """).asBoolean());
        }
    }

    @Test
    void tracebacksTellTheLine() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("<_pysockets.codes> checked raise", sandbox.text("""
                    import traceback
                    import _pysockets.codes as codes
                    try:
                        codes.checked(-2)
                    except OSError as failure:
                        frame = traceback.extract_tb(failure.__traceback__)[-1]
                    lines = codes.__loader__.get_source("_pysockets.codes").splitlines()
                    " ".join((frame.filename, frame.name, lines[frame.lineno - 1].split()[0]))
                    """));
        }
    }

    @Test
    void loaderGivesOurModulesAlone() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.run(SOURCES);
            assertEquals("[]", sandbox.text("""
                    names = [
                        "../cli/launch", "cli.launch", "/io/github/pysockets/cli/launch", "bootstrap",
                        "io.github.pysockets.cli.launch", "_pysockets/addresses", "_pysockets..addresses",
                        "_pysockets.../cli/launch",
                        "_pysockets.addresses\\0", "_pysockets.addresses\\n", "_pysockets.", "_pysockets.no_such",
                        "_pysockets.Addresses", "_pysockets.__init__.", "_socket.py", "_socket|select", "", "\\0",
                        "\\ud800", ".", "..", "x" * 100000, None]
                    [name for name in names
                        if sources.has(name) or sources.text(name) is not None or sources.beginning(name) is not None]
                    """));
        }
    }

    @Test
    void beginningOfAModuleDoesNothing() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.run(SOURCES);
            assertEquals("KeyError set() set()", sandbox.text("""
                    before = {*globals(), "before", "failure"}, {*sys.modules}
                    try:
                        sources.beginning("_socket")()
                    except BaseException as error:
                        failure = type(error).__name__
                    " ".join(map(str, (failure, {*globals()} - before[0], {*sys.modules} - before[1])))
                    """));
        }
    }
}
