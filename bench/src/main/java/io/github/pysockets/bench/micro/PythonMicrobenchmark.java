package io.github.pysockets.bench.micro;

import org.openjdk.jmh.annotations.Warmup;

/** As its parent, for what runs through Python: its interpreter takes longer to get up to speed. */
@Warmup(iterations = 10, time = 1)
public abstract class PythonMicrobenchmark extends Microbenchmark {
    /** For the benchmarks of each layer. */
    protected PythonMicrobenchmark() {}
}
