package io.github.pysockets.stack;

import io.github.pysockets.fixtures.CompiledClasses;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An address of each record that the contract has, whose parts are all zero or empty. */
public final class SockaddrRecords {
    private SockaddrRecords() {}

    public static Stream<SocketAddress> all() {
        List<SocketAddress> all = CompiledClasses.read().stream()
                .filter(compiled -> compiled.layer().equals("stack"))
                .map(compiled -> type(compiled.name()))
                .filter(type -> type.isRecord() && SocketAddress.class.isAssignableFrom(type))
                .map(SockaddrRecords::make)
                .toList();
        if (all.size() < 11) {
            throw new IllegalStateException("only " + all);
        }
        return all.stream();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("io.github.pysockets." + name.replace('/', '.'));
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SocketAddress make(Class<?> type) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        Object[] parts = Arrays.stream(constructor.getParameterTypes()).map(SockaddrRecords::nothing).toArray();
        try {
            return (SocketAddress) constructor.newInstance(parts);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object nothing(Class<?> type) {
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == String.class ? "" : new byte[0];
    }
}
