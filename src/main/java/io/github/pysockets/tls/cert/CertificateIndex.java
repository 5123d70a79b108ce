package io.github.pysockets.tls.cert;

import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Certificates by their subject, and revocation lists by their issuer; each of them once. Not safe for threads. */
final class CertificateIndex {
    private final Set<ParsedCertificate> certificates = new LinkedHashSet<>();
    private final Set<X509CRL> lists = new LinkedHashSet<>();
    private final Map<CanonicalName, List<ParsedCertificate>> bySubject = new HashMap<>();
    private final Map<CanonicalName, List<X509CRL>> byIssuer = new HashMap<>();

    void add(ParsedCertificate certificate) {
        if (certificates.add(certificate)) {
            bySubject
                    .computeIfAbsent(certificate.subject(), name -> new ArrayList<>(1))
                    .add(certificate);
        }
    }

    void add(X509CRL list) {
        if (lists.add(list)) {
            CanonicalName issuer = CanonicalName.of(list.getIssuerX500Principal());
            byIssuer.computeIfAbsent(issuer, name -> new ArrayList<>(1)).add(list);
        }
    }

    void addAll(CertificateIndex other) {
        other.certificates.forEach(this::add);
        other.lists.forEach(this::add);
    }

    Set<ParsedCertificate> certificates() {
        return certificates;
    }

    Set<X509CRL> lists() {
        return lists;
    }

    List<ParsedCertificate> bySubject(CanonicalName name) {
        return List.copyOf(bySubject.getOrDefault(name, List.of()));
    }

    List<X509CRL> byIssuer(CanonicalName name) {
        return List.copyOf(byIssuer.getOrDefault(name, List.of()));
    }

    boolean isEmpty() {
        return certificates.isEmpty() && lists.isEmpty();
    }
}
