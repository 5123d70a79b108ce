package io.github.pysockets.jython;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.JythonScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** How asyncore gets its classes for files. What they do is in python-tests/python2. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class CompletedModulesTest {
    /** Names that are there only if the module was completed. */
    private static final String CLASSES =
            "[name for name in ('file_dispatcher', 'file_wrapper') if hasattr(asyncore, name)]";

    private static final String BOTH = "['file_dispatcher', 'file_wrapper']";

    @TempDir
    private Path folder;

    /** A module of the program's own, which Python finds before that of the library. */
    private JythonScripts withOwnModule(String text) throws IOException {
        Files.writeString(folder.resolve("asyncore.py"), text);
        JythonScripts scripts = new JythonScripts();
        scripts.interpreter.set("folder", folder.toString());
        scripts.run("import sys; sys.dont_write_bytecode = True; sys.path.insert(0, str(folder))");
        return scripts;
    }

    @Test
    void theWaysToImportIt() {
        try (JythonScripts scripts = new JythonScripts()) {
            scripts.run("from asyncore import file_wrapper, dispatcher; from asyncore import *; import asyncore");
            assertEquals("asyncore", scripts.text("asyncore.__name__"));
            assertEquals("True", scripts.text("issubclass(file_dispatcher, dispatcher)"));
            assertEquals(BOTH, scripts.text(CLASSES));
        }
    }

    @Test
    void loadedAgainItKeepsThem() {
        try (JythonScripts scripts = new JythonScripts()) {
            scripts.run("""
                    import asyncore
                    known = asyncore
                    del asyncore.loop
                    reload(asyncore)
                    """);
            assertEquals("True", scripts.text("asyncore is known and hasattr(asyncore, 'loop')"));
            assertEquals(BOTH, scripts.text(CLASSES));
        }
    }

    @Test
    void importedAnewItHasNewOnes() {
        try (JythonScripts scripts = new JythonScripts()) {
            scripts.run("""
                    import asyncore, sys
                    known = asyncore
                    del sys.modules["asyncore"]
                    import asyncore
                    """);
            assertEquals("False", scripts.text("asyncore.file_dispatcher is known.file_dispatcher"));
            assertEquals("True", scripts.text("issubclass(asyncore.file_dispatcher, asyncore.dispatcher)"));
        }
    }

    @Test
    void aProgramsModuleOfThisNameStaysAsItIs() throws IOException {
        try (JythonScripts scripts = withOwnModule("ours = 1\n")) {
            scripts.run("import asyncore");
            assertEquals("1", scripts.text("asyncore.ours"));
            assertEquals("[]", scripts.text(CLASSES));
        }
    }

    @Test
    void classesThatAreThereStay() throws IOException {
        try (JythonScripts scripts = withOwnModule("class dispatcher: pass\nclass file_dispatcher: own = 1\n")) {
            scripts.run("import asyncore");
            assertEquals("1", scripts.text("asyncore.file_dispatcher.own"));
            assertEquals("['file_dispatcher']", scripts.text(CLASSES));
        }
    }

    @Test
    void anImportThatFailsCanBeRepeated() throws IOException {
        try (JythonScripts scripts = withOwnModule("raise ValueError('not yet')\n")) {
            scripts.run("""
                    try:
                        import asyncore
                    except ValueError as failure:
                        told = str(failure)
                    del sys.path[0]
                    import asyncore
                    """);
            assertEquals("not yet", scripts.text("told"));
            assertEquals(BOTH, scripts.text(CLASSES));
        }
    }

    /** Where an application allows no foreign descriptors, as is the default. */
    @Test
    void onlyAnInterpretersOwnDescriptorsAreTaken() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        try (JythonScripts scripts = new JythonScripts()) {
            scripts.interpreter.set("file", file.toString());
            scripts.run("""
                    import asyncore, os, socket, sys

                    left, right = socket.socketpair()
                    left.send("hello")
                    channels = {}
                    channel = asyncore.file_dispatcher(right.fileno(), channels)
                    right.close()
                    received = channel.recv(100)

                    def refused(descriptor):
                        try:
                            asyncore.file_dispatcher(descriptor, channels)
                        except OSError as failure:
                            return failure.errno == 9

                    opened = os.open(str(file), os.O_RDONLY)
                    reader, writer = os.pipe()
                    refusals = [refused(each) for each in (1, (1 << 30) + 1, opened, reader, sys.stdout)]
                    """);
            assertEquals("hello", scripts.text("received"));
            assertEquals("[True, True, True, True, True]", scripts.text("refusals"));
            assertEquals("True", scripts.text("channels == {channel.fileno(): channel}"));
        }
    }
}
