package io.github.pysockets.tls.cert;

import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A part of a distinguished name.
 *
 * @param type the object identifier of its type
 * @param encodedValue its value, with its header
 */
record Attribute(String type, byte[] encodedType, Asn1String value, byte[] encodedValue) {
    static final String COMMON_NAME = "2.5.4.3";

    /** The relative names that a name consists of, each of one attribute or more. */
    static List<List<Attribute>> of(X500Principal name) {
        return of(Der.of(name.getEncoded()));
    }

    static List<List<Attribute>> of(Der name) {
        List<List<Attribute>> parts = new ArrayList<>();
        for (Der part : name.sequence()) {
            List<Attribute> attributes = new ArrayList<>(1);
            for (Der attribute : part.items()) {
                List<Der> pair = attribute.sequence();
                Der type = pair.get(0);
                Der value = pair.get(1);
                attributes.add(
                        new Attribute(type.oid(), type.encoding(), Asn1String.of(value), value.encoding()));
            }
            parts.add(attributes);
        }
        return parts;
    }

    /** The common names in a name, of those that are text. */
    static List<String> commonNames(X500Principal name) {
        List<String> names = new ArrayList<>();
        for (List<Attribute> part : of(name)) {
            for (Attribute attribute : part) {
                String text = attribute.value.text();
                if (COMMON_NAME.equals(attribute.type) && text != null) {
                    names.add(text);
                }
            }
        }
        return names;
    }
}
