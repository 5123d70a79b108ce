package io.github.pysockets.tls.cert;

import java.util.Locale;

/** A failure in OpenSSL's words: what Python's {@code ssl.SSLError} shows. */
public final class OpenSslException extends Exception {
    private static final long serialVersionUID = 1;

    private final String library;
    private final String reason;
    private final int verifyCode;
    private final String verifyMessage;
    private final boolean fromPeer;

    private OpenSslException(
            String library, String reason, String text, int verifyCode, String verifyMessage, boolean fromPeer) {
        super(text);
        this.library = library;
        this.reason = reason;
        this.verifyCode = verifyCode;
        this.verifyMessage = verifyMessage;
        this.fromPeer = fromPeer;
    }

    /**
     * A failure of OpenSSL's SSL library. The text is the reason in small letters, as OpenSSL has it for all reasons
     * that are used here.
     *
     * @param reason as in {@code SSLError.reason}: WRONG_VERSION_NUMBER
     */
    public static OpenSslException ssl(String reason) {
        return ssl(reason, text(reason));
    }

    private static String text(String reason) {
        return reason.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * A failure of OpenSSL's SSL library.
     *
     * @param reason as in {@code SSLError.reason}; null for none
     * @param text the same for people: wrong version number
     */
    public static OpenSslException ssl(String reason, String text) {
        return new OpenSslException("SSL", reason, text, 0, null, false);
    }

    /**
     * A fatal alert that the peer has sent.
     *
     * @param reason as in {@code SSLError.reason}; null for none
     * @param text for an alert without a reason
     */
    public static OpenSslException alert(String reason, String text) {
        return new OpenSslException("SSL", reason, reason == null ? text : text(reason), 0, null, true);
    }

    /**
     * A failure of any of OpenSSL's libraries.
     *
     * @param library as in {@code SSLError.library}: SSL, X509, PEM; null for none
     * @param reason null for none
     */
    public static OpenSslException of(String library, String reason, String text) {
        return new OpenSslException(library, reason, text, 0, null, false);
    }

    /**
     * A peer's certificate that is not accepted.
     *
     * @param verifyCode one of OpenSSL's X509_V_ERR numbers
     * @param verifyMessage what it means: certificate has expired
     */
    public static OpenSslException verification(int verifyCode, String verifyMessage) {
        return new OpenSslException(
                "SSL",
                "CERTIFICATE_VERIFY_FAILED",
                "certificate verify failed: " + verifyMessage,
                verifyCode,
                verifyMessage,
                false);
    }

    /** What went wrong, without library and reason. */
    public String text() {
        return getMessage();
    }

    /** Null for none. */
    public String library() {
        return library;
    }

    /** Null for none. */
    public String reason() {
        return reason;
    }

    /** {@code SSLError.errno} of a failure outside any connection, as in reading a file of certificates. */
    public int number() {
        return library == null ? 0 : ReasonNumbers.of(reason);
    }

    /** Whether the peer has said so by an alert. */
    public boolean isFromPeer() {
        return fromPeer;
    }

    /** 0 where no certificate was verified. */
    public int verifyCode() {
        return verifyCode;
    }

    /** Null where no certificate was verified. */
    public String verifyMessage() {
        return verifyMessage;
    }
}
