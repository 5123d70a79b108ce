package io.github.pysockets.graalpy;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.Holding;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * What the Python side calls for sockets. Functions rather than methods of a socket: Python binds each once and calls it with the
 * socket, which costs a third of looking a method up on a host object for every call.
 *
 * <p>Results that are ints: zero or more, or one of {@link Codes}. A result that is otherwise a Python value is an int when the call
 * failed. Arguments have been checked by the Python side.
 */
public final class SocketCalls {
    private final SocketRuntime runtime;
    private final SSLContext hostTrust;
    private PythonValues python;
    private AddressForms forms;

    /** @param hostTrust the application's own context for TLS; null for none */
    SocketCalls(SocketRuntime runtime, SSLContext hostTrust) {
        this.runtime = runtime;
        this.hostTrust = hostTrust;
    }

    /** Called once by the Python side, with its makers of values: see {@link PythonValues}. */
    @HostAccess.Export
    public NameCalls attach(Value tuple, Value bytes, Value path, Value unsigned) {
        python = new PythonValues(tuple, bytes, path, unsigned);
        forms = new AddressForms(runtime, python);
        return new NameCalls(runtime, python, forms);
    }

    /** What the select module calls. Only after {@link #attach}. */
    @HostAccess.Export
    public SelectCalls waiting() {
        return new SelectCalls(runtime, python);
    }

    /** What the ssl module calls. Only after {@link #attach}. */
    @HostAccess.Export
    public TlsCalls tls() {
        return new TlsCalls(python, hostTrust);
    }

    /** What is there for descriptors by their number. Only after {@link #attach}. */
    @HostAccess.Export
    public DescriptorCalls descriptors() {
        return new DescriptorCalls(runtime, python);
    }

    /** The platform's constants, as words {@code NAME=value}. */
    @HostAccess.Export
    public String constants() {
        return runtime.stack().constants().entrySet().stream()
                .map(SocketCalls::word)
                .collect(Collectors.joining(" "));
    }

    private static String word(Map.Entry<String, Long> constant) {
        return constant.getKey() + "=" + constant.getValue();
    }

    /** A buffer for the Python side to lend to receiving calls. */
    @HostAccess.Export
    public Object buffer(int capacity) {
        return Guard.value(() -> ByteBuffer.allocate(capacity));
    }

    /** For an interpreter that cannot make a memoryview of a buffer. */
    @HostAccess.Export
    public BufferCalls buffers() {
        return new BufferCalls();
    }

    /** The text for a code that is an errno or a name service's. */
    @HostAccess.Export
    public String errorText(int code) {
        if (code >= Codes.LOWEST_ERRNO) {
            return runtime.stack().errorText(-code);
        }
        return code <= Codes.HOST_ERROR
                ? runtime.stack().names().errorText(NameServiceException.Range.H_ERRNO, Codes.HOST_ERROR - code)
                : runtime.stack().names().errorText(NameServiceException.Range.EAI, code - Codes.GAI_ERROR);
    }

    // Life

    @HostAccess.Export
    public Object socket(int family, int type, int protocol) {
        return Guard.value(() -> runtime.open(family, type, protocol));
    }

    /** A tuple (socket, socket). */
    @HostAccess.Export
    public Object socketpair(int family, int type, int protocol) {
        return Guard.value(
                () -> python.tuple(runtime.openPair(family, type, protocol).toArray()));
    }

    /** A tuple (socket, family, type, protocol) for a descriptor; what is -1 is asked of it. */
    @HostAccess.Export
    public Object adopt(int number, int family, int type, int protocol) {
        return Guard.value(() -> {
            PySocket made = runtime.adopt(number, family, type, protocol);
            return python.tuple(made, made.family(), made.type(), made.protocol());
        });
    }

    @HostAccess.Export
    public PySocket unopened() {
        return runtime.unopened();
    }

    @HostAccess.Export
    public int fileno(PySocket socket) {
        return socket.fileno();
    }

    @HostAccess.Export
    public int close(PySocket socket) {
        return Guard.action(socket::close);
    }

    @HostAccess.Export
    public int detach(PySocket socket) {
        return socket.detach();
    }

    /** What stays when the Python object of a socket is gone: for {@link #lastWords} and {@link #closeDropped}. */
    @HostAccess.Export
    public Holding holding(PySocket socket) {
        return socket.holding();
    }

    /** A tuple (descriptor, family, type, protocol, local address, peer address) of a socket that was dropped. */
    @HostAccess.Export
    public Object lastWords(Holding holding) {
        return Guard.value(() -> {
            Holding.Addresses ends = holding.addresses();
            return python.tuple(
                    holding.number(),
                    holding.family(),
                    holding.type(),
                    holding.protocol(),
                    forms.toPython(ends.local()),
                    forms.toPython(ends.peer()));
        });
    }

    @HostAccess.Export
    public void closeDropped(Holding holding) {
        holding.run();
    }

    /** close(2) of a descriptor number. */
    @HostAccess.Export
    public int closeDescriptor(int number) {
        return Guard.action(() -> runtime.close(number));
    }

    /** dup(2) of a descriptor number. */
    @HostAccess.Export
    public int duplicate(int number) {
        return (int) Guard.value(() -> runtime.duplicate(number));
    }

    /** @param nanos 0 for non-blocking, negative for blocking */
    @HostAccess.Export
    public int settimeout(PySocket socket, long nanos) {
        return Guard.action(() -> socket.setTimeout(nanos));
    }

    /** @param nanos as for {@link #settimeout} */
    @HostAccess.Export
    public void setdefaulttimeout(long nanos) {
        runtime.setDefaultTimeout(nanos);
    }

    // Connections

    @HostAccess.Export
    public int bind(PySocket socket, Value address) {
        return Guard.action(() -> socket.bind(forms.fromPython(socket.family(), address)));
    }

    @HostAccess.Export
    public int listen(PySocket socket, int backlog) {
        return Guard.action(() -> socket.listen(backlog));
    }

    @HostAccess.Export
    public int connect(PySocket socket, Value address) {
        return (int) Guard.value(() -> socket.connect(forms.fromPython(socket.family(), address)));
    }

    /** A tuple (descriptor, address). */
    @HostAccess.Export
    public Object accept(PySocket socket) {
        return Guard.value(() -> {
            AddressHolder peer = new AddressHolder();
            int number = socket.accept(peer);
            return number < 0
                    ? number
                    : orDrop(
                            () -> runtime.drop(number), () -> python.tuple(number, forms.toPython(peer.get())));
        });
    }

    /** What the script gets; where making it fails, nobody knows what came with it, and that is dropped. */
    private static Object orDrop(Runnable drop, Guard.Call make)
            throws StackException, NameServiceException, CallFailure {
        Object made = null;
        try {
            made = make.run();
            return made;
        } finally {
            if (made == null) {
                drop.run();
            }
        }
    }

    @HostAccess.Export
    public int shutdown(PySocket socket, int how) {
        return Guard.action(() -> socket.shutdown(how));
    }

    // Data

    @HostAccess.Export
    public int recv(PySocket socket, ByteBuffer into, int count, int flags) {
        return socket.recv(into.array(), 0, count, flags);
    }

    /** recv without flags, for a size that {@code into} holds; otherwise {@link Codes#UNUSUAL}. One argument less is a tenth of the call. */
    @HostAccess.Export
    public int recvPlain(PySocket socket, ByteBuffer into, long count) {
        byte[] array = into.array();
        return count > 0 && count <= array.length ? socket.recv(array, 0, (int) count, 0) : Codes.UNUSUAL;
    }

    /** A tuple (count, address). */
    @HostAccess.Export
    public Object recvfrom(PySocket socket, ByteBuffer into, int count, int flags) {
        AddressHolder from = new AddressHolder();
        int received = socket.recvFrom(into.array(), 0, count, flags, from);
        return received < 0 ? received : python.tuple(received, forms.toPython(from.get()));
    }

    /** A tuple (count, ((level, type, data), ...), flags, address, damaged). */
    @HostAccess.Export
    public Object recvmsg(PySocket socket, ByteBuffer into, int count, int controlCapacity, int flags) {
        return Guard.value(() -> {
            IncomingMessage message = new IncomingMessage(into.array(), 0, count, controlCapacity);
            int received = socket.receiveMessage(message, flags);
            if (received < 0) {
                return received;
            }
            return orDrop(() -> socket.dropReceived(message), () -> toPython(received, message));
        });
    }

    private Value toPython(int received, IncomingMessage message) {
        Object[] control = message.control().stream()
                .map(item -> python.tuple(item.level(), item.type(), python.bytes(item.data())))
                .toArray();
        return python.tuple(
                received,
                python.tuple(control),
                message.flags(),
                forms.toPython(message.from()),
                message.controlDamaged());
    }

    @HostAccess.Export
    public int send(PySocket socket, Value data, int length, int flags) {
        return socket.send((from, array, count) -> copyToEnd(data, from, array, count), length, flags);
    }

    /** send without flags of a whole buffer. */
    @HostAccess.Export
    public int sendPlain(PySocket socket, Value data) {
        return send(socket, data, (int) data.getBufferSize(), 0);
    }

    @HostAccess.Export
    public int sendall(PySocket socket, Value data, int length, int flags) {
        return socket.sendAll((from, array, count) -> copyToEnd(data, from, array, count), length, flags);
    }

    private static void copyToEnd(Value data, int from, byte[] array, int count) {
        if (count > 0) {
            data.readBuffer(from, array, array.length - count, count);
        }
    }

    @HostAccess.Export
    public int sendto(PySocket socket, Value data, int length, int flags, Value address) {
        return (int) Guard.value(() -> {
            SocketAddress to = forms.fromPython(socket.family(), address);
            return socket.sendTo((from, array, count) -> copyToEnd(data, from, array, count), length, flags, to);
        });
    }

    /**
     * @param control ((level, type, data), ...)
     * @param address None for a connected socket
     */
    @HostAccess.Export
    public int sendmsg(PySocket socket, Value data, int length, Value control, int flags, Value address) {
        return (int) Guard.value(() -> {
            SocketAddress to = address.isNull() ? null : forms.fromPython(socket.family(), address);
            byte[] octets = new byte[length];
            copyToEnd(data, 0, octets, length);
            return socket.sendMessage(new OutgoingMessage(octets, 0, length, items(control), to), flags);
        });
    }

    private static List<ControlMessage> items(Value control) {
        List<ControlMessage> items = new ArrayList<>();
        for (long i = 0; i < control.getArraySize(); i++) {
            Value item = control.getArrayElement(i);
            items.add(new ControlMessage(
                    item.getArrayElement(0).asInt(),
                    item.getArrayElement(1).asInt(),
                    PythonValues.octets(item.getArrayElement(2))));
        }
        return items;
    }

    // Addresses, options

    @HostAccess.Export
    public Object getsockname(PySocket socket) {
        return Guard.value(() -> forms.toPython(socket.localAddress()));
    }

    @HostAccess.Export
    public Object getpeername(PySocket socket) {
        return Guard.value(() -> forms.toPython(socket.peerAddress()));
    }

    /** The octets of the value that were set in {@code into}, of {@code length}. */
    @HostAccess.Export
    public int getsockopt(PySocket socket, int level, int name, ByteBuffer into, int length) {
        return (int) Guard.value(() -> {
            byte[] value = new byte[length];
            int count = socket.getOption(level, name, value);
            System.arraycopy(value, 0, into.array(), 0, length);
            return count;
        });
    }

    @HostAccess.Export
    public int setsockoptInt(PySocket socket, int level, int name, int value) {
        return Guard.action(() -> socket.setOption(level, name, value));
    }

    @HostAccess.Export
    public int setsockoptBytes(PySocket socket, int level, int name, Value value) {
        return Guard.action(() -> socket.setOption(level, name, PythonValues.octets(value)));
    }

    @HostAccess.Export
    public int setsockoptLength(PySocket socket, int level, int name, int length) {
        return Guard.action(() -> socket.setOptionLength(level, name, length));
    }

    /** CMSG_LEN. */
    @HostAccess.Export
    public long controlLength(long dataLength) {
        return runtime.stack().controlLength(dataLength);
    }

    /** CMSG_SPACE. */
    @HostAccess.Export
    public long controlSpace(long dataLength) {
        return runtime.stack().controlSpace(dataLength);
    }
}
