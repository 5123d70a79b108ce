package io.github.pysockets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/** The scripts whose start is measured. */
final class Starts {
    private final Path importing;
    private final Path empty;

    /** @param folder that the scripts are written to */
    Starts(Path folder) throws IOException {
        importing = Files.writeString(folder.resolve("start.py"), "import socket\n");
        empty = Files.writeString(folder.resolve("start-no-socket.py"), "pass\n");
    }

    Sample sample(Candidate candidate, Workload workload, Path log) throws WorkerException {
        var command = new ArrayList<>(candidate.python());
        command.add((workload.name().equals("start-no-socket") ? empty : importing).toString());
        return FreshProcess.run(command,
                workload.place() == Workload.Place.FRESH_NO_AOT ? Map.of("PYSOCKETS_AOT", "off") : Map.of(), log);
    }
}
