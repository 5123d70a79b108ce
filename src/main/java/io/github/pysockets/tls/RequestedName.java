package io.github.pysockets.tls;

import java.nio.charset.StandardCharsets;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/**
 * The name of a server as a client sends it, byte for byte: RFC 6066, section 3. {@link SNIHostName} takes only names
 * that hosts may have, and so no {@code my_service} and no dot at the end, which OpenSSL sends.
 */
final class RequestedName extends SNIServerName {
    /** OpenSSL's TLSEXT_MAXLEN_host_name. */
    static final int LONGEST = 255;

    private RequestedName(byte[] name) {
        super(StandardConstants.SNI_HOST_NAME, name);
    }

    /** The type of the JDK where that takes the name: an application's trust manager may look for it. */
    static SNIServerName of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return new SNIHostName(bytes);
        } catch (IllegalArgumentException notOfAHost) {
            return new RequestedName(bytes);
        }
    }
}
