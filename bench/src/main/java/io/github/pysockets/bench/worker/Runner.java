package io.github.pysockets.bench.worker;

import java.io.IOException;

/** Keeps the work that was run last ready to go on. */
final class Runner {
    private final Peer peer;
    private Work open;
    private String name;
    private int parameter;

    Runner(Peer peer) {
        this.peer = peer;
    }

    /** @throws IllegalArgumentException if there is no such work */
    Sample run(String name, int parameter, double seconds) throws Exception {
        if (open == null || !name.equals(this.name) || parameter != this.parameter) {
            close();
            Works.Opening opening = Works.ALL.get(name);
            if (opening == null) {
                throw new IllegalArgumentException(Works.MISSING.getOrDefault(name, "unknown work"));
            }
            open = opening.open(peer, parameter);
            this.name = name;
            this.parameter = parameter;
        }
        return open.run(seconds);
    }

    void close() throws IOException {
        if (open != null) {
            Work closing = open;
            open = null;
            closing.close();
        }
    }
}
