package io.github.pysockets.proxy;

import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLOUT;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingPoller;
import io.github.pysockets.stack.Poller;

/** A poller that waits for the proxy where a socket is on its way through one, and moves its handshake on. */
final class ProxyPoller extends ForwardingPoller {
    ProxyPoller(Poller delegate) {
        super(delegate);
    }

    @Override
    public int poll(Endpoint endpoint, int events, long nanos) {
        ProxyEndpoint onTheWay = ProxyEndpoint.underWay(endpoint);
        if (onTheWay == null) {
            return super.poll(endpoint, events, nanos);
        }
        long end = System.nanoTime() + nanos;
        for (;;) {
            int advanced = onTheWay.advance();
            if (advanced == 0) {
                return super.poll(endpoint, events, left(nanos, end));
            }
            if (advanced != -Errno.EAGAIN) {
                return failed(events);
            }
            int ready = super.poll(endpoint, onTheWay.wants(), left(nanos, end));
            if (ready <= 0) {
                return ready;
            }
        }
    }

    /** What the kernel reports of a connection that has failed. */
    static int failed(int events) {
        return POLLERR | POLLHUP | events & POLLOUT;
    }

    private static long left(long nanos, long end) {
        return nanos <= 0 ? nanos : Math.max(0, end - System.nanoTime());
    }

    @Override
    public int poll(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos) {
        boolean anyOnTheWay = false;
        for (int i = 0; i < count; i++) {
            anyOnTheWay |= ProxyEndpoint.underWay(endpoints[i]) != null;
        }
        return anyOnTheWay
                ? pollOnTheWay(endpoints, events, ready, count, nanos)
                : super.poll(endpoints, events, ready, count, nanos);
    }

    private int pollOnTheWay(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos) {
        long end = System.nanoTime() + nanos;
        ProxyEndpoint[] onTheWay = new ProxyEndpoint[count];
        short[] wanted = events.clone();
        for (int i = 0; i < count; i++) {
            onTheWay[i] = ProxyEndpoint.underWay(endpoints[i]);
        }
        boolean[] failed = new boolean[count];
        for (;;) {
            int failures = 0;
            for (int i = 0; i < count; i++) {
                if (onTheWay[i] != null) {
                    int advanced = onTheWay[i].advance();
                    failed[i] = advanced < 0 && advanced != -Errno.EAGAIN;
                    failures += failed[i] ? 1 : 0;
                    boolean isOver = advanced == 0;
                    wanted[i] = isOver ? events[i] : (short) onTheWay[i].wants();
                    onTheWay[i] = isOver ? null : onTheWay[i];
                }
            }
            int found = super.poll(endpoints, wanted, ready, count, failures > 0 ? 0 : left(nanos, end));
            if (found < 0 || found == 0 && failures == 0) {
                return found;
            }
            int told = 0;
            for (int i = 0; i < count; i++) {
                if (onTheWay[i] != null) {
                    ready[i] = failed[i] ? (short) failed(events[i]) : 0;
                }
                told += ready[i] != 0 ? 1 : 0;
            }
            if (told > 0) {
                return told;
            }
        }
    }
}
