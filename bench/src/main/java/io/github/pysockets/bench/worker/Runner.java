package io.github.pysockets.bench.worker;

import java.io.IOException;

/** Keeps the workload that was run last ready to go on. */
final class Runner {
    private final Peer peer;
    private Workload open;
    private String name;
    private int parameter;

    Runner(Peer peer) {
        this.peer = peer;
    }

    /** @throws IllegalArgumentException if there is no such workload */
    Sample run(String name, int parameter, double seconds) throws Exception {
        if (open == null || !name.equals(this.name) || parameter != this.parameter) {
            close();
            Workloads.Opening opening = Workloads.ALL.get(name);
            if (opening == null) {
                throw new IllegalArgumentException(Workloads.MISSING.getOrDefault(name, "unknown workload"));
            }
            open = opening.open(peer, parameter);
            this.name = name;
            this.parameter = parameter;
        }
        return open.run(seconds);
    }

    void close() throws IOException {
        if (open != null) {
            Workload closing = open;
            open = null;
            closing.close();
        }
    }
}
