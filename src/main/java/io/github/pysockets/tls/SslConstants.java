package io.github.pysockets.tls;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers and flags that Python's {@code ssl} modules have names for, with their values in OpenSSL 3 on Linux. What
 * an interpreter's {@code _ssl} gives to scripts comes from here.
 */
public final class SslConstants {
    public static final int PROTOCOL_SSLv23 = 2;
    public static final int PROTOCOL_TLS = 2;
    public static final int PROTOCOL_TLSv1 = 3;
    public static final int PROTOCOL_TLSv1_1 = 4;
    public static final int PROTOCOL_TLSv1_2 = 5;
    public static final int PROTOCOL_TLS_CLIENT = 16;
    public static final int PROTOCOL_TLS_SERVER = 17;

    public static final int PROTO_MINIMUM_SUPPORTED = -2;
    public static final int PROTO_MAXIMUM_SUPPORTED = -1;
    public static final int PROTO_SSLv3 = 0x0300;
    public static final int PROTO_TLSv1 = 0x0301;
    public static final int PROTO_TLSv1_1 = 0x0302;
    public static final int PROTO_TLSv1_2 = 0x0303;
    public static final int PROTO_TLSv1_3 = 0x0304;

    public static final int CERT_NONE = 0;
    public static final int CERT_OPTIONAL = 1;
    public static final int CERT_REQUIRED = 2;

    public static final int ENCODING_PEM = 1;
    public static final int ENCODING_DER = 2;

    // See SSL_CTX_set_options(3).
    public static final int OP_NO_SSLv2 = 0;
    public static final int OP_SINGLE_DH_USE = 0;
    public static final int OP_SINGLE_ECDH_USE = 0;
    public static final int OP_LEGACY_SERVER_CONNECT = 0x00000004;
    public static final int OP_ENABLE_KTLS = 0x00000008;
    public static final int OP_IGNORE_UNEXPECTED_EOF = 0x00000080;
    public static final int OP_NO_TICKET = 0x00004000;
    public static final int OP_NO_COMPRESSION = 0x00020000;
    public static final int OP_ENABLE_MIDDLEBOX_COMPAT = 0x00100000;
    public static final int OP_CIPHER_SERVER_PREFERENCE = 0x00400000;
    public static final int OP_NO_SSLv3 = 0x02000000;
    public static final int OP_NO_TLSv1 = 0x04000000;
    public static final int OP_NO_TLSv1_2 = 0x08000000;
    public static final int OP_NO_TLSv1_1 = 0x10000000;
    public static final int OP_NO_TLSv1_3 = 0x20000000;
    public static final int OP_NO_RENEGOTIATION = 0x40000000;
    public static final long OP_ALL = 0x80000050L;

    // See X509_VERIFY_PARAM_set_flags(3).
    public static final int VERIFY_DEFAULT = 0;
    public static final int VERIFY_CRL_CHECK_LEAF = 0x4;
    public static final int VERIFY_CRL_CHECK_CHAIN = 0xC;
    public static final int VERIFY_X509_STRICT = 0x20;
    public static final int VERIFY_ALLOW_PROXY_CERTS = 0x40;
    public static final int VERIFY_X509_TRUSTED_FIRST = 0x8000;
    public static final int VERIFY_X509_PARTIAL_CHAIN = 0x80000;

    // See X509_check_host(3).
    public static final int HOSTFLAG_ALWAYS_CHECK_SUBJECT = 0x1;
    public static final int HOSTFLAG_NO_WILDCARDS = 0x2;
    public static final int HOSTFLAG_NO_PARTIAL_WILDCARDS = 0x4;
    public static final int HOSTFLAG_MULTI_LABEL_WILDCARDS = 0x8;
    public static final int HOSTFLAG_SINGLE_LABEL_SUBDOMAINS = 0x10;
    public static final int HOSTFLAG_NEVER_CHECK_SUBJECT = 0x20;

    // See SSL_get_error(3). The last two are Python's own.
    public static final int SSL_ERROR_SSL = 1;
    public static final int SSL_ERROR_WANT_READ = 2;
    public static final int SSL_ERROR_WANT_WRITE = 3;
    public static final int SSL_ERROR_WANT_X509_LOOKUP = 4;
    public static final int SSL_ERROR_SYSCALL = 5;
    public static final int SSL_ERROR_ZERO_RETURN = 6;
    public static final int SSL_ERROR_WANT_CONNECT = 7;
    public static final int SSL_ERROR_EOF = 8;
    public static final int SSL_ERROR_INVALID_ERROR_CODE = 10;

    // RFC 5246, section 7.2, and RFC 6066, section 9. TLS 1.3's own alerts have no name in CPython 3.12.
    public static final int ALERT_DESCRIPTION_CLOSE_NOTIFY = 0;
    public static final int ALERT_DESCRIPTION_UNEXPECTED_MESSAGE = 10;
    public static final int ALERT_DESCRIPTION_BAD_RECORD_MAC = 20;
    public static final int ALERT_DESCRIPTION_RECORD_OVERFLOW = 22;
    public static final int ALERT_DESCRIPTION_DECOMPRESSION_FAILURE = 30;
    public static final int ALERT_DESCRIPTION_HANDSHAKE_FAILURE = 40;
    public static final int ALERT_DESCRIPTION_BAD_CERTIFICATE = 42;
    public static final int ALERT_DESCRIPTION_UNSUPPORTED_CERTIFICATE = 43;
    public static final int ALERT_DESCRIPTION_CERTIFICATE_REVOKED = 44;
    public static final int ALERT_DESCRIPTION_CERTIFICATE_EXPIRED = 45;
    public static final int ALERT_DESCRIPTION_CERTIFICATE_UNKNOWN = 46;
    public static final int ALERT_DESCRIPTION_ILLEGAL_PARAMETER = 47;
    public static final int ALERT_DESCRIPTION_UNKNOWN_CA = 48;
    public static final int ALERT_DESCRIPTION_ACCESS_DENIED = 49;
    public static final int ALERT_DESCRIPTION_DECODE_ERROR = 50;
    public static final int ALERT_DESCRIPTION_DECRYPT_ERROR = 51;
    public static final int ALERT_DESCRIPTION_PROTOCOL_VERSION = 70;
    public static final int ALERT_DESCRIPTION_INSUFFICIENT_SECURITY = 71;
    public static final int ALERT_DESCRIPTION_INTERNAL_ERROR = 80;
    public static final int ALERT_DESCRIPTION_USER_CANCELLED = 90;
    public static final int ALERT_DESCRIPTION_NO_RENEGOTIATION = 100;
    public static final int ALERT_DESCRIPTION_UNSUPPORTED_EXTENSION = 110;
    public static final int ALERT_DESCRIPTION_CERTIFICATE_UNOBTAINABLE = 111;
    public static final int ALERT_DESCRIPTION_UNRECOGNIZED_NAME = 112;
    public static final int ALERT_DESCRIPTION_BAD_CERTIFICATE_STATUS_RESPONSE = 113;
    public static final int ALERT_DESCRIPTION_BAD_CERTIFICATE_HASH_VALUE = 114;
    public static final int ALERT_DESCRIPTION_UNKNOWN_PSK_IDENTITY = 115;

    private static final Map<String, Long> BY_NAME = read();

    private SslConstants() {}

    /** All of them by their names, sorted. */
    public static Map<String, Long> byName() {
        return BY_NAME;
    }

    private static Map<String, Long> read() {
        Map<String, Long> constants = new TreeMap<>();
        try {
            for (Field field : SslConstants.class.getFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    constants.put(field.getName(), field.getLong(null));
                }
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Collections.unmodifiableMap(constants);
    }
}
