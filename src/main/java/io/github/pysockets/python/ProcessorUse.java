package io.github.pysockets.python;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether the process's Java threads have used hardly any processor time since the last question. The JVM's own threads
 * do not count: its compilers are busy for seconds after a start. Not thread-safe.
 */
final class ProcessorUse {
    /** A process that uses less than this share of one processor is idle. */
    private static final double IDLE_SHARE = 0.2;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Map<Long, Long> before = Map.of();
    private long startedBefore;
    private long processBefore;
    private long time = System.nanoTime();
    private long used;

    /** Looks at the use since the last look, and returns whether it was hardly any. */
    boolean isIdle() {
        long started = threads.getTotalStartedThreadCount();
        long[] ids = threads.getAllThreadIds();
        long[] times = threads.getThreadCpuTime(ids);
        long processTime = process.getProcessCpuTime();
        long now = System.nanoTime();

        long inThreads = 0;
        long unseen = started - startedBefore;
        Map<Long, Long> current = HashMap.newHashMap(ids.length);
        for (int i = 0; i < ids.length; i++) {
            Long earlier = before.get(ids[i]);
            current.put(ids[i], times[i]);
            inThreads += Math.max(0, times[i] - (earlier == null ? 0 : earlier));
            unseen -= earlier == null ? 1 : 0;
        }
        // Threads that have come and gone meanwhile have taken their times with them.
        used = unseen > 0 ? processTime - processBefore : inThreads;
        boolean isIdle = used < IDLE_SHARE * (now - time);
        before = current;
        startedBefore = started;
        processBefore = processTime;
        time = now;
        return isIdle;
    }

    /** The nanoseconds of processor time that the last look has seen. */
    long used() {
        return used;
    }
}
