package io.github.pysockets.tls.cert;

import java.util.List;
import java.util.Map;

/** One of a certificate's alternative names as CPython shows it: a pair of kind and value. */
final class AlternativeName {
    /** The tags of the kinds: RFC 5280, section 4.2.1.6. */
    static final int OTHER = 0;
    static final int EMAIL = 1;
    static final int DNS = 2;
    static final int X400 = 3;
    static final int DIRECTORY = 4;
    static final int EDI_PARTY = 5;
    static final int URI = 6;
    static final int IP = 7;
    static final int REGISTERED_ID = 8;

    private static final String UNSUPPORTED = "<unsupported>";
    private static final String SERVICE = "SRVName:";

    /** The kinds of other names whose value OpenSSL prints, and the prefix that it prints. */
    private static final Map<String, String> PRINTED = Map.of(
            "1.3.6.1.5.5.7.8.9", "SmtpUTF8Mailbox:",
            "1.3.6.1.5.5.7.8.5", "XmppAddr:",
            "1.3.6.1.5.5.7.8.7", SERVICE,
            "1.3.6.1.4.1.311.20.2.3", "UPN:",
            "1.3.6.1.5.5.7.8.8", "NAIRealm:");

    private AlternativeName() {}

    static Object[] form(Der name) {
        return switch (name.contextNumber()) {
            case OTHER -> pair("othername", other(name.items()));
            case EMAIL -> pair("email", utf8(name));
            case DNS -> pair("DNS", utf8(name));
            case X400 -> pair("X400Name", UNSUPPORTED);
            case DIRECTORY -> pair("DirName", PeerCertificateDict.name(Der.of(name.content())));
            case EDI_PARTY -> pair("EdiPartyName", UNSUPPORTED);
            case URI -> pair("URI", utf8(name));
            case IP -> pair("IP Address", address(name.content()));
            case REGISTERED_ID -> pair("Registered ID", ObjectNames.longName(name.oid()));
            default -> throw new IllegalArgumentException("unknown kind of name: " + name.tag());
        };
    }

    /** The string of a name that is one, whatever its type allows. */
    static String utf8(Der name) {
        return Asn1String.of(name).utf8();
    }

    /** IPv6 in capitals, and with all its groups. */
    private static String address(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        if (bytes.length == 4) {
            for (byte b : bytes) {
                text.append(text.isEmpty() ? "" : ".").append(b & 0xFF);
            }
            return text.toString();
        }
        if (bytes.length != 16) {
            return "<invalid>";
        }
        for (int i = 0; i < bytes.length; i += 2) {
            int group = (bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF;
            text.append(i == 0 ? "" : ":").append(String.format("%X", group));
        }
        return text.toString();
    }

    private static String other(List<Der> typeAndValue) {
        String prefix = PRINTED.get(typeAndValue.get(0).oid());
        Asn1String value = Asn1String.of(Der.of(typeAndValue.get(1).content()));
        int wanted = SERVICE.equals(prefix) ? Asn1String.IA5_STRING : Asn1String.UTF8_STRING;
        return prefix != null && value.tag() == wanted ? prefix + value.utf8() : UNSUPPORTED;
    }

    private static Object[] pair(String kind, Object value) {
        return new Object[] {kind, value};
    }
}
