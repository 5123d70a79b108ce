package io.github.pysockets.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs workloads when asked: a line in, a line of JSON out.
 *
 * <p>After any failure to answer it is ended, as it can no longer be used. What it has said about a workload alone
 * does no harm.
 */
final class Worker implements AutoCloseable {
    /** A JVM of the interpreted kind may take half a minute to its first line on a busy machine. */
    private static final Duration TO_START = Duration.ofSeconds(120);
    private static final Duration TO_CLOSE = Duration.ofSeconds(60);
    private static final int TO_END = 5;
    private static final String END = "";

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final String hello;
    private final List<String> workloads;
    private final Map<String, String> missing = new TreeMap<>();
    /** The operating system may take a while until the process is gone. */
    private boolean givenUp;

    /**
     * What a worker answers.
     *
     * @param note what a reader of the figure has to know, or null
     */
    record Answer(Sample sample, String note) {}

    private Worker(Process process) throws WorkerException {
        this.process = process;
        input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::read);
        JsonObject first = answer(TO_START);
        if (!first.has("hello")) {
            throw new WorkerException("did not say hello, but " + first);
        }
        hello = first.get("hello").getAsString();
        workloads = first.getAsJsonArray("workloads").asList().stream().map(JsonElement::getAsString).toList();
        if (first.has("missing")) {
            first.getAsJsonObject("missing").asMap()
                    .forEach((workload, reason) -> missing.put(workload, reason.getAsString()));
        }
        signal("STOP");
    }

    /** @param log the file that gets what the process prints on standard error */
    static Worker start(List<String> command, Path log) throws WorkerException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException failed) {
            throw new WorkerException("cannot be started: " + failed.getMessage(), failed);
        }
        try {
            return new Worker(process);
        } catch (WorkerException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            // The end is reported below, whatever its cause.
        }
        lines.add(END);
    }

    /** The implementation and its version. */
    String hello() {
        return hello;
    }

    boolean does(String workload) {
        return workloads.contains(workload);
    }

    /** Why it does not run a workload; null where it did not say. */
    String whyNot(String workload) {
        return missing.get(workload);
    }

    /** Whether it can still be asked. */
    boolean isAlive() {
        return !givenUp && process.isAlive();
    }

    private void giveUp() {
        givenUp = true;
        process.destroyForcibly();
    }

    /**
     * Has it run a workload.
     *
     * @param seconds the least time
     */
    Answer run(Workload.Case what, double seconds) throws WorkerException {
        signal("CONT");
        Double before = processor();
        send("run " + what.workload().name() + " " + seconds
                + (what.parameter() == null ? "" : " " + what.parameter()));
        // Thousands of connections may have to be made first.
        JsonObject answer = answer(Duration.ofMillis((long) (120_000 + 5000 * seconds)));
        Double after = processor();
        signal("STOP");
        if (answer.has("error")) {
            throw new WorkerException(answer.get("error").getAsString());
        }
        Double own = answer.has("cpu") && !answer.get("cpu").isJsonNull() ? answer.get("cpu").getAsDouble() : null;
        Sample sample = new Sample(answer.get("operations").getAsLong(), answer.get("bytes").getAsLong(),
                answer.get("wall").getAsDouble(), before == null || after == null ? null : after - before, own);
        return new Answer(sample, answer.has("note") ? answer.get("note").getAsString() : null);
    }

    /** Makes it free what a workload holds. */
    void close(String workload) throws WorkerException {
        signal("CONT");
        send("close " + workload);
        answer(TO_CLOSE);
        signal("STOP");
    }

    /**
     * Stops the process while others are measured, or lets it go on. A compiler of Python still has work
     * when it is not asked for anything, and would take the others' processors. Without kill(1) all of them run on.
     */
    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException none) {
            return;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String line) throws WorkerException {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException ended) {
            throw ended();
        }
    }

    private JsonObject answer(Duration limit) throws WorkerException {
        String line;
        try {
            line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new WorkerException("interrupted", ending);
        }
        if (line == null) {
            giveUp();
            throw new WorkerException("no answer in " + limit.toSeconds() + " s");
        }
        if (line.equals(END)) {
            throw ended();
        }
        try {
            return JsonParser.parseString(line).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException wrong) {
            giveUp();
            throw new WorkerException("answered \"" + line + "\"", wrong);
        }
    }

    private WorkerException ended() {
        try {
            if (process.waitFor(TO_END, TimeUnit.SECONDS)) {
                return new WorkerException("its process ended with status " + process.exitValue());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        giveUp();
        return new WorkerException("its process has closed its end");
    }

    /** Seconds of processor time so far; null where the operating system does not tell. */
    private Double processor() {
        return process.toHandle().info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(null);
    }

    /** Ends the process, after asking it to end. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                signal("CONT");
                send("quit");
                input.close();
                process.waitFor(TO_END, TimeUnit.SECONDS);
            }
        } catch (WorkerException | IOException ended) {
            // It is as it should be.
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
