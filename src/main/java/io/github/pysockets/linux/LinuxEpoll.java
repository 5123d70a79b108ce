package io.github.pysockets.linux;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.Errno;
import java.lang.foreign.MemorySegment;

/** An epoll set of the kernel's. Events pass through the thread's {@link Scratch}, so no call allocates. */
final class LinuxEpoll implements Epoll {
    private static final EpollEvent EVENT = EpollEvent.HERE;
    private static final int MOST = Scratch.ROOM_LIMIT / EVENT.size();

    private final Endpoint endpoint;

    LinuxEpoll(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int control(int operation, int descriptor, int events) {
        MemorySegment room = Scratch.mine().room(EVENT.size());
        EVENT.encode(room, 0, descriptor, events);
        return EpollCalls.control(endpoint.descriptor(), operation, descriptor, room);
    }

    @Override
    public int ready(int[] descriptors, int[] events, int most) {
        int limit = Math.min(Math.min(most, MOST), Math.min(descriptors.length, events.length));
        MemorySegment room = Scratch.mine().room((long) Math.max(limit, 0) * EVENT.size());
        int count;
        do {
            count = EpollCalls.await(endpoint.descriptor(), room, 0);
        } while (count == -Errno.EINTR);
        for (int i = 0; i < count; i++) {
            descriptors[i] = EVENT.descriptor(room, i);
            events[i] = EVENT.events(room, i);
        }
        return count;
    }
}
