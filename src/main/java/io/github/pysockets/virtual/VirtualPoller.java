package io.github.pysockets.virtual;

import static io.github.pysockets.abi.PollEvents.POLLNVAL;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import java.util.Arrays;

/** Waits on the network's clock. */
final class VirtualPoller implements Poller {
    private final Node node;
    private final World world;
    private final Event timeout = new Event() {
        @Override
        void fire() {
            isOver = true;
            world.rouse(sleeper);
        }
    };

    // What is waited for. Under the world's lock.
    private OpenSocket[] sockets = new OpenSocket[1];
    private int[] wanted = new int[1];
    private int count;
    /** Who waits; null for nobody. */
    private Participant sleeper;
    private boolean isOver;

    private boolean isWoken;
    private boolean isClosed;

    VirtualPoller(Node node) {
        this.node = node;
        world = node.world();
    }

    @Override
    public int poll(Endpoint endpoint, int events, long nanos) {
        world.enter();
        try {
            if (isClosed) {
                return -Errno.EBADF;
            }
            count = endpoint == null ? 0 : 1;
            if (endpoint != null && !want(0, endpoint, events)) {
                return POLLNVAL;
            }
            int result = await(nanos);
            return result <= 0 ? result : sockets[0].ready(events);
        } finally {
            forget();
            world.exit();
        }
    }

    @Override
    public int poll(Endpoint[] endpoints, short[] events, short[] ready, int length, long nanos) {
        world.enter();
        try {
            if (isClosed) {
                return -Errno.EBADF;
            }
            makeRoom(length);
            count = length;
            int invalid = 0;
            for (int i = 0; i < length; i++) {
                ready[i] = 0;
                if (endpoints[i] != null && !want(i, endpoints[i], events[i])) {
                    ready[i] = POLLNVAL;
                    invalid++;
                }
            }
            int result = await(invalid == 0 ? nanos : 0);
            if (result < 0) {
                return result;
            }
            for (int i = 0; i < length; i++) {
                if (sockets[i] != null) {
                    ready[i] = (short) sockets[i].ready(wanted[i]);
                }
            }
            return result + invalid;
        } finally {
            forget();
            world.exit();
        }
    }

    private void makeRoom(int length) {
        if (sockets.length < length) {
            sockets = new OpenSocket[2 * length];
            wanted = new int[2 * length];
        }
    }

    /** False for an endpoint that is none of this stack's, or closed. */
    private boolean want(int place, Endpoint endpoint, int events) {
        sockets[place] = VirtualEndpoint.socketOf(endpoint, node);
        wanted[place] = Short.toUnsignedInt((short) events);
        return sockets[place] != null;
    }

    private void forget() {
        Arrays.fill(sockets, 0, count, null);
        count = 0;
    }

    /** How many are ready. */
    private int look() {
        int ready = 0;
        for (int i = 0; i < count; i++) {
            ready += sockets[i] != null && sockets[i].ready(wanted[i]) != 0 ? 1 : 0;
        }
        return ready;
    }

    /** Waits until some are ready, and returns how many; or 0, or a negated errno. */
    private int await(long nanos) {
        int ready = look();
        if (ready > 0) {
            return ready;
        }
        if (nanos == 0) {
            // A look leaves a wake for the next wait.
            world.lookedInVain();
            return 0;
        }
        watch(true);
        isOver = false;
        if (nanos > 0) {
            world.schedule(timeout, nanos);
        }
        try {
            while (ready == 0 && !isOver && !isWoken && !isClosed) {
                sleeper = world.current();
                world.sleep(sleeper);
                ready = look();
            }
        } finally {
            sleeper = null;
            world.cancel(timeout);
            watch(false);
        }
        isWoken = false;
        return ready == 0 && isClosed ? -Errno.EBADF : ready;
    }

    private void watch(boolean on) {
        for (int i = 0; i < count; i++) {
            if (sockets[i] != null && on) {
                sockets[i].add(this);
            } else if (sockets[i] != null) {
                sockets[i].remove(this);
            }
        }
    }

    /** Called by a socket that may be ready now. */
    void changed(OpenSocket socket) {
        for (int i = 0; i < count; i++) {
            if (sockets[i] == socket && socket.ready(wanted[i]) != 0) {
                world.rouse(sleeper);
                return;
            }
        }
    }

    @Override
    public void wake() {
        world.lock.lock();
        try {
            isWoken = true;
            if (sleeper != null) {
                world.wake(sleeper);
            }
        } finally {
            world.unlock();
        }
    }

    @Override
    public void close() {
        world.lock.lock();
        try {
            isClosed = true;
            if (sleeper != null) {
                world.wake(sleeper);
            }
        } finally {
            world.unlock();
        }
    }
}
