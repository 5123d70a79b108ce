package io.github.pysockets.cli;

/** The program cannot start. The message begins with the step that failed, as python names it. */
final class FatalException extends Exception {
    private static final long serialVersionUID = 1;

    FatalException(String step, String message) {
        super(step + ": " + message);
    }
}
