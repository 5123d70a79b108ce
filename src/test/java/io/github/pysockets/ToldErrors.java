package io.github.pysockets;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What PySockets logs as an error, from when this is made to when it is closed. */
final class ToldErrors extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("io.github.pysockets");

    private final List<LogRecord> records = new ArrayList<>();

    ToldErrors() {
        LOGGER.addHandler(this);
    }

    synchronized List<LogRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public synchronized void publish(LogRecord told) {
        if (told.getLevel().intValue() >= Level.SEVERE.intValue()) {
            records.add(told);
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
