package io.github.pysockets.quota;

import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLNVAL;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLPRI;
import static io.github.pysockets.abi.PollEvents.POLLRDBAND;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.PollEvents.POLLRDNORM;
import static io.github.pysockets.abi.PollEvents.POLLWRBAND;
import static io.github.pysockets.abi.PollEvents.POLLWRNORM;

/**
 * Which events of an endpoint must not be reported yet, because a call that follows them would be held back. A program
 * that got them would call again and again. The events of poll(2) and epoll(7) have the same numbers.
 *
 * @param held the events that must not be reported
 * @param pause the nanoseconds until some of them may be; {@link Long#MAX_VALUE} if none is held
 */
record Readiness(int held, long pause) {
    private static final int IN = POLLIN | POLLRDNORM | POLLRDBAND;
    private static final int OUT = POLLOUT | POLLWRNORM | POLLWRBAND;
    private static final int NEWS = IN | OUT | POLLPRI;

    static final Readiness FREE = new Readiness(0, Long.MAX_VALUE);

    /** @param asked the events that the caller waits for */
    static Readiness of(QuotaEndpoint endpoint, int asked) {
        long in = (asked & IN) == 0 ? 0 : endpoint.pauseIn();
        long out = (asked & OUT) == 0 ? 0 : endpoint.pauseOut();
        if (in == 0 && out == 0) {
            return FREE;
        }
        // Whoever hears of the end reads up to it, or sends to find the error. A socket that does not connect yet has
        // hung up, as the kernel sees it.
        int held = (in == 0 ? 0 : IN | POLLRDHUP | POLLHUP) | (out == 0 ? 0 : OUT | POLLHUP);
        return new Readiness(held, in == 0 ? out : out == 0 ? in : Math.min(in, out));
    }

    boolean isFree() {
        return held == 0;
    }

    /** What may be asked for now; 0 if it is nothing that would lead to a call. */
    int ask(int asked) {
        int rest = asked & ~held;
        return (rest & NEWS) == 0 ? 0 : rest;
    }

    /** What may be reported of events that have come; 0 for nothing. */
    int report(int events) {
        int rest = events & ~held;
        // An error is found by the call that is held back.
        return isFree() || (rest & (NEWS | POLLNVAL)) != 0 ? rest : rest & ~POLLERR;
    }
}
