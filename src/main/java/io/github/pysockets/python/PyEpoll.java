package io.github.pysockets.python;

import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.StackException;

/**
 * An epoll object as Python has it: see epoll(7). Python code holds it as an opaque object and passes it back with each call.
 *
 * <p>Int results are zero or more, or one of {@link Codes}. One that is closed answers {@code -EBADF} to everything. All calls may be
 * made from any thread, and any number of threads may wait at once.
 */
public final class PyEpoll {
    private final SocketRuntime runtime;
    private final Epoll epoll;
    private final Descriptor descriptor;

    private PyEpoll(SocketRuntime runtime, Epoll epoll, Descriptor descriptor) {
        this.runtime = runtime;
        this.epoll = epoll;
        this.descriptor = descriptor;
        Cleanup.afterwards(this, () -> closeDropped(descriptor));
    }

    private static void closeDropped(Descriptor dropped) {
        if (!dropped.isClosed()) {
            dropped.closeSoon();
            Cleanup.noteClosed();
        }
    }

    static PyEpoll open(SocketRuntime runtime, int flags) throws StackException {
        EpollStack stack = runtime.stack().require(EpollStack.class);
        Epoll made = DescriptorShortage.make(() -> stack.newEpoll(flags));
        return new PyEpoll(runtime, made, runtime.table().add(made.endpoint(), Holder.OBJECT));
    }

    /** An object for a descriptor that exists. That it is one of epoll shows in the first call. */
    static PyEpoll adopt(SocketRuntime runtime, Descriptor descriptor) throws StackException {
        Epoll known = runtime.stack().require(EpollStack.class).epoll(descriptor.endpoint());
        return new PyEpoll(runtime, known, runtime.table().hold(descriptor));
    }

    /** The descriptor number; -1 once closed. */
    public int fileno() {
        return descriptor.isClosed() ? -1 : descriptor.number();
    }

    /** Closes the descriptor; threads that wait on it end with EBADF. */
    public void close() throws CallFailure, StackException {
        descriptor.close();
    }

    /** epoll_ctl(2). */
    public int control(int operation, int number, int events) {
        Descriptor target = runtime.table().find(number, Scope.USABLE);
        if (target == null) {
            return runtime.table().refusal();
        }
        return BlockingCalls.within(target, member -> BlockingCalls.within(
                descriptor, _ -> epoll.control(operation, member.endpoint(), events, member.number())));
    }

    /**
     * Waits until one is ready: epoll_wait(2).
     *
     * @param nanos longest wait; negative for without limit
     * @param descriptors set to the numbers of those that are ready
     * @param events set to what is there for each
     * @param most how many to give at most
     * @return how many, or one of {@link Codes}
     */
    public int poll(long nanos, int[] descriptors, int[] events, int most) {
        return BlockingCalls.within(descriptor, entered -> nanos == 0
                ? epoll.ready(descriptors, events, most)
                : runtime.calls().look(entered, Deadline.in(nanos), () -> epoll.ready(descriptors, events, most)));
    }
}
