package io.github.pysockets.jython;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.ErrnoNames;
import java.util.HashMap;
import java.util.Map;
import org.python.core.PyInteger;
import org.python.core.PyObject;
import org.python.core.imp;

/**
 * Errnos as one interpreter has them. Those of a stack are Linux's; on another platform the module {@code errno} has
 * other numbers for the same names.
 */
final class OwnErrnos {
    /** By the stack's number, those that differ; null before the first errno. */
    private volatile Map<Integer, Integer> differing;

    /** The interpreter's number for an errno of the stack. */
    int own(int errno) {
        Map<Integer, Integer> known = differing;
        if (known == null) {
            known = find(imp.importName("errno", true));
            differing = known;
        }
        return known.getOrDefault(errno, errno);
    }

    private static Map<Integer, Integer> find(PyObject module) {
        // Every platform but Linux has another number for this.
        if (number(module, "ECONNREFUSED") == Errno.ECONNREFUSED) {
            return Map.of();
        }
        Map<Integer, Integer> known = new HashMap<>();
        ErrnoNames.numbers().forEach((name, errno) -> {
            int own = number(module, name);
            if (own > 0) {
                known.putIfAbsent(errno, own);
            }
        });
        known.entrySet().removeIf(each -> each.getKey().equals(each.getValue()));
        return known;
    }

    /** 0 where the module does not know the name. */
    private static int number(PyObject module, String name) {
        return module.__findattr__(name) instanceof PyInteger number ? number.getValue() : 0;
    }
}
