package io.github.pysockets.bench.worker;

import java.io.IOException;

/** Something to measure, set up. Closing frees what it holds. */
interface Workload extends AutoCloseable {
    /** Does it for at least so long. */
    Sample run(double seconds) throws IOException;

    @Override
    void close() throws IOException;
}
