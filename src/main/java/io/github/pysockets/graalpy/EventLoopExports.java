package io.github.pysockets.graalpy;

import io.github.pysockets.python.EventLoop;
import io.github.pysockets.python.LoopTimer;
import io.github.pysockets.python.PySocket;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** The calls of one event loop of the Python side, which binds each once. Results are as {@link HostExports} says. */
public final class EventLoopExports {
    private final EventLoop loop;
    private final PythonValues values;

    EventLoopExports(EventLoop loop, PythonValues values) {
        this.loop = loop;
        this.values = values;
    }

    /** @param interest 1 to read, 2 to write, 3 for both */
    @HostAccess.Export
    public int add(int number, int interest) {
        return ResultCodes.number(() -> loop.add(number, interest));
    }

    /** @param keepsStream whether {@link #read} stays in force */
    @HostAccess.Export
    public int modify(int number, int interest, boolean keepsStream) {
        return ResultCodes.number(() -> loop.modify(number, interest, keepsStream));
    }

    @HostAccess.Export
    public int remove(int number) {
        return ResultCodes.number(() -> loop.remove(number));
    }

    /** Makes rounds read a stream that is waited for, and give its bytes with {@code owner}. */
    @HostAccess.Export
    public int read(PySocket stream, Value owner) {
        return ResultCodes.number(stream, it -> loop.read(it, owner));
    }

    /** Makes rounds give the event again. */
    @HostAccess.Export
    public int readNoMore(int number) {
        return ResultCodes.action(() -> loop.readNoMore(number));
    }

    /**
     * Sets a timer, and returns an object to cancel it by.
     *
     * @param when in seconds of the loop's clock
     */
    @HostAccess.Export
    public Object timer(double when, Value owner) {
        try {
            return loop.timer(when, owner);
        } catch (Throwable failure) {
            return ResultCodes.code(failure);
        }
    }

    @HostAccess.Export
    public int cancel(LoopTimer timer) {
        return ResultCodes.action(() -> loop.cancel(ResultCodes.given(timer)));
    }

    /**
     * Waits: see {@link EventLoop#round}.
     *
     * @param now seconds of the loop's clock
     * @param resolution in seconds, of that clock
     */
    @HostAccess.Export
    public Object round(double now, double resolution, boolean waits) {
        try {
            return loop.round(now, resolution, waits, values);
        } catch (Throwable failure) {
            return ResultCodes.code(failure);
        }
    }

    @HostAccess.Export
    public int close() {
        return ResultCodes.action(loop::close);
    }
}
