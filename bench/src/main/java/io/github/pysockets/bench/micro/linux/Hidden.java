package io.github.pysockets.bench.micro.linux;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Static methods of package-private classes of the stack: codecs, which every public call hides behind a call of the
 * kernel that takes a hundred times as long. A constant method handle costs nothing once compiled.
 */
final class Hidden {
    private static final String PACKAGE = "io.github.pysockets.linux.";

    private Hidden() {}

    /** @param shape of the handle: its parameters are the method's, its result may be wider */
    static MethodHandle method(String type, String name, MethodType shape) {
        try {
            Class<?> owner = Class.forName(PACKAGE + type);
            var method = owner.getDeclaredMethod(name, shape.parameterArray());
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).unreflect(method).asType(shape);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("no " + List.of(type, name, shape), missing);
        }
    }
}
