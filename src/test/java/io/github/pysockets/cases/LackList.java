package io.github.pysockets.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cases that cannot pass on a stack, with the ability that it lacks: a file of lines of a name, a tab and the
 * ability. The name is that of a case, a class or a module, and stands for all cases in it.
 *
 * <p>A listed case is run all the same. It counts as skipped where it fails; where it does not, it fails for being on
 * the list. So a list says what is true. The words "not run" in a third column are for a case that would wait until its
 * limit, and for a module that is all about the ability.
 */
public final class LackList {
    /** How unittest's reason begins where a case itself finds that a name is absent. */
    private static final String ABSENT = "this platform has no ";

    private final Map<String, String> abilities = new LinkedHashMap<>();
    private final Set<String> notRun = new HashSet<>();
    private final Set<String> unused = new TreeSet<>();
    private final SortedMap<String, Integer> skipped = new TreeMap<>();

    private LackList() {}

    /** A list without names. */
    public static LackList none() {
        return new LackList();
    }

    /** @param resource a file beside this class */
    public static LackList read(String resource) {
        try (InputStream stream = LackList.class.getResourceAsStream(resource)) {
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @param text lines of a name, a tab and an ability; comments begin with # */
    public static LackList parse(String text) {
        LackList list = new LackList();
        for (String line : text.split("\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\t");
            boolean isRun = columns.length == 2;
            if (!isRun && (columns.length != 3 || !columns[2].equals("not run"))) {
                throw new IllegalArgumentException("not a name, a tab and an ability: " + line);
            }
            if (!isRun) {
                list.notRun.add(columns[0]);
            }
            if (list.abilities.put(columns[0], columns[1]) != null) {
                throw new IllegalArgumentException("listed twice: " + columns[0]);
            }
        }
        list.unused.addAll(list.abilities.keySet());
        return list;
    }

    /** The ability that a case needs and the stack lacks; null where the case is not listed. */
    String lacks(String id) {
        String found = null;
        for (int end = id.length(); end > 0; end = id.lastIndexOf('.', end - 1)) {
            String name = id.substring(0, end);
            if (abilities.containsKey(name)) {
                unused.remove(name);
                found = found == null ? abilities.get(name) : found;
            }
        }
        return found;
    }

    /** Whether a listed case must not be run. */
    boolean isNotRun(String id) {
        return notRun.stream().anyMatch(name -> id.equals(name) || id.startsWith(name + "."));
    }

    void countSkipped(String ability) {
        skipped.merge(ability, 1, Integer::sum);
    }

    /** Counts a case that unittest has skipped, if that is for an absent name. */
    void countSkippedFor(String reason) {
        if (reason.startsWith(ABSENT)) {
            countSkipped(reason.substring(ABSENT.length()));
        }
    }

    /** The names that no case has had so far. */
    public Set<String> unused() {
        return unused;
    }

    /** How many cases were skipped so far, by the ability that they need. */
    public SortedMap<String, Integer> skipped() {
        return skipped;
    }
}
