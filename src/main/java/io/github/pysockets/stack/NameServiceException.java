package io.github.pysockets.stack;

/** A name service failed with an error code of one of the ranges. {@link NameService#errorText} has its text. */
public final class NameServiceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The ranges of error codes. */
    public enum Range {
        /** EAI_NONAME and so on: getaddrinfo(3), text by gai_strerror(3). */
        EAI,
        /** HOST_NOT_FOUND and so on: gethostbyname(3), text by hstrerror(3). */
        H_ERRNO
    }

    private final Range range;
    private final int code;

    public NameServiceException(Range range, int code) {
        super(null, null, false, false);
        this.range = range;
        this.code = code;
    }

    @Override
    public String getMessage() {
        return range + " " + code;
    }

    public Range range() {
        return range;
    }

    public int code() {
        return code;
    }
}
