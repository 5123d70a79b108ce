package io.github.pysockets.stack;

/**
 * What a stack says of a failure beyond its errno, such as what a wrapper has refused. The stack leaves the text with
 * the calling thread right before the call fails. Whoever makes an exception of the errno takes it, on the same thread.
 */
public final class FailureText {
    private static final ThreadLocal<FailureText> LEFT = new ThreadLocal<>();

    private final int errno;
    private final String text;

    private FailureText(int errno, String text) {
        this.errno = errno;
        this.text = text;
    }

    /**
     * Leaves a text with the current thread, in place of an earlier one.
     *
     * @param text what follows the errno's own text and a colon in the message that users see
     */
    public static void leave(int errno, String text) {
        LEFT.set(new FailureText(errno, text));
    }

    /** The text that was left for this errno; null for none. It stays. */
    public static String peek(int errno) {
        FailureText left = LEFT.get();
        return left == null || left.errno != errno ? null : left.text;
    }

    /** The text that was left for this errno, which is then gone; null for none. */
    public static String take(int errno) {
        String text = peek(errno);
        if (text != null) {
            clear();
        }
        return text;
    }

    /** Forgets what was left: a call that fails now has other reasons. */
    public static void clear() {
        LEFT.remove();
    }
}
