package io.github.pysockets.bench;

/** A command line that is wrong; the message is one sentence for the user. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
