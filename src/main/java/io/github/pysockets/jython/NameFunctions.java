package io.github.pysockets.jython;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.Names;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyInteger;
import org.python.core.PyList;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/** Functions of {@code _socket} that ask for names and numbers of hosts, services and protocols. */
final class NameFunctions {
    private static final int HIGHEST_PORT = 0xffff;

    private final Bindings bindings;
    private final Names names;

    private NameFunctions(Bindings bindings) {
        this.bindings = bindings;
        names = new Names(bindings.runtime(), bindings.values(), bindings.addresses());
    }

    static void add(Bindings bindings, ModuleMembers module) {
        NameFunctions functions = new NameFunctions(bindings);
        module.function(
                Signature.of("gethostname", 0),
                "gethostname() -> name\n\nThe name of this host.",
                (_, _) -> Bytes.str(bindings.runtime().stack().hostName().getBytes(StandardCharsets.UTF_8)));
        module.function(
                Signature.of("gethostbyname", 1),
                "gethostbyname(host) -> address\n\nAn IPv4 address of a host, as text.",
                (_, arguments) -> new PyString(functions.names.gethostbyname(arguments.text(0))));
        module.function(
                Signature.of("gethostbyname_ex", 1),
                "gethostbyname_ex(host) -> (name, aliases, addresses)\n\nAll that is known of a host's IPv4 addresses.",
                (_, arguments) -> host(functions.names.gethostbynameEx(arguments.text(0))));
        module.function(
                Signature.of("gethostbyaddr", 1),
                "gethostbyaddr(host) -> (name, aliases, addresses)\n\nThe names of a host with an address.",
                (_, arguments) -> host(functions.names.gethostbyaddr(arguments.text(0))));
        module.function(
                Signature.of("getservbyname", 1, 2),
                "getservbyname(service[, protocol]) -> port\n\nThe port of a service.",
                (_, arguments) -> functions.serviceByName(arguments));
        module.function(
                Signature.of("getservbyport", 1, 2),
                "getservbyport(port[, protocol]) -> service\n\nThe service of a port.",
                (_, arguments) -> functions.serviceByPort(arguments));
        module.function(
                Signature.of("getprotobyname", 1),
                "getprotobyname(protocol) -> number\n\nThe number of a protocol, for the third argument of socket.",
                (_, arguments) -> functions.protocolByName(arguments));
        module.function(
                Signature.of("getaddrinfo", 2, 6),
                "getaddrinfo(host, service[, family[, type[, proto[, flags]]]]) -> list\n\n"
                        + "Ways to reach a service: a list of (family, type, proto, canonical name, address).",
                (_, arguments) -> functions.getaddrinfo(arguments));
        module.function(
                Signature.of("getnameinfo", 2),
                "getnameinfo(address, flags) -> (host, service)\n\nThe names for a numeric address.",
                (_, arguments) -> functions.getnameinfo(arguments));
    }

    /** (name, aliases, addresses) with lists, as Python 2 has it. */
    private static PyObject host(Object answer) {
        PyObject[] items = ((PyTuple) answer).getArray();
        return new PyTuple(items[0], list(items[1]), list(items[2]));
    }

    private static PyList list(Object tuple) {
        return new PyList(((PyTuple) tuple).getArray());
    }

    /** The bytes of a name: of a service or a protocol. */
    private static byte[] name(Arguments arguments, int at) {
        return arguments.text(at).getBytes(StandardCharsets.ISO_8859_1);
    }

    private PyObject serviceByName(Arguments arguments) throws StackException, NameServiceException, CallFailure {
        byte[] service = name(arguments, 0);
        int port = names.getservbyname(service, arguments.has(1) ? name(arguments, 1) : null);
        if (port < 0) {
            throw bindings.errors().error("service/proto not found");
        }
        return Py.newInteger(port);
    }

    private PyObject serviceByPort(Arguments arguments) throws StackException, NameServiceException, CallFailure {
        int port = arguments.number(0);
        byte[] protocol = arguments.has(1) ? name(arguments, 1) : null;
        if (port < 0 || port > HIGHEST_PORT) {
            throw Py.OverflowError("getservbyport: port must be 0-65535.");
        }
        String service = names.getservbyport(port, protocol);
        if (service == null) {
            throw bindings.errors().error("port/proto not found");
        }
        return JythonValues.value(service);
    }

    private PyObject protocolByName(Arguments arguments) throws StackException, NameServiceException, CallFailure {
        int number = names.getprotobyname(name(arguments, 0));
        if (number < 0) {
            throw bindings.errors().error("protocol not found");
        }
        return Py.newInteger(number);
    }

    private PyObject getaddrinfo(Arguments arguments) throws StackException, NameServiceException, CallFailure {
        int family = arguments.number(2, 0);
        int type = arguments.number(3, 0);
        int protocol = arguments.number(4, 0);
        int flags = arguments.number(5, 0);
        byte[] host = hostOrNull(arguments.get(0));
        byte[] service = serviceOrNull(arguments.get(1));
        return list(names.getaddrinfo(host, service, family, type, protocol, flags));
    }

    private static byte[] hostOrNull(PyObject value) {
        String host = switch (value) {
            case PyUnicode name -> HostNameText.encoded(name);
            case PyString name -> name.getString();
            default -> {
                if (value == Py.None) {
                    yield null;
                }
                throw Py.TypeError("getaddrinfo() argument 1 must be string or None");
            }
        };
        return host == null ? null : upToZero(host).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What C sees of a string. */
    private static String upToZero(String text) {
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    private byte[] serviceOrNull(PyObject value) {
        String service = switch (value) {
            case PyUnicode _ -> throw noService();
            case PyString name -> name.getString();
            case PyInteger number -> Integer.toString(number.getValue());
            case PyLong number -> Long.toString(Arguments.toLong(number));
            default -> {
                if (value == Py.None) {
                    yield null;
                }
                throw noService();
            }
        };
        return service == null ? null : upToZero(service).getBytes(StandardCharsets.ISO_8859_1);
    }

    private PyException noService() {
        return bindings.errors().error("getaddrinfo() argument 2 must be integer or string");
    }

    private PyObject getnameinfo(Arguments arguments) throws StackException, NameServiceException, CallFailure {
        int flags = arguments.number(1);
        if (!(arguments.get(0) instanceof PyTuple address)) {
            throw Py.TypeError("getnameinfo() argument 1 must be a tuple");
        }
        PyObject[] items = address.getArray();
        if (items.length < 2 || items.length > 4) {
            boolean few = items.length < 2;
            throw Py.TypeError("function takes at " + (few ? "least 2" : "most 4") + " arguments (" + items.length
                    + " given)");
        }
        String host = Arguments.toText(items[0], "argument 1");
        int port = Arguments.toInt(items[1]);
        int flowInfo = items.length > 2 ? AddressArguments.flowInfo(items[2]).asInt() : 0;
        int scopeId = items.length > 3 ? Arguments.toBits(items[3]) : 0;
        Object answer = names.getnameinfo(host, port, flowInfo, scopeId, items.length, flags);
        return JythonValues.value(answer);
    }
}
