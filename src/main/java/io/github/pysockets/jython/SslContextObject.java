package io.github.pysockets.jython;

import io.github.pysockets.tls.CipherString;
import io.github.pysockets.tls.Roles;
import io.github.pysockets.tls.SslConstants;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.SecurityLevel;
import java.util.Set;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyObjectDerived;
import org.python.core.PyType;
import org.python.expose.ExposedType;

/**
 * An {@code _ssl._SSLContext}: settings, certificates and trusted authorities for TLS connections. What scripts see of
 * a setting is kept here; what it means, in the {@link TlsContext}.
 *
 * <p>Its class is that of Jython's objects of Python classes, so that scripts can have subclasses.
 */
@ExposedType(name = "_ssl._SSLContext")
public final class SslContextObject extends PyObjectDerived implements Bound {
    private static final long serialVersionUID = 1L;

    private static final NativeType<SslContextObject> TYPE = SslContextMethods.type().register();

    private static final Signature NEW = Signature.named("_SSLContext", 1, "protocol");

    private static final Set<Integer> PROTOCOLS = Set.of(
            SslConstants.PROTOCOL_TLS,
            SslConstants.PROTOCOL_TLSv1,
            SslConstants.PROTOCOL_TLSv1_1,
            SslConstants.PROTOCOL_TLSv1_2);

    private static final long DEFAULT_OPTIONS = SslConstants.OP_ALL
            | SslConstants.OP_NO_SSLv3
            | SslConstants.OP_NO_COMPRESSION
            | SslConstants.OP_CIPHER_SERVER_PREFERENCE
            | SslConstants.OP_ENABLE_MIDDLEBOX_COMPAT;

    private static final String DEFAULT_CIPHERS = "HIGH:!aNULL:!eNULL:!MD5";

    private final transient SslBindings ssl;
    private final transient TlsContext tls = new TlsContext(Roles.BOTH);

    private volatile long options = DEFAULT_OPTIONS;
    private volatile int verifyMode = SslConstants.CERT_NONE;
    private volatile long verifyFlags = SslConstants.VERIFY_X509_TRUSTED_FIRST;
    private volatile boolean checkHostname;
    private volatile int securityLevel = SecurityLevel.DEFAULT;

    private SslContextObject(SslBindings ssl, PyType type) {
        super(type);
        this.ssl = ssl;
    }

    /** One interpreter's type. */
    static PyType type(SslBindings ssl) {
        return TYPE.of((type, given, keywords) -> make(ssl, type, given, keywords));
    }

    private static SslContextObject make(SslBindings ssl, PyType type, PyObject[] given, String[] keywords) {
        int protocol = NEW.parse(given, keywords).number(0);
        if (!PROTOCOLS.contains(protocol)) {
            throw Py.ValueError("invalid protocol version");
        }
        SslContextObject made = new SslContextObject(ssl, type);
        made.begin(protocol);
        return made;
    }

    private void begin(int protocol) {
        tls.setOptions(options);
        if (protocol != SslConstants.PROTOCOL_TLS) {
            // TLS 1.0 and 1.1 are not there. Who asks for them, as ftplib of Jython does, wants TLS at least.
            tls.setVersions(SslConstants.PROTO_TLSv1_2, SslConstants.PROTO_TLSv1_2);
        }
        verificationChanged();
        setCiphers(DEFAULT_CIPHERS);
    }

    @Override
    public Bindings bindings() {
        return ssl.bindings();
    }

    SslBindings ssl() {
        return ssl;
    }

    TlsContext tls() {
        return tls;
    }

    long options() {
        return options;
    }

    void setOptions(long value) {
        tls.setOptions(value);
        options = value;
    }

    int verifyMode() {
        return verifyMode;
    }

    /** @param mode one of the CERT_ constants */
    void setVerifyMode(int mode) {
        verifyMode = mode;
        verificationChanged();
    }

    long verifyFlags() {
        return verifyFlags;
    }

    void setVerifyFlags(long flags) {
        verifyFlags = flags;
        verificationChanged();
    }

    private synchronized void verificationChanged() {
        tls.setVerification(verifyMode, (int) verifyFlags);
    }

    /** Whether Python code compares names; Java's TLS is not asked to. */
    boolean checksHostname() {
        return checkHostname;
    }

    void setCheckHostname(boolean check) {
        checkHostname = check;
    }

    int securityLevel() {
        return securityLevel;
    }

    /** Sets ciphers by a string in the form of openssl-ciphers(1). */
    synchronized void setCiphers(String ciphers) {
        try {
            int level = CipherString.securityLevel(ciphers, securityLevel);
            if (SecurityLevel.isLevel(level)) {
                tls.setCiphers(ciphers, level);
                securityLevel = level;
                return;
            }
        } catch (OpenSslException none) {
            // The exception is the same.
        }
        throw ssl.errors().error("No cipher can be selected.");
    }

    @Override
    public void dispatch__init__(PyObject[] arguments, String[] keywords) {
        PyObject initializer = getType().lookup("__init__");
        if (initializer != PyType.fromClass(PyObject.class).lookup("__init__")) {
            initializer.__get__(this, getType()).__call__(arguments, keywords);
        }
    }

    @Override
    public String toString() {
        return "<" + getType().fastGetName() + " object at " + Py.idstr(this) + ">";
    }
}
