package io.github.pysockets;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged as an error: each is a defect. */
final class LoggedErrors extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("io.github.pysockets");

    private final List<String> errors = new ArrayList<>();

    LoggedErrors() {
        LOGGER.addHandler(this);
    }

    /** Those since this was asked last. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            errors.add(entry.getMessage() + ": " + entry.getThrown());
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
