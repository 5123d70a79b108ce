package io.github.pysockets.python;

/** Waits by poll(2), for a stack without epoll. */
final class PollWaitSet implements WaitSet {
    private final PollSet set;

    PollWaitSet(SocketRuntime runtime) {
        set = new PollSet(runtime);
    }

    @Override
    public int add(int number, int events) {
        set.register(number, events);
        return 0;
    }

    @Override
    public int modify(int number, int events) {
        set.register(number, events);
        return 0;
    }

    @Override
    public int remove(int number) {
        set.unregister(number);
        return 0;
    }

    @Override
    public int await(long nanos, ReadyEvents found) {
        found.prepare(0);
        return set.poll(nanos, found);
    }

    @Override
    public void close() {
        // It holds no descriptor.
    }
}
