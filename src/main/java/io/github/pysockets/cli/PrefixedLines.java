package io.github.pysockets.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes whole lines to a stream that others use too, each after the name of who has written it. */
final class PrefixedLines extends OutputStream {
    private final byte[] prefix;
    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isSilent;

    PrefixedLines(String name, PrintStream out) {
        prefix = (name + " | ").getBytes(StandardCharsets.UTF_8);
        this.out = out;
    }

    @Override
    public synchronized void write(int value) {
        line.write(value);
        if (value == '\n') {
            end();
        }
    }

    @Override
    public synchronized void write(byte[] from, int at, int count) {
        for (int index = at; index < at + count; index++) {
            write(from[index]);
        }
    }

    private void end() {
        if (!isSilent) {
            synchronized (out) {
                out.write(prefix, 0, prefix.length);
                out.write(line.toByteArray(), 0, line.size());
                out.flush();
            }
        }
        line.reset();
    }

    /** Writes what is left of a last line, and nothing from then on. */
    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            write('\n');
        }
        isSilent = true;
    }
}
