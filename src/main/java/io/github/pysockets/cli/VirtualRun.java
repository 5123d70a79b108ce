package io.github.pysockets.cli;

import io.github.pysockets.virtual.PacketLog;
import io.github.pysockets.virtual.VirtualNetwork;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Engine;

/** Runs scripts on a network in memory, each on its own host, until all have ended that are no daemons. */
final class VirtualRun {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** So many looks in a row must have found that nothing can happen any more. */
    private static final int LOOKS = 50;
    private static final long LONGEST_TELLING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final VirtualOptions options;
    private final CommandLine.Run run;
    private final NetworkFile file;
    private final List<HostProgram> programs = new ArrayList<>();
    private final List<Closeable> logs = new ArrayList<>();
    private VirtualNetwork network;

    /** @param run the options that all scripts have in common */
    VirtualRun(VirtualOptions options, CommandLine.Run run) throws NetworkFileException {
        this.options = options;
        this.run = run;
        file = NetworkFile.read(options.network());
    }

    /**
     * Runs the scripts.
     *
     * @return the first exit status that is not 0, in the order of the hosts in the file
     * @throws NetworkFileException where the description is wrong
     */
    int run() throws NetworkFileException {
        network = file.build();
        addPrograms();
        // Also where Ctrl-C ends the process.
        Thread closing = new Thread(this::closeLogs, "virtual-logs");
        Runtime.getRuntime().addShutdownHook(closing);
        try {
            openLogs();
            int status = execute();
            return closeLogs() && status == 0 ? 1 : status;
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void addPrograms() throws NetworkFileException {
        Map<String, Path> scripts = new LinkedHashMap<>(options.scripts());
        for (NetworkFile.Host host : file.hosts()) {
            Path given = scripts.remove(host.name());
            Path script = given == null ? host.script() : given;
            if (script != null) {
                programs.add(new HostProgram(network.host(host.name()), host, script, file.seed()));
            }
        }
        for (String other : scripts.keySet()) {
            throw new NetworkFileException(options.network() + ": there is no host " + other
                    + " in it, whose script is to be " + scripts.get(other));
        }
        if (programs.isEmpty()) {
            throw new NetworkFileException(options.network() + ": no host has a script: add "
                    + file.hosts().getFirst().name() + "=script.py to the command");
        }
    }

    private void openLogs() throws NetworkFileException {
        try {
            if (options.log() != null) {
                logs.add(PacketLog.text(network, options.log()));
            }
            if (options.capture() != null) {
                logs.add(PacketLog.capture(network, options.capture()));
            }
        } catch (IOException refused) {
            throw new NetworkFileException("the packets cannot be written: " + refused);
        }
    }

    /** Returns whether a log could not be written. */
    private synchronized boolean closeLogs() {
        boolean failed = false;
        for (Closeable log : logs) {
            try {
                log.close();
            } catch (IOException failure) {
                System.err.println("pysockets: the packets could not be written: " + failure.getMessage());
                failed = true;
            }
        }
        logs.clear();
        return failed;
    }

    private int execute() throws InterruptedException {
        Engine engine = Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();
        for (HostProgram program : programs) {
            program.prepare(engine, run);
        }
        programs.forEach(HostProgram::begin);
        boolean isStuck = !awaitEnd();
        if (isStuck) {
            tellWhoWaits();
        }
        int status = 0;
        for (HostProgram program : programs) {
            int own = program.hasEnded() ? program.status() : 0;
            status = status == 0 ? own : status;
        }
        programs.forEach(HostProgram::end);
        return isStuck && status == 0 ? 1 : status;
    }

    /** Waits until all have ended that are no daemons; false if nothing can happen any more before. */
    private boolean awaitEnd() {
        boolean areAllDaemons = programs.stream().allMatch(HostProgram::isDaemon);
        int idle = 0;
        while (!programs.stream().allMatch(program -> program.hasEnded() || program.isDaemon() && !areAllDaemons)) {
            LockSupport.parkNanos(LOOK_NANOS);
            idle = network.isIdle() ? idle + 1 : 0;
            if (idle == LOOKS) {
                return false;
            }
        }
        return true;
    }

    private void tellWhoWaits() {
        Map<String, String> places = new LinkedHashMap<>();
        for (HostProgram program : programs) {
            if (!program.hasEnded()) {
                synchronized (places) {
                    places.put(program.name(), "");
                }
                program.tellPlace(place -> {
                    synchronized (places) {
                        places.put(program.name(), place);
                    }
                });
            }
        }
        long end = System.nanoTime() + LONGEST_TELLING_NANOS;
        while (System.nanoTime() < end && !areTold(places)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        synchronized (places) {
            System.err.println("pysockets: nothing can happen any more after " + network.elapsed().toMillis() / 1000.0
                    + " s on the network, and these wait:");
            places.forEach((name, place) -> System.err.println("pysockets:   " + name + (place.isEmpty() ? "" : ": ")
                    + place));
        }
    }

    private static boolean areTold(Map<String, String> places) {
        synchronized (places) {
            return !places.containsValue("");
        }
    }
}
