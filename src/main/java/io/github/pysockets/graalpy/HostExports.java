package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.ErrnoNames;
import io.github.pysockets.python.AbsentNames;
import io.github.pysockets.python.AddressTuples;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.EventLoop;
import io.github.pysockets.python.LentBuffer;
import io.github.pysockets.python.LoopTls;
import io.github.pysockets.python.Names;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.Refusal;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.tls.MemoryBio;
import io.github.pysockets.tls.TlsStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.HostAccess;

/**
 * The only object of ours that the Python side gets: the calls, by subject, and the numbers that both sides know.
 *
 * <p>Int results of exported functions are zero or more, or one of {@link Codes}. A result that is otherwise a Python
 * value is an int when the call failed. The Python side has checked arguments as CPython does. They are checked here
 * again for what would do harm, because any script can call these functions itself.
 */
public final class HostExports {
    private final SocketRuntime runtime;
    private final PythonValues values;
    private final AddressTuples addresses;
    private final SSLContext hostTrust;
    private final SocketExports sockets;
    private final NameExports names;
    private final SelectExports select;
    private final DescriptorExports descriptors;
    private final BufferExports buffers;
    private final ClockExports clock;

    /**
     * @param hostTrust the application's own context for TLS; null for none
     * @param buffers for an interpreter that cannot make a memoryview of a buffer; null for one that can
     * @param clock the stack's, for scripts whose time is the stack's; null for others
     */
    HostExports(
            SocketRuntime runtime,
            PythonValues values,
            SSLContext hostTrust,
            BufferExports buffers,
            ClockExports clock) {
        this.runtime = runtime;
        this.values = values;
        this.hostTrust = hostTrust;
        this.buffers = buffers;
        this.clock = clock;
        addresses = new AddressTuples(runtime, values);
        sockets = new SocketExports(runtime, values, addresses);
        names = new NameExports(new Names(runtime, values, addresses), runtime, values);
        select = new SelectExports(runtime, values);
        descriptors = new DescriptorExports(runtime, values);
    }

    /** Sockets. */
    @HostAccess.Export
    public SocketExports sockets() {
        return sockets;
    }

    /** Names of hosts, services, protocols and interfaces. */
    @HostAccess.Export
    public NameExports names() {
        return names;
    }

    /** Waiting for many: the module {@code select}. */
    @HostAccess.Export
    public SelectExports select() {
        return select;
    }

    /** Descriptors by their number. */
    @HostAccess.Export
    public DescriptorExports descriptors() {
        return descriptors;
    }

    /** Processes, and descriptors that are no sockets. Made on request, because few scripts need its classes. */
    @HostAccess.Export
    public Object processes() {
        return ResultCodes.value(() -> new ProcessExports(runtime, values));
    }

    /** TLS: the module {@code ssl}. Made on request, because most scripts need none of its classes. */
    @HostAccess.Export
    public Object tls() {
        return ResultCodes.value(() -> new TlsExports(runtime, values, hostTrust));
    }

    /**
     * The calls of a new event loop: an {@link EventLoopExports}.
     *
     * @param buffer receives what rounds read
     */
    @HostAccess.Export
    public Object eventLoop(ByteBuffer buffer) {
        return ResultCodes.value(
                () -> new EventLoopExports(new EventLoop(runtime, LentBuffer.array(buffer)), values, addresses));
    }

    /** The calls of a stream of an event loop: a {@link StreamExports}. */
    @HostAccess.Export
    public Object stream(PySocket socket) {
        return ResultCodes.value(socket, StreamExports::new);
    }

    /**
     * The calls of a TLS connection of an event loop: a {@link TlsStreamExports}.
     *
     * @param stream between the two queues
     */
    @HostAccess.Export
    public Object tlsStream(PySocket socket, TlsStream stream, MemoryBio incoming, MemoryBio outgoing) {
        return ResultCodes.value(
                socket,
                it -> new TlsStreamExports(new LoopTls(
                        it,
                        ResultCodes.held(stream).connection(),
                        ResultCodes.held(incoming),
                        ResultCodes.held(outgoing))));
    }

    /** For an interpreter that cannot make a memoryview of a buffer; None for one that can. */
    @HostAccess.Export
    public BufferExports buffers() {
        return buffers;
    }

    /** The clock of the stack, for scripts whose time is the stack's; None for others. */
    @HostAccess.Export
    public ClockExports clock() {
        return clock;
    }

    /** The stack's constants, as words {@code NAME=value}. */
    @HostAccess.Export
    public Object constants() {
        return ResultCodes.value(() -> words(runtime.stack().constants()));
    }

    /** The names that are absent from our modules, as words: {@link AbsentNames}. */
    @HostAccess.Export
    public Object absent() {
        return ResultCodes.value(() -> String.join(" ", AbsentNames.of(runtime.stack())));
    }

    /** A number of package {@code abi}, such as AF_INET or EBADF, whether or not the stack has a use for it. */
    @HostAccess.Export
    public Object number(String name) {
        return ResultCodes.value(() -> {
            try {
                return Constants.number(ResultCodes.given(name));
            } catch (IllegalArgumentException unknown) {
                throw Refusal.WRONG_TYPE;
            }
        });
    }

    /** {@link Codes}, as words {@code NAME=value}. */
    @HostAccess.Export
    public Object codes() {
        return ResultCodes.value(() -> words(Codes.byName()));
    }

    /** All errnos by name, as words {@code NAME=value}: {@link ErrnoNames}. */
    @HostAccess.Export
    public Object errnos() {
        return ResultCodes.value(() -> words(ErrnoNames.numbers()));
    }

    static String words(Map<String, ? extends Number> numbers) {
        return numbers.entrySet().stream()
                .map(number -> number.getKey() + "=" + number.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The text for a code that is an errno or comes from a name service. */
    @HostAccess.Export
    public Object errorText(int code) {
        return ResultCodes.value(() -> runtime.errorText(code));
    }
}
