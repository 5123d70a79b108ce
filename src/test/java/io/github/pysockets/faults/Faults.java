package io.github.pysockets.faults;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which call of a {@link FaultyStack} goes wrong; and what was called, opened and closed. May be used from any thread.
 *
 * <p>A number counts as closed before close(2) is called: from then on the kernel may give it to somebody else.
 */
public final class Faults {
    private final Map<String, Integer> calls = new TreeMap<>();
    private final Set<Integer> open = new TreeSet<>();
    private final List<String> misuses = new ArrayList<>();
    private int openPollers;

    private String faultyCall;
    private int faultyNumber;
    private Fault fault;
    private boolean hasHappened;

    /** Counts calls anew, none of which goes wrong. */
    public synchronized void clear() {
        calls.clear();
        faultyCall = null;
        hasHappened = false;
    }

    /** Counts calls anew, and lets one of a name go wrong; they are numbered from 1. */
    public synchronized void plan(String call, int number, Fault newFault) {
        clear();
        faultyCall = call;
        faultyNumber = number;
        fault = newFault;
    }

    /** How many calls there were of each name. */
    public synchronized Map<String, Integer> calls() {
        return new TreeMap<>(calls);
    }

    /** Whether the planned call came. */
    public synchronized boolean hasHappened() {
        return hasHappened;
    }

    /** The numbers that are open. */
    public synchronized Set<Integer> open() {
        return new TreeSet<>(open);
    }

    /** Takes numbers for closed, which the program was told that they are. */
    public synchronized void forget(Set<Integer> numbers) {
        open.removeAll(numbers);
        numbers.forEach(number -> {
            try {
                LinuxStack.open().endpoint(number).close();
            } catch (StackException closedBefore) {
                return;
            }
        });
    }

    public synchronized int openPollers() {
        return openPollers;
    }

    /** Calls on what was not open, since this was asked last. */
    public synchronized List<String> takeMisuses() {
        List<String> taken = List.copyOf(misuses);
        misuses.clear();
        return taken;
    }

    /** Notes a call, and gives what is to become of it; null where it goes as it should. */
    synchronized Fault next(String call) {
        int number = calls.merge(call, 1, Integer::sum);
        if (!call.equals(faultyCall) || number != faultyNumber) {
            return null;
        }
        hasHappened = true;
        return fault;
    }

    synchronized void opened(int number) {
        if (!open.add(number)) {
            misuses.add("opened twice: " + number);
        }
    }

    synchronized void closes(int number) {
        if (!open.remove(number)) {
            misuses.add("closed twice: " + number);
        }
    }

    /** Notes that a call uses a number; negative ones stand for none. */
    synchronized void uses(String call, int number) {
        if (number >= 0 && !open.contains(number)) {
            misuses.add(call + " on " + number + ", which is not open");
        }
    }

    synchronized void pollerOpened() {
        openPollers++;
    }

    synchronized void pollerClosed() {
        openPollers--;
    }

    /** Notes what should not be. */
    synchronized void misuse(String what) {
        misuses.add(what);
    }
}
