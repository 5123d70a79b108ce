package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.junit.jupiter.api.Test;

/** A context that PySockets cannot be installed in: each is told by one sentence that says what to do. */
final class WrongContextTest {
    private static void assertRefused(Class<? extends Exception> kind, String sentence, Context context) {
        assertEquals(sentence, assertThrows(kind, () -> PySockets.install(context)).getMessage());
    }

    @Test
    void withoutHostAccess() {
        try (Context context = ScriptContexts.with(HostAccess.NONE).build()) {
            assertRefused(IllegalStateException.class,
                    "Scripts of this context cannot call PySockets: "
                            + "build it with allowHostAccess(PySockets.hostAccess()).",
                    context);
        }
    }

    @Test
    void withoutBufferAccess() {
        try (Context context = ScriptContexts.with(HostAccess.EXPLICIT).build()) {
            assertRefused(IllegalStateException.class,
                    "Scripts of this context cannot read buffers: "
                            + "build it with allowHostAccess(PySockets.hostAccess()).",
                    context);
        }
    }

    @Test
    void withoutPython() {
        try (Context context = Context.newBuilder("js").build()) {
            assertRefused(IllegalArgumentException.class,
                    "This context has no Python: create it with Context.newBuilder(\"python\").", context);
        }
    }

    @Test
    void afterAScriptHasImportedSocket() {
        try (Context context = ScriptContexts.sandbox().build()) {
            context.eval("python", "import socket");
            assertRefused(IllegalStateException.class,
                    "This context has imported a socket module already: "
                            + "install PySockets before its first script runs.",
                    context);
        }
    }

    @Test
    void installedTwice() {
        try (Sandbox sandbox = new Sandbox()) {
            assertRefused(IllegalStateException.class,
                    "PySockets is installed in this context already: install it once for each context.",
                    sandbox.context);
        }
    }

    @Test
    void secondInstallationLeavesTheFirstOneAtWork() {
        try (Sandbox sandbox = new Sandbox()) {
            assertThrows(IllegalStateException.class, () -> PySockets.install(sandbox.context));
            assertEquals("b'x'", sandbox.text("""
                    import socket

                    left, right = socket.socketpair()
                    left.send(b"x")
                    right.recv(1)
                    """));
        }
    }

    @Test
    void refusedInstallationLeavesNothingBehind() {
        try (Context context = ScriptContexts.with(HostAccess.EXPLICIT).build()) {
            assertThrows(IllegalStateException.class, () -> PySockets.install(context));
            assertFalse(context.eval("python", """
                    import sys

                    "_pysockets" in sys.modules or any("JarModules" in str(finder) for finder in sys.meta_path)
                    """).asBoolean());
        }
    }

    @Test
    void moreAccessThanNeededIsNoHindrance() {
        try (Context context = ScriptContexts.with(HostAccess.ALL).build();
                PySockets _ = PySockets.install(context)) {
            assertEquals("b'x'", context.eval("python", """
                    import socket

                    left, right = socket.socketpair()
                    left.send(b"x")
                    right.recv(1)
                    """).toString());
        }
    }
}
