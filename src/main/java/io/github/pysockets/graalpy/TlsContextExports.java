package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.CipherString;
import io.github.pysockets.tls.CipherSuite;
import io.github.pysockets.tls.LastFailure;
import io.github.pysockets.tls.Roles;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.cert.HashedDirectory;
import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.SecurityLevel;
import io.github.pysockets.tls.cert.TrustStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** Calls of the Python side on contexts of TLS connections. Results are as {@link TlsExports} says. */
public final class TlsContextExports {
    private final PythonValues python;
    private final LastFailure failures;
    private final ServerNames names;
    private final SSLContext hostTrust;

    TlsContextExports(PythonValues python, LastFailure failures, ServerNames names, SSLContext hostTrust) {
        this.python = python;
        this.failures = failures;
        this.names = names;
        this.hostTrust = hostTrust;
    }

    /** @param roles the name of one of {@link Roles} */
    @HostAccess.Export
    public Object create(String roles) {
        return ResultCodes.value(() -> {
            Roles known = Roles.byName(roles);
            if (known == null) {
                throw new StackException(Errno.EINVAL);
            }
            return new TlsContext(known);
        });
    }

    // Settings

    /** Parameters are those of {@link TlsContext#setVersions}. */
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

    /** @param options OpenSSL's OP_ flags; those without an effect are ignored */
    @HostAccess.Export
    public int setOptions(TlsContext context, long options) {
        return ResultCodes.action(context, it -> it.setOptions(options));
    }

    /** @param resumption whether a server resumes earlier sessions */
    @HostAccess.Export
    public int setResumption(TlsContext context, boolean resumption) {
        return ResultCodes.action(context, it -> it.setResumption(resumption));
    }

    /** @param level the new security level */
    @HostAccess.Export
    public int setCiphers(TlsContext context, String cipherString, int level) {
        return action(context, it -> {
            requireLevel(level);
            it.setCiphers(ResultCodes.given(cipherString), level);
        });
    }

    /** The security level that a cipher string sets; {@code before} where it sets none. */
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
            if (count > TlsContext.MOST_PROTOCOLS) {
                throw new StackException(Errno.EINVAL);
            }
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String protocol = PythonValues.text(PythonValues.item(protocols, i));
                if (!TlsContext.isApplicationProtocol(protocol)) {
                    throw new StackException(Errno.EINVAL);
                }
                wanted.add(protocol);
            }
            it.setApplicationProtocols(wanted);
        });
    }

    @HostAccess.Export
    public int setGroup(TlsContext context, String name) {
        return action(context, it -> it.setGroup(ResultCodes.given(name)));
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
     * @param certificates in PEM
     * @param key in PEM; None where it is in the same text as the certificates
     * @param password bytes; None for none
     */
    @HostAccess.Export
    public int addIdentity(TlsContext context, Value certificates, Value key, Value password, int securityLevel) {
        return action(context, it -> {
            requireLevel(securityLevel);
            it.loadIdentity(
                    PythonValues.toBytes(certificates), bytesOrNull(key), bytesOrNull(password), securityLevel);
        });
    }

    private static void requireLevel(int level) throws StackException {
        if (!SecurityLevel.isLevel(level)) {
            throw new StackException(Errno.EINVAL);
        }
    }

    /** A call on a context that may fail with an error of OpenSSL. */
    @FunctionalInterface
    private interface Call {
        void run(TlsContext context) throws OpenSslException, StackException;
    }

    private int action(TlsContext context, Call call) {
        return ResultCodes.number(context, it -> failures.action(() -> call.run(it)));
    }

    private static byte[] bytesOrNull(Value buffer) {
        return buffer.isNull() ? null : PythonValues.toBytes(buffer);
    }

    /** @param pem certificates and revocation lists */
    @HostAccess.Export
    public int addFile(TlsContext context, Value pem) {
        return action(context, it -> it.trust().addPem(PythonValues.toBytes(pem)));
    }

    /** @param pem certificates */
    @HostAccess.Export
    public int addText(TlsContext context, Value pem) {
        return action(context, it -> it.trust().addText(PythonValues.toBytes(pem)));
    }

    /** @param der certificates, one after the other */
    @HostAccess.Export
    public int addDer(TlsContext context, Value der) {
        return action(context, it -> it.trust().addDer(PythonValues.toBytes(der)));
    }

    /** @param read a function that returns the content of a named file in the directory, or None; it raises nothing */
    @HostAccess.Export
    public int addDirectory(TlsContext context, Value read) {
        return action(context, it -> it.trust().addDirectory(reader(read)));
    }

    private static HashedDirectory reader(Value read) {
        Value function = PythonValues.function(read);
        return name -> bytesOrNull(function.execute(name));
    }

    /** Trusts what the application trusts, if the application has set that. Returns 1 if it has, otherwise 0. */
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

    /** Trusts the certificates that the system trusts. */
    @HostAccess.Export
    public int addSystem(TlsContext context) {
        return ResultCodes.action(context, it -> it.trust().addSystem());
    }

    /** A tuple (certificates, revocation lists, certificates of authorities). */
    @HostAccess.Export
    public Object storeCounts(TlsContext context) {
        return ResultCodes.value(context, it -> {
            TrustStore.Counts counts = it.trust().counts();
            return python.tuple(counts.x509(), counts.crl(), counts.x509Ca());
        });
    }

    /** A tuple of bytes in DER. */
    @HostAccess.Export
    public Object authorities(TlsContext context) {
        return ResultCodes.value(context, it -> python.certificates(it.trust().authorities()));
    }

    /** A tuple in the order of {@code SSLContext.session_stats()}. */
    @HostAccess.Export
    public Object sessionStatistics(TlsContext context) {
        return ResultCodes.value(context, it -> python.tuple(
                Arrays.stream(it.sessionStatistics()).boxed().toArray()));
    }
}
