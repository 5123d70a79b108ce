package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.CipherString;
import io.github.pysockets.tls.CipherSuite;
import io.github.pysockets.tls.HashedDirectory;
import io.github.pysockets.tls.IdentityReader;
import io.github.pysockets.tls.Roles;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.TrustStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** What the Python side calls for the contexts of TLS connections. Results are as those of {@link TlsExports}. */
public final class TlsContextExports {
    private static final int HIGHEST_LEVEL = 5;
    private static final int LONGEST_PROTOCOL = 255;

    /** As many as the extension has room for, each with its length: RFC 7301. */
    private static final int MOST_PROTOCOLS = 0x7FFF;

    private final PythonValues python;
    private final TlsFailures failures;
    private final ServerNames names;
    private final SSLContext hostTrust;

    TlsContextExports(PythonValues python, TlsFailures failures, ServerNames names, SSLContext hostTrust) {
        this.python = python;
        this.failures = failures;
        this.names = names;
        this.hostTrust = hostTrust;
    }

    /** @param roles the name of one of {@link Roles} */
    @HostAccess.Export
    public Object create(String roles) {
        return ResultCodes.value(() -> {
            for (Roles known : Roles.values()) {
                if (known.name().equals(roles)) {
                    return new TlsContext(known);
                }
            }
            throw new StackException(Errno.EINVAL);
        });
    }

    // Settings

    /** @param lowest the number of a version in records; above {@code highest} for no version at all */
    @HostAccess.Export
    public int setVersions(TlsContext context, int lowest, int highest) {
        return ResultCodes.action(context, it -> it.setVersions(lowest, highest));
    }

    @HostAccess.Export
    public int setVerification(TlsContext context, int mode, int flags) {
        return ResultCodes.action(context, it -> it.setVerification(mode, flags));
    }

    @HostAccess.Export
    public int setHostChecking(TlsContext context, boolean check, int flags) {
        return ResultCodes.action(context, it -> it.setHostChecking(check, flags));
    }

    /** @param chooses whether a server's order of ciphers counts, and not its client's */
    @HostAccess.Export
    public int setCipherServerPreference(TlsContext context, boolean chooses) {
        return ResultCodes.action(context, it -> it.setCipherServerPreference(chooses));
    }

    /** @param resumption whether a server takes up earlier sessions */
    @HostAccess.Export
    public int setResumption(TlsContext context, boolean resumption) {
        return ResultCodes.action(context, it -> it.setResumption(resumption));
    }

    /** @param level the security level from then on */
    @HostAccess.Export
    public int setCiphers(TlsContext context, String cipherString, int level) {
        return failures.action(context, it -> {
            requireLevel(level);
            it.setCiphers(CipherString.select(ResultCodes.given(cipherString)));
            it.setSecurityLevel(level);
        });
    }

    /** The security level that a string of ciphers sets, where it was {@code before}. */
    @HostAccess.Export
    public int securityLevel(String cipherString, int before) {
        return ResultCodes.number(() -> {
            requireLevel(before);
            return CipherString.securityLevel(ResultCodes.given(cipherString), before);
        });
    }

    /**
     * A tuple of tuples (id, name, protocol, description, strength bits, bits, aead, symmetric, digest, key exchange,
     * authentication).
     */
    @HostAccess.Export
    public Object ciphers(TlsContext context) {
        return ResultCodes.value(context, it -> python.tuple(it.ciphers().stream().map(this::full).toArray()));
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

    /** @param protocols a tuple of strs in which each char is a byte */
    @HostAccess.Export
    public int setApplicationProtocols(TlsContext context, Value protocols) {
        return ResultCodes.action(context, it -> {
            long count = PythonValues.size(protocols);
            if (count > MOST_PROTOCOLS) {
                throw new StackException(Errno.EINVAL);
            }
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String protocol = PythonValues.text(PythonValues.item(protocols, i));
                if (protocol.isEmpty() || protocol.length() > LONGEST_PROTOCOL) {
                    throw new StackException(Errno.EINVAL);
                }
                wanted.add(protocol);
            }
            it.setApplicationProtocols(wanted);
        });
    }

    @HostAccess.Export
    public int setGroup(TlsContext context, String name) {
        return failures.action(context, it -> it.setGroup(ResultCodes.given(name)));
    }

    /** @param function see {@link ServerNames#listener}; None for no listener */
    @HostAccess.Export
    public int setServerNameListener(TlsContext context, Value function) {
        return ResultCodes.action(
                context,
                it -> it.setServerNameListener(
                        function.isNull() ? null : names.listener(PythonValues.function(function))));
    }

    // Certificates

    /**
     * @param certificates PEM
     * @param key PEM; None where it is among the certificates
     * @param password bytes; None for none
     */
    @HostAccess.Export
    public int addIdentity(TlsContext context, Value certificates, Value key, Value password, int securityLevel) {
        return failures.action(context, it -> {
            requireLevel(securityLevel);
            byte[] secret = bytesOrNull(password);
            try {
                it.addIdentity(IdentityReader.read(
                        PythonValues.toBytes(certificates), bytesOrNull(key), secret, securityLevel));
            } finally {
                if (secret != null) {
                    Arrays.fill(secret, (byte) 0);
                }
            }
        });
    }

    private static void requireLevel(int level) throws StackException {
        if (level < 0 || level > HIGHEST_LEVEL) {
            throw new StackException(Errno.EINVAL);
        }
    }

    private static byte[] bytesOrNull(Value buffer) {
        return buffer.isNull() ? null : PythonValues.toBytes(buffer);
    }

    /** @param pem certificates and revocation lists */
    @HostAccess.Export
    public int addFile(TlsContext context, Value pem) {
        return failures.action(context, it -> it.trust().addPem(PythonValues.toBytes(pem)));
    }

    /** @param pem certificates */
    @HostAccess.Export
    public int addText(TlsContext context, Value pem) {
        return failures.action(context, it -> it.trust().addText(PythonValues.toBytes(pem)));
    }

    /** @param der certificates, one after the other */
    @HostAccess.Export
    public int addDer(TlsContext context, Value der) {
        return failures.action(context, it -> it.trust().addDer(PythonValues.toBytes(der)));
    }

    /** @param read function: what the file of a name in the directory holds, or None; it raises nothing */
    @HostAccess.Export
    public int addDirectory(TlsContext context, Value read) {
        return failures.action(context, it -> it.trust().addDirectory(reader(read)));
    }

    private static HashedDirectory reader(Value read) {
        Value function = PythonValues.function(read);
        return name -> bytesOrNull(function.execute(name));
    }

    /** Trusts whom the application does, where it has said so. Gives 1 or 0. */
    @HostAccess.Export
    public int useHostTrust(TlsContext context) {
        return ResultCodes.number(context, it -> {
            if (hostTrust == null) {
                return 0;
            }
            it.useHostTrust(hostTrust);
            return 1;
        });
    }

    /** Trusts whom the system does. */
    @HostAccess.Export
    public int addSystem(TlsContext context) {
        return failures.action(context, it -> it.trust().addSystem());
    }

    /** A tuple (certificates, revocation lists, certificates of authorities). */
    @HostAccess.Export
    public Object storeCounts(TlsContext context) {
        return failures.value(context, it -> {
            TrustStore.Counts counts = it.trust().counts();
            return python.tuple(counts.x509(), counts.crl(), counts.x509Ca());
        });
    }

    /** A tuple of bytes in DER. */
    @HostAccess.Export
    public Object authorities(TlsContext context) {
        return failures.value(context, it -> python.certificates(it.trust().authorities()));
    }

    /** A tuple in the order of {@code SSLContext.session_stats()}. */
    @HostAccess.Export
    public Object sessionStatistics(TlsContext context) {
        return ResultCodes.value(context, it -> python.tuple(
                Arrays.stream(it.sessionStatistics()).boxed().toArray()));
    }
}
