package io.github.pysockets.python;

import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.StackException;

/**
 * A Python epoll object: see epoll(7). Python code holds it as an opaque object and passes it back with each call.
 *
 * <p>Int results are zero or more, or one of {@link Codes}. Once closed, calls fail with EBADF. Thread-safe; any number
 * of threads may wait at once.
 */
public final class PyEpoll {
    private final SocketRuntime runtime;
    private final Epoll epoll;
    private final Descriptor descriptor;
    private final Cleanup.Followed followed;

    private PyEpoll(SocketRuntime runtime, Epoll epoll, Descriptor descriptor) {
        this.runtime = runtime;
        this.epoll = epoll;
        this.descriptor = descriptor;
        followed = Cleanup.droppable(this, new Dropped(descriptor));
    }

    private record Dropped(Descriptor descriptor) implements Cleanup.Droppable {
        @Override
        public boolean isInUse() {
            return descriptor.isInUse();
        }

        @Override
        public void run() {
            if (!descriptor.isClosed()) {
                descriptor.closeSoon();
                Cleanup.noteClosed();
            }
        }
    }

    static PyEpoll open(SocketRuntime runtime, int flags) throws StackException {
        EpollStack stack = runtime.stack().require(EpollStack.class);
        Epoll made = DescriptorShortage.make(() -> stack.newEpoll(flags));
        return new PyEpoll(runtime, made, runtime.table().add(made.endpoint(), Holder.OBJECT));
    }

    /** Makes an object for an existing descriptor. The first call shows whether it is an epoll descriptor. */
    static PyEpoll adopt(SocketRuntime runtime, Descriptor descriptor) throws StackException {
        Epoll known = runtime.stack().require(EpollStack.class).epoll(descriptor.endpoint());
        return new PyEpoll(runtime, known, runtime.table().hold(descriptor));
    }

    /** The descriptor number; -1 once closed. */
    public int fileno() {
        return descriptor.isClosed() ? -1 : descriptor.number();
    }

    /** Closes the descriptor. Threads that wait on it wake up with EBADF. */
    public void close() throws CallFailure, StackException {
        followed.forget();
        descriptor.close();
    }

    /** epoll_ctl(2). */
    public int control(int operation, int number, int events) {
        Descriptor target = runtime.table().find(number, Scope.USABLE);
        if (target == null) {
            return runtime.table().refusal();
        }
        target.watchBy(descriptor);
        return BlockingCalls.within(target, member -> BlockingCalls.within(
                descriptor, _ -> epoll.control(operation, member.endpoint(), events, member.number())));
    }

    /**
     * Waits until a descriptor is ready: epoll_wait(2).
     *
     * @param nanos longest wait in nanoseconds; negative for no limit
     * @param descriptors receives the numbers of the ready descriptors
     * @param events receives the events of each
     * @param most the most descriptors to return
     * @return how many, or one of {@link Codes}
     */
    public int poll(long nanos, int[] descriptors, int[] events, int most) {
        return BlockingCalls.within(descriptor, entered -> nanos == 0
                ? epoll.ready(descriptors, events, most)
                : runtime.calls().look(entered, Deadline.in(runtime.calls().clock(), nanos),
                        () -> epoll.ready(descriptors, events, most)));
    }
}
