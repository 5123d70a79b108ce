package io.github.pysockets.tls.cert;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A block of a PEM file: RFC 7468, and the headers of RFC 1421 that old keys have.
 *
 * @param label what follows BEGIN
 * @param headers the lines before the first empty one; null where there are none
 * @param content the decoded bytes
 */
record PemBlock(String label, String headers, byte[] content) {
    private static final Pattern PROC_TYPE = Pattern.compile("Proc-Type:[ \\t]*4,[ \\t]*ENCRYPTED[ \\t\\r]*\\n");
    private static final int LONGEST_IGNORED = 10;

    /** An X.509 certificate under one of its usual labels. */
    boolean isCertificate() {
        return "CERTIFICATE".equals(label) || "X509 CERTIFICATE".equals(label);
    }

    /** A certificate that is followed by what OpenSSL shall trust it for. */
    boolean isTrustedCertificate() {
        return "TRUSTED CERTIFICATE".equals(label);
    }

    boolean isRevocationList() {
        return "X509 CRL".equals(label);
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    boolean isEncrypted() {
        return "ENCRYPTED PRIVATE KEY".equals(label) || isEncryptedByHeaders();
    }

    private boolean isEncryptedByHeaders() {
        return headers != null && PROC_TYPE.matcher(headers).lookingAt();
    }

    /** Whether there are headers, and none says how the block is encrypted. Those of a few chars are ignored. */
    boolean hasOtherHeaders() {
        return headers != null && headers.length() > LONGEST_IGNORED && !isEncryptedByHeaders();
    }

    /**
     * Refuses a block with headers that do not say how it is encrypted: PEM_get_EVP_CIPHER_INFO(3). An encrypted
     * certificate is refused too.
     */
    void requireNoHeaders() throws OpenSslException {
        if (headers != null) {
            throw OpenSslException.of("PEM", "NOT_PROC_TYPE", "not proc type");
        }
    }

    /** The block as text, for readers of whole blocks. */
    String pem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return PemReader.BEGIN + label + PemReader.DASHES + "\n" + (headers == null ? "" : headers + "\n") + base64
                + "\n" + PemReader.END + label + PemReader.DASHES + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PemBlock block
                && label.equals(block.label)
                && Arrays.equals(content, block.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Without the content, which may be a key. */
    @Override
    public String toString() {
        return "PemBlock[" + label + "]";
    }
}
