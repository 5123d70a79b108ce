package io.github.pysockets.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes at the top level of the files in python-tests, as their text shows them: name, bases, and whether they
 * have test methods. This needs no Python. A base is looked for in the same file first, then in all others.
 */
public final class PythonClasses {
    private static final Pattern CLASS = Pattern.compile("^class (\\w+)(?:\\(([^)]*)\\))?:", Pattern.MULTILINE);
    private static final Pattern TEST_METHOD = Pattern.compile("^    (?:async )?def test\\w*\\(", Pattern.MULTILINE);
    private static final Pattern UNINDENTED = Pattern.compile("^[^\\s#)]", Pattern.MULTILINE);

    /** By {@code file:Class}. */
    private final Map<String, PythonClass> classes = new LinkedHashMap<>();

    private record PythonClass(String file, List<String> bases, boolean hasTestMethods) {}

    private PythonClasses() {}

    /** Those of all files. */
    public static PythonClasses read() {
        PythonClasses read = new PythonClasses();
        for (String file : PythonFiles.all()) {
            read.add(file, PythonFiles.text(file));
        }
        return read;
    }

    private void add(String file, String text) {
        Matcher head = CLASS.matcher(text);
        while (head.find()) {
            Matcher next = UNINDENTED.matcher(text);
            String body = text.substring(head.end(), next.find(head.end()) ? next.start() : text.length());
            List<String> bases = new ArrayList<>();
            if (head.group(2) != null) {
                for (String base : head.group(2).split(",")) {
                    if (!base.isBlank()) {
                        bases.add(base.strip());
                    }
                }
            }
            classes.put(file + ":" + head.group(1),
                    new PythonClass(file, bases, TEST_METHOD.matcher(body).find()));
        }
    }

    /** Whether there is such a class, named as {@code file:Class}. */
    public boolean contains(String name) {
        return classes.containsKey(name);
    }

    /** Whether it has a test method, its own or inherited. */
    public boolean hasTestMethods(String name) {
        PythonClass found = classes.get(name);
        return found != null
                && (found.hasTestMethods() || bases(found).stream().anyMatch(this::hasTestMethods));
    }

    /** Those that unittest runs: test cases with test methods. */
    public Set<String> testCases() {
        Set<String> cases = new TreeSet<>(classes.keySet());
        cases.removeIf(name -> !isTestCase(name) || !hasTestMethods(name));
        return cases;
    }

    private boolean isTestCase(String name) {
        PythonClass found = classes.get(name);
        return found.bases().contains("unittest.TestCase") || bases(found).stream().anyMatch(this::isTestCase);
    }

    /** The bases that are in the files. */
    private List<String> bases(PythonClass owner) {
        return owner.bases().stream()
                .flatMap(base -> classes.containsKey(owner.file() + ":" + base)
                        ? List.of(owner.file() + ":" + base).stream()
                        : classes.keySet().stream().filter(name -> name.endsWith(":" + base)))
                .toList();
    }
}
