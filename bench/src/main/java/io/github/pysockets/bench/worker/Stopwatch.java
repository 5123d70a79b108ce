package io.github.pysockets.bench.worker;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The time since it was made. */
final class Stopwatch {
    private static final OperatingSystemMXBean PROCESS = ManagementFactory
            .getPlatformMXBean(OperatingSystemMXBean.class);

    private final long cpu = PROCESS.getProcessCpuTime();
    private final long wall = System.nanoTime();

    /** Seconds. */
    double wall() {
        return (System.nanoTime() - wall) / 1e9;
    }

    /** Seconds of processor time. */
    double cpu() {
        return (PROCESS.getProcessCpuTime() - cpu) / 1e9;
    }
}
