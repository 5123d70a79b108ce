package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.cases.Manifest;
import io.github.pysockets.cases.Manifest.Kind;
import io.github.pysockets.cases.Manifest.Line;
import io.github.pysockets.cases.PythonClasses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What python-tests/MANIFEST.tsv says of the files beside it is true and complete. */
final class ManifestTest {
    private final List<Line> lines = Manifest.read();
    private final PythonClasses classes = PythonClasses.read();

    private Stream<Line> lines(Kind... kinds) {
        return lines.stream().filter(line -> List.of(kinds).contains(line.kind()));
    }

    @Test
    void everyClassNamedExists() {
        assertAll(lines.stream().flatMap(line -> line.where().stream()).map(name -> () -> assertTrue(
                classes.contains(name), name)));
    }

    @Test
    void whatCasesArePortedToHoldsTestMethods() {
        assertAll(lines(Kind.CASES, Kind.OWN).flatMap(line -> line.where().stream()).map(name -> () -> assertTrue(
                classes.hasTestMethods(name), name)));
    }

    @Test
    void casesHaveTestMethodsInCPythonToo() {
        assertAll(lines(Kind.CASES).map(line -> () -> assertTrue(Integer.parseInt(line.methods()) > 0, line.name())));
    }

    @Test
    void whatIsNotPortedHasAReason() {
        assertAll(lines(Kind.CASES, Kind.BASE).filter(line -> line.where().isEmpty()).map(line -> () -> assertFalse(
                line.remark().isBlank(), line.name())));
    }

    @Test
    void whatIsOursSaysWhatItIs() {
        assertAll(lines(Kind.OWN).map(line -> () -> {
            assertEquals(Manifest.NOWHERE, line.name());
            assertFalse(line.where().isEmpty(), line.remark());
            assertFalse(line.remark().isBlank(), line.toString());
        }));
    }

    @Test
    void noClassOfCPythonIsNamedTwice() {
        Set<String> seen = new HashSet<>();
        assertAll(lines(Kind.CASES, Kind.BASE).map(line -> () -> assertTrue(seen.add(line.name()), line.name())));
    }

    @Test
    void noClassOfOurOwnIsNamedTwice() {
        Set<String> seen = places(lines(Kind.CASES, Kind.BASE));
        assertAll(lines(Kind.OWN).flatMap(line -> line.where().stream()).map(name -> () -> assertTrue(
                seen.add(name), name)));
    }

    @Test
    void everyTestClassIsAccountedFor() {
        Set<String> unnamed = classes.testCases();
        assertTrue(unnamed.size() > 200, () -> "only these were found: " + unnamed);
        unnamed.removeAll(places(lines.stream()));
        assertEquals(Set.of(), unnamed, "classes that the manifest does not name");
    }

    private static Set<String> places(Stream<Line> lines) {
        return lines.flatMap(line -> line.where().stream()).collect(Collectors.toCollection(TreeSet::new));
    }
}
