package io.github.pysockets.jython;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.InetText;
import java.nio.ByteOrder;
import org.python.core.Py;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;

/** Functions of {@code _socket} for the bytes and the text of Internet addresses and ports. */
final class InetFunctions {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int SHORT_MASK = 0xffff;

    /** Whether the host's byte order is not the network's. */
    private static final boolean SWAPS = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private InetFunctions() {}

    static void add(ModuleMembers module) {
        String to = " from network to host byte order.";
        module.function(
                Signature.of("ntohs", 1),
                "ntohs(number) -> number\n\nA number of 16 bits" + to,
                (_, arguments) -> ofShort(arguments.get(0)));
        module.function(
                Signature.of("htons", 1),
                "htons(number) -> number\n\nA number of 16 bits from host to network byte order.",
                (_, arguments) -> ofShort(arguments.get(0)));
        module.function(
                Signature.of("ntohl", 1),
                "ntohl(number) -> number\n\nA number of 32 bits" + to,
                (_, arguments) -> ofInt(arguments.get(0)));
        module.function(
                Signature.of("htonl", 1),
                "htonl(number) -> number\n\nA number of 32 bits from host to network byte order.",
                (_, arguments) -> ofInt(arguments.get(0)));
        module.function(
                Signature.of("inet_aton", 1),
                "inet_aton(text) -> bytes\n\nThe 4 bytes of an IPv4 address in any form of inet_aton(3).",
                (self, arguments) -> aton(self, arguments.text(0)));
        module.function(
                Signature.of("inet_ntoa", 1),
                "inet_ntoa(bytes) -> text\n\nThe text of an IPv4 address of 4 bytes.",
                (self, arguments) -> ntoa(self, bytes(arguments, 0)));
        module.function(
                Signature.of("inet_pton", 2),
                "inet_pton(family, text) -> bytes\n\nThe bytes of an address of AF_INET or AF_INET6.",
                InetFunctions::pton);
        module.function(
                Signature.of("inet_ntop", 2),
                "inet_ntop(family, bytes) -> text\n\nThe text of an address of AF_INET or AF_INET6.",
                InetFunctions::ntop);
    }

    private static PyObject ofShort(PyObject value) {
        int number = Arguments.toInt(value);
        if (number < 0) {
            throw Py.OverflowError("can't convert negative number to unsigned long");
        }
        int low = number & SHORT_MASK;
        return Py.newInteger(SWAPS ? Short.toUnsignedInt(Short.reverseBytes((short) low)) : low);
    }

    private static PyObject ofInt(PyObject value) {
        if (!(value instanceof PyInteger) && !(value instanceof PyLong)) {
            throw Py.TypeError("expected int/long, " + Bytes.typeName(value) + " found");
        }
        if (value._lt(Py.Zero).__nonzero__()) {
            throw Py.OverflowError("can't convert negative number to unsigned long");
        }
        if (value instanceof PyLong number && number.getValue().bitLength() > Integer.SIZE) {
            throw Py.OverflowError("long int larger than 32 bits");
        }
        int number = (int) Arguments.toLong(value);
        return Py.newLong(Integer.toUnsignedLong(SWAPS ? Integer.reverseBytes(number) : number));
    }

    private static byte[] bytes(Arguments arguments, int at) {
        try (Bytes.Source source = Bytes.fixedSource(arguments, at)) {
            return source.copy();
        }
    }

    private static PyObject aton(Bindings bindings, String text) {
        byte[] bytes = InetText.parseAton(text);
        if (bytes == null) {
            throw bindings.errors().error("illegal IP address string passed to inet_aton");
        }
        return Bytes.str(bytes);
    }

    private static PyObject ntoa(Bindings bindings, byte[] bytes) {
        if (bytes.length != IPV4_BYTES) {
            throw bindings.errors().error("packed IP wrong length for inet_ntoa");
        }
        return new PyString(InetText.format(bytes));
    }

    private static PyObject pton(Bindings bindings, Arguments arguments) {
        int family = arguments.number(0);
        String text = arguments.text(1);
        byte[] bytes = switch (family) {
            case AddressFamilies.AF_INET -> InetText.parse4(text);
            case AddressFamilies.AF_INET6 -> InetText.parse6(text);
            default -> throw bindings.errors().failure(-Errno.EAFNOSUPPORT);
        };
        if (bytes == null) {
            throw bindings.errors().error("illegal IP address string passed to inet_pton");
        }
        return Bytes.str(bytes);
    }

    private static PyObject ntop(Bindings bindings, Arguments arguments) {
        int family = arguments.number(0);
        byte[] bytes = bytes(arguments, 1);
        int length = switch (family) {
            case AddressFamilies.AF_INET -> IPV4_BYTES;
            case AddressFamilies.AF_INET6 -> IPV6_BYTES;
            default -> throw Py.ValueError("unknown address family " + family);
        };
        if (bytes.length != length) {
            throw Py.ValueError("invalid length of packed IP address string");
        }
        return new PyString(InetText.format(bytes));
    }
}
