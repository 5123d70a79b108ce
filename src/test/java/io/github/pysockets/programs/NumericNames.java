package io.github.pysockets.programs;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** The operating system's stack with a name service that asks no server: it knows numeric names only. */
public final class NumericNames {
    private static final int AI_NUMERICHOST = 4;
    private static final int NI_NUMERICHOST = 1;
    private static final int EPERM = 1;

    private NumericNames() {}

    public static SocketStack stack() {
        LinuxStack all = LinuxStack.open();
        NameService names = proxy(NameService.class, (method, arguments) -> {
            switch (method.getName()) {
                case "getaddrinfo" -> arguments[5] = (int) arguments[5] | AI_NUMERICHOST;
                case "getnameinfo" -> arguments[1] = (int) arguments[1] | NI_NUMERICHOST;
                case "gethostbyname", "gethostbyaddr" -> throw new StackException(EPERM);
                default -> {
                    // Answered by this machine.
                }
            }
            return call(method, all.names(), arguments);
        });
        return proxy(SocketStack.class, (method, arguments) -> switch (method.getName()) {
            case "names" -> names;
            case "setHostName" -> throw new StackException(EPERM);
            default -> call(method, all, arguments);
        });
    }

    private interface Handler {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                NumericNames.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> handler.handle(method, arguments)));
    }
}
