package io.github.pysockets.bench.worker;

import java.io.IOException;

/** Something to measure, set up. Closing frees what it holds. */
interface Workload extends AutoCloseable {
    /** Runs it for at least this long. */
    Sample run(double seconds) throws IOException;

    @Override
    void close() throws IOException;
}
