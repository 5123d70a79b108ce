package io.github.pysockets.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process at the other end of the connections, and its addresses as a worker's arguments. */
final class Peer implements AutoCloseable {
    private static final int TO_END = 5;

    private final Process process;
    private final List<String> addresses;

    private Peer(Process process, List<String> addresses) {
        this.process = process;
        this.addresses = addresses;
    }

    /** @param log the file that gets what the process prints on standard error */
    static Peer start(Path log) throws WorkerException {
        try {
            Process process = new ProcessBuilder(Project.program("peer.Main"))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                process.destroyForcibly();
                throw new WorkerException("the peer ended before it had addresses; see " + log);
            }
            return new Peer(process, List.of(line.strip().split(" ")));
        } catch (IOException failed) {
            throw new WorkerException("the peer cannot be started: " + failed.getMessage(), failed);
        }
    }

    List<String> addresses() {
        return addresses;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor(TO_END, TimeUnit.SECONDS);
        } catch (IOException ended) {
            // It is as it should be.
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
