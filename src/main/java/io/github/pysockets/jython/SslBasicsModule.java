package io.github.pysockets.jython;

import io.github.pysockets.tls.SslConstants;
import org.python.core.Py;
import org.python.core.PyString;
import org.python.core.PyStringMap;

/**
 * The module {@code _sslbasics}: what {@code socket} has of {@code _ssl}, exceptions, their numbers, and random
 * numbers. All the rest of TLS costs time that few scripts need to spend.
 */
final class SslBasicsModule {
    private static final String NUMBERS = "SSL_ERROR_";

    private SslBasicsModule() {}

    /** Fills a new module. What is in it is in {@code _ssl} too, and the same. */
    static void fill(Bindings bindings, ModuleMembers module) {
        module.dict().invoke("update", bindings.ssl().basics());
    }

    /** Makes what is in it. */
    static PyStringMap members(Bindings bindings, SslErrors errors) {
        PyStringMap members = new PyStringMap();
        add(new ModuleMembers(bindings, members), errors);
        return members;
    }

    private static void add(ModuleMembers module, SslErrors errors) {
        errors.classes().forEach(module::set);
        SslConstants.byName().forEach((name, number) -> {
            if (name.startsWith(NUMBERS)) {
                module.set(name, Py.newInteger(number));
            }
        });
        module.function(
                Signature.of("RAND_status", 0),
                "RAND_status() -> 1\n\nWhether there is enough entropy: the operating system sees to that.",
                (_, _) -> Py.newLong(1));
        module.function(
                Signature.of("RAND_add", 2),
                "RAND_add(data, entropy)\n\nOnly checks its arguments: nothing needs to be added.",
                (_, arguments) -> {
                    if (!(arguments.get(0) instanceof PyString)) {
                        throw Py.TypeError("RAND_add() argument 1 must be string or read-only buffer, not "
                                + Bytes.typeName(arguments.get(0)));
                    }
                    Arguments.toDouble(arguments.get(1));
                    return Py.None;
                });
        module.function(
                Signature.of("RAND_egd", 1),
                "RAND_egd(path)\n\nFails: there is no entropy gathering daemon today.",
                (_, arguments) -> {
                    SslFiles.path(arguments.get(0));
                    throw errors.error("EGD connection failed or EGD did not return enough data to seed the PRNG");
                });
    }
}
