package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.junit.jupiter.api.Test;

/** A context that PySockets cannot be installed in: each is told by one sentence that says what to do. */
final class WrongContextTest {
    private static final String SCOPED = "PySockets cannot keep what scripts of this context pass to it: "
            + "build its HostAccess without methodScoping(true).";

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
    void withMethodScoping() {
        HostAccess access = HostAccess.newBuilder(PySockets.hostAccess()).methodScoping(true).build();
        try (Context context = ScriptContexts.with(access).build()) {
            assertRefused(IllegalStateException.class, SCOPED, context);
        }
    }

    @Test
    void withTheScopedPreset() {
        HostAccess access = HostAccess.newBuilder(HostAccess.SCOPED).allowBufferAccess(true).build();
        try (Context context = ScriptContexts.with(access).build()) {
            assertRefused(IllegalStateException.class, SCOPED, context);
        }
    }

    @Test
    void methodScopingThatLeavesOurFunctionsAloneIsNoHindrance() {
        HostAccess access = HostAccess.newBuilder(PySockets.hostAccess())
                .methodScoping(true)
                .disableMethodScopingAnnotatedBy(HostAccess.Export.class)
                .build();
        try (Context context = ScriptContexts.with(access).build();
                PySockets _ = PySockets.install(context)) {
            assertTrue(context.eval("python", "import socket, ssl; socket.socket().fileno() > 0").asBoolean());
        }
    }

    @Test
    void withoutOurAnnotation() {
        HostAccess access =
                HostAccess.newBuilder().allowAccessAnnotatedBy(Deprecated.class).allowBufferAccess(true).build();
        try (Context context = ScriptContexts.with(access).build()) {
            assertRefused(IllegalStateException.class,
                    "Scripts of this context cannot call PySockets: "
                            + "build it with allowHostAccess(PySockets.hostAccess()).",
                    context);
        }
    }

    @Test
    void closed() {
        Context alone = ScriptContexts.with(PySockets.hostAccess()).build();
        alone.close();
        assertRefused(IllegalStateException.class, "Engine is already closed.", alone);
        try (Engine engine = Engine.create()) {
            Context shared = Context.newBuilder("python").engine(engine).build();
            shared.close();
            assertRefused(IllegalStateException.class, "The Context is already closed.", shared);
            Context cancelled = Context.newBuilder("python").engine(engine).build();
            cancelled.initialize("python");
            cancelled.close(true);
            assertRefused(IllegalStateException.class, "The Context was closed while it ran.", cancelled);
        }
    }

    @Test
    void whileAnotherThreadMayUseIt() throws Exception {
        try (Context context = ScriptContexts.with(PySockets.hostAccess()).build()) {
            Thread other = Thread.ofPlatform().start(() -> context.eval("python", "1"));
            other.join();
            try (PySockets _ = PySockets.install(context)) {
                assertTrue(context.eval("python", "import socket; socket.socket().fileno() > 0").asBoolean());
            }
        }
    }

    @Test
    void withoutAContext() {
        assertEquals("context", assertThrows(NullPointerException.class, () -> PySockets.install(null)).getMessage());
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
