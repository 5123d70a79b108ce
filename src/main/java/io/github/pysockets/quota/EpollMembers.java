package io.github.pysockets.quota;

import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_DEL;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.Poller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The members of one epoll set, and which of them are held back: see {@link EpollMember}. All descriptors of the set
 * share it. Thread-safe.
 */
final class EpollMembers {
    private final Quota quota;
    private Epoll set;
    private final Map<Integer, EpollMember> byData = new HashMap<>();
    /** Those of them that are edge-triggered, by what moves their bytes. */
    private final Map<Transfers, EpollMember> edges = new IdentityHashMap<>();
    /** In the order in which they were held back. */
    private final List<EpollMember> held = new ArrayList<>();
    /** Those that wait for this set now. */
    private final Set<Poller> waiting = ConcurrentHashMap.newKeySet();

    EpollMembers(Quota quota, Epoll set) {
        this.quota = quota;
        this.set = set;
    }

    /** Another descriptor of the set is used from now on. */
    synchronized void use(Epoll newSet) {
        set = newSet;
    }

    /** Adds, changes or removes a member, as {@link Epoll#control}. */
    synchronized int control(Epoll via, int operation, Endpoint target, int events, int data) {
        int result = via.control(operation, target, events, data);
        if (result < 0) {
            return result;
        }
        EpollMember former = byData.remove(data);
        if (former != null) {
            held.remove(former);
            edges.remove(former.transfers(), former);
            former.transfers().leave(this);
        }
        QuotaEndpoint endpoint = QuotaEndpoint.of(target, quota);
        if (operation != EPOLL_CTL_DEL && endpoint != null) {
            EpollMember member = new EpollMember(quota, target, endpoint, events, data);
            byData.put(data, member);
            if (member.isEdgeTriggered()) {
                edges.put(member.transfers(), member);
                member.transfers().enter(this);
            }
        }
        return result;
    }

    /** A call on an edge-triggered member was held back or cut: it will be reported once more. */
    synchronized void owe(Transfers transfers) {
        EpollMember member = edges.get(transfers);
        if (member != null) {
            boolean wasHeld = member.isHeld();
            member.owe();
            noteHeld(member, wasHeld);
        }
    }

    private void noteHeld(EpollMember member, boolean wasHeld) {
        if (member.isHeld() && !wasHeld) {
            held.add(member);
            // They do not know when it is due.
            waiting.forEach(Poller::wake);
        } else if (wasHeld && !member.isHeld()) {
            held.remove(member);
        }
    }

    /** As {@link Epoll#ready}, without what is held back. */
    synchronized int ready(Epoll via, int[] data, int[] events, int most) {
        rearm();
        for (;;) {
            int count = via.ready(data, events, most);
            if (count <= 0) {
                return count;
            }
            int kept = 0;
            for (int i = 0; i < count; i++) {
                EpollMember member = byData.get(data[i]);
                int passed = member == null ? events[i] : pass(member, via, events[i]);
                if (passed != 0) {
                    data[kept] = data[i];
                    events[kept] = passed;
                    kept++;
                }
            }
            if (kept > 0) {
                return kept;
            }
        }
    }

    private int pass(EpollMember member, Epoll via, int events) {
        boolean wasHeld = member.isHeld();
        int passed = member.pass(via, events);
        noteHeld(member, wasHeld);
        return passed;
    }

    private void rearm() {
        long now = quota.now();
        for (Iterator<EpollMember> each = held.iterator(); each.hasNext();) {
            EpollMember member = each.next();
            if (member.due() - now <= 0) {
                member.rearm(set);
                if (!member.isHeld()) {
                    each.remove();
                }
            }
        }
    }

    /**
     * Brings the set up to date for a wait, and those in it.
     *
     * @return the nanoseconds until this has to be done again; {@link Long#MAX_VALUE} for never
     */
    synchronized long prepare() {
        long next = Long.MAX_VALUE;
        rearm();
        long now = quota.now();
        for (EpollMember member : held) {
            next = Math.min(next, Math.max(1, member.due() - now));
        }
        for (EpollMembers inner : inner()) {
            next = Math.min(next, inner.prepare());
        }
        return next;
    }

    private List<EpollMembers> inner() {
        List<EpollMembers> inner = List.of();
        for (EpollMember member : byData.values()) {
            if (member.members() != null) {
                inner = inner.isEmpty() ? new ArrayList<>() : inner;
                inner.add(member.members());
            }
        }
        return inner;
    }

    /** Adds this and the sets in it. */
    synchronized void collect(Set<EpollMembers> sets) {
        if (sets.add(this)) {
            inner().forEach(each -> each.collect(sets));
        }
    }

    /** From now on the poller is woken when there is more to prepare. */
    void enter(Poller poller) {
        waiting.add(poller);
    }

    void leave(Poller poller) {
        waiting.remove(poller);
    }
}
