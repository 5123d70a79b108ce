package io.github.pysockets.quota;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingPoller;
import io.github.pysockets.stack.Poller;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongToIntFunction;

/**
 * A poller that reports an endpoint no earlier than it may move bytes, and counts the time of its waits. A wait that
 * lasts longer than it can foresee ends early, with nothing, as by {@link #wake}.
 */
final class QuotaPoller extends ForwardingPoller {
    private final Quota quota;
    private Endpoint[] shown = {};
    private short[] asked = {};
    private Readiness[] readiness = {};

    QuotaPoller(Poller delegate, Quota quota) {
        super(delegate);
        this.quota = quota;
    }

    /** Waits within the time that is left for all waits. */
    private int limited(long nanos, LongToIntFunction poll) {
        BlockedTime blocked = quota.blocked();
        if (nanos == 0 || !blocked.isLimited()) {
            return poll.applyAsInt(nanos);
        }
        if (blocked.isOver()) {
            return blocked.refuse();
        }
        long since = blocked.now();
        try {
            return poll.applyAsInt(blocked.piece(nanos));
        } finally {
            blocked.use(since);
        }
    }

    private static long earlier(long nanos, long pause) {
        return nanos < 0 ? pause == Long.MAX_VALUE ? nanos : pause : Math.min(nanos, pause);
    }

    private QuotaEndpoint own(Endpoint endpoint) {
        return QuotaEndpoint.of(endpoint, quota);
    }

    /** Waits for nothing but the end of a pause. */
    private int rest(long nanos) {
        return limited(nanos, most -> super.poll(null, 0, most));
    }

    @Override
    public int poll(Endpoint endpoint, int events, long nanos) {
        QuotaEndpoint own = own(endpoint);
        if (own == null) {
            return limited(nanos, most -> super.poll(endpoint, events, most));
        }
        if (own.members() != null) {
            return withSets(Set.of(own.members()), nanos, until -> super.poll(endpoint, events, until));
        }
        Readiness now = Readiness.of(own, events);
        if (now.isFree()) {
            return limited(nanos, most -> super.poll(endpoint, events, most));
        }
        long until = earlier(nanos, now.pause());
        int rest = now.ask(events);
        if (rest == 0) {
            return rest(until);
        }
        int ready = limited(until, most -> super.poll(endpoint, rest, most));
        if (ready <= 0) {
            return ready;
        }
        int reported = now.report(ready);
        return reported == 0 ? rest(until) : reported;
    }

    /** Waits for epoll sets, and perhaps for others. */
    private int withSets(Set<EpollMembers> sets, long nanos, LongToIntFunction poll) {
        Set<EpollMembers> all = new LinkedHashSet<>();
        sets.forEach(each -> each.collect(all));
        // First: what is held back from now on ends the wait.
        all.forEach(each -> each.enter(delegate()));
        try {
            long next = Long.MAX_VALUE;
            for (EpollMembers each : sets) {
                next = Math.min(next, each.prepare());
            }
            return limited(earlier(nanos, next), poll);
        } finally {
            all.forEach(each -> each.leave(delegate()));
        }
    }

    @Override
    public int poll(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos) {
        if (shown.length < count) {
            shown = new Endpoint[count];
            asked = new short[count];
            readiness = new Readiness[count];
        }
        Set<EpollMembers> sets = Set.of();
        long pause = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            QuotaEndpoint own = own(endpoints[i]);
            Readiness now = own == null ? Readiness.FREE : Readiness.of(own, Short.toUnsignedInt(events[i]));
            int rest = now.isFree() ? events[i] : now.ask(Short.toUnsignedInt(events[i]));
            readiness[i] = now;
            asked[i] = (short) rest;
            shown[i] = rest == 0 && !now.isFree() ? null : endpoints[i];
            pause = Math.min(pause, now.pause());
            if (own != null && own.members() != null) {
                sets = sets.isEmpty() ? new LinkedHashSet<>() : sets;
                sets.add(own.members());
            }
        }
        long until = earlier(nanos, pause);
        try {
            LongToIntFunction poll = most -> poll(ready, count, most);
            return sets.isEmpty() ? limited(until, poll) : withSets(sets, until, poll);
        } finally {
            Arrays.fill(shown, 0, count, null);
        }
    }

    private int poll(short[] ready, int count, long nanos) {
        for (;;) {
            int found = super.poll(shown, asked, ready, count, nanos);
            if (found <= 0) {
                return found;
            }
            boolean isAnyLeft = false;
            for (int i = 0; i < count; i++) {
                int events = Short.toUnsignedInt(ready[i]);
                int reported = readiness[i].report(events);
                if (events != 0 && reported == 0) {
                    // It would be reported at once, again and again.
                    shown[i] = null;
                    found--;
                }
                ready[i] = (short) reported;
                isAnyLeft |= reported != 0;
            }
            if (isAnyLeft) {
                return found;
            }
        }
    }
}
