package io.github.pysockets.graalpy;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.AddressTuples;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.DroppedActions;
import io.github.pysockets.python.LentBuffer;
import io.github.pysockets.python.MessageTuples;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.Refusal;
import io.github.pysockets.python.SocketHandle;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Calls of the Python side on sockets. They are functions, not methods of a socket: Python binds each once and calls it
 * with the socket. That takes a third of the time of looking a method up on a host object for every call. Results are
 * as {@link HostExports} says.
 */
public final class SocketExports {
    private final SocketRuntime runtime;
    private final PythonValues values;
    private final AddressTuples addresses;

    SocketExports(SocketRuntime runtime, PythonValues values, AddressTuples addresses) {
        this.runtime = runtime;
        this.values = values;
        this.addresses = addresses;
    }

    /** A buffer that the Python side lends to receiving calls. */
    @HostAccess.Export
    public Object buffer(int capacity) {
        return ResultCodes.value(() -> {
            if (capacity < 0) {
                throw new StackException(Errno.EINVAL);
            }
            return ByteBuffer.allocate(capacity);
        });
    }

    // Life

    @HostAccess.Export
    public Object socket(int family, int type, int protocol) {
        return ResultCodes.value(() -> runtime.open(family, type, protocol));
    }

    /** A tuple (socket, socket). */
    @HostAccess.Export
    public Object socketpair(int family, int type, int protocol) {
        return ResultCodes.value(
                () -> values.tuple(runtime.openPair(family, type, protocol).toArray()));
    }

    /** A tuple (socket, family, type, protocol) for a descriptor. An argument of -1 is asked of the descriptor. */
    @HostAccess.Export
    public Object adopt(int number, int family, int type, int protocol) {
        return ResultCodes.value(() -> {
            PySocket made = runtime.adopt(number, family, type, protocol);
            return values.tuple(made, made.family(), made.type(), made.protocol());
        });
    }

    @HostAccess.Export
    public Object unopened() {
        return ResultCodes.value(runtime::unopened);
    }

    @HostAccess.Export
    public int fileno(PySocket socket) {
        return ResultCodes.number(socket, PySocket::fileno);
    }

    @HostAccess.Export
    public int close(PySocket socket) {
        return ResultCodes.action(socket, PySocket::close);
    }

    @HostAccess.Export
    public int detach(PySocket socket) {
        return ResultCodes.number(socket, PySocket::detach);
    }

    /** The part that outlives the Python object of a socket: for {@link #lastWords} and {@link #closeDropped}. */
    @HostAccess.Export
    public Object holding(PySocket socket) {
        return ResultCodes.value(socket, PySocket::holding);
    }

    /** A tuple (descriptor, family, type, protocol, local address, peer address) of a dropped socket. */
    @HostAccess.Export
    public Object lastWords(SocketHandle holding) {
        return ResultCodes.value(holding, last -> last.toPython(values, addresses));
    }

    @HostAccess.Export
    public int closeDropped(SocketHandle holding) {
        return ResultCodes.action(holding, SocketHandle::run);
    }

    /**
     * A token that Python code keeps in an object of its own. After the object was dropped, {@link #dropped} gives the
     * number.
     *
     * @param holding of the socket that the object uses; None for none
     */
    @HostAccess.Export
    public Object follow(long number, SocketHandle holding) {
        return ResultCodes.value(() -> runtime.dropped().follow(number, holding));
    }

    /** Forgets an object that was closed as it should be. */
    @HostAccess.Export
    public int forget(DroppedActions.Token token) {
        return ResultCodes.action(token, DroppedActions.Token::forget);
    }

    /** The number of an object that was dropped; -1 if there is none. */
    @HostAccess.Export
    public Object dropped() {
        return ResultCodes.value(runtime.dropped()::next);
    }

    /** Sets the function that is called when {@link #dropped} has numbers. */
    @HostAccess.Export
    public int whenDropped(Value function) {
        return ResultCodes.action(() -> {
            if (function == null || !function.canExecute()) {
                throw Refusal.WRONG_TYPE;
            }
            runtime.dropped().setFunction(function::executeVoid);
        });
    }

    /** @param nanos nanoseconds; 0 for non-blocking, negative for blocking */
    @HostAccess.Export
    public int settimeout(PySocket socket, long nanos) {
        return ResultCodes.action(socket, it -> it.setTimeout(nanos));
    }

    /** @param nanos as for {@link #settimeout} */
    @HostAccess.Export
    public int setdefaulttimeout(long nanos) {
        return ResultCodes.action(() -> runtime.setDefaultTimeout(nanos));
    }

    // Connections

    private SocketAddress address(PySocket socket, Value address)
            throws StackException, NameServiceException, CallFailure {
        return addresses.fromPython(socket.family(), new PythonTuple(address));
    }

    @HostAccess.Export
    public int bind(PySocket socket, Value address) {
        return ResultCodes.action(socket, it -> it.bind(address(it, address)));
    }

    @HostAccess.Export
    public int listen(PySocket socket, int backlog) {
        return ResultCodes.action(socket, it -> it.listen(backlog));
    }

    @HostAccess.Export
    public int connect(PySocket socket, Value address) {
        return ResultCodes.number(socket, it -> it.connect(address(it, address)));
    }

    /** A tuple (descriptor, address). */
    @HostAccess.Export
    public Object accept(PySocket socket) {
        return ResultCodes.value(socket, it -> {
            AcceptedHolder accepted = new AcceptedHolder();
            int number = it.accept(accepted);
            return number < 0
                    ? number
                    : orDrop(
                            () -> runtime.drop(number),
                            () -> values.tuple(number, addresses.toPython(accepted.peer())));
        });
    }

    /**
     * A tuple (socket, its {@link #holding}, address). The socket has the family, type and protocol of the one that
     * listens.
     */
    @HostAccess.Export
    public Object acceptSocket(PySocket socket) {
        return ResultCodes.value(socket, it -> {
            AcceptedHolder accepted = new AcceptedHolder();
            PySocket made = it.acceptSocket(accepted);
            return orDrop(
                    made.holding()::run, () -> values.tuple(made, made.holding(), addresses.toPython(accepted.peer())));
        });
    }

    /** Returns what the script gets. Where making it fails, drops what came with it, because nobody knows of that. */
    private static Object orDrop(Runnable drop, ResultCodes.Call make)
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
        return ResultCodes.action(socket, it -> it.shutdown(how));
    }

    // Data

    @HostAccess.Export
    public int recv(PySocket socket, ByteBuffer into, int count, int flags) {
        try {
            return socket.recv(LentBuffer.array(into, count), 0, count, flags);
        } catch (Throwable failure) {
            return ResultCodes.code(failure, socket);
        }
    }

    /**
     * recv without flags, for a size that fits into {@code into}; otherwise {@link Codes#UNUSUAL}. One argument less
     * saves a tenth of the call.
     */
    @HostAccess.Export
    public int recvPlain(PySocket socket, ByteBuffer into, long count) {
        try {
            byte[] array = LentBuffer.array(into);
            return count > 0 && count <= array.length ? socket.recv(array, 0, (int) count, 0) : Codes.UNUSUAL;
        } catch (Throwable failure) {
            return ResultCodes.code(failure, socket);
        }
    }

    /** A tuple (count, address). */
    @HostAccess.Export
    public Object recvfrom(PySocket socket, ByteBuffer into, int count, int flags) {
        return ResultCodes.value(socket, it -> {
            AddressHolder from = new AddressHolder();
            int received = it.recvFrom(LentBuffer.array(into, count), 0, count, flags, from);
            return received < 0 ? received : values.tuple(received, addresses.toPython(from.get()));
        });
    }

    /** A tuple (count, ((level, type, data), ...), flags, address, damaged). */
    @HostAccess.Export
    public Object recvmsg(PySocket socket, ByteBuffer into, int count, int controlCapacity, int flags) {
        return ResultCodes.value(socket, it -> {
            if (controlCapacity < 0) {
                throw new StackException(Errno.EINVAL);
            }
            IncomingMessage message = new IncomingMessage(LentBuffer.array(into, count), 0, count, controlCapacity);
            int received = it.receiveMessage(message, flags);
            if (received < 0) {
                return received;
            }
            return orDrop(
                    () -> socket.dropReceived(message),
                    () -> MessageTuples.toPython(values, addresses, received, message));
        });
    }

    @HostAccess.Export
    public int send(PySocket socket, Value data, int flags) {
        try {
            return socket.send(new PythonBuffer(data), PythonBuffer.size(data), flags);
        } catch (Throwable failure) {
            return ResultCodes.code(failure, socket);
        }
    }

    /** send without flags: one argument less saves a tenth of the call. */
    @HostAccess.Export
    public int sendPlain(PySocket socket, Value data) {
        return send(socket, data, 0);
    }

    @HostAccess.Export
    public int sendall(PySocket socket, Value data, int flags) {
        try {
            return socket.sendAll(new PythonBuffer(data), PythonBuffer.size(data), flags);
        } catch (Throwable failure) {
            return ResultCodes.code(failure, socket);
        }
    }

    @HostAccess.Export
    public int sendto(PySocket socket, Value data, int flags, Value address) {
        return ResultCodes.number(socket, it -> {
            SocketAddress to = address(it, address);
            return it.sendTo(new PythonBuffer(data), PythonBuffer.size(data), flags, to);
        });
    }

    /**
     * @param control ((level, type, data), ...)
     * @param address None for a connected socket
     */
    @HostAccess.Export
    public int sendmsg(PySocket socket, Value data, Value control, int flags, Value address) {
        return ResultCodes.number(socket, it -> {
            SocketAddress to = address.isNull() ? null : address(it, address);
            byte[] bytes = PythonValues.toBytes(data);
            return it.sendMessage(
                    new OutgoingMessage(bytes, 0, bytes.length, MessageTuples.control(new PythonTuple(control)), to),
                    flags);
        });
    }

    // Addresses, options

    @HostAccess.Export
    public Object getsockname(PySocket socket) {
        return ResultCodes.value(socket, it -> addresses.toPython(it.localAddress()));
    }

    @HostAccess.Export
    public Object getpeername(PySocket socket) {
        return ResultCodes.value(socket, it -> addresses.toPython(it.peerAddress()));
    }

    /** Stores the value in the first {@code length} bytes of {@code into}, and returns how many were set. */
    @HostAccess.Export
    public int getsockopt(PySocket socket, int level, int name, ByteBuffer into, int length) {
        return ResultCodes.number(socket, it -> {
            byte[] lent = LentBuffer.array(into, length);
            byte[] value = new byte[length];
            int count = it.getOption(level, name, value);
            System.arraycopy(value, 0, lent, 0, length);
            return count;
        });
    }

    @HostAccess.Export
    public int setsockoptInt(PySocket socket, int level, int name, int value) {
        return ResultCodes.action(socket, it -> it.setOption(level, name, value));
    }

    @HostAccess.Export
    public int setsockoptBytes(PySocket socket, int level, int name, Value value) {
        return ResultCodes.action(socket, it -> it.setOption(level, name, PythonValues.toBytes(value)));
    }

    @HostAccess.Export
    public int setsockoptLength(PySocket socket, int level, int name, int length) {
        return ResultCodes.action(socket, it -> it.setOptionLength(level, name, length));
    }

    /** CMSG_LEN. */
    @HostAccess.Export
    public Object controlLength(long dataLength) {
        return ResultCodes.value(() -> ControlMessages.length(dataLength));
    }

    /** CMSG_SPACE. */
    @HostAccess.Export
    public Object controlSpace(long dataLength) {
        return ResultCodes.value(() -> ControlMessages.space(dataLength));
    }
}
