package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.SocketStack;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** How the select module of PySockets gets into a context. What it does there, the files of python-tests show. */
final class SelectModuleTest {
    /** The operating system's stack, which knows no constants. */
    private static SocketStack withoutConstants() {
        LinuxStack all = LinuxStack.open();
        Class<?>[] interfaces = {SocketStack.class};
        return (SocketStack) Proxy.newProxyInstance(SelectModuleTest.class.getClassLoader(), interfaces,
                (_, method, arguments) -> {
                    if (method.getName().equals("constants")) {
                        return Map.of();
                    }
                    try {
                        return method.invoke(all, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @Test
    void comesTooLateOnceAScriptHasImportedAnother() {
        try (Context context = ScriptContexts.sandbox().build()) {
            context.eval("python", "import select");
            IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> PySockets.install(context));
            assertTrue(refusal.getMessage().contains("before its first script runs"), refusal.getMessage());
        }
    }

    @Test
    void needsNoSocketModule() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("([], [], [])", sandbox.text("import select; str(select.select([], [], [], 0))"));
            assertEquals("False", sandbox.text("import sys; str('_socket' in sys.modules)"));
        }
    }

    @Test
    void hasItsSource() {
        try (Sandbox sandbox = new Sandbox()) {
            assertEquals("<select>", sandbox.text("import select; select.__spec__.origin"));
            assertTrue(sandbox.text("select.__loader__.get_source('select')").contains("def select("));
        }
    }

    @Test
    void lacksWhatTheStackHasNoConstantsFor() {
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(withoutConstants()))) {
            assertEquals("['error', 'select']", sandbox.text("""
                    import select

                    str([name for name in dir(select) if not name.startswith("_")])
                    """));
            assertEquals("SelectSelector", sandbox.text("import selectors; selectors.DefaultSelector.__name__"));
        }
    }
}
