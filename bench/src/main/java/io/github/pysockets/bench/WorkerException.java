package io.github.pysockets.bench;

/** A process that could not do what it was asked; the message says why, for the table. */
final class WorkerException extends Exception {
    private static final long serialVersionUID = 1;

    WorkerException(String message) {
        super(message);
    }

    WorkerException(String message, Throwable cause) {
        super(message, cause);
    }
}
