package io.github.pysockets.jython;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import org.python.core.Py;
import org.python.core.PyObject;

/** The methods of {@code _socket.socket} that send and receive. */
final class TransferMethods {
    private static final String SENT = "string or buffer";

    private TransferMethods() {}

    static NativeType<SocketObject> add(NativeType<SocketObject> type) {
        return type.method(
                Signature.of("recv", 1, 2),
                "recv(size[, flags]) -> data\n\n"
                        + "Waits for data, and returns at most so many bytes; '' at the end of a stream.",
                TransferMethods::recv)
                .method(
                        Signature.of("recvfrom", 1, 2),
                        "recvfrom(size[, flags]) -> (data, address)\n\nAs recv, and returns the sender's address too.",
                        TransferMethods::recvfrom)
                .method(
                        Signature.named("recv_into", 1, "buffer", "nbytes", "flags"),
                        "recv_into(buffer[, nbytes[, flags]]) -> count\n\n"
                                + "As recv, but into a buffer. Without a size, or with 0, as much as it holds.",
                        TransferMethods::recvInto)
                .method(
                        Signature.named("recvfrom_into", 1, "buffer", "nbytes", "flags"),
                        "recvfrom_into(buffer[, nbytes[, flags]]) -> (count, address)\n\n"
                                + "As recv_into, and returns the sender's address too.",
                        TransferMethods::recvfromInto)
                .method(
                        Signature.of("send", 1, 2),
                        "send(data[, flags]) -> count\n\nSends data, or the start of it. Returns how many bytes.",
                        TransferMethods::send)
                .method(
                        Signature.of("sendall", 1, 2),
                        "sendall(data[, flags])\n\nSends all of the data. After a failure, nobody knows how much.",
                        TransferMethods::sendall)
                .method(
                        Signature.of("sendto", 0, Integer.MAX_VALUE),
                        "sendto(data[, flags], address) -> count\n\nSends a datagram to an address.",
                        TransferMethods::sendto);
    }

    private static int size(int count, String function) {
        if (count < 0) {
            throw Py.ValueError("negative buffersize in " + function);
        }
        return ReceiveBuffers.bounded(count);
    }

    private static PyObject recv(SocketObject self, Arguments arguments) {
        int count = arguments.number(0);
        int flags = arguments.number(1, 0);
        int size = size(count, "recv");
        byte[] into = ReceiveBuffers.atLeast(size, flags);
        int received = self.socket().recv(into, 0, size, flags);
        return Bytes.str(into, 0, self.bindings().errors().checked(received));
    }

    private static PyObject recvfrom(SocketObject self, Arguments arguments) {
        int count = arguments.number(0);
        int flags = arguments.number(1, 0);
        int size = size(count, "recvfrom");
        byte[] into = ReceiveBuffers.atLeast(size, flags);
        AddressHolder from = new AddressHolder();
        int received = self.socket().recvFrom(into, 0, size, flags, from);
        PyObject data = Bytes.str(into, 0, self.bindings().errors().checked(received));
        return self.bindings().values().tuple(data, SocketMethods.address(self, from.get()));
    }

    private static PyObject recvInto(SocketObject self, Arguments arguments) {
        try (Bytes.Target target = Bytes.target(arguments, 0)) {
            int asked = arguments.number(1, 0);
            int flags = arguments.number(2, 0);
            int size = size(target, asked, "recv_into", "buffer too small for requested bytes");
            return Py.newInteger(receive(self, target, size, self.socket()::recv, flags));
        }
    }

    private static PyObject recvfromInto(SocketObject self, Arguments arguments) {
        AddressHolder from = new AddressHolder();
        try (Bytes.Target target = Bytes.target(arguments, 0)) {
            int asked = arguments.number(1, 0);
            int flags = arguments.number(2, 0);
            int size = size(
                    target,
                    asked,
                    "recvfrom_into",
                    "nbytes is greater than the length of the buffer");
            int count = receive(
                    self,
                    target,
                    size,
                    (into, at, most, how) -> self.socket().recvFrom(into, at, most, how, from),
                    flags);
            return self.bindings().values().tuple(count, SocketMethods.address(self, from.get()));
        }
    }

    private static int size(Bytes.Target target, int asked, String function, String tooMany) {
        size(asked, function);
        if (asked > target.size()) {
            throw Py.ValueError(tooMany);
        }
        return asked == 0 ? target.size() : asked;
    }

    @FunctionalInterface
    private interface Receive {
        int into(byte[] array, int at, int count, int flags);
    }

    /** Receives straight into the target's own array, where it has one. */
    private static int receive(SocketObject self, Bytes.Target target, int size, Receive receive, int flags) {
        byte[] array = target.array();
        if (array != null) {
            return self.bindings().errors().checked(receive.into(array, target.at(), size, flags));
        }
        int most = ReceiveBuffers.bounded(size);
        byte[] lent = ReceiveBuffers.atLeast(most, flags);
        int count = self.bindings().errors().checked(receive.into(lent, 0, most, flags));
        target.put(lent, count);
        return count;
    }

    private static PyObject send(SocketObject self, Arguments arguments) {
        try (Bytes.Source source = Bytes.source(arguments, 0, SENT)) {
            int flags = arguments.number(1, 0);
            return Py.newInteger(self.bindings().errors().checked(self.socket().send(source, source.size(), flags)));
        }
    }

    private static PyObject sendall(SocketObject self, Arguments arguments) {
        try (Bytes.Source source = Bytes.source(arguments, 0, SENT)) {
            int flags = arguments.number(1, 0);
            // The only call of CPython 2.7 that goes on: nobody could tell how much was sent.
            int result = SignalRestart.during(() -> self.socket().sendAll(source, source.size(), flags));
            self.bindings().errors().checked(result);
            return Py.None;
        }
    }

    private static PyObject sendto(SocketObject self, Arguments arguments)
            throws StackException, NameServiceException, CallFailure {
        int count = arguments.count();
        if (count < 2 || count > 3) {
            throw Py.TypeError("sendto() takes 2 or 3 arguments (" + count + " given)");
        }
        try (Bytes.Source source = Bytes.source(arguments, 0, SENT)) {
            int flags = count == 3 ? arguments.number(1) : 0;
            PySocket socket = self.socket();
            SocketAddress to = AddressArguments.parse(self.bindings(), socket.family(), arguments.get(count - 1));
            return Py.newInteger(
                    self.bindings().errors().checked(socket.sendTo(source, source.size(), flags, to)));
        }
    }
}
