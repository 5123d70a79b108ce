package io.github.pysockets.graalpy;

import io.github.pysockets.python.AcceptedBatch;
import io.github.pysockets.python.AddressTuples;
import io.github.pysockets.python.EventLoop;
import io.github.pysockets.python.LoopTimer;
import io.github.pysockets.python.PySocket;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** The calls of one event loop of the Python side, which binds each once. Results are as {@link HostExports} says. */
public final class EventLoopExports {
    private final EventLoop loop;
    private final PythonValues values;
    private final AddressTuples addresses;

    EventLoopExports(EventLoop loop, PythonValues values, AddressTuples addresses) {
        this.loop = loop;
        this.values = values;
        this.addresses = addresses;
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

    /** As {@link #read}, for a TLS connection: what {@link HostExports#tlsStream} returned. */
    @HostAccess.Export
    public int readTls(TlsStreamExports tls, Value owner) {
        return ResultCodes.number(tls, it -> loop.read(it.tls(), owner));
    }

    /** As {@link #read}, for a socket that receives datagrams. */
    @HostAccess.Export
    public int readDatagrams(PySocket socket, Value owner) {
        return ResultCodes.number(socket, it -> loop.readDatagrams(it, addresses, owner));
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
     * Accepts the connections that wait, as sockets that never wait. Returns a tuple: 0, or the code of what was in the
     * way of more; then for each connection what {@link SocketExports#acceptSocket} returns of it.
     *
     * @param most how many at once
     */
    @HostAccess.Export
    public Object accept(PySocket listener, int most) {
        return ResultCodes.value(listener, it -> {
            List<Object> flat = new ArrayList<>();
            int code = new AcceptedBatch(it, most).accept((made, peer) -> {
                flat.add(made);
                flat.add(made.holding());
                flat.add(addresses.toPython(peer));
            });
            flat.addFirst(code);
            return values.tuple(flat.toArray());
        });
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

    /** As {@link #round}, for a caller that knows of no timer. */
    @HostAccess.Export
    public Object untimedRound(boolean waits) {
        try {
            return loop.round(Double.NaN, 0, waits, values);
        } catch (Throwable failure) {
            return ResultCodes.code(failure);
        }
    }

    @HostAccess.Export
    public int close() {
        return ResultCodes.action(loop::close);
    }
}
