package io.github.pysockets.tls;

/** A failure of TLS, in OpenSSL's words: what Python's {@code ssl.SSLError} tells. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    private final String library;
    private final String reason;
    private final int verifyCode;
    private final String verifyMessage;

    private TlsException(String library, String reason, String text, int verifyCode, String verifyMessage) {
        super(text);
        this.library = library;
        this.reason = reason;
        this.verifyCode = verifyCode;
        this.verifyMessage = verifyMessage;
    }

    /**
     * A failure of OpenSSL's SSL library.
     *
     * @param reason as in {@code SSLError.reason}: WRONG_VERSION_NUMBER
     * @param text the same for people: wrong version number
     */
    public static TlsException ssl(String reason, String text) {
        return new TlsException("SSL", reason, text, 0, null);
    }

    /**
     * A failure of any of OpenSSL's libraries.
     *
     * @param library as in {@code SSLError.library}: SSL, X509, PEM; null for none
     * @param reason null for none
     */
    public static TlsException of(String library, String reason, String text) {
        return new TlsException(library, reason, text, 0, null);
    }

    /**
     * A peer's certificate that is not accepted.
     *
     * @param verifyCode one of OpenSSL's X509_V_ERR numbers
     * @param verifyMessage what it means: certificate has expired
     */
    public static TlsException verification(int verifyCode, String verifyMessage) {
        return new TlsException(
                "SSL",
                "CERTIFICATE_VERIFY_FAILED",
                "certificate verify failed: " + verifyMessage,
                verifyCode,
                verifyMessage);
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

    /** 0 where the failure is not one of a certificate. */
    public int verifyCode() {
        return verifyCode;
    }

    /** Null where the failure is not one of a certificate. */
    public String verifyMessage() {
        return verifyMessage;
    }
}
