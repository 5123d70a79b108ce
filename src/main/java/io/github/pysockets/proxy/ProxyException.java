package io.github.pysockets.proxy;

/** A proxy has not made the connection that it was asked for. Has no stack trace: it is an answer, not a defect. */
final class ProxyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /** @param text what follows the errno's text */
    ProxyException(int errno, String text) {
        super(text, null, false, false);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
