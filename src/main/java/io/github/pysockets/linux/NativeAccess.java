package io.github.pysockets.linux;

import java.lang.foreign.MemorySegment;

/**
 * Whether the JVM lets this package call native code (JEP 472). Asked when the stack is opened: later, a class that
 * links a function would fail to initialize, and a script would be the first to learn of it.
 */
final class NativeAccess {
    private NativeAccess() {}

    /**
     * Where access is neither given nor denied, the JVM prints its warning here.
     *
     * @throws IllegalStateException where it is denied; the message says how to give it
     */
    static void require() {
        Module module = NativeAccess.class.getModule();
        if (module.isNativeAccessEnabled()) {
            return;
        }
        try {
            useIt();
        } catch (IllegalCallerException denied) {
            throw new IllegalStateException(
                    "PySockets calls the C library, and this JVM denies it native access: " + remedy(module) + ".",
                    denied);
        }
    }

    /** Only an attempt tells whether the JVM denies it or just warns. This one has no effect. */
    @SuppressWarnings("restricted")
    private static void useIt() {
        MemorySegment.NULL.reinterpret(0);
    }

    private static String remedy(Module module) {
        if (!module.isNamed()) {
            return "start it with --enable-native-access=ALL-UNNAMED";
        }
        // The option names modules of the boot layer alone.
        return module.getLayer() == ModuleLayer.boot()
                ? "start it with --enable-native-access=" + module.getName()
                : "call ModuleLayer.Controller.enableNativeAccess for the module " + module.getName();
    }
}
