package io.github.pysockets.bench.worker;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Runs the workloads of the benchmark, when it is asked to. */
public final class Main {
    private final Runner runner;

    private Main(Runner runner) {
        this.runner = runner;
    }

    /** @param arguments the peer's addresses, as it prints them */
    public static void main(String[] arguments) throws IOException {
        new Main(new Runner(new Peer(arguments))).converse();
    }

    private void converse() throws IOException {
        System.out.println(hello());
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null && !line.equals("quit"); line = input.readLine()) {
            String[] words = line.strip().split(" ");
            System.out.println(words[0].equals("run") ? run(words) : close(words[1]));
        }
        runner.close();
    }

    private static JsonObject hello() {
        var workloads = new JsonArray();
        Workloads.ALL.keySet().forEach(workloads::add);
        var missing = new JsonObject();
        Workloads.MISSING.forEach(missing::addProperty);
        var hello = new JsonObject();
        hello.addProperty("hello", "Java " + System.getProperty("java.version"));
        hello.add("workloads", workloads);
        hello.add("missing", missing);
        return hello;
    }

    private JsonObject run(String[] words) throws IOException {
        String name = words[1];
        Integer parameter = words.length > 3 ? Integer.valueOf(words[3]) : null;
        var answer = new JsonObject();
        answer.addProperty("workload", name);
        answer.addProperty("parameter", parameter);
        try {
            Sample sample = runner.run(name, parameter == null ? 0 : parameter, Double.parseDouble(words[2]));
            answer.addProperty("operations", sample.operations());
            answer.addProperty("bytes", sample.bytes());
            answer.addProperty("wall", sample.wall());
            answer.addProperty("cpu", sample.cpu());
            if (Workloads.NOTES.containsKey(name)) {
                answer.addProperty("note", Workloads.NOTES.get(name));
            }
        } catch (Exception failure) {
            failure.printStackTrace();
            answer.addProperty("error", failure.toString());
            runner.close();
        }
        return answer;
    }

    private JsonObject close(String name) throws IOException {
        runner.close();
        var answer = new JsonObject();
        answer.addProperty("closed", name);
        return answer;
    }
}
