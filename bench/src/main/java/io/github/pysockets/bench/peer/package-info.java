/** The process at the other end of what the benchmark measures, in plain Java, the same for every runtime. */
package io.github.pysockets.bench.peer;
