package io.github.pysockets.bypass;

import io.github.pysockets.stack.DescriptorStack;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.FileStack;
import io.github.pysockets.stack.ProcessStack;
import io.github.pysockets.stack.SocketStack;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A stack that is another one from time to time, so that many policies are tried in one interpreter. */
public final class StackSwitch implements InvocationHandler {
    private final SocketStack stack = (SocketStack) Proxy.newProxyInstance(
            StackSwitch.class.getClassLoader(),
            new Class<?>[] {SocketStack.class, DescriptorStack.class, EpollStack.class, FileStack.class,
                ProcessStack.class},
            this);
    private volatile SocketStack current;

    public StackSwitch(SocketStack first) {
        current = first;
    }

    /** What stays. */
    public SocketStack stack() {
        return stack;
    }

    public void to(SocketStack next) {
        current = next;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            Object result = method.invoke(current, arguments);
            boolean isAbility = method.getName().equals("ability") && result != null;
            return isAbility && ((Class<?>) arguments[0]).isInstance(proxy) ? proxy : result;
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
