package io.github.pysockets.cli;

/** The description of a network is wrong; the message says where and why, in one sentence. */
final class NetworkFileException extends Exception {
    private static final long serialVersionUID = 1;

    NetworkFileException(String message) {
        super(message);
    }
}
