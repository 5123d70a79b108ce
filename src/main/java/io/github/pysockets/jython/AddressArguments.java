package io.github.pysockets.jython;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_NETLINK;
import static io.github.pysockets.abi.AddressFamilies.AF_PACKET;
import static io.github.pysockets.abi.AddressFamilies.AF_TIPC;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import org.python.core.Py;
import org.python.core.Py2kBuffer;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/**
 * Socket addresses as scripts write them: checked and completed, with CPython 2.7's errors. See the start of
 * https://docs.python.org/2.7/library/socket.html.
 */
final class AddressArguments {
    private static final int HIGHEST_PORT = 0xffff;
    private static final int HIGHEST_FLOW_INFO = 0xfffff;
    private static final int SUN_PATH = 108;
    private static final int HARDWARE_ADDRESS = 8;
    private static final int PACKET_ITEMS = 5;
    private static final int TIPC_ITEMS = 5;

    private AddressArguments() {}

    /** Returns the Java address for a script's. May look up a host name, and wait. */
    static SocketAddress parse(Bindings bindings, int family, PyObject address)
            throws StackException, NameServiceException, CallFailure {
        JythonTuple checked = switch (family) {
            case AF_INET -> inet(tuple(address, "AF_INET"));
            case AF_INET6 -> inet6(tuple(address, "AF_INET6"));
            case AF_UNIX -> unix(bindings, address);
            case AF_NETLINK -> netlink(tuple(address, "AF_NETLINK"));
            case AF_PACKET -> packet(tuple(address, "AF_PACKET"));
            case AF_TIPC -> tipc(address);
            default -> throw bindings.errors().error("getsockaddrarg: bad family");
        };
        return bindings.addresses().fromPython(family, checked);
    }

    private static PyObject[] tuple(PyObject address, String family) {
        if (address instanceof PyTuple tuple) {
            return tuple.getArray();
        }
        throw Py.TypeError(
                "getsockaddrarg: " + family + " address must be tuple, not " + address.getType().fastGetName());
    }

    private static JythonTuple inet(PyObject[] items) {
        requireTwo(items);
        return new JythonTuple(host(items[0]), port(items[1]));
    }

    private static void requireTwo(PyObject[] items) {
        if (items.length != 2) {
            throw Py.TypeError("getsockaddrarg() takes exactly 2 arguments (" + items.length + " given)");
        }
    }

    private static void requireCount(PyObject[] items, int least, int most) {
        if (items.length < least || items.length > most) {
            boolean few = items.length < least;
            throw Py.TypeError("function takes at " + (few ? "least " + least : "most " + most) + " arguments ("
                    + items.length + " given)");
        }
    }

    private static JythonTuple inet6(PyObject[] items) {
        requireCount(items, 2, 4);
        return new JythonTuple(
                host(items[0]), port(items[1]), items.length > 2 ? flowInfo(items[2]) : Py.Zero, scopeId(items));
    }

    /** An unsigned int, of which C takes what fits. */
    private static PyObject scopeId(PyObject[] items) {
        return items.length > 3 ? unsigned(items[3]) : Py.Zero;
    }

    private static PyObject port(PyObject value) {
        int port = Arguments.toInt(value);
        if (port < 0 || port > HIGHEST_PORT) {
            throw Py.OverflowError("getsockaddrarg: port must be 0-65535.");
        }
        return Py.newInteger(port);
    }

    static PyObject flowInfo(PyObject value) {
        long flowInfo = Arguments.toLong(value);
        if (flowInfo < 0 || flowInfo > HIGHEST_FLOW_INFO) {
            throw Py.OverflowError("getsockaddrarg: flowinfo must be 0-1048575.");
        }
        return Py.newInteger(flowInfo);
    }

    /** A host as a str in which each char is a byte. A unicode is encoded by IDNA. */
    static PyString host(PyObject value) {
        PyString host = switch (value) {
            case PyUnicode name -> new PyString(HostNameText.encoded(name));
            case PyString name -> name;
            default -> throw Py.TypeError("coercing to Unicode: need string or buffer, "
                    + (value == Py.None ? "NoneType" : value.getType().fastGetName()) + " found");
        };
        if (host.getString().indexOf(0) >= 0) {
            throw Py.TypeError("getsockaddrarg() argument 1 must be encoded string without null bytes, not "
                    + Bytes.typeName(value));
        }
        return host;
    }

    /** A path; one that begins with a zero byte is an abstract name. See unix(7). */
    private static JythonTuple unix(Bindings bindings, PyObject address) {
        PyString path = switch (address) {
            case PyUnicode text -> new PyString(text.encode());
            case PyString text -> text;
            case Py2kBuffer buffer -> buffer.__str__();
            default -> throw Py.TypeError("argument must be string or read-only character buffer, not "
                    + Bytes.typeName(address));
        };
        int length = path.getString().length();
        boolean isAbstract = length > 0 && path.getString().charAt(0) == 0;
        // A path needs room for the zero byte at its end.
        if (length > SUN_PATH || length == SUN_PATH && !isAbstract) {
            throw bindings.errors().error("AF_UNIX path too long");
        }
        return new JythonTuple(path);
    }

    private static JythonTuple netlink(PyObject[] items) {
        requireTwo(items);
        return new JythonTuple(Py.newInteger(Arguments.toInt(items[0])), Py.newInteger(Arguments.toInt(items[1])));
    }

    private static JythonTuple packet(PyObject[] items) {
        requireCount(items, 2, PACKET_ITEMS);
        PyString device = new PyString(Arguments.toText(items[0], "argument 1"));
        int protocol = Arguments.toInt(items[1]);
        PyObject hardware = items.length == PACKET_ITEMS ? items[4] : Py.EmptyString;
        try (Bytes.Source address = Bytes.sourceOrNull(hardware)) {
            if (address == null) {
                throw Py.TypeError("argument 5 must be string or buffer, not " + Bytes.typeName(hardware));
            }
            if (address.size() > HARDWARE_ADDRESS) {
                throw Py.ValueError("Hardware address must be 8 bytes or less");
            }
        }
        if (protocol < 0 || protocol > HIGHEST_PORT) {
            throw Py.OverflowError("getsockaddrarg: protoNumber must be 0-65535.");
        }
        return new JythonTuple(
                device, Py.newInteger(protocol), numberOrZero(items, 2), numberOrZero(items, 3), hardware);
    }

    private static PyObject numberOrZero(PyObject[] items, int at) {
        return items.length > at ? Py.newInteger(Arguments.toInt(items[at])) : Py.Zero;
    }

    private static JythonTuple tipc(PyObject address) {
        if (!(address instanceof PyTuple tuple)) {
            throw Py.TypeError("TIPC address must be tuple");
        }
        PyObject[] items = tuple.getArray();
        if (items.length < TIPC_ITEMS - 1 || items.length > TIPC_ITEMS) {
            throw Py.TypeError("TIPC address Invalid");
        }
        int scope =
                items.length == TIPC_ITEMS ? Arguments.toInt(items[4]) : (int) Constants.number("TIPC_CLUSTER_SCOPE");
        return new JythonTuple(
                Py.newInteger(Arguments.toInt(items[0])),
                unsigned(items[1]),
                unsigned(items[2]),
                unsigned(items[3]),
                Py.newInteger(scope));
    }

    private static PyObject unsigned(PyObject value) {
        return Py.newInteger(Integer.toUnsignedLong(Arguments.toBits(value)));
    }
}
