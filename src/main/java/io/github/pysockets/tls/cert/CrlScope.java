package io.github.pysockets.tls.cert;

import java.security.cert.X509CRL;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;

/** Which certificates a revocation list covers: RFC 5280, section 5.2.5. */
final class CrlScope {
    private CrlScope() {}

    /** Whether the list would name the certificate if it were revoked, whatever the reason. */
    static boolean covers(X509CRL list, ParsedCertificate certificate) {
        byte[] wrapped = list.getExtensionValue(ExtensionOids.ISSUING_DISTRIBUTION_POINT);
        if (wrapped == null) {
            return true;
        }
        try {
            IssuingDistributionPoint point = IssuingDistributionPoint.getInstance(
                    ASN1OctetString.getInstance(wrapped).getOctets());
            boolean authority = certificate.isMarkedAuthority();
            return !point.onlyContainsAttributeCerts()
                    && !point.isIndirectCRL()
                    && point.getOnlySomeReasons() == null
                    && !(point.onlyContainsUserCerts() && authority)
                    && !(point.onlyContainsCACerts() && !authority)
                    && isPlaceOf(certificate, point.getDistributionPoint());
        } catch (IllegalArgumentException | IllegalStateException broken) {
            return false;
        }
    }

    /** Whether the list's distribution point is one that the certificate names. */
    private static boolean isPlaceOf(ParsedCertificate certificate, DistributionPointName place) {
        if (place == null) {
            return true;
        }
        byte[] points = certificate.extension(ExtensionOids.CRL_DISTRIBUTION_POINTS);
        if (points == null) {
            return false;
        }
        Set<GeneralName> names = names(place);
        for (DistributionPoint point : CRLDistPoint.getInstance(points).getDistributionPoints()) {
            DistributionPointName own = point.getDistributionPoint();
            if (own == null || names(own).stream().anyMatch(names::contains)) {
                return true;
            }
        }
        return false;
    }

    private static Set<GeneralName> names(DistributionPointName place) {
        return place.getType() == DistributionPointName.FULL_NAME
                ? new HashSet<>(Arrays.asList(GeneralNames.getInstance(place.getName()).getNames()))
                : Set.of();
    }
}
