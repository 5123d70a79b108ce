"""Contexts: the settings that TLS connections share."""

import os
import warnings
from operator import index as _index

from _pysockets.arguments import c_int as _c_int
from _pysockets.arguments import c_unsigned as _c_unsigned
from _pysockets.arguments import bytes_like as _bytes_like
from _pysockets.tls_certificates import described as _described
from _pysockets.tls_codes import checked as _checked
from _pysockets.tls_codes import error as _error
from _pysockets.tls_constants import *
from _pysockets.tls_constants import _DEFAULT_CIPHERS
from _pysockets.tls_errors import SSLError
from _pysockets.tls_files import contents as _contents
from _pysockets.tls_host import contexts as _contexts
from _pysockets.tls_identities import load as _load_identity
from _pysockets.tls_sni import listener as _listener
from _pysockets.tls_sockets import between_queues as _between_queues
from _pysockets.tls_sockets import over_socket as _over_socket
from _pysockets.tls_trust import load as _load_trust
from _pysockets.tls_trust import load_defaults as _load_defaults
from _pysockets.tls_versions import checked_version as _checked_version

_create = _contexts.create
_set_versions = _contexts.setVersions
_set_verification = _contexts.setVerification
_set_host_checking = _contexts.setHostChecking
_set_options = _contexts.setOptions
_set_resumption = _contexts.setResumption
_set_ciphers = _contexts.setCiphers
_security_level = _contexts.securityLevel
_ciphers = _contexts.ciphers
_set_application_protocols = _contexts.setApplicationProtocols
_set_group = _contexts.setGroup
_set_server_name_listener = _contexts.setServerNameListener
_store_counts = _contexts.storeCounts
_authorities = _contexts.authorities
_session_statistics = _contexts.sessionStatistics

_new_object = object.__new__

_ROLES = {
    PROTOCOL_TLS: "BOTH",
    PROTOCOL_TLSv1_2: "BOTH",
    PROTOCOL_TLS_CLIENT: "CLIENT",
    PROTOCOL_TLS_SERVER: "SERVER",
}

_DEPRECATED = {PROTOCOL_TLS: "PROTOCOL_TLS", PROTOCOL_TLSv1_2: "PROTOCOL_TLSv1_2"}

_DEFAULT_OPTIONS = (
    OP_ALL
    | OP_NO_SSLv3
    | OP_NO_COMPRESSION
    | OP_CIPHER_SERVER_PREFERENCE
    | OP_ENABLE_MIDDLEBOX_COMPAT
)
_VERSION_OPTIONS = OP_NO_SSLv3 | OP_NO_TLSv1 | OP_NO_TLSv1_1 | OP_NO_TLSv1_2 | OP_NO_TLSv1_3

_KNOWN_VERIFY_FLAGS = (
    VERIFY_CRL_CHECK_CHAIN
    | VERIFY_X509_STRICT
    | VERIFY_ALLOW_PROXY_CERTS
    | VERIFY_X509_TRUSTED_FIRST
    | VERIFY_X509_PARTIAL_CHAIN
)

_NO_START_LINE = 108
"""OpenSSL's number for a PEM file in which nothing of the expected kind was found."""

_DEFAULT_LEVEL = 2
_HIGHEST_LEVEL = 5
_DEFAULT_TICKETS = 2

_STATISTICS = (
    "number",
    "connect",
    "connect_good",
    "connect_renegotiate",
    "accept",
    "accept_good",
    "accept_renegotiate",
    "hits",
    "misses",
    "timeouts",
    "cache_full",
)
_CIPHER_KEYS = (
    "id",
    "name",
    "protocol",
    "description",
    "strength_bits",
    "alg_bits",
    "aead",
    "symmetric",
    "digest",
    "kea",
    "auth",
)


class _SSLContext:
    """Settings, certificates and trusted authorities for TLS connections: what ssl.SSLContext builds on.

    protocol: a PROTOCOL_ constant, which says whether it is for clients, servers or both, and for which versions.
    """

    __slots__ = (
        "_handle",
        "_protocol",
        "_options",
        "_lowest",
        "_highest",
        "_mode",
        "_flags",
        "_checks_host",
        "_name_flags",
        "_level",
        "_tickets",
        "_answers_later",
        "_name_callback",
        "__weakref__",
    )

    def __new__(cls, protocol, /):
        protocol = _c_int(protocol)
        roles = _ROLES.get(protocol)
        if roles is None:
            raise ValueError("invalid or unsupported protocol version %d" % protocol)
        if protocol in _DEPRECATED:
            warnings.warn("ssl.%s is deprecated" % _DEPRECATED[protocol], DeprecationWarning, stacklevel=3)
        self = _new_object(cls)
        self._handle = _checked(_create(roles))
        self._protocol = protocol
        self._options = _DEFAULT_OPTIONS
        self._lowest = PROTO_MINIMUM_SUPPORTED if protocol == PROTOCOL_TLSv1_2 else PROTO_TLSv1_2
        self._highest = PROTO_MAXIMUM_SUPPORTED
        client = protocol == PROTOCOL_TLS_CLIENT
        self._mode = CERT_REQUIRED if client else CERT_NONE
        self._flags = VERIFY_X509_TRUSTED_FIRST
        self._checks_host = client
        self._name_flags = HOSTFLAG_NO_PARTIAL_WILDCARDS
        self._level = _DEFAULT_LEVEL
        self._tickets = _DEFAULT_TICKETS
        self._answers_later = False
        self._name_callback = None
        self._versions_changed()
        self._verification_changed()
        self._host_checking_changed()
        _checked(_set_ciphers(self._handle, _DEFAULT_CIPHERS, _DEFAULT_LEVEL))
        return self

    def __reduce__(self):
        raise TypeError("cannot pickle '%s' object" % type(self).__name__)

    def _versions_changed(self):
        fixed = self._protocol == PROTOCOL_TLSv1_2
        lowest, highest = (PROTO_TLSv1_2, PROTO_TLSv1_2) if fixed else (self._lowest, self._highest)
        _checked(_set_versions(self._handle, lowest, highest))

    def _verification_changed(self):
        _checked(_set_verification(self._handle, self._mode, self._flags))

    def _host_checking_changed(self):
        _checked(_set_host_checking(self._handle, self._checks_host, self._name_flags))

    # Versions and options

    @property
    def protocol(self):
        """The PROTOCOL_ constant that the context was made with."""
        return self._protocol

    @property
    def options(self):
        """OP_ flags. Those for something weaker than Java's TLS allows have no effect."""
        return self._options

    @options.setter
    def options(self, value):
        if not issubclass(type(value), int):
            raise TypeError("argument must be int, not %s" % _kind(value))
        value = int(value)
        if value < 0:
            raise OverflowError("can't convert negative int to unsigned")
        if value.bit_length() > 64:
            raise OverflowError("int too big to convert")
        if value & ~self._options & _VERSION_OPTIONS:
            warnings.warn("ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated", DeprecationWarning, stacklevel=3)
        # Those above have no effect, and the host takes 63 bits.
        _checked(_set_options(self._handle, value & 0xFFFF_FFFF))
        self._options = value

    @property
    def minimum_version(self):
        """The lowest version that connections may use."""
        return self._lowest

    @minimum_version.setter
    def minimum_version(self, value):
        self._lowest = _checked_version(self._protocol, value, PROTO_MAXIMUM_SUPPORTED, PROTO_TLSv1_3)
        self._versions_changed()

    @property
    def maximum_version(self):
        """The highest version that connections may use."""
        return self._highest

    @maximum_version.setter
    def maximum_version(self, value):
        self._highest = _checked_version(self._protocol, value, PROTO_MINIMUM_SUPPORTED, PROTO_TLSv1_2)
        self._versions_changed()

    # Verification

    @property
    def verify_mode(self):
        """Whether the other side has to show a certificate: one of the CERT_ constants."""
        return self._mode

    @verify_mode.setter
    def verify_mode(self, value):
        value = _c_int(value)
        if not CERT_NONE <= value <= CERT_REQUIRED:
            raise ValueError("invalid value for verify_mode")
        if value == CERT_NONE and self._checks_host:
            raise ValueError("Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
        self._mode = value
        self._verification_changed()

    @property
    def check_hostname(self):
        """Whether a server's certificate has to be for the name by which the client calls it."""
        return self._checks_host

    @check_hostname.setter
    def check_hostname(self, value):
        self._checks_host = bool(value)
        if value and self._mode == CERT_NONE:
            self._mode = CERT_REQUIRED
            self._verification_changed()
        self._host_checking_changed()

    @property
    def _host_flags(self):
        """HOSTFLAG_ flags: how names are compared."""
        return self._name_flags

    @_host_flags.setter
    def _host_flags(self, value):
        # As C int for the host; as unsigned for the script.
        self._name_flags = _c_unsigned(value, 31)
        self._host_checking_changed()

    @property
    def verify_flags(self):
        """VERIFY_ flags: how certificates are verified."""
        return self._flags

    @verify_flags.setter
    def verify_flags(self, value):
        if not issubclass(type(value), int):
            raise TypeError("argument must be int, not %s" % _kind(value))
        value = _c_unsigned(value, 64)
        unknown = value & ~_KNOWN_VERIFY_FLAGS
        if unknown:
            raise NotImplementedError("verify_flags: Java's verification has nothing for the flags %#x" % unknown)
        self._flags = value
        self._verification_changed()

    @property
    def security_level(self):
        """How strong keys and ciphers have to be, from 0 to 5: see SSL_CTX_set_security_level(3).

        Set by "@SECLEVEL=n" among the ciphers.
        """
        return self._level

    @property
    def post_handshake_auth(self):
        """Whether a server may ask a client for its certificate after the handshake.

        Java's TLS cannot do that, so a client does not offer it.
        """
        return self._answers_later

    @post_handshake_auth.setter
    def post_handshake_auth(self, value):
        # A client only permits it, and loses nothing. A server that sets it relies on asking after the handshake.
        if value and self._protocol != PROTOCOL_TLS_CLIENT:
            raise NotImplementedError("post_handshake_auth: Java's TLS has no post-handshake authentication")
        self._answers_later = bool(value)

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        """Trusts further certificates: of a PEM file, of a directory, of a str in PEM or bytes in DER."""
        _load_trust(self._handle, cafile, capath, cadata)

    def set_default_verify_paths(self):
        """Trusts the authorities that the system trusts."""
        _load_defaults(self._handle)

    def cert_store_stats(self):
        """How many certificates, of them authorities', and revocation lists are loaded, as a dict."""
        return dict(zip(("x509", "crl", "x509_ca"), _checked(_store_counts(self._handle))))

    def get_ca_certs(self, binary_form=False):
        """The trusted authorities' certificates: a list of dicts or, in binary form, of bytes in DER."""
        encoded = _checked(_authorities(self._handle))
        return list(encoded) if binary_form else [_described(der) for der in encoded]

    # The context's own certificate

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        """Loads a certificate with its chain, and its key, from PEM files.

        keyfile: None where the key is in certfile.
        password: for an encrypted key; a str, bytes, or a callable that gives them.
        """
        _load_identity(self._handle, self._level, certfile, keyfile, password)

    # Ciphers, curves, protocols

    def set_ciphers(self, cipherlist, /):
        """Sets the ciphers for TLS 1.2 by a string in the form of openssl-ciphers(1)."""
        if not issubclass(type(cipherlist), str):
            raise TypeError("set_ciphers() argument must be str, not %s" % _kind(cipherlist))
        if "\0" in cipherlist:
            raise ValueError("embedded null character")
        level = _checked(_security_level(cipherlist, self._level))
        if not 0 <= level <= _HIGHEST_LEVEL:
            raise SSLError("No cipher can be selected.")
        try:
            _checked(_set_ciphers(self._handle, cipherlist, level))
        except SSLError:
            raise SSLError("No cipher can be selected.") from None
        self._level = level

    def get_ciphers(self):
        """The enabled ciphers, the preferred ones first: a list of dicts."""
        return [dict(zip(_CIPHER_KEYS, cipher)) for cipher in _checked(_ciphers(self._handle))]

    def set_ecdh_curve(self, name, /):
        """Sets the only curve for the key exchange."""
        encoded = os.fsencode(name)
        if b"\0" in encoded:
            raise ValueError("embedded null byte")
        try:
            _checked(_set_group(self._handle, encoded.decode("latin-1")))
        except SSLError:
            raise ValueError("unknown elliptic curve name %r" % (name,)) from None

    def load_dh_params(self, path, /):
        """Refuses any file: Java's TLS has only the Diffie-Hellman groups of RFC 7919."""
        try:
            text = _contents(path)
        except OSError as failure:
            raise OSError(failure.errno, failure.strerror, path) from None
        if b"-----BEGIN DH PARAMETERS-----" not in text and b"-----BEGIN X9.42 DH PARAMETERS-----" not in text:
            raise _error(SSLError, _NO_START_LINE, "no start line", "PEM", "NO_START_LINE")
        raise NotImplementedError("load_dh_params: Java's TLS uses the groups of RFC 7919, and no other")

    def _set_alpn_protocols(self, protos, /):
        """Sets the protocols for ALPN (RFC 7301): each after a byte with its length."""
        data, protocols, at = bytes(_bytes_like(protos)), [], 0
        while at < len(data):
            end = at + 1 + data[at]
            if end == at + 1 or end > len(data):
                raise MemoryError
            protocols.append(data[at + 1 : end].decode("latin-1"))
            at = end
        _checked(_set_application_protocols(self._handle, tuple(protocols)))

    # Servers

    @property
    def sni_callback(self):
        """A callable, called in servers with (connection, the name in the client's SNI or None, context)."""
        return self._name_callback

    @sni_callback.setter
    def sni_callback(self, callback):
        if self._protocol == PROTOCOL_TLS_CLIENT:
            raise ValueError("sni_callback cannot be set on TLS_CLIENT context")
        if callback is not None and not callable(callback):
            raise TypeError("not a callable object")
        _checked(_set_server_name_listener(self._handle, None if callback is None else _listener(self, callback)))
        self._name_callback = callback

    @property
    def num_tickets(self):
        """How many tickets a server gives to a client of TLS 1.3.

        Java's TLS decides that by itself; with 0 here, none of the tickets can be used.
        """
        return self._tickets

    @num_tickets.setter
    def num_tickets(self, value):
        value = _index(value)
        if value < 0:
            raise ValueError("value must be non-negative")
        if self._protocol != PROTOCOL_TLS_SERVER:
            raise ValueError("SSLContext is not a server context.")
        if (value == 0) != (self._tickets == 0):
            _checked(_set_resumption(self._handle, value != 0))
        self._tickets = value

    def session_stats(self):
        """How many handshakes there were, by outcome, as a dict."""
        return dict(zip(_STATISTICS, _checked(_session_statistics(self._handle))))

    # What Java's TLS does not show

    @property
    def keylog_filename(self):
        """A file for the secrets of connections: always None, as Java's TLS does not tell them."""
        return None

    @keylog_filename.setter
    def keylog_filename(self, value):
        if value is not None:
            os.fsencode(value)
            raise NotImplementedError("keylog_filename: Java's TLS does not tell the secrets of its connections")

    @property
    def _msg_callback(self):
        """A callable for every message of the protocol: always None, as Java's TLS does not show them."""
        return None

    @_msg_callback.setter
    def _msg_callback(self, callback):
        if callback is None:
            return
        if not callable(callback):
            raise TypeError("not a callable object")
        raise NotImplementedError("_msg_callback: Java's TLS does not show the messages of its protocol")

    # Connections

    @staticmethod
    def _handle_of(context):
        """The host object of another context, for a connection of this one that is to change over to it."""
        if not issubclass(type(context), _SSLContext):
            raise TypeError("The value must be a SSLContext")
        return context._handle

    def _wrap_socket(self, sock, server_side, server_hostname=None, *, owner=None, session=None):
        """A TLS connection over a socket of the socket module."""
        return _over_socket(self, sock, bool(server_side), server_hostname, owner, session)

    def _wrap_bio(self, incoming, outgoing, server_side, server_hostname=None, *, owner=None, session=None):
        """A TLS connection that reads records from one MemoryBIO and writes them to another."""
        return _between_queues(self, incoming, outgoing, bool(server_side), server_hostname, owner, session)


_SSLContext.__module__ = "_ssl"


def _kind(value):
    return "None" if value is None else type(value).__name__
