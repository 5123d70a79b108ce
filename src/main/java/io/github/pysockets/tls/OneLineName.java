package io.github.pysockets.tls;

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
     * X509_NAME_oneline(3): {@code /C=US/O=Company/CN=host}. An octet that is no printable ASCII character is
     * {@code \xHH}; a slash within a value is not told from one between values.
     */
    static String of(X500Principal name) {
        StringBuilder line = new StringBuilder();
        for (List<Attribute> part : Attribute.of(name)) {
            for (Attribute attribute : part) {
                line.append('/').append(type(attribute)).append('=');
                for (byte octet : printedOctets(attribute.value())) {
                    if (octet >= ' ' && octet <= '~') {
                        line.append((char) octet);
                    } else {
                        line.append("\\x").append(HEX.toHexDigits(octet));
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

    /** Of a general string of four octets for each character, only the last of each, as OpenSSL has it. */
    private static byte[] printedOctets(StringValue value) {
        byte[] octets = value.octets();
        if (value.isBits()) {
            return value.bits();
        }
        if (value.tag() != StringValue.GENERAL_STRING || octets.length % 4 != 0) {
            return octets;
        }
        byte[] last = new byte[octets.length / 4];
        for (int i = 0; i < octets.length; i++) {
            if (i % 4 == 3) {
                last[i / 4] = octets[i];
            } else if (octets[i] != 0) {
                return octets;
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
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            boolean atEdge = octet == '#' && i == 0 || octet == ' ' && (i == 0 || i == octets.length - 1);
            if (octet < ' ' || octet > '~') {
                escaped.append('\\').append(HEX.toHexDigits(octet));
            } else {
                escaped.append(atEdge || ALWAYS_ESCAPED.indexOf(octet) >= 0 ? "\\" : "").append((char) octet);
            }
        }
        return escaped.toString();
    }
}
