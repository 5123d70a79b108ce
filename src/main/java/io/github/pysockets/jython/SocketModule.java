package io.github.pysockets.jython;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.SocketTypes;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.DescriptorControl;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.stack.StackException;
import java.util.List;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyTuple;
import org.python.core.io.RawIOBase;

/** The module {@code _socket}: types, functions and numbers. */
final class SocketModule {
    /** Numbers that have come with Python 3 and stand for what these sockets do by themselves. */
    private static final List<String> LATER = List.of("SOCK_CLOEXEC", "SOCK_NONBLOCK");

    private SocketModule() {}

    /** Fills a new module. */
    static void fill(Bindings bindings, ModuleMembers module) {
        SocketErrors errors = bindings.errors();
        module.set("socket", bindings.socketType());
        module.set("SocketType", bindings.socketType());
        module.set("error", errors.error());
        module.set("herror", errors.herror());
        module.set("gaierror", errors.gaierror());
        module.set("timeout", errors.timeout());
        module.set("has_ipv6", Py.True);
        bindings.runtime().stack().constants().forEach((name, number) -> {
            if (!LATER.contains(name)) {
                module.set(name, JythonValues.value(number));
            }
        });
        module.function(
                Signature.of("socketpair", 0, 3),
                "socketpair([family[, type[, proto]]]) -> (socket, socket)\n\nTwo sockets, connected to each other.",
                SocketModule::socketpair);
        module.function(
                Signature.of("fromfd", 3, 4),
                "fromfd(fd, family, type[, proto]) -> socket\n\nA socket for a duplicate of a descriptor.",
                SocketModule::fromfd);
        module.function(
                Signature.of("getdefaulttimeout", 0),
                "getdefaulttimeout() -> seconds\n\nThe timeout of new sockets; None for none.",
                (self, _) -> self.defaultTimeout().toPython());
        module.function(
                Signature.of("setdefaulttimeout", 1),
                "setdefaulttimeout(seconds)\n\nSets the timeout of new sockets; None for none.",
                (self, arguments) -> {
                    self.setDefaultTimeout(Timeout.of(arguments.get(0)));
                    return Py.None;
                });
        NameFunctions.add(bindings, module);
        InetFunctions.add(module);
    }

    private static PyObject socketpair(Bindings bindings, Arguments arguments) throws StackException {
        int family = arguments.number(0, AddressFamilies.AF_UNIX);
        int type = arguments.number(1, SocketTypes.SOCK_STREAM);
        List<PySocket> pair = bindings.runtime().openPair(family, type, arguments.number(2, 0));
        return new PyTuple(
                SocketObject.of(bindings, pair.getFirst()), SocketObject.of(bindings, pair.getLast()));
    }

    private static PyObject fromfd(Bindings bindings, Arguments arguments) throws StackException, CallFailure {
        RawIOBase file = DescriptorArguments.file(arguments.get(0));
        int number = file == null
                ? JythonFiles.number(bindings.runtime(), arguments.number(0))
                : JythonFiles.number(bindings.runtime(), file);
        int family = arguments.number(1);
        int type = arguments.number(2);
        int protocol = arguments.number(3, 0);
        int copy = new DescriptorControl(bindings.runtime()).duplicate(number);
        return SocketMethods.adopt(bindings, copy, family, type, protocol);
    }
}
