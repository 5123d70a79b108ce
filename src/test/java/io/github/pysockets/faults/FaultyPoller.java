package io.github.pysockets.faults;

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

    private Fault before(int... descriptors) {
        if (isClosed.get()) {
            faults.misuse("poll of a closed poller");
        }
        for (int descriptor : descriptors) {
            faults.uses("poll", descriptor);
        }
        return faults.next("poll");
    }

    @Override
    public int poll(int descriptor, int events, long nanos) {
        return switch (before(descriptor)) {
            case Fault.Fails fails -> -fails.errno();
            case Fault.NotYet _ -> 0;
            case Fault.Spurious _ -> events & FOR_DATA;
            case Fault.Besides more -> {
                int ready = super.poll(descriptor, events, nanos);
                yield ready > 0 ? ready | more.events() : ready;
            }
            case null, default -> super.poll(descriptor, events, nanos);
        };
    }

    @Override
    public int poll(int[] descriptors, short[] events, short[] ready, int count, long nanos) {
        return switch (before(Arrays.copyOf(descriptors, count))) {
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
                int found = super.poll(descriptors, events, ready, count, nanos);
                for (int i = 0; found > 0 && i < count; i++) {
                    ready[i] |= ready[i] == 0 ? 0 : (short) more.events();
                }
                yield found;
            }
            case null, default -> super.poll(descriptors, events, ready, count, nanos);
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
