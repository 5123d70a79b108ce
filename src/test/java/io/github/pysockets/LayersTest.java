package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.CompiledClasses;
import io.github.pysockets.fixtures.CompiledClasses.Compiled;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may use what. A package uses those that it is built on and no other; native calls are made in one place; and no
 * socket is made but by a stack, so that a stack that says no cannot be passed by.
 */
final class LayersTest {
    /** The packages that each package may use. */
    private static final Map<String, Set<String>> LAYERS = Map.of(
            "abi", Set.of(),
            "stack", Set.of("abi"),
            "linux", Set.of("stack", "abi"),
            "tls", Set.of(),
            "python", Set.of("tls", "stack", "abi"),
            "graalpy", Set.of("python", "tls", "stack"),
            "", Set.of("graalpy", "python", "linux", "stack"),
            "cli", Set.of(""));

    private final List<Compiled> classes = CompiledClasses.read();

    private List<String> offenders(Predicate<Compiled> offence) {
        return classes.stream().filter(offence).map(Compiled::name).toList();
    }

    private static Predicate<Compiled> in(String layer) {
        return compiled -> compiled.layer().equals(layer);
    }

    /** The class of this name, or one inside of it. */
    private static Predicate<Compiled> is(String name) {
        return compiled -> compiled.name().equals(name) || compiled.name().startsWith(name + "$");
    }

    private static Predicate<Compiled> uses(String part) {
        return compiled -> compiled.mentions(part);
    }

    @Test
    void everyPackageHasItsPlace() {
        assertEquals(List.of(), offenders(compiled -> !LAYERS.containsKey(compiled.layer())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abi", "stack", "linux", "tls", "python", "graalpy", "", "cli"})
    void packageUsesThoseThatItIsBuiltOn(String layer) {
        for (String other : LAYERS.keySet()) {
            if (!other.equals(layer) && !LAYERS.get(layer).contains(other)) {
                String name = "io/github/pysockets/" + (other.isEmpty() ? "PySockets" : other + "/");
                assertEquals(List.of(), offenders(in(layer).and(uses(name))), "of " + name);
            }
        }
    }

    @Test
    void nativeCallsAreMadeByTheOperatingSystemsStackAlone() {
        // The command has to break system calls of Python's own with a signal.
        Predicate<Compiled> mayCall = in("linux").or(is("cli/SystemCallBreaker"));
        assertEquals(List.of(), offenders(uses("java/lang/foreign/").and(mayCall.negate())));
        assertTrue(classes.stream().anyMatch(in("linux").and(uses("java/lang/foreign/"))), "native calls are seen");
    }

    @Test
    void noLibraryIsLoadedAndNoMethodIsNative() {
        assertEquals(List.of(), offenders(LayersTest::loadsLibraries));
        assertEquals(List.of(), offenders(compiled -> compiled.model().methods().stream()
                .anyMatch(method -> (method.flags().flagsMask() & ClassFile.ACC_NATIVE) != 0)));
    }

    private static boolean loadsLibraries(Compiled compiled) {
        return StreamSupport.stream(compiled.model().constantPool().spliterator(), false)
                .filter(MethodRefEntry.class::isInstance)
                .map(MethodRefEntry.class::cast)
                .anyMatch(method -> method.name().stringValue().matches("load|loadLibrary")
                        && method.owner().asInternalName().matches("java/lang/(System|Runtime)"));
    }

    @Test
    void noSocketOrNameServiceOfJavasOwnIsUsed() {
        // These two have methods that would be given a socket, because their superclasses want them; they refuse it.
        Predicate<Compiled> refuses = is("tls/ConnectionKeys").or(is("tls/ConnectionTrust"));
        assertEquals(List.of(), offenders(uses("java/net/").and(refuses.negate())));
        assertEquals(List.of(), offenders(uses("java/net/URL").or(uses("java/net/Inet"))));
        // Engines of TLS make no sockets.
        assertEquals(List.of(), offenders(uses("javax/net/").and(uses("javax/net/ssl/").negate())));
        assertEquals(List.of(), offenders(uses("SSLSocket").or(uses("SSLServerSocket")).or(uses("HttpsURL"))));
    }

    @Test
    void noChannelOfJavasOwnIsUsed() {
        // One class is a channel itself, one that opens nothing: that is the way to hear Thread.interrupt while
        // waiting.
        Pattern allowed = Pattern.compile("java/nio/channels/(spi/AbstractInterruptibleChannel|\\w+Exception)\\b");
        assertEquals(List.of(), offenders(compiled -> compiled.texts().stream()
                .anyMatch(text -> allowed.matcher(text).replaceAll("").contains("java/nio/channels/"))));
        assertEquals(List.of("python/InterruptWatch"), offenders(uses("AbstractInterruptibleChannel")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abi", "stack", "linux", "python"})
    void layerKnowsNothingOfGraalPy(String layer) {
        assertEquals(List.of(), offenders(in(layer).and(uses("org/graalvm/"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abi", "stack", "python", "graalpy", "", "cli"})
    void noInternalClassOfTheJvmIsUsed(String layer) {
        assertEquals(List.of(), offenders(in(layer).and(uses("jdk/internal/").or(uses("sun/nio/")))));
    }
}
