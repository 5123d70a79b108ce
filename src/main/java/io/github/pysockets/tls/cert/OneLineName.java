package io.github.pysockets.tls.cert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** A distinguished name on one line, in OpenSSL's two ways. */
final class OneLineName {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String ALWAYS_ESCAPED = ",+\"\\<>;";

    private OneLineName() {}

    /**
     * X509_NAME_oneline(3): {@code /C=US/O=Company/CN=host}. A byte that is not printable ASCII is {@code \xHH}; a
     * slash within a value is not escaped.
     */
    static String of(X500Principal name) {
        StringBuilder line = new StringBuilder();
        for (List<Attribute> part : Attribute.of(name)) {
            for (Attribute attribute : part) {
                line.append('/').append(type(attribute)).append('=');
                for (byte b : printedBytes(attribute.value())) {
                    if (b >= ' ' && b <= '~') {
                        line.append((char) b);
                    } else {
                        line.append("\\x").append(HEX.toHexDigits(b));
                    }
                }
            }
        }
        return line.toString();
    }

    /** X509_NAME_print_ex(3) with XN_FLAG_RFC2253: the last part first, {@code CN=host,O=Company,C=US}. */
    static String rfc2253(X500Principal name) {
        List<String> parts = new ArrayList<>();
        for (List<Attribute> part : Attribute.of(name)) {
            List<String> attributes = new ArrayList<>();
            for (Attribute attribute : part) {
                attributes.addFirst(type(attribute) + "=" + escaped(attribute));
            }
            parts.addFirst(String.join("+", attributes));
        }
        return String.join(",", parts);
    }

    private static String type(Attribute attribute) {
        return ObjectNames.shortName(attribute.type());
    }

    /** As with OpenSSL, a general string of four bytes for each character gives only the last of each. */
    private static byte[] printedBytes(Asn1String value) {
        byte[] bytes = value.bytes();
        if (value.isBits()) {
            return value.bits();
        }
        if (value.tag() != Asn1String.GENERAL_STRING || bytes.length % 4 != 0) {
            return bytes;
        }
        byte[] last = new byte[bytes.length / 4];
        for (int i = 0; i < bytes.length; i++) {
            if (i % 4 == 3) {
                last[i / 4] = bytes[i];
            } else if (bytes[i] != 0) {
                return bytes;
            }
        }
        return last;
    }

    private static String escaped(Attribute attribute) {
        String text = attribute.value().text();
        if (text == null || ObjectNames.byOid(attribute.type()) == null) {
            return "#" + HEX.formatHex(attribute.encodedValue());
        }
        StringBuilder escaped = new StringBuilder();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            boolean atEdge = b == '#' && i == 0 || b == ' ' && (i == 0 || i == bytes.length - 1);
            if (b < ' ' || b > '~') {
                escaped.append('\\').append(HEX.toHexDigits(b));
            } else {
                escaped.append(atEdge || ALWAYS_ESCAPED.indexOf(b) >= 0 ? "\\" : "").append((char) b);
            }
        }
        return escaped.toString();
    }
}
