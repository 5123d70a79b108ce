package io.github.pysockets.python;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The descriptors that one interpreter holds, by number. What is not in here is not the script's to touch: the process's other
 * files and connections are numbers too.
 */
final class DescriptorTable {
    private final SocketStack stack;
    private final boolean foreignAllowed;
    private final ConcurrentHashMap<Integer, Descriptor> open = new ConcurrentHashMap<>();

    /** @param foreignAllowed whether numbers that are not in here may be taken in */
    DescriptorTable(SocketStack stack, boolean foreignAllowed) {
        this.stack = stack;
        this.foreignAllowed = foreignAllowed;
    }

    /** Takes in an endpoint that has just been made. */
    Descriptor add(Endpoint endpoint) {
        Descriptor added = new Descriptor(endpoint, this, false);
        Descriptor stale = open.put(endpoint.descriptor(), added);
        if (stale != null) {
            stale.abandon();
        }
        return added;
    }

    /** Takes in a descriptor number that the stack has just given to this interpreter. */
    Descriptor add(int number) {
        return add(stack.endpoint(number));
    }

    /**
     * The descriptor of this number; null where the number is not this interpreter's, and foreign ones are refused. A foreign one is
     * not in the table until it is {@link #keep kept}.
     */
    Descriptor find(int number) {
        Descriptor known = open.get(number);
        if (known != null || !foreignAllowed || number < 0) {
            return known;
        }
        return new Descriptor(stack.endpoint(number), this, true);
    }

    /** From now on a found descriptor is this interpreter's own, and held by an object. */
    Descriptor keep(Descriptor found) {
        Descriptor first = open.putIfAbsent(found.number(), found);
        Descriptor kept = first == null ? found : first;
        kept.takeUp();
        return kept;
    }

    void remove(Descriptor closed) {
        open.remove(closed.number(), closed);
    }

    /**
     * Closes all but those whose number, once let go, stands for something else by now. Failures do not stop it: nothing more can be
     * done for a descriptor whose close failed.
     */
    void close() {
        for (Descriptor descriptor : open.values()) {
            if (descriptor.isStale()) {
                descriptor.abandon();
                continue;
            }
            try {
                descriptor.close();
            } catch (StackException alreadyGone) {
                continue;
            }
        }
    }
}
