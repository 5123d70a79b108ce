package io.github.pysockets.faults;

import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingPoller;
import io.github.pysockets.stack.Poller;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/** A poller in which planned polls go wrong. */
final class FaultyPoller extends ForwardingPoller {
    /** POLLIN, POLLPRI and POLLOUT. Of a hang-up the kernel is always right. */
    private static final int FOR_DATA = 7;

    private final Faults faults;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    FaultyPoller(Poller delegate, Faults faults) {
        super(delegate);
        this.faults = faults;
    }

    private Fault before(Endpoint... endpoints) {
        if (isClosed.get()) {
            faults.misuse("poll of a closed poller");
        }
        for (Endpoint endpoint : endpoints) {
            if (endpoint != null) {
                faults.uses("poll", endpoint.ability(DescriptorEndpoint.class).descriptor());
            }
        }
        return faults.next("poll");
    }

    @Override
    public int poll(Endpoint endpoint, int events, long nanos) {
        return switch (before(endpoint)) {
            case Fault.Fails fails -> -fails.errno();
            case Fault.NotYet _ -> 0;
            case Fault.Spurious _ -> events & FOR_DATA;
            case Fault.Besides more -> {
                int ready = super.poll(endpoint, events, nanos);
                yield ready > 0 ? ready | more.events() : ready;
            }
            case null, default -> super.poll(endpoint, events, nanos);
        };
    }

    @Override
    public int poll(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos) {
        return switch (before(Arrays.copyOf(endpoints, count))) {
            case Fault.Fails fails -> -fails.errno();
            case Fault.NotYet _ -> {
                Arrays.fill(ready, 0, count, (short) 0);
                yield 0;
            }
            case Fault.Spurious _ -> {
                for (int i = 0; i < count; i++) {
                    ready[i] = (short) (events[i] & FOR_DATA);
                }
                yield count;
            }
            case Fault.Besides more -> {
                int found = super.poll(endpoints, events, ready, count, nanos);
                for (int i = 0; found > 0 && i < count; i++) {
                    ready[i] |= ready[i] == 0 ? 0 : (short) more.events();
                }
                yield found;
            }
            case null, default -> super.poll(endpoints, events, ready, count, nanos);
        };
    }

    @Override
    public void close() {
        if (isClosed.getAndSet(true)) {
            faults.misuse("poller closed twice");
        } else {
            faults.pollerClosed();
        }
        super.close();
    }
}
