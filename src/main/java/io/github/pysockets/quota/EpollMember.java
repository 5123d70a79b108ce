package io.github.pysockets.quota;

import static io.github.pysockets.abi.EpollFlags.EPOLLET;
import static io.github.pysockets.abi.EpollFlags.EPOLLEXCLUSIVE;
import static io.github.pysockets.abi.EpollFlags.EPOLLONESHOT;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_ADD;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_DEL;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_MOD;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Epoll;

/**
 * One member of an epoll set. While its readiness must not be reported, it is disarmed in the set below, so that this
 * one does not stay readable because of it. Arming it again reports what is ready then, so no edge is lost.
 *
 * <p>Guarded by {@link EpollMembers}.
 */
final class EpollMember {
    private static final int EDGE = (int) EPOLLET;

    private final Quota quota;
    private final Endpoint target;
    private final QuotaEndpoint endpoint;
    private final int events;
    private final int data;
    /** The events that are held back. */
    private int held;
    private long due;
    /** Whether it has to be armed again even if nothing else has changed. */
    private boolean isOwed;

    EpollMember(Quota quota, Endpoint target, QuotaEndpoint endpoint, int events, int data) {
        this.quota = quota;
        this.target = target;
        this.endpoint = endpoint;
        this.events = events;
        this.data = data;
    }

    /** The members, if this is an epoll set itself; otherwise null. */
    EpollMembers members() {
        return endpoint.members();
    }

    boolean isHeld() {
        return held != 0 || isOwed;
    }

    /** When it is to be armed again, by the quota's clock. */
    long due() {
        return due;
    }

    /** What may be reported of events that have come; 0 for nothing. Disarms it where something is held back. */
    int pass(Epoll set, int ready) {
        Readiness now = Readiness.of(endpoint, events);
        int passed = now.report(ready);
        if (passed != 0 && (events & EPOLLONESHOT) != 0) {
            held = 0;
            isOwed = false;
        } else if (passed != ready) {
            boolean isNew = now.held() != held;
            hold(now);
            // The others are not reported a second time. A change reports a hang-up once more.
            if (isNew && (events & (EDGE | EPOLLONESHOT)) == 0) {
                arm(set, now);
            }
        }
        return passed;
    }

    private void hold(Readiness now) {
        held = now.held();
        due = now.isFree() ? quota.now() : quota.now() + now.pause();
    }

    /** Whether it is reported only when something changes below, however often. */
    boolean isEdgeTriggered() {
        return (events & (EDGE | EPOLLONESHOT)) == EDGE;
    }

    /** What tells {@link EpollMembers#owe} when a call is held back or cut. */
    Transfers transfers() {
        return endpoint.transfers();
    }

    /**
     * A call on the endpoint was held back or cut. To the set below nothing has changed, and the program waits for a
     * change.
     */
    void owe() {
        isOwed = true;
        hold(Readiness.of(endpoint, events));
    }

    /** Has the set below report what is not held back. */
    private void arm(Epoll set, Readiness now) {
        int rest = events & ~now.held();
        boolean isQuiet = !now.isFree() && now.ask(events) == 0;
        if ((events & EPOLLEXCLUSIVE) == 0) {
            // A hang-up cannot be left out, but is reported once.
            set.control(EPOLL_CTL_MOD, target, isQuiet ? rest | EDGE : rest, data);
            return;
        }
        // It cannot be changed.
        set.control(EPOLL_CTL_DEL, target, 0, data);
        if (!isQuiet) {
            set.control(EPOLL_CTL_ADD, target, rest, data);
        }
    }

    /** Arms it again for what is no longer held back. Called when its time has come. */
    void rearm(Epoll set) {
        Readiness now = Readiness.of(endpoint, events);
        boolean hasChanged = now.held() != held || isOwed;
        isOwed = false;
        hold(now);
        if (hasChanged) {
            arm(set, now);
        }
    }
}
