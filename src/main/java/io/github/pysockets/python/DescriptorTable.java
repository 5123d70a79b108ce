package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.DescriptorStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The descriptors that one interpreter holds, by the number that its script knows them by. What is not in here is not the script's
 * to touch: the process's other files and connections are numbers too.
 *
 * <p>Here alone it is known how a script's number goes with the process's: see {@link Numbering}.
 */
final class DescriptorTable {
    /** Null where the stack has no descriptors of the process. */
    private final DescriptorStack descriptors;
    private final Numbering numbering;
    private final boolean foreignAllowed;
    private final Lingering lingering;
    private final ConcurrentHashMap<Integer, Descriptor> open = new ConcurrentHashMap<>();
    /** For endpoints that are no descriptors of the process. */
    private final OwnNumbers ownNumbers = new OwnNumbers();

    private volatile boolean closed;

    /** @param foreignAllowed whether numbers that are not in here may be taken in */
    DescriptorTable(SocketStack stack, Numbering numbering, boolean foreignAllowed, Lingering lingering) {
        descriptors = stack.ability(DescriptorStack.class);
        this.numbering = numbering;
        this.foreignAllowed = foreignAllowed;
        this.lingering = lingering;
    }

    Lingering lingering() {
        return lingering;
    }

    /** The process's number for what the script calls {@code number}; negative where that can be no number of ours. */
    int processNumber(int number) {
        return number < numbering.base() ? -1 : number - numbering.base();
    }

    /** What the script calls the process's descriptor {@code processNumber}. */
    int scriptNumber(int processNumber) {
        return processNumber + numbering.base();
    }

    /** What the script calls an endpoint: after the process's number where it has one, and otherwise a number of its own. */
    int number(Endpoint endpoint) {
        DescriptorEndpoint asDescriptor = endpoint.ability(DescriptorEndpoint.class);
        return asDescriptor == null ? scriptNumber(ownNumbers.take()) : scriptNumber(asDescriptor.descriptor());
    }

    /** Whether the interpreter's {@code os} module knows none of our numbers. */
    boolean isNumberedApart() {
        return numbering == Numbering.APART;
    }

    /**
     * Whether scripts get at the process's descriptors and memory without us: they were allowed foreign numbers, or have the
     * interpreter's native backend.
     */
    boolean isTrusted() {
        return foreignAllowed || numbering == Numbering.SHARED;
    }

    /** Takes in an endpoint that has just been made for this interpreter. */
    Descriptor add(Endpoint endpoint, Holder holder) {
        Descriptor added = new Descriptor(endpoint, this, number(endpoint), false);
        Descriptor stale = open.put(added.number(), added);
        if (stale != null) {
            stale.forget();
        }
        if (holder != Holder.OBJECT) {
            added.holdBy(holder);
        }
        if (holder == Holder.SCRIPT) {
            // It is a copy, or came from who may have kept one.
            added.share();
        }
        if (closed) {
            added.closeSoon();
        }
        return added;
    }

    /**
     * Takes in a copy of a descriptor, if the original is the interpreter's to keep: what the script reaches by its {@code os} module
     * alone does not become its own by being copied.
     *
     * @return the copy's number
     */
    int addCopy(Endpoint copy, Descriptor original) {
        boolean isOwn = foreignAllowed || !original.isForeign();
        return isOwn ? add(copy, Holder.SCRIPT).number() : number(copy);
    }

    /** The descriptor of this number; null where it is not in the scope. A foreign one is in the table once it is {@link #hold held}. */
    Descriptor find(int number, Scope scope) {
        Descriptor known = open.get(number);
        if (known != null && known.forgetIfStale()) {
            remove(known);
            known = null;
        }
        boolean mayBeForeign = switch (scope) {
            case OWN -> false;
            case USABLE -> foreignAllowed;
            case REACHABLE -> isTrusted();
        };
        return known == null && mayBeForeign ? foreign(number) : known;
    }

    /** As {@link #find}, never null. */
    Descriptor require(int number, Scope scope) throws CallFailure {
        Descriptor found = find(number, scope);
        if (found == null) {
            throw new CallFailure(refusal());
        }
        return found;
    }

    private Descriptor foreign(int number) {
        int processNumber = processNumber(number);
        return processNumber < 0 || descriptors == null
                ? null
                : new Descriptor(descriptors.endpoint(processNumber), this, number, true);
    }

    /** What is done with a descriptor. */
    @FunctionalInterface
    interface Use<T> {
        T of(Descriptor descriptor) throws CallFailure, StackException;
    }

    /** Does for a script what its {@code os} module does too; the descriptor is not closed meanwhile. */
    <T> T use(int number, Use<T> use) throws CallFailure, StackException {
        Descriptor descriptor = require(number, Scope.REACHABLE);
        return descriptor.use(_ -> use.of(descriptor));
    }

    /** What a call gives for a number that {@link #find} does not find. */
    int refusal() {
        return foreignAllowed ? -Errno.EBADF : Codes.NOT_OWN;
    }

    /** From now on a found descriptor is this interpreter's own, and held by an object. */
    Descriptor hold(Descriptor found) {
        if (found.isForeign()) {
            lingering.expect();
            found.share();
        }
        Descriptor first = open.putIfAbsent(found.number(), found);
        Descriptor held = first == null ? found : first;
        held.holdBy(Holder.OBJECT);
        return held;
    }

    void remove(Descriptor closed) {
        if (open.remove(closed.number(), closed) && closed.endpoint().ability(DescriptorEndpoint.class) == null) {
            ownNumbers.giveBack(processNumber(closed.number()));
        }
    }

    /** Whether something is true of one that is here, other than {@code descriptor}. */
    boolean anyOther(Descriptor descriptor, Predicate<Descriptor> test) {
        for (Descriptor other : open.values()) {
            if (other != descriptor && test.test(other)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Closes all but those whose number, once let go, stands for something else by now. Failures do not stop it: nothing more can be
     * done for a descriptor whose close failed. What comes later is closed at once.
     *
     * @param end until when to wait for calls that are still in use of one, by {@link System#nanoTime}; the last one
     *     out closes it in any case
     * @param closer the thread that asked for it
     */
    void close(long end, Thread closer) {
        closed = true;
        // All are closed to calls before the first one is closed to its peer, whose calls would tell of that.
        Map<Descriptor, Integer> begun = new IdentityHashMap<>();
        for (Descriptor descriptor : open.values()) {
            if (!descriptor.forgetIfStale()) {
                begun.put(descriptor, descriptor.beginClose());
            }
        }
        begun.forEach(Descriptor::finishClose);
        for (Descriptor descriptor : begun.keySet()) {
            descriptor.awaitGone(end, closer);
        }
    }
}
