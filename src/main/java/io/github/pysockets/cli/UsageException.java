package io.github.pysockets.cli;

/** The command line is wrong; the message says why, in one line. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
