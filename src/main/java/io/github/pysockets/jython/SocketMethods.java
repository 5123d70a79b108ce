package io.github.pysockets.jython;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.SocketTypes;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.DescriptorControl;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketUses;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import org.python.core.Py;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.imp;

/** The methods of {@code _socket.socket}, but for those that transfer data: {@link TransferMethods}. */
final class SocketMethods {
    private static final String DOC = "socket([family[, type[, proto]]])\n\n"
            + "A socket, as socket(2) makes it: by default a TCP socket for IPv4.";

    private SocketMethods() {}

    static NativeType<SocketObject> type() {
        NativeType<SocketObject> type = new NativeType<>("_socket", "socket", SocketObject.class, DOC)
                .method("__init__", Signature.named("socket", 0, "family", "type", "proto"), DOC, SocketMethods::init)
                .method(
                        Signature.of("accept", 0),
                        "accept() -> (socket, address)\n\nWaits for a connection, and returns it with its peer.",
                        SocketMethods::accept)
                .method(
                        Signature.of("bind", 1),
                        "bind(address)\n\nGives the socket a local address. Port 0 lets the system choose.",
                        SocketMethods::bind)
                .method(
                        Signature.of("close", 0),
                        "close()\n\nCloses the descriptor. Calls that wait on it end with EBADF.",
                        (self, _) -> quietly(self.socket()::close))
                .method(
                        Signature.of("connect", 1),
                        "connect(address)\n\nConnects to a peer, or fails with an error.",
                        (self, arguments) -> {
                            self.bindings().errors().checked(connect(self, arguments.get(0)));
                            return Py.None;
                        })
                .method(
                        Signature.of("connect_ex", 1),
                        "connect_ex(address) -> errno\n\nAs connect, but returns the errno of a failure; 0 for none.",
                        (self, arguments) -> Py.newInteger(
                                self.bindings().errors().errnoOf(connect(self, arguments.get(0)))))
                .method(
                        Signature.of("dup", 0),
                        "dup() -> socket\n\nAnother socket object, with a descriptor of its own, for the same socket.",
                        (self, _) -> dup(self))
                .method(
                        Signature.of("fileno", 0),
                        "fileno() -> int\n\nThe descriptor number; -1 once closed.",
                        (self, _) -> Py.newInteger(self.socket().fileno()))
                .method(
                        Signature.of("getpeername", 0),
                        "getpeername() -> address\n\nThe peer's address.",
                        (self, _) -> address(self, self.socket().peerAddress()))
                .method(
                        Signature.of("getsockname", 0),
                        "getsockname() -> address\n\nThe socket's own address.",
                        (self, _) -> address(self, self.socket().localAddress()))
                .method(
                        Signature.of("listen", 1),
                        "listen(backlog)\n\nLets the socket accept connections; up to the backlog wait to be accepted.",
                        (self, arguments) -> {
                            self.socket().listen(Math.max(0, Arguments.truncatedInt(arguments.get(0))));
                            return Py.None;
                        })
                .method(
                        Signature.of("makefile", 0, 2),
                        "makefile([mode[, bufsize]]) -> file\n\nA file object for a duplicate of the socket.",
                        SocketMethods::makefile)
                .method(
                        Signature.of("setblocking", 1),
                        "setblocking(flag)\n\nFalse: calls never wait. True: they wait without limit.",
                        (self, arguments) -> setTimeout(
                                self,
                                Arguments.truncatedLong(arguments.get(0)) == 0 ? Timeout.NON_BLOCKING : Timeout.NONE))
                .method(
                        Signature.of("settimeout", 1),
                        "settimeout(seconds)\n\nHow long calls wait; None for no limit, 0 for not at all.",
                        (self, arguments) -> setTimeout(self, Timeout.of(arguments.get(0))))
                .method(
                        Signature.of("gettimeout", 0),
                        "gettimeout() -> seconds\n\nHow long calls wait; None for no limit.",
                        (self, _) -> self.timeout().toPython())
                .method(
                        Signature.of("shutdown", 1),
                        "shutdown(how)\n\nEnds one direction, or both: SHUT_RD, SHUT_WR, SHUT_RDWR.",
                        (self, arguments) -> {
                            self.socket().shutdown(Arguments.truncatedInt(arguments.get(0)));
                            return Py.None;
                        })
                .method(
                        Signature.of("getsockopt", 2, 3),
                        "getsockopt(level, option[, size]) -> value\n\n"
                                + "An option as an int, or, with a size in bytes, as a str.",
                        OptionArguments::get)
                .method(
                        Signature.of("setsockopt", 3),
                        "setsockopt(level, option, value)\n\nSets an option to an int, or to a struct in a str.",
                        OptionArguments::set)
                .attribute(
                        "family", "The address family.", self -> Py.newInteger(self.socket().family()))
                .attribute("type", "The type.", self -> Py.newInteger(self.socket().type()))
                .attribute("proto", "The protocol.", self -> Py.newInteger(self.socket().protocol()))
                // As CPython has it: seconds, -1 for no limit.
                .attribute("timeout", "The timeout in seconds; -1 for none.", self -> Py.newFloat(
                        self.timeout().seconds()))
                .method(
                        Signature.of("_reuse", 0, 1),
                        "_reuse([unsent]) -> function\n\n"
                                + "Adds a user, who calls the function once. The last one closes the socket. A user "
                                + "that is dropped counts no more, once the str in the list were sent.",
                        SocketMethods::reuse)
                .method(Signature.of("__repr__", 0), "repr(self)", (self, _) -> new PyString(text(self)));
        return TransferMethods.add(type);
    }

    private static PyObject init(SocketObject self, Arguments arguments) throws StackException {
        int family = arguments.number(0, AddressFamilies.AF_INET);
        int type = arguments.number(1, SocketTypes.SOCK_STREAM);
        int protocol = arguments.number(2, 0);
        PySocket made = self.bindings().runtime().open(family, type, protocol);
        self.open(made);
        return Py.None;
    }

    private static int connect(SocketObject self, PyObject address)
            throws StackException, NameServiceException, CallFailure {
        return self.socket().connect(AddressArguments.parse(self.bindings(), self.socket().family(), address));
    }

    private static PyObject bind(SocketObject self, Arguments arguments)
            throws StackException, NameServiceException, CallFailure {
        self.socket().bind(AddressArguments.parse(self.bindings(), self.socket().family(), arguments.get(0)));
        return Py.None;
    }

    static PyObject address(SocketObject self, SocketAddress address) {
        return JythonValues.value(self.bindings().addresses().toPython(address));
    }

    private static PyObject accept(SocketObject self, Arguments arguments) throws StackException, CallFailure {
        AcceptedHolder accepted = new AcceptedHolder();
        int number = self.bindings().errors().checked(self.socket().accept(accepted));
        PySocket like = self.socket();
        SocketObject made = adopt(self.bindings(), number, like.family(), like.type(), like.protocol());
        return self.bindings().values().tuple(made, address(self, accepted.peer()));
    }

    private static PyObject dup(SocketObject self) throws StackException, CallFailure {
        PySocket like = self.socket();
        int copy = new DescriptorControl(self.bindings().runtime()).duplicate(like.fileno());
        return adopt(self.bindings(), copy, like.family(), like.type(), like.protocol());
    }

    /** Makes an object for a descriptor that nobody else knows. */
    static SocketObject adopt(Bindings bindings, int number, int family, int type, int protocol)
            throws StackException, CallFailure {
        SocketObject made = null;
        try {
            made = SocketObject.of(bindings, bindings.runtime().adopt(number, family, type, protocol));
            return made;
        } finally {
            if (made == null) {
                bindings.runtime().drop(number);
            }
        }
    }

    private static PyObject makefile(SocketObject self, Arguments arguments) throws StackException, CallFailure {
        PyObject mode = new PyString(arguments.has(0) ? arguments.text(0) : "r");
        PyObject size = Py.newInteger(arguments.number(1, -1));
        PyObject file = imp.importName("socket", true).__getattr__("_fileobject");
        return file.__call__(new PyObject[] {dup(self), mode, size, Py.True}, new String[] {"close"});
    }

    private static PyObject setTimeout(SocketObject self, Timeout timeout) {
        self.setTimeout(timeout);
        try {
            self.socket().setTimeout(timeout.nanos());
        } catch (StackException closed) {
            // As CPython 2.7 has it: nobody is told.
            return Py.None;
        }
        return Py.None;
    }

    private static PyObject reuse(SocketObject self, Arguments arguments) {
        UnsentData unsent = null;
        if (arguments.has(0)) {
            if (!(arguments.get(0) instanceof PyList pieces)) {
                throw Py.TypeError("_reuse() argument 1 must be list, not " + Bytes.typeName(arguments.get(0)));
            }
            unsent = new UnsentData(self.socket(), pieces);
        }
        SocketUses.Use use = self.uses().add(unsent);
        // Only the function refers to the use, so that a dropped user counts no more.
        return new NativeFunction<>(Signature.of("_drop", 0), null, self.bindings(), (_, _) -> quietly(use::giveUp));
    }

    /** Something that closes. */
    @FunctionalInterface
    interface Close {
        void run() throws StackException, CallFailure;
    }

    /** Closes, and tells nobody of an error of close(2), as CPython 2.7 has it. */
    static PyObject quietly(Close close) throws CallFailure {
        try {
            close.run();
        } catch (StackException closedAllTheSame) {
            return Py.None;
        }
        return Py.None;
    }

    private static String text(SocketObject self) {
        PySocket socket = self.socket();
        return "<socket object, fd=" + socket.fileno() + ", family=" + socket.family() + ", type=" + socket.type()
                + ", protocol=" + socket.protocol() + ">";
    }
}
