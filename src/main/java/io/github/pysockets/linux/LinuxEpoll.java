package io.github.pysockets.linux;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Epoll;
import java.lang.foreign.MemorySegment;

/** An epoll set of the kernel. Events pass through the thread's {@link Scratch}, so no call allocates. */
final class LinuxEpoll implements Epoll {
    private static final EpollEvent EVENT = EpollEvent.HERE;
    private static final int MOST = Scratch.ROOM_LIMIT / EVENT.size();

    private final LinuxEndpoint endpoint;

    LinuxEpoll(LinuxEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int control(int operation, Endpoint target, int events, int data) {
        LinuxEndpoint own = target.ability(LinuxEndpoint.class);
        if (own == null) {
            return -Errno.EBADF;
        }
        MemorySegment room = Scratch.mine().room(EVENT.size());
        EVENT.encode(room, 0, events, data);
        return EpollCalls.control(endpoint.descriptor(), operation, own.descriptor(), room);
    }

    @Override
    public int ready(int[] data, int[] events, int most) {
        int limit = Math.min(Math.min(most, MOST), Math.min(data.length, events.length));
        MemorySegment room = Scratch.mine().room((long) Math.max(limit, 0) * EVENT.size());
        int count;
        do {
            count = EpollCalls.await(endpoint.descriptor(), room, 0);
        } while (count == -Errno.EINTR);
        for (int i = 0; i < count; i++) {
            data[i] = EVENT.data(room, i);
            events[i] = EVENT.events(room, i);
        }
        return count;
    }
}
