package io.github.pysockets.tls.cert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/**
 * Whether the names in a chain are among those that its CAs may certify: RFC 5280, section 4.2.1.10. As with OpenSSL, a
 * root's own constraints count too; the JDK's validator ignores them.
 */
final class NameConstraints {
    /** A common name of this form is taken for the name of a host. */
    private static final Pattern HOST = Pattern.compile("\\w([\\w-]*\\w)?(\\.\\w([\\w-]*\\w)?)+");

    private NameConstraints() {}

    static int code(List<ParsedCertificate> chain) {
        PKIXNameConstraintValidator rules = new PKIXNameConstraintValidator();
        for (int i = chain.size() - 1; i >= 0; i--) {
            ParsedCertificate certificate = chain.get(i);
            if (i == 0 || !certificate.isSelfIssued()) {
                int code = code(rules, names(certificate, i == 0));
                if (code != VerifyErrors.OK) {
                    return code;
                }
            }
            add(rules, certificate.extension(ExtensionOids.NAME_CONSTRAINTS));
        }
        return VerifyErrors.OK;
    }

    private static int code(PKIXNameConstraintValidator rules, List<GeneralName> names) {
        for (GeneralName name : names) {
            try {
                rules.checkPermitted(name);
            } catch (NameConstraintValidatorException outside) {
                return VerifyErrors.PERMITTED_VIOLATION;
            }
            try {
                rules.checkExcluded(name);
            } catch (NameConstraintValidatorException inside) {
                return VerifyErrors.EXCLUDED_VIOLATION;
            }
        }
        return VerifyErrors.OK;
    }

    private static void add(PKIXNameConstraintValidator rules, byte[] extension) {
        if (extension == null) {
            return;
        }
        org.bouncycastle.asn1.x509.NameConstraints constraints = org.bouncycastle.asn1.x509.NameConstraints
                .getInstance(extension);
        if (constraints.getPermittedSubtrees() != null) {
            rules.intersectPermittedSubtree(constraints.getPermittedSubtrees());
        }
        if (constraints.getExcludedSubtrees() != null) {
            for (GeneralSubtree tree : constraints.getExcludedSubtrees()) {
                rules.addExcludedSubtree(tree);
            }
        }
    }

    /** Subject and alternative names; for the peer's own without a DNS name also common names that are hosts. */
    private static List<GeneralName> names(ParsedCertificate certificate, boolean end) {
        List<GeneralName> names = new ArrayList<>();
        X500Name subject = X500Name.getInstance(
                certificate.certificate().getSubjectX500Principal().getEncoded());
        if (subject.size() > 0) {
            names.add(new GeneralName(subject));
        }
        byte[] alternatives = certificate.extension(ExtensionOids.SUBJECT_ALTERNATIVE_NAME);
        if (alternatives != null) {
            names.addAll(List.of(GeneralNames.getInstance(alternatives).getNames()));
        }
        if (end && names.stream().noneMatch(name -> name.getTagNo() == GeneralName.dNSName)) {
            Attribute.commonNames(certificate.certificate().getSubjectX500Principal()).stream()
                    .filter(text -> HOST.matcher(text).matches())
                    .forEach(text -> names.add(new GeneralName(GeneralName.dNSName, text)));
        }
        return names;
    }
}
