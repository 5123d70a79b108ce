package io.github.pysockets.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.consumers.Consumer.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a module, on the module path and in a layer of its own, with and without native access. */
final class ModulesIT {
    private static final String DENIES =
            "PySockets calls the C library, and this JVM denies it native access: %s.\n";
    private static final String DENY = "--illegal-native-access=deny";

    @TempDir
    private static Path classes;

    private static List<Path> modules;

    @BeforeAll
    static void compile() throws Exception {
        List<Path> libraries = Consumer.libraries();
        modules = Consumer.with(classes, libraries);
        Consumer.compile("--module-path", libraries, classes, Consumer.APPLICATION,
                Consumer.SOURCES.resolve("modules/module-info.java"));
    }

    private static Ended application(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of(Consumer.UNSAFE, "-p", Consumer.path(modules), "-m",
                "com.example.application/" + Consumer.MAIN));
        return Consumer.java(words.toArray(String[]::new));
    }

    @Test
    void runsWithTheFlagsOfTheDocumentation() throws Exception {
        assertEquals(new Ended(0, Consumer.ANSWER, ""),
                application(DENY, "--enable-native-access=io.github.pysockets,org.graalvm.truffle"));
    }

    @Test
    void toldByInstallThatNativeAccessIsDenied() throws Exception {
        Ended ended = application(DENY, "-Dpysockets.stack=linux", "-Dpolyglotimpl.AttachLibraryFailureAction=ignore");
        String told = "Exception in thread \"main\" java.lang.IllegalStateException: "
                + DENIES.formatted("start it with --enable-native-access=io.github.pysockets");
        assertTrue(ended.err().startsWith(told), ended::toString);
        assertEquals("", ended.out());
    }

    @Test
    void runsOnJavasOwnSocketsWhereNativeAccessIsDenied() throws Exception {
        Ended ended = application(DENY, "-Dpolyglotimpl.AttachLibraryFailureAction=ignore");
        assertEquals(Consumer.ANSWER, ended.out());
        assertTrue(ended.err().contains("Until then sockets are Java's own, which have less."), ended::toString);
    }

    @Test
    void layerGivesNativeAccessItself(@TempDir Path programs) throws Exception {
        Consumer.compile("--class-path", List.of(programs), programs, Consumer.SOURCES.resolve("loaders/Layer.java"));
        assertEquals(new Ended(0, Consumer.ANSWER, ""), layer(programs, "enable"));
        assertEquals(new Ended(0, "java.lang.IllegalStateException: " + DENIES.formatted(
                "call ModuleLayer.Controller.enableNativeAccess for the module io.github.pysockets"), ""),
                layer(programs, "refuse"));
    }

    private static Ended layer(Path programs, String what) throws Exception {
        List<String> words = new ArrayList<>(List.of(DENY, "--enable-native-access=ALL-UNNAMED", Consumer.UNSAFE,
                "-Dpysockets.stack=linux", "-Dpolyglotimpl.AttachLibraryFailureAction=ignore", "-cp",
                programs.toString(), "Layer", what));
        modules.forEach(module -> words.add(module.toString()));
        return Consumer.java(words.toArray(String[]::new));
    }
}
