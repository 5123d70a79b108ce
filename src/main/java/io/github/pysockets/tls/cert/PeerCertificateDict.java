package io.github.pysockets.tls.cert;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.HexFormat;
import java.util.Map;

/**
 * What Python's {@code SSLSocket.getpeercert()} shows of a certificate: the keys of a dict with their values, in
 * CPython's order and words.
 */
public final class PeerCertificateDict {
    /** Where the fields are, counted from the serial number. */
    private static final int ISSUER = 2;
    private static final int VALIDITY = 3;
    private static final int SUBJECT = 4;
    /** The number of the field's tag. */
    private static final int EXTENSIONS = 3;

    private static final String OCSP = "1.3.6.1.5.5.7.48.1";
    private static final String CA_ISSUERS = "1.3.6.1.5.5.7.48.2";

    private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

    private PeerCertificateDict() {}

    /**
     * The dict of a certificate.
     *
     * @return for each key a pair of it and its value. A value is a String, an Integer, a {@code byte[]} (for an
     *         attribute that is a bit string), or an Object[] of values for a tuple
     * @throws OpenSslException where it is not a certificate
     */
    public static Object[] of(byte[] der) throws OpenSslException {
        try {
            return form(Der.of(der).sequence().getFirst().sequence());
        } catch (RuntimeException | StackOverflowError broken) {
            throw OpenSslException.of("X509", null, "ASN1 lib");
        }
    }

    /** @param fields of the part that is signed: RFC 5280, section 4.1 */
    private static Object[] form(List<Der> fields) {
        boolean versioned = fields.getFirst().isContext(0);
        int version = versioned ? Der.of(fields.getFirst().content()).integer().intValueExact() + 1 : 1;
        int first = versioned ? 1 : 0;
        List<Der> validity = fields.get(first + VALIDITY).sequence();
        List<Object> form = new ArrayList<>();
        form.add(pair("subject", name(fields.get(first + SUBJECT))));
        form.add(pair("issuer", name(fields.get(first + ISSUER))));
        form.add(pair("version", version));
        form.add(pair("serialNumber", hexadecimal(fields.get(first).integer())));
        form.add(pair("notBefore", Asn1Time.of(Asn1String.of(validity.get(0)))));
        form.add(pair("notAfter", Asn1Time.of(Asn1String.of(validity.get(1)))));
        Map<String, Der> extensions = extensions(fields.getLast());
        if (extensions.containsKey(ExtensionOids.SUBJECT_ALTERNATIVE_NAME)) {
            // The key is there even where the extension has no names.
            form.add(pair("subjectAltName", alternatives(extensions.get(ExtensionOids.SUBJECT_ALTERNATIVE_NAME))));
        }
        Der access = extensions.get(ExtensionOids.AUTHORITY_INFORMATION_ACCESS);
        addIfAny(form, "OCSP", access(access, OCSP));
        addIfAny(form, "caIssuers", access(access, CA_ISSUERS));
        addIfAny(form, "crlDistributionPoints", revocationLists(extensions.get(ExtensionOids.CRL_DISTRIBUTION_POINTS)));
        return form.toArray();
    }

    private static Map<String, Der> extensions(Der last) {
        Map<String, Der> extensions = new HashMap<>();
        if (last.isContext(EXTENSIONS)) {
            for (Der extension : Der.of(last.content()).sequence()) {
                List<Der> parts = extension.sequence();
                extensions.putIfAbsent(parts.getFirst().oid(), Der.of(parts.getLast().octetString()));
            }
        }
        return extensions;
    }

    static Object[] name(Der name) {
        List<Object> parts = new ArrayList<>();
        for (List<Attribute> part : Attribute.of(name)) {
            List<Object> attributes = new ArrayList<>();
            for (Attribute attribute : part) {
                Asn1String value = attribute.value();
                Object shown = value.isBits() ? value.bits() : text(value);
                attributes.add(pair(ObjectNames.longName(attribute.type()), shown));
            }
            parts.add(attributes.toArray());
        }
        return parts.toArray();
    }

    private static String text(Asn1String value) {
        String text = value.text();
        if (text == null) {
            throw new IllegalArgumentException("not a string: " + value.tag());
        }
        return text;
    }

    /** The bytes in capitals, with a sign before a negative number. */
    private static String hexadecimal(BigInteger number) {
        // BigInteger.toString takes minutes for the megabytes that a number may have.
        byte[] bytes = number.abs().toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return (number.signum() < 0 ? "-" : "") + HEXADECIMAL.formatHex(bytes, from, bytes.length);
    }

    private static Object[] alternatives(Der names) {
        return names.sequence().stream().map(AlternativeName::form).toArray();
    }

    private static List<Object> access(Der descriptions, String method) {
        List<Object> places = new ArrayList<>();
        if (descriptions != null) {
            for (Der description : descriptions.sequence()) {
                List<Der> methodAndPlace = description.sequence();
                if (methodAndPlace.get(0).oid().equals(method)) {
                    addAddress(places, methodAndPlace.get(1));
                }
            }
        }
        return places;
    }

    /** The addresses in the points' full names; what else a point has is not shown. */
    private static List<Object> revocationLists(Der points) {
        List<Object> places = new ArrayList<>();
        if (points != null) {
            for (Der point : points.sequence()) {
                for (Der part : point.sequence()) {
                    Der name = part.isContext(0) ? Der.of(part.content()) : null;
                    if (name != null && name.isContext(0)) {
                        name.items().forEach(place -> addAddress(places, place));
                    }
                }
            }
        }
        return places;
    }

    private static void addAddress(List<Object> places, Der place) {
        if (place.isContext(AlternativeName.URI)) {
            places.add(AlternativeName.utf8(place));
        }
    }

    private static void addIfAny(List<Object> form, String key, List<Object> values) {
        if (!values.isEmpty()) {
            form.add(pair(key, values.toArray()));
        }
    }

    private static Object[] pair(String key, Object value) {
        return new Object[] {key, value};
    }
}
