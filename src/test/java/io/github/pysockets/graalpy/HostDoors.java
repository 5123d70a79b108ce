package io.github.pysockets.graalpy;

/** The objects with exported functions that a context gets only where its interpreter needs them. */
public final class HostDoors {
    private HostDoors() {}

    /** What GraalPy 25.0 gets in a context that may open files. */
    public static Object buffers() {
        return new BufferExports(new SpillFiles());
    }

    /** What it gets in one that may not. */
    public static Object buffersWithoutFiles() {
        return new BufferExports(null);
    }
}
