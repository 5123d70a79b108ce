package io.github.pysockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/** Which Python modules import which, in functions too. Modules that are not among the given ones do not count. */
final class PythonImports {
    private static final String SUFFIX = ".py";

    /** Python's own parser finds the imports. A function of a module's text that gives their full names. */
    private static final String READER = """
            import ast

            def imports(text):
                found = []
                for node in ast.walk(ast.parse(text)):
                    if isinstance(node, ast.Import):
                        found += [alias.name for alias in node.names]
                    elif isinstance(node, ast.ImportFrom):
                        if node.level:
                            raise ValueError("line %d: a relative import" % node.lineno)
                        # What is imported from a package may be a module of it.
                        found += [node.module, *("%s.%s" % (node.module, alias.name) for alias in node.names)]
                return found

            imports
            """;

    private final Map<String, List<String>> imported = new TreeMap<>();

    /** @param texts the modules' texts by their full names */
    PythonImports(Map<String, String> texts) {
        try (Context context = ScriptContexts.sandbox().build()) {
            Value reader = context.eval("python", READER);
            texts.forEach((name, text) -> imported.put(name, ours(reader.execute(text), texts.keySet())));
        }
    }

    private static List<String> ours(Value names, Set<String> modules) {
        List<String> found = new ArrayList<>();
        for (long at = 0; at < names.getArraySize(); at++) {
            String name = names.getArrayElement(at).asString();
            if (modules.contains(name) && !found.contains(name)) {
                found.add(name);
            }
        }
        return found;
    }

    /** The texts of all Python files below a folder, by the names under which they can be imported from there. */
    static Map<String, String> texts(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                texts.put(moduleName(folder.relativize(file)), Files.readString(file));
            }
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String moduleName(Path file) {
        String name = file.toString().replace('\\', '/');
        return name.substring(0, name.length() - SUFFIX.length()).replaceAll("/__init__$", "").replace('/', '.');
    }

    List<String> of(String module) {
        return imported.get(module);
    }

    /** Modules of which each imports the next, the last being the first again; none where there is no such circle. */
    Optional<List<String>> circle() {
        Set<String> done = new HashSet<>();
        return imported.keySet().stream()
                .flatMap(module -> circleFrom(module, new ArrayList<>(), done).stream())
                .findFirst();
    }

    /**
     * @param path the modules from the first one to an importer of {@code module}
     * @param done modules from which no circle is reached
     */
    private Optional<List<String>> circleFrom(String module, List<String> path, Set<String> done) {
        int before = path.indexOf(module);
        path.add(module);
        if (before >= 0) {
            return Optional.of(List.copyOf(path.subList(before, path.size())));
        }
        if (!done.contains(module)) {
            for (String next : imported.get(module)) {
                Optional<List<String>> found = circleFrom(next, path, done);
                if (found.isPresent()) {
                    return found;
                }
            }
            done.add(module);
        }
        path.removeLast();
        return Optional.empty();
    }
}
