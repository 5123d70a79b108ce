"""TLS for sockets: a wrapper around socket objects, contexts with settings and certificates, and helpers.

The connections and contexts themselves are those of _ssl, on Java's TLS.
"""

import errno
import os
import sys
from operator import itemgetter as _itemgetter

import _ssl
from _ssl import (
    CERT_NONE,
    CERT_OPTIONAL,
    CERT_REQUIRED,
    HAS_ALPN,
    HAS_ECDH,
    HAS_NPN,
    HAS_SNI,
    HAS_TLSv1_3,
    OPENSSL_VERSION,
    OPENSSL_VERSION_INFO,
    OPENSSL_VERSION_NUMBER,
    RAND_add,
    RAND_egd,
    RAND_status,
    SSLEOFError,
    SSLError,
    SSLSyscallError,
    SSLWantReadError,
    SSLWantWriteError,
    SSLZeroReturnError,
    _OPENSSL_API_VERSION,
    _SSLContext,
)
from _ssl import nid2obj as _nid2obj
from _ssl import txt2obj as _txt2obj
from socket import (
    AF_INET,
    SO_TYPE,
    SOCK_STREAM,
    SOL_SOCKET,
    _closedsocket,
    _delegate_methods,
    _fileobject,
    _use,
    create_connection,
    socket,
)
from socket import error as socket_error

_FAMILIES_OF_NUMBERS = "OP_", "ALERT_DESCRIPTION_", "SSL_ERROR_", "PROTOCOL_", "VERIFY_"

for _name in dir(_ssl):
    if _name.startswith(_FAMILIES_OF_NUMBERS):
        globals()[_name] = getattr(_ssl, _name)
del _name

# One name for each number: PROTOCOL_SSLv23 is the old one of PROTOCOL_TLS.
_PROTOCOL_NAMES = dict(
    (_ssl.__dict__[name], name)
    for name in dir(_ssl)
    if name.startswith("PROTOCOL_") and name != "PROTOCOL_SSLv23"
)

# For programs that ask for it by name: SSL 2 is long gone.
_SSLv2_IF_EXISTS = None

CHANNEL_BINDING_TYPES = ["tls-unique"] if _ssl.HAS_TLS_UNIQUE else []

# Forward secrecy first, then authenticated encryption, then the longer keys.
_DEFAULT_CIPHERS = (
    "TLS13-AES-256-GCM-SHA384:TLS13-CHACHA20-POLY1305-SHA256:TLS13-AES-128-GCM-SHA256:"
    "ECDH+AESGCM:ECDH+CHACHA20:DH+AESGCM:DH+CHACHA20:ECDH+AES256:DH+AES256:ECDH+AES128:DH+AES:"
    "ECDH+HIGH:DH+HIGH:RSA+AESGCM:RSA+AES:RSA+HIGH:!aNULL:!eNULL:!MD5:!3DES"
)
_RESTRICTED_SERVER_CIPHERS = _DEFAULT_CIPHERS + ":!DSS:!RC4"

PEM_HEADER = "-----BEGIN CERTIFICATE-----"
PEM_FOOTER = "-----END CERTIFICATE-----"

_PEM_LINE = 64


# Names of hosts


class CertificateError(ValueError):
    """The certificate is not for the name by which the server was called."""


def _dnsname_match(dn, hostname, max_wildcards=1):
    """Whether a name in a certificate stands for a host: RFC 6125, section 6.4.3."""
    if not dn:
        return False
    label, dot, domain = dn.partition(".")
    wildcards = label.count("*")
    if wildcards > max_wildcards:
        # Each one would multiply the ways to match that have to be tried.
        raise CertificateError("too many wildcards in certificate DNS name: " + repr(dn))
    dn, hostname = dn.lower(), hostname.lower()
    if not wildcards:
        return dn == hostname
    label = label.lower()
    host_label, host_dot, host_domain = hostname.partition(".")
    if dot != host_dot or domain.lower() != host_domain:
        return False
    if label == "*":
        return host_label != ""
    if label.startswith("xn--") or hostname.startswith("xn--"):
        # A wildcard within an encoded international name stands for itself.
        return label == host_label
    return _wildcard_match(label, host_label)


def _wildcard_match(pattern, label):
    """Whether a label is the pattern, whose '*' stand for any characters."""
    parts = pattern.split("*")
    if not (label.startswith(parts[0]) and label.endswith(parts[-1])):
        return False
    at, end = len(parts[0]), len(label) - len(parts[-1])
    for part in parts[1:-1]:
        found = label.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end


def match_hostname(cert, hostname):
    """Raises CertificateError unless the certificate, a dict of getpeercert(), is for the host.

    Names of hosts only are compared, as RFC 2818 and RFC 6125 say; an address matches nothing.
    """
    if not cert:
        raise ValueError(
            "empty or no certificate, match_hostname needs a SSL socket or SSL context with either "
            "CERT_OPTIONAL or CERT_REQUIRED"
        )
    names = [value for kind, value in cert.get("subjectAltName", ()) if kind == "DNS"]
    if not names:
        # The subject counts only where no names are said to be alternatives.
        names = [
            value
            for attributes in cert.get("subject", ())
            for kind, value in attributes
            if kind == "commonName"
        ]
    for name in names:
        if _dnsname_match(name, hostname):
            return
    if not names:
        raise CertificateError("no appropriate commonName or subjectAltName fields were found")
    if len(names) == 1:
        raise CertificateError("hostname %r doesn't match %r" % (hostname, names[0]))
    raise CertificateError("hostname %r doesn't match either of %s" % (hostname, ", ".join(map(repr, names))))


# Tuples with names, as collections.namedtuple makes them; that compiles their text each time.


class _Record(tuple):
    __slots__ = ()
    _fields = ()

    def __new__(cls, *args, **kwargs):
        fields = cls._fields
        values = list(args)
        for field in fields[len(values) :]:
            if field not in kwargs:
                break
            values.append(kwargs.pop(field))
        if kwargs or len(values) != len(fields):
            raise TypeError("%s() takes exactly the arguments %s" % (cls.__name__, ", ".join(fields)))
        return tuple.__new__(cls, values)

    @classmethod
    def _make(cls, iterable):
        """One with the values of an iterable."""
        return tuple.__new__(cls, iterable)

    def _asdict(self):
        """The values by their names, in order."""
        from collections import OrderedDict

        return OrderedDict(zip(self._fields, self))

    def _replace(self, **kwargs):
        """A copy in which some values are others."""
        values = [kwargs.pop(field, value) for field, value in zip(self._fields, self)]
        if kwargs:
            raise ValueError("Got unexpected field names: %r" % list(kwargs))
        return self._make(values)

    def __getnewargs__(self):
        return tuple(self)

    def __repr__(self):
        pairs = ["%s=%r" % pair for pair in zip(self._fields, self)]
        return "%s(%s)" % (self._shown_as, ", ".join(pairs))


def _named(cls):
    """Gives the items of a _Record class their names. Subclasses are shown as this class is."""
    cls._shown_as = cls.__name__
    for at, field in enumerate(cls._fields):
        setattr(cls, field, property(_itemgetter(at)))
    return cls


@_named
class DefaultVerifyPaths(_Record):
    """Where the trusted certificates are: what counts, and what OpenSSL was built with."""

    __slots__ = ()
    _fields = "cafile", "capath", "openssl_cafile_env", "openssl_cafile", "openssl_capath_env", "openssl_capath"


def get_default_verify_paths():
    """Where set_default_verify_paths() looks; None for what is not there."""
    file_variable, file, folder_variable, folder = told = _ssl.get_default_verify_paths()
    file = os.environ.get(file_variable, file)
    folder = os.environ.get(folder_variable, folder)
    return DefaultVerifyPaths(
        file if os.path.isfile(file) else None,
        folder if os.path.isdir(folder) else None,
        *told
    )


@_named
class _ASN1Object(_Record):
    """An ASN.1 object: OpenSSL's number and names of it, and its OID."""

    __slots__ = ()
    _fields = "nid", "shortname", "longname", "oid"

    def __new__(cls, oid):
        return cls._make(_txt2obj(oid, name=False))

    @classmethod
    def fromnid(cls, nid):
        """The one with a number of OpenSSL's."""
        return cls._make(_nid2obj(nid))

    @classmethod
    def fromname(cls, name):
        """The one with a short name, a long name or an OID."""
        return cls._make(_txt2obj(name, name=True))


class Purpose(_ASN1Object):
    """What a certificate is for: an extended key usage (RFC 5280, section 4.2.1.12)."""


Purpose.SERVER_AUTH = Purpose("1.3.6.1.5.5.7.3.1")
Purpose.CLIENT_AUTH = Purpose("1.3.6.1.5.5.7.3.2")


# Contexts


def _protocol_list(protocols, kind):
    """The form in which ALPN and NPN carry their protocols: each after a byte with its length."""
    encoded = bytearray()
    for protocol in protocols:
        name = protocol.encode("ascii")
        if not 0 < len(name) < 256:
            raise SSLError(kind + " protocols must be 1 to 255 in length")
        encoded.append(len(name))
        encoded.extend(name)
    return encoded


class SSLContext(_SSLContext):
    """Settings, certificates and trusted authorities for TLS connections."""

    __slots__ = ("protocol", "__weakref__")

    def __new__(cls, protocol, *args, **kwargs):
        self = _SSLContext.__new__(cls, protocol)
        self.set_ciphers(_DEFAULT_CIPHERS)
        return self

    def __init__(self, protocol):
        self.protocol = protocol

    def wrap_socket(
        self,
        sock,
        server_side=False,
        do_handshake_on_connect=True,
        suppress_ragged_eofs=True,
        server_hostname=None,
    ):
        """An SSLSocket over a socket, with this context."""
        return SSLSocket(
            sock=sock,
            server_side=server_side,
            do_handshake_on_connect=do_handshake_on_connect,
            suppress_ragged_eofs=suppress_ragged_eofs,
            server_hostname=server_hostname,
            _context=self,
        )

    def set_npn_protocols(self, npn_protocols):
        """Refused: NPN is not there, as in today's OpenSSL."""
        self._set_npn_protocols(_protocol_list(npn_protocols, "NPN"))

    def set_alpn_protocols(self, alpn_protocols):
        """Sets the protocols that ALPN (RFC 7301) chooses from, the preferred one first."""
        self._set_alpn_protocols(_protocol_list(alpn_protocols, "ALPN"))

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        """Trusts the authorities that the system trusts."""
        _require_purpose(purpose)
        self.set_default_verify_paths()


def _require_purpose(purpose):
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)


def _load_trust(context, purpose, cafile, capath, cadata):
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)


def create_default_context(purpose=Purpose.SERVER_AUTH, cafile=None, capath=None, cadata=None):
    """A context with safe settings: for a client, servers are verified, their names included."""
    _require_purpose(purpose)
    context = SSLContext(PROTOCOL_TLS)
    if purpose == Purpose.SERVER_AUTH:
        context.verify_mode = CERT_REQUIRED
        context.check_hostname = True
    elif purpose == Purpose.CLIENT_AUTH:
        context.set_ciphers(_RESTRICTED_SERVER_CIPHERS)
    _load_trust(context, purpose, cafile, capath, cadata)
    return context


def _create_unverified_context(
    protocol=PROTOCOL_TLS,
    cert_reqs=None,
    check_hostname=False,
    purpose=Purpose.SERVER_AUTH,
    certfile=None,
    keyfile=None,
    cafile=None,
    capath=None,
    cadata=None,
):
    """A context for modules of the standard library: it verifies nothing unless it is told to."""
    _require_purpose(purpose)
    context = SSLContext(protocol)
    if cert_reqs is not None:
        context.verify_mode = cert_reqs
    context.check_hostname = check_hostname
    if keyfile and not certfile:
        raise ValueError("certfile must be specified")
    if certfile:
        context.load_cert_chain(certfile, keyfile)
    _load_trust(context, purpose, cafile, capath, cadata)
    return context


_create_stdlib_context = _create_unverified_context

# PEP 493: HTTPS verifies servers, unless the user or the program says otherwise.
_https_verify_envvar = "PYTHONHTTPSVERIFY"


def _get_https_context_factory():
    unverified = not sys.flags.ignore_environment and os.environ.get(_https_verify_envvar) == "0"
    return _create_unverified_context if unverified else create_default_context


_create_default_https_context = _get_https_context_factory()


def _https_verify_certificates(enable=True):
    """Sets whether HTTPS verifies servers where it is given no context."""
    global _create_default_https_context
    _create_default_https_context = create_default_context if enable else _create_unverified_context


# Sockets


class SSLSocket(socket):
    """A socket whose bytes go over a TLS connection, once it is connected."""

    def __init__(
        self,
        sock=None,
        keyfile=None,
        certfile=None,
        server_side=False,
        cert_reqs=CERT_NONE,
        ssl_version=PROTOCOL_TLS,
        ca_certs=None,
        do_handshake_on_connect=True,
        family=AF_INET,
        type=SOCK_STREAM,
        proto=0,
        fileno=None,
        suppress_ragged_eofs=True,
        npn_protocols=None,
        ciphers=None,
        server_hostname=None,
        _context=None,
    ):
        self._makefile_refs = 0
        if _context:
            self._context = _context
        else:
            if server_side and not certfile:
                raise ValueError("certfile must be specified for server-side operations")
            if keyfile and not certfile:
                raise ValueError("certfile must be specified")
            keyfile = keyfile or certfile
            self._context = _context_of(
                ssl_version, cert_reqs, ca_certs, certfile, keyfile, npn_protocols, ciphers
            )
            self.keyfile = keyfile
            self.certfile = certfile
            self.cert_reqs = cert_reqs
            self.ssl_version = ssl_version
            self.ca_certs = ca_certs
            self.ciphers = ciphers
        # Not sock.type: that may have further flags in it.
        if sock.getsockopt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM:
            raise NotImplementedError("only stream sockets are supported")
        # Not by socket.__init__, which would hide our methods behind those of the socket.
        self._sock = sock._sock
        self._drop_sock = _use(self._sock)
        self._owns_sock = True
        if server_side and server_hostname:
            raise ValueError("server_hostname can only be specified in client mode")
        if self._context.check_hostname and not server_hostname:
            raise ValueError("check_hostname requires server_hostname")
        self.server_side = server_side
        self.server_hostname = server_hostname
        self.do_handshake_on_connect = do_handshake_on_connect
        self.suppress_ragged_eofs = suppress_ragged_eofs
        self._closed = False
        self._sslobj = None
        self._connected = _is_connected(self)
        if self._connected:
            self._begin()

    def _begin(self):
        begun = False
        try:
            self._sslobj = self._wrapped()
            if self.do_handshake_on_connect:
                if self.gettimeout() == 0.0:
                    raise ValueError("do_handshake_on_connect should not be specified for non-blocking sockets")
                begun = True
                self.do_handshake()
        except BaseException:
            # Nobody can use the connection after a failed handshake, and the other side may wait for its end. In
            # CPython that comes as soon as nobody refers to the socket.
            self._owns_sock = begun
            self.close()
            raise

    def _wrapped(self):
        return self._context._wrap_socket(self._sock, self.server_side, self.server_hostname, ssl_sock=self)

    @property
    def context(self):
        """The context. A server's callback for names may set another."""
        return self._context

    @context.setter
    def context(self, ctx):
        self._context = ctx
        self._sslobj.context = ctx

    def dup(self):
        """Refused: two sockets cannot share the state of one connection."""
        raise NotImplementedError("Can't dup() %s instances" % self.__class__.__name__)

    def _checkClosed(self, msg=None):
        """For subclasses: called before most calls."""

    def _check_connected(self):
        if not self._connected:
            # It may be connected all the same, where connect() could not wait. If not, this raises.
            self.getpeername()

    def _plain_only(self, name):
        """Refuses a call that a TLS connection cannot do."""
        self._checkClosed()
        if self._sslobj:
            raise ValueError("%s not allowed on instances of %s" % (name, self.__class__))

    def _tls_for(self, name, flags):
        """The connection that data go over; None where they go over the socket itself."""
        self._checkClosed()
        if self._sslobj and flags != 0:
            raise ValueError("non-zero flags not allowed in calls to %s() on %s" % (name, self.__class__))
        return self._sslobj

    # Data

    def read(self, len=1024, buffer=None):
        """Reads at most `len` bytes. An empty str is the end.

        buffer: for bytes to be read into it; then their number is given.
        """
        self._checkClosed()
        if not self._sslobj:
            raise ValueError("Read on closed or unwrapped SSL socket.")
        try:
            return self._sslobj.read(len) if buffer is None else self._sslobj.read(len, buffer)
        except SSLError as failure:
            if failure.args[0] != SSL_ERROR_EOF or not self.suppress_ragged_eofs:
                raise
        return "" if buffer is None else 0

    def write(self, data):
        """Writes bytes, and gives how many were written."""
        self._checkClosed()
        if not self._sslobj:
            raise ValueError("Write on closed or unwrapped SSL socket.")
        return self._sslobj.write(data)

    def send(self, data, flags=0):
        """Sends bytes, and gives how many: 0 where none could be sent now."""
        tls = self._tls_for("send", flags)
        if not tls:
            return self._sock.send(data, flags)
        try:
            return tls.write(data)
        except SSLError as failure:
            if failure.args[0] not in (SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE):
                raise
        return 0

    def sendto(self, data, flags_or_addr, addr=None):
        """Without TLS only."""
        self._plain_only("sendto")
        if addr is None:
            return self._sock.sendto(data, flags_or_addr)
        return self._sock.sendto(data, flags_or_addr, addr)

    def sendall(self, data, flags=0):
        """Sends all of the bytes, and gives their number."""
        tls = self._tls_for("sendall", flags)
        if not tls:
            return socket.sendall(self, data, flags)
        total, sent = len(data), self.send(data)
        while sent < total:
            sent += self.send(data[sent:])
        return total

    def recv(self, buflen=1024, flags=0):
        """Receives at most `buflen` bytes."""
        if self._tls_for("recv", flags):
            return self.read(buflen)
        return self._sock.recv(buflen, flags)

    def recv_into(self, buffer, nbytes=None, flags=0):
        """Receives bytes into a buffer, and gives how many."""
        tls = self._tls_for("recv_into", flags)
        if nbytes is None:
            nbytes = len(buffer) if buffer else 1024
        if tls:
            return self.read(nbytes, buffer)
        return self._sock.recv_into(buffer, nbytes, flags)

    def recvfrom(self, buflen=1024, flags=0):
        """Without TLS only."""
        self._plain_only("recvfrom")
        return self._sock.recvfrom(buflen, flags)

    def recvfrom_into(self, buffer, nbytes=None, flags=0):
        """Without TLS only."""
        self._plain_only("recvfrom_into")
        return self._sock.recvfrom_into(buffer, nbytes, flags)

    def pending(self):
        """How many bytes can be read before more has to come from the other side."""
        self._checkClosed()
        return self._sslobj.pending() if self._sslobj else 0

    # What was agreed on

    def getpeercert(self, binary_form=False):
        """The other side's certificate: a dict, or a str in DER.

        The dict is empty where the certificate was not verified. None where there is none.
        """
        self._checkClosed()
        self._check_connected()
        return self._sslobj.peer_certificate(binary_form)

    def selected_npn_protocol(self):
        """None: NPN is not there."""
        self._checkClosed()

    def selected_alpn_protocol(self):
        """The protocol that ALPN chose; None for none."""
        self._checkClosed()
        return self._sslobj.selected_alpn_protocol() if self._sslobj else None

    def cipher(self):
        """(name, version that it is from, bits of secret), or None."""
        self._checkClosed()
        return self._sslobj.cipher() if self._sslobj else None

    def compression(self):
        """How data are compressed: None, they never are."""
        self._checkClosed()
        return self._sslobj.compression() if self._sslobj else None

    def version(self):
        """The version of the protocol, or None."""
        return self._sslobj.version() if self._sslobj else None

    def get_channel_binding(self, cb_type="tls-unique"):
        """Channel binding data: bytes that only this connection has."""
        if cb_type not in CHANNEL_BINDING_TYPES:
            raise ValueError("Unsupported channel binding type")
        return self._sslobj.tls_unique_cb() if self._sslobj else None

    # Life

    def do_handshake(self, block=False):
        """Agrees with the other side on ciphers and keys, and verifies it.

        block: whether to wait even where the socket does not.
        """
        self._check_connected()
        timeout = self.gettimeout()
        try:
            if block and timeout == 0.0:
                self.settimeout(None)
            self._sslobj.do_handshake()
        finally:
            if block:
                self.settimeout(timeout)
        if self.context.check_hostname:
            if not self.server_hostname:
                raise ValueError("check_hostname needs server_hostname argument")
            match_hostname(self.getpeercert(), self.server_hostname)

    def _real_connect(self, addr, connect_ex):
        if self.server_side:
            raise ValueError("can't connect in server-side mode")
        if self._connected:
            raise ValueError("attempt to connect already-connected SSLSocket!")
        self._sslobj = self._wrapped()
        try:
            result = socket.connect_ex(self, addr) if connect_ex else socket.connect(self, addr)
            if not result:
                self._connected = True
                if self.do_handshake_on_connect:
                    self.do_handshake()
            return result
        except (OSError, ValueError):
            self._sslobj = None
            raise

    def connect(self, addr):
        """Connects to a server, and begins TLS."""
        self._real_connect(addr, False)

    def connect_ex(self, addr):
        """As connect(), but gives the errno of a connection that fails."""
        return self._real_connect(addr, True)

    def accept(self):
        """Accepts a connection: gives the server's SSLSocket for it, and the client's address."""
        plain, address = socket.accept(self)
        try:
            wrapped = self.context.wrap_socket(
                plain,
                do_handshake_on_connect=self.do_handshake_on_connect,
                suppress_ragged_eofs=self.suppress_ragged_eofs,
                server_side=True,
            )
        except BaseException:
            plain.close()
            raise
        return wrapped, address

    def makefile(self, mode="r", bufsize=-1):
        """A file over the TLS connection. The socket is closed once its files are closed, too."""
        self._makefile_refs += 1
        return _fileobject(self, mode, bufsize, close=True)

    def shutdown(self, how):
        """Shuts the socket down, without a word to the other side's TLS."""
        self._checkClosed()
        self._sslobj = None
        socket.shutdown(self, how)

    def unwrap(self):
        """Ends TLS, and gives the socket for data that may follow without it."""
        if not self._sslobj:
            raise ValueError("No SSL wrapper around " + str(self))
        plain = self._sslobj.shutdown()
        self._sslobj = None
        self._owns_sock = False
        return plain

    def close(self):
        """Closes the socket, or lets go of it for one of its files.

        That ends the connection even where the object is still there that was wrapped: in CPython it mostly is not, as
        programs let go of it. After unwrap() the connection goes on for whoever has the socket.
        """
        if self._makefile_refs >= 1:
            self._makefile_refs -= 1
            return
        self._real_close()

    def _real_close(self):
        plain = self._sock
        self._sslobj = None
        socket.close(self)
        if self._owns_sock and not isinstance(plain, _closedsocket):
            plain.close()


def _context_of(version, cert_reqs, ca_certs, certfile, keyfile, npn_protocols, ciphers):
    """The context for the arguments of wrap_socket()."""
    context = SSLContext(version)
    context.verify_mode = cert_reqs
    if ca_certs:
        context.load_verify_locations(ca_certs)
    if certfile:
        context.load_cert_chain(certfile, keyfile)
    if npn_protocols:
        context.set_npn_protocols(npn_protocols)
    if ciphers:
        context.set_ciphers(ciphers)
    return context


def _is_connected(sock):
    try:
        sock.getpeername()
    except socket_error as failure:
        if failure.errno != errno.ENOTCONN:
            raise
        return False
    return True


def wrap_socket(
    sock,
    keyfile=None,
    certfile=None,
    server_side=False,
    cert_reqs=CERT_NONE,
    ssl_version=PROTOCOL_TLS,
    ca_certs=None,
    do_handshake_on_connect=True,
    suppress_ragged_eofs=True,
    ciphers=None,
):
    """An SSLSocket over a socket, with a context of its own. It verifies nothing unless it is told to."""
    return SSLSocket(
        sock=sock,
        keyfile=keyfile,
        certfile=certfile,
        server_side=server_side,
        cert_reqs=cert_reqs,
        ssl_version=ssl_version,
        ca_certs=ca_certs,
        do_handshake_on_connect=do_handshake_on_connect,
        suppress_ragged_eofs=suppress_ragged_eofs,
        ciphers=ciphers,
    )


def sslwrap_simple(sock, keyfile=None, certfile=None):
    """The client's side of a connection, as socket.ssl() gives it. It verifies nothing."""
    sock = getattr(sock, "_sock", sock)
    context = SSLContext(PROTOCOL_TLS)
    if keyfile or certfile:
        context.load_cert_chain(certfile, keyfile)
    connection = context._wrap_socket(sock, server_side=False)
    try:
        sock.getpeername()
    except socket_error:
        # Not connected yet: then the first read or write does the handshake.
        return connection
    connection.do_handshake()
    return connection


# Helpers

_MONTHS = "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
_REST_OF_TIME = " %d %H:%M:%S %Y GMT"


def cert_time_to_seconds(cert_time):
    """The time of a certificate, as "Jan  5 09:34:43 2018 GMT", in seconds since the epoch.

    The names of the months are English in any locale.
    """
    from calendar import timegm
    from time import strptime

    name = cert_time[:3].lower()
    if name not in _MONTHS:
        raise ValueError('time data %r does not match format "%%b%s"' % (cert_time, _REST_OF_TIME))
    parsed = strptime(cert_time[3:], _REST_OF_TIME)
    return timegm((parsed[0], _MONTHS.index(name) + 1) + parsed[2:6])


def DER_cert_to_PEM_cert(der_cert_bytes):
    """A certificate in DER as a str in PEM."""
    from binascii import b2a_base64

    text = b2a_base64(der_cert_bytes).strip().decode("ascii")
    lines = [text[at : at + _PEM_LINE] for at in range(0, len(text), _PEM_LINE)]
    return "\n".join([PEM_HEADER] + (lines or [""]) + [PEM_FOOTER, ""])


def PEM_cert_to_DER_cert(pem_cert_string):
    """A certificate in PEM as bytes in DER."""
    from binascii import a2b_base64

    if not pem_cert_string.startswith(PEM_HEADER):
        raise ValueError("Invalid PEM encoding; must start with %s" % PEM_HEADER)
    text = pem_cert_string.strip()
    if not text.endswith(PEM_FOOTER):
        raise ValueError("Invalid PEM encoding; must end with %s" % PEM_FOOTER)
    return a2b_base64(text[len(PEM_HEADER) : -len(PEM_FOOTER)].encode("ascii"))


def get_server_certificate(addr, ssl_version=PROTOCOL_TLS, ca_certs=None):
    """The certificate of the server at an address, in PEM.

    ca_certs: a file of authorities, one of whom has to have signed it; None to take any.
    """
    host, port = addr
    context = _create_stdlib_context(
        ssl_version, cert_reqs=CERT_NONE if ca_certs is None else CERT_REQUIRED, cafile=ca_certs
    )
    plain = create_connection(addr)
    try:
        wrapped = context.wrap_socket(plain)
        try:
            return DER_cert_to_PEM_cert(wrapped.getpeercert(True))
        finally:
            wrapped.close()
    finally:
        plain.close()


def get_protocol_name(protocol_code):
    """The name of a PROTOCOL_ constant."""
    return _PROTOCOL_NAMES.get(protocol_code, "<unknown>")
