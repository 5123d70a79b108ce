package io.github.pysockets.graalpy;

import io.github.pysockets.tls.CipherString;
import io.github.pysockets.tls.CipherSuite;
import io.github.pysockets.tls.IdentityReader;
import io.github.pysockets.tls.Roles;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.TrustStore;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** What the Python side calls for the contexts of TLS connections. Results are as those of {@link TlsCalls}. */
public final class TlsContextCalls {
    private final PythonValues python;
    private final TlsFailures failures;
    private final ServerNames names;
    private final SSLContext hostTrust;

    TlsContextCalls(PythonValues python, TlsFailures failures, ServerNames names, SSLContext hostTrust) {
        this.python = python;
        this.failures = failures;
        this.names = names;
        this.hostTrust = hostTrust;
    }

    /** @param roles the name of one of {@link Roles} */
    @HostAccess.Export
    public Object create(String roles) {
        return Guard.value(() -> new TlsContext(Roles.valueOf(roles)));
    }

    // Settings

    /** @param lowest the number of a version in records; above {@code highest} for no version at all */
    @HostAccess.Export
    public void setVersions(TlsContext context, int lowest, int highest) {
        context.setVersions(lowest, highest);
    }

    @HostAccess.Export
    public void setVerification(TlsContext context, int mode, int flags) {
        context.setVerification(mode, flags);
    }

    @HostAccess.Export
    public void setHostChecking(TlsContext context, boolean check, int flags) {
        context.setHostChecking(check, flags);
    }

    /** @param chooses whether a server's order of ciphers counts, and not its client's */
    @HostAccess.Export
    public void setCipherServerPreference(TlsContext context, boolean chooses) {
        context.setCipherServerPreference(chooses);
    }

    /** @param resumption whether a server takes up earlier sessions */
    @HostAccess.Export
    public void setResumption(TlsContext context, boolean resumption) {
        context.setResumption(resumption);
    }

    /** @param level the security level from then on */
    @HostAccess.Export
    public int setCiphers(TlsContext context, String cipherString, int level) {
        return failures.action(() -> {
            context.setCiphers(CipherString.select(cipherString));
            context.setSecurityLevel(level);
        });
    }

    /** The security level that a string of ciphers sets, where it was {@code before}. */
    @HostAccess.Export
    public int securityLevel(String cipherString, int before) {
        return (int) Guard.value(() -> CipherString.securityLevel(cipherString, before));
    }

    /**
     * A tuple of tuples (id, name, protocol, description, strength bits, bits, aead, symmetric, digest, key exchange,
     * authentication).
     */
    @HostAccess.Export
    public Object ciphers(TlsContext context) {
        return Guard.value(() -> python.tuple(context.ciphers().stream().map(this::full).toArray()));
    }

    private Value full(CipherSuite cipher) {
        return python.tuple(
                cipher.id(),
                cipher.name(),
                cipher.protocol(),
                cipher.description(),
                cipher.strengthBits(),
                cipher.algBits(),
                cipher.aead(),
                cipher.symmetric(),
                cipher.digest(),
                cipher.kea(),
                cipher.auth());
    }

    /** @param protocols strs in which each char is an octet */
    @HostAccess.Export
    public void setApplicationProtocols(TlsContext context, String... protocols) {
        context.setApplicationProtocols(List.of(protocols));
    }

    @HostAccess.Export
    public int setGroup(TlsContext context, String name) {
        return failures.action(() -> context.setGroup(name));
    }

    /** @param function see {@link ServerNames#listener}; None for no listener */
    @HostAccess.Export
    public void setServerNameListener(TlsContext context, Value function) {
        context.setServerNameListener(function.isNull() ? null : names.listener(function));
    }

    // Certificates

    /**
     * @param certificates PEM
     * @param key PEM; None where it is among the certificates
     * @param password bytes; None for none
     */
    @HostAccess.Export
    public int addIdentity(TlsContext context, Value certificates, Value key, Value password, int securityLevel) {
        return failures.action(() -> {
            byte[] secret = octetsOrNull(password);
            try {
                context.addIdentity(IdentityReader.read(
                        PythonValues.octets(certificates), octetsOrNull(key), secret, securityLevel));
            } finally {
                if (secret != null) {
                    Arrays.fill(secret, (byte) 0);
                }
            }
        });
    }

    private static byte[] octetsOrNull(Value buffer) {
        return buffer.isNull() ? null : PythonValues.octets(buffer);
    }

    /** @param pem certificates and revocation lists */
    @HostAccess.Export
    public int addFile(TlsContext context, Value pem) {
        return failures.action(() -> context.trust().addPem(PythonValues.octets(pem)));
    }

    /** @param pem certificates */
    @HostAccess.Export
    public int addText(TlsContext context, Value pem) {
        return failures.action(() -> context.trust().addText(PythonValues.octets(pem)));
    }

    /** @param der certificates, one after the other */
    @HostAccess.Export
    public int addDer(TlsContext context, Value der) {
        return failures.action(() -> context.trust().addDer(PythonValues.octets(der)));
    }

    /** @param read function: what the file of a name in the directory holds, or None; it raises nothing */
    @HostAccess.Export
    public int addDirectory(TlsContext context, Value read) {
        return failures.action(() -> context.trust().addDirectory(name -> octetsOrNull(read.execute(name))));
    }

    /** Trusts whom the application does, where it has said so. Gives 1 or 0. */
    @HostAccess.Export
    public int useHostTrust(TlsContext context) {
        if (hostTrust == null) {
            return 0;
        }
        context.useHostTrust(hostTrust);
        return 1;
    }

    /** Trusts whom the system does. */
    @HostAccess.Export
    public int addSystem(TlsContext context) {
        return failures.action(() -> context.trust().addSystem());
    }

    /** A tuple (certificates, revocation lists, certificates of authorities). */
    @HostAccess.Export
    public Object storeCounts(TlsContext context) {
        return failures.value(() -> {
            TrustStore.Counts counts = context.trust().counts();
            return python.tuple(counts.x509(), counts.crl(), counts.x509Ca());
        });
    }

    /** A tuple of bytes in DER. */
    @HostAccess.Export
    public Object authorities(TlsContext context) {
        return failures.value(() -> python.certificates(context.trust().authorities()));
    }

    /** A tuple in the order of {@code SSLContext.session_stats()}. */
    @HostAccess.Export
    public Object sessionStatistics(TlsContext context) {
        return Guard.value(() -> python.tuple(
                Arrays.stream(context.sessionStatistics()).boxed().toArray()));
    }
}
