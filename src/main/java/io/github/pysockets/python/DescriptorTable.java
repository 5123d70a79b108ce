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
 * The descriptors that one interpreter holds, by the script's numbers for them. A script may touch no other number: the
 * process's other files and connections are numbers too.
 *
 * <p>Only this class knows how a script's numbers relate to the process's: see {@link Numbering}.
 */
final class DescriptorTable {
    /** Null where the stack does not use descriptors of the process. */
    private final DescriptorStack descriptors;
    private final Numbering numbering;
    private final boolean foreignAllowed;
    private final Lingering lingering;
    private final ConcurrentHashMap<Integer, Descriptor> open = new ConcurrentHashMap<>();
    /** For endpoints that are not descriptors of the process. */
    private final OwnNumbers ownNumbers = new OwnNumbers();

    private volatile boolean closed;

    /** @param foreignAllowed whether numbers from outside this table may be taken in */
    DescriptorTable(SocketStack stack, Numbering numbering, boolean foreignAllowed, Lingering lingering) {
        descriptors = stack.ability(DescriptorStack.class);
        this.numbering = numbering;
        this.foreignAllowed = foreignAllowed;
        this.lingering = lingering;
    }

    Lingering lingering() {
        return lingering;
    }

    /** The process's number for the script's {@code number}; negative where that cannot be one of ours. */
    int processNumber(int number) {
        return number < numbering.base() ? -1 : number - numbering.base();
    }

    /** The number that select(2) would look at, where the script has {@code number}. */
    int selectNumber(int number) {
        int processNumber = processNumber(number);
        // Without descriptors of the process, the numbers of closed sockets are known for what they were.
        boolean isOwn = descriptors == null || open.containsKey(number);
        return isOwn ? OwnNumbers.index(processNumber) : processNumber;
    }

    /** The script's number for the process's descriptor {@code processNumber}. */
    int scriptNumber(int processNumber) {
        return processNumber + numbering.base();
    }

    /**
     * The script's number for an endpoint: based on the process's number where it has one, otherwise a number of its
     * own.
     */
    int number(Endpoint endpoint) {
        DescriptorEndpoint asDescriptor = endpoint.ability(DescriptorEndpoint.class);
        return asDescriptor == null ? scriptNumber(ownNumbers.take()) : scriptNumber(asDescriptor.descriptor());
    }

    /** Whether the stack has descriptors of the process. */
    boolean hasProcessDescriptors() {
        return descriptors != null;
    }

    /** The lowest number that a socket can have. If it is not 0, the interpreter's {@code os} knows none of ours. */
    int lowestNumber() {
        return scriptNumber(descriptors == null ? OwnNumbers.lowest() : 0);
    }

    /**
     * Whether scripts can reach the process's descriptors and memory without us: foreign numbers are allowed, or the
     * interpreter uses its native backend.
     */
    boolean isTrusted() {
        return foreignAllowed || numbering == Numbering.SHARED;
    }

    /** Takes in an endpoint that was just made for this interpreter. */
    Descriptor add(Endpoint endpoint, Holder holder) {
        return add(new Descriptor(endpoint, this, number(endpoint), false), holder);
    }

    /**
     * Makes another number for a descriptor that the stack cannot copy.
     *
     * @param original entered, so that it cannot be closed meanwhile
     * @param lowest the lowest number that the copy may have, in the place of a process's
     * @throws StackException EINVAL where that is too high
     */
    Descriptor addSharer(Descriptor original, int lowest) throws StackException {
        return add(original.copy(scriptNumber(ownNumbers.take(lowest))), Holder.SCRIPT);
    }

    private Descriptor add(Descriptor added, Holder holder) {
        Descriptor stale = open.put(added.number(), added);
        if (stale != null) {
            stale.forget();
        }
        if (holder != Holder.OBJECT) {
            added.holdBy(holder);
        }
        if (holder == Holder.SCRIPT) {
            // It is a copy, or its sender may have kept one.
            added.share();
        }
        if (closed) {
            added.closeSoon();
        }
        return added;
    }

    /**
     * Takes in a copy of a descriptor, if the original belongs to the interpreter. What the script reaches only through
     * its {@code os} module does not become its own by being copied.
     *
     * @return the script's number for the copy
     */
    int addCopy(Endpoint copy, Descriptor original) {
        boolean isOwn = foreignAllowed || !original.isForeign();
        return isOwn ? add(copy, Holder.SCRIPT).number() : number(copy);
    }

    /**
     * Returns the descriptor of this number; null where it is out of scope. A foreign one enters the table once it is
     * {@link #hold held}.
     */
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

    /** As {@link #find}, but throws where that returns null. */
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

    /** An action on a descriptor. */
    @FunctionalInterface
    interface Use<T> {
        T of(Descriptor descriptor) throws CallFailure, StackException;
    }

    /** Does for a script what its {@code os} module does too. The descriptor cannot be closed meanwhile. */
    <T> T use(int number, Use<T> use) throws CallFailure, StackException {
        Descriptor descriptor = require(number, Scope.REACHABLE);
        return descriptor.use(_ -> use.of(descriptor));
    }

    /** The result of a call for a number that {@link #find} does not find. */
    int refusal() {
        return foreignAllowed ? -Errno.EBADF : Codes.NOT_OWN;
    }

    /** Makes a found descriptor this interpreter's own, held by an object. */
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

    /** Whether a test is true of any descriptor here other than {@code descriptor}. */
    boolean anyOther(Descriptor descriptor, Predicate<Descriptor> test) {
        for (Descriptor other : open.values()) {
            if (other != descriptor && test.test(other)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Closes all descriptors, but only forgets those whose numbers were let go and now stand for something else.
     * Continues after failures: nothing more can be done for a descriptor whose close failed. Later additions are
     * closed at once.
     *
     * @param end until when to wait for calls in progress, as a {@link System#nanoTime} value; the last call to leave
     *     closes its descriptor in any case
     * @param closer the thread that asked for it
     */
    void close(long end, Thread closer) {
        closed = true;
        // All refuse calls before any is closed. Otherwise a call on a peer in this table would report the close.
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
