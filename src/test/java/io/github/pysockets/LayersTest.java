package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.CompiledClasses;
import io.github.pysockets.fixtures.CompiledClasses.Compiled;
import io.github.pysockets.fixtures.SourceFiles;
import io.github.pysockets.fixtures.SourceFiles.SourceFile;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may use what. A package uses those that it is built on and no other. Native calls are made in one place. Only a
 * stack makes sockets, so no socket gets around a stack that refuses it.
 */
final class LayersTest {
    /** The packages that each package uses; it may use no other. */
    private static final Map<String, Set<String>> LAYERS = Map.ofEntries(
            Map.entry("abi", Set.of()),
            Map.entry("stack", Set.of("abi")),
            Map.entry("netdb", Set.of("stack", "abi")),
            Map.entry("linux", Set.of("stack", "abi")),
            Map.entry("nio", Set.of("netdb", "stack", "abi")),
            Map.entry("observe", Set.of("stack", "abi")),
            Map.entry("policy", Set.of("stack", "abi")),
            Map.entry("proxy", Set.of("stack", "abi")),
            Map.entry("quota", Set.of("stack", "abi")),
            Map.entry("resolver", Set.of("stack", "abi")),
            Map.entry("virtual", Set.of("netdb", "stack", "abi")),
            Map.entry("tls.cert", Set.of()),
            Map.entry("tls", Set.of("tls.cert")),
            Map.entry("python", Set.of("tls", "stack", "abi")),
            Map.entry("graalpy", Set.of("python", "tls", "tls.cert", "stack", "abi")),
            Map.entry("jython", Set.of("python", "tls", "tls.cert", "stack", "abi")),
            Map.entry("",
                    Set.of("graalpy", "jython", "python", "observe", "policy", "proxy", "quota", "resolver", "linux",
                            "nio",
                            "virtual", "stack")),
            Map.entry("cli", Set.of("", "observe", "policy", "quota", "stack", "virtual", "abi")));

    private final List<Compiled> classes = CompiledClasses.read();
    private final List<SourceFile> sources = SourceFiles.read();

    private List<String> offenders(Predicate<Compiled> offence) {
        return classes.stream().filter(offence).map(Compiled::name).toList();
    }

    private static Predicate<Compiled> in(String layer) {
        return compiled -> compiled.layer().equals(layer);
    }

    /** The class of this name, or one nested in it. */
    private static Predicate<Compiled> is(String name) {
        return compiled -> compiled.name().equals(name) || compiled.name().startsWith(name + "$");
    }

    private static Predicate<Compiled> uses(String part) {
        return compiled -> compiled.mentions(part);
    }

    private static Set<String> packages() {
        return LAYERS.keySet();
    }

    private static Set<String> packagesBut(String... others) {
        Set<String> packages = new TreeSet<>(packages());
        packages.removeAll(Set.of(others));
        return packages;
    }

    private static Set<String> packagesWithoutGraalPy() {
        return packagesBut("graalpy", "", "cli");
    }

    private static Set<String> packagesWithoutJython() {
        return packagesBut("jython", "", "cli");
    }

    private static Set<String> packagesWithoutNativeCalls() {
        return packagesBut("linux");
    }

    @Test
    void packagesAreThoseOfThePlan() {
        assertEquals(new TreeSet<>(packages()),
                classes.stream().map(Compiled::layer).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void planHasNoCircle() {
        for (String layer : packages()) {
            assertFalse(below(layer, new TreeSet<>()).contains(layer), layer);
        }
    }

    private static Set<String> below(String layer, Set<String> found) {
        for (String other : LAYERS.get(layer)) {
            if (found.add(other)) {
                below(other, found);
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesThoseThatItIsBuiltOn(String layer) {
        Predicate<Set<String>> isAllowed =
                used -> used.stream().allMatch(other -> other.equals(layer) || LAYERS.get(layer).contains(other));
        assertEquals(List.of(), offenders(in(layer).and(compiled -> !isAllowed.test(compiled.used()))));
        assertEquals(List.of(), sources.stream()
                .filter(file -> file.layer().equals(layer) && !isAllowed.test(file.imported()))
                .map(SourceFile::name)
                .toList());
    }

    /** Otherwise the plan would allow what nobody needs. */
    @ParameterizedTest
    @MethodSource("packages")
    void packageIsBuiltOnThoseThatItUses(String layer) {
        Set<String> used = new TreeSet<>();
        classes.stream().filter(in(layer)).forEach(compiled -> used.addAll(compiled.used()));
        sources.stream().filter(file -> file.layer().equals(layer)).forEach(file -> used.addAll(file.imported()));
        used.remove(layer);
        assertEquals(new TreeSet<>(LAYERS.get(layer)), used);
    }

    /** So a name means the same wherever it is read. */
    @Test
    void noClassHasTheNameOfOneInAnotherPackage() {
        Map<String, List<String>> byName = sources.stream()
                .collect(Collectors.groupingBy(SourceFile::name, TreeMap::new,
                        Collectors.mapping(SourceFile::layer, Collectors.toList())));
        byName.values().removeIf(layers -> layers.size() == 1);
        assertEquals(Map.of(), byName);
    }

    @Test
    void nativeCallsAreMadeByTheOperatingSystemsStackAlone() {
        // The command has to interrupt system calls of Python's own by a signal, to send signals and end by one, and to
        // supply modules of Python that have nothing to do with sockets.
        Predicate<Compiled> mayCall = in("linux").or(is("cli/SystemCallBreaker"))
                .or(is("cli/NativeSignals"))
                .or(is("cli/NativeCalls"))
                .or(is("cli/Groups"))
                .or(is("cli/Groups$Call"))
                .or(is("cli/ResourceLimits"))
                .or(is("cli/SystemLog"));
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
        // The superclasses of these two have methods that take a socket. They refuse it.
        Predicate<Compiled> refuses = is("tls/ConnectionKeys").or(is("tls/ConnectionTrust"));
        // Names of hosts by IDNA: text, about which nobody is asked.
        Predicate<Compiled> converts = is("policy/HostName");
        // What the application answers, and its proxy, are addresses of Java's.
        Predicate<Compiled> answers = in("resolver").or(in("proxy"));
        // The name service for stacks that have none of their own.
        Predicate<Compiled> asks = is("netdb/JavaHosts").or(is("netdb/JavaInterfaces"))
                .or(is("netdb/LocalHostName"));
        // This one is made of them.
        Predicate<Compiled> stack = in("nio");
        assertEquals(
                List.of(),
                offenders(uses("java/net/")
                        .and(refuses.or(converts).or(answers).or(asks).or(stack).negate())));
        assertEquals(List.of(), offenders(
                uses("java/net/URL").or(uses("java/net/Inet").and(answers.or(asks).or(stack).negate()))));
        assertEquals(List.of(), offenders(
                answers.or(stack).and(uses("getByName").or(uses("getAllByName")))));
        // Engines of TLS make no sockets.
        assertEquals(List.of(), offenders(uses("javax/net/").and(uses("javax/net/ssl/").negate())));
        assertEquals(List.of(), offenders(
                uses("SSLServerSocket").or(uses("HttpsURL")).or(LayersTest::usesSecureSockets)));
    }

    /** Not the type of this name in Python's module _ssl. */
    private static boolean usesSecureSockets(Compiled compiled) {
        return compiled.texts().stream().anyMatch(text -> text.replace("_SSLSocket", "").contains("SSLSocket"));
    }

    @Test
    void noChannelOfJavasOwnIsUsed() {
        // One class is a channel that opens nothing: the way to learn of Thread.interrupt while waiting.
        Pattern allowed = Pattern.compile("java/nio/channels/(spi/AbstractInterruptibleChannel|\\w+Exception)\\b");
        // A file of Jython has a method that returns its channel. Ours has none. Only a file's channel maps memory.
        Predicate<Compiled> isNoSocket = is("jython/DescriptorFile").or(is("graalpy/SpillFile"));
        Predicate<Compiled> usesChannels = compiled -> compiled.texts().stream()
                .anyMatch(text -> allowed.matcher(text).replaceAll("").contains("java/nio/channels/"));
        assertEquals(List.of(), offenders(usesChannels.and(isNoSocket.or(in("nio")).negate())));
        assertEquals(List.of("python/InterruptWatch"), offenders(uses("AbstractInterruptibleChannel")));
    }

    /** A JVM may lack the Flight Recorder, and takes a while to load it. */
    @Test
    void eventsAreNamedBehindOneDoor() {
        Predicate<Compiled> isEvent = compiled -> compiled.name().matches("observe/(JfrEvents|\\w+Event)");
        assertEquals(List.of(), offenders(uses("jdk/jfr/").and(isEvent.or(is("observe/FlightEvents")).negate())));
        assertEquals(List.of(), offenders(
                isEvent.negate().and(compiled -> compiled.texts().stream().anyMatch(
                        text -> text.matches("L?io/github/pysockets/observe/\\w+Event;?")))));
        assertTrue(classes.stream().anyMatch(isEvent.and(uses("jdk/jfr/"))), "events are seen");
    }

    /** What another interpreter needs too has its place in python or tls. */
    @Test
    void whatIsInGraalPyIsAboutGraalPy() {
        // These serve classes that are: the texts of modules, and the files of SpillFile.
        Predicate<Compiled> serves = is("graalpy/Resources").or(is("graalpy/SpillFiles"));
        Predicate<Compiled> isNested = compiled -> compiled.name().contains("$");
        Predicate<Compiled> isAbout = uses("org/graalvm/").or(uses("com/oracle/truffle/"));
        assertEquals(List.of(), offenders(in("graalpy").and(serves.or(isNested).or(isAbout).negate())));
    }

    @ParameterizedTest
    @MethodSource("packagesWithoutGraalPy")
    void layerKnowsNothingOfGraalPy(String layer) {
        assertEquals(List.of(), offenders(in(layer).and(uses("org/graalvm/"))));
    }

    @ParameterizedTest
    @MethodSource("packagesWithoutJython")
    void layerKnowsNothingOfJython(String layer) {
        assertEquals(List.of(), offenders(in(layer).and(uses("org/python/"))));
    }

    /** An application has one interpreter on its class path, and a class that names the other's cannot be loaded. */
    @Test
    void noClassKnowsBothInterpreters() {
        assertEquals(List.of(), offenders(uses("org/graalvm/").and(uses("org/python/"))));
    }

    @ParameterizedTest
    @MethodSource("packagesWithoutNativeCalls")
    void noInternalClassOfTheJvmIsUsed(String layer) {
        assertEquals(List.of(), offenders(in(layer).and(uses("jdk/internal/").or(uses("sun/nio/")))));
    }
}
