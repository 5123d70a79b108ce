package io.github.pysockets;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketStack;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * The operating system's stack with a name service that hears no interrupt, and does not answer until it is told to; then it knows
 * nothing.
 */
final class SilentNames implements InvocationHandler {
    private static final int EAI_NONAME = -2;

    private final CountDownLatch answer = new CountDownLatch(1);
    private final SocketStack all = LinuxStack.open();
    private final NameService silent = proxy(NameService.class, this::wait);

    /** The stack. */
    SocketStack stack() {
        return proxy(SocketStack.class, this);
    }

    /** Lets all questions end, those from before too. */
    void answer() {
        answer.countDown();
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return method.getName().equals("names") ? silent : call(method, all, arguments);
    }

    private Object wait(Object proxy, Method method, Object[] arguments) throws Throwable {
        for (;;) {
            try {
                answer.await();
                throw new NameServiceException(NameServiceException.Range.EAI, EAI_NONAME);
            } catch (InterruptedException unheard) {
                continue;
            }
        }
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(SilentNames.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
