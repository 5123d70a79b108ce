package io.github.pysockets.cases;

import java.util.Arrays;
import java.util.List;

/**
 * Which Python cases to run: dotted names of modules, classes and methods, separated by commas, such as
 * {@code test_tcp,test_udp.PeerOverUdpIPv4Test}. Without a name it is every case.
 */
public final class CaseFilter {
    private final List<String> names;

    private CaseFilter(List<String> names) {
        this.names = names;
    }

    /** The filter in the system property {@code python.cases}. */
    public static CaseFilter fromProperty() {
        return of(System.getProperty("python.cases", ""));
    }

    public static CaseFilter of(String names) {
        return new CaseFilter(Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    public boolean acceptsAll() {
        return names.isEmpty();
    }

    /** Whether it accepts anything of a module. */
    public boolean acceptsSomeOf(String module) {
        return names.isEmpty() || names.stream().anyMatch(name -> isWithin(name, module) || isWithin(module, name));
    }

    /**
     * Whether it leaves the case {@code module.class.method}. A module that cannot be imported has no such case, and is
     * left.
     */
    public boolean accepts(String id) {
        return names.isEmpty() || names.stream().anyMatch(name -> isWithin(id, name));
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + ".");
    }
}
