package io.github.pysockets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes of a run. A worker is started when it is first needed, and again when it is needed after it was ended;
 * the peer is started with the first of them.
 */
final class Workers implements AutoCloseable {
    private final Path folder;
    private final Map<String, Worker> running = new HashMap<>();
    private Peer peer;

    /** @param folder that gets a log file of each process */
    Workers(Path folder) {
        this.folder = folder;
    }

    /** The file that gets what a runtime's processes print on standard error. */
    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** The one that runs workloads of a kind, or says whether it can; null for those that need none. */
    Worker of(Candidate candidate, Workload.Place place) throws WorkerException {
        return switch (place) {
            case WORKER, NEW_WORKER -> get(candidate.name(), candidate.name(), command(candidate));
            case INSTALLER -> get(candidate.name() + " " + place, candidate.name(), candidate.installer());
            default -> null;
        };
    }

    /** One that has done nothing yet, for the caller to close. */
    Worker another(Candidate candidate) throws WorkerException {
        return Worker.start(command(candidate), log(candidate.name()));
    }

    private List<String> command(Candidate candidate) throws WorkerException {
        if (peer == null) {
            peer = Peer.start(log("peer"));
        }
        var command = new ArrayList<>(candidate.worker());
        command.addAll(peer.addresses());
        return command;
    }

    private Worker get(String key, String name, List<String> command) throws WorkerException {
        Worker worker = running.get(key);
        if (worker == null || !worker.isAlive()) {
            worker = Worker.start(command, log(name));
            running.put(key, worker);
        }
        return worker;
    }

    /** Ends them all, and removes the logs that are empty. */
    @Override
    public void close() {
        running.values().forEach(Worker::close);
        if (peer != null) {
            peer.close();
        }
        try (var logs = Files.newDirectoryStream(folder, "*.log")) {
            for (Path log : logs) {
                if (Files.size(log) == 0) {
                    Files.delete(log);
                }
            }
        } catch (IOException kept) {
            // An empty file more harms nobody.
        }
    }
}
