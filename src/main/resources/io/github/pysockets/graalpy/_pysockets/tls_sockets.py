"""TLS connections.

Over sockets, where calls wait as the socket's timeout says, and between queues of bytes, where none waits.
"""

from weakref import ref as _ref

from _pysockets.arguments import c_size as _c_size
from _pysockets.arguments import bytes_like as _bytes_like
from _pysockets.arguments import writable as _writable
from _pysockets.codes import checked as _checked
from _pysockets.buffers import SMALL as _SMALL
from _pysockets.buffers import make as _make
from _pysockets.buffers import small as _small_buffers
from _pysockets.sockets import socket
from _pysockets.tls_bios import MemoryBIO
from _pysockets.tls_certificates import certificates as _certificates
from _pysockets.tls_certificates import described as _described
from _pysockets.tls_codes import BROKEN as _BROKEN
from _pysockets.tls_codes import FAILED as _FAILED
from _pysockets.tls_codes import UNEXPECTED_EOF as _UNEXPECTED_EOF
from _pysockets.tls_codes import ZERO_RETURN as _ZERO_RETURN
from _pysockets.tls_codes import broken_in_memory as _broken_in_memory
from _pysockets.tls_codes import checked as _checked_tls
from _pysockets.tls_codes import cut_short as _cut_short
from _pysockets.tls_codes import error as _error
from _pysockets.tls_codes import failure as _failure
from _pysockets.tls_constants import *
from _pysockets.tls_errors import SSLError
from _pysockets.tls_host import connections as _connections
from _pysockets.tls_sessions import checked_session as _checked_session
from _pysockets.tls_sessions import session_of as _session_of

_client_of_socket = _connections.clientOfSocket
_server_of_socket = _connections.serverOfSocket
_client_of_queues = _connections.clientOfQueues
_server_of_queues = _connections.serverOfQueues
_set_context = _connections.setContext
_handshake = _connections.handshake
_handshake_done = _connections.handshakeDone
_read = _connections.read
_write = _connections.write
_shutdown = _connections.shutdown
_pending = _connections.pending
_peer_certificate = _connections.peerCertificate
_peer_chain = _connections.peerChain
_verified_chain = _connections.verifiedChain
_version = _connections.version
_cipher = _connections.cipher
_shared_ciphers = _connections.sharedCiphers
_application_protocol = _connections.applicationProtocol
_session_reused = _connections.sessionReused

_new_object = object.__new__
_pop_small = _small_buffers.pop
_push_small = _small_buffers.append

_INT_MAX = 0x7FFF_FFFF
_NO_BUFFER = object()

_WRONG_VERSION = 266
_EXTENSION_NOT_RECEIVED = 279
_NOT_SERVER = 284


class _SSLSocket:
    """A TLS connection: what ssl.SSLSocket and ssl.SSLObject build on."""

    __slots__ = (
        "_handle",
        "_context",
        "_server",
        "_hostname",
        "_owner",
        "_sock",
        "_make",
        "_begun",
        "_ending",
        "__weakref__",
    )

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create '_ssl._SSLSocket' instances")

    def __reduce__(self):
        raise TypeError("cannot pickle '_ssl._SSLSocket' object")

    # Data

    def do_handshake(self):
        """Agrees with the other side on ciphers and keys, and verifies it.

        Reading and writing do so by themselves too.
        """
        self._begun = True
        result = _handshake(self._handle)
        if result == _BROKEN and self._sock is None:
            raise _broken_in_memory()
        if result < 0:
            raise self._failed(result, "handshake")

    def read(self, size, buffer=_NO_BUFFER, /):
        """Reads at most `size` bytes, and gives them; or reads into a writable buffer, and gives how many.

        No bytes are the end.
        """
        if buffer is _NO_BUFFER:
            if type(size) is not int or size <= 0:
                size = _c_size(size)
                if size < 0:
                    raise ValueError("size should not be negative")
                if size == 0:
                    return b""
            try:
                lent = _pop_small()
            except IndexError:
                lent = _make()
            count = _read(self._handle, lent[0], size if size < _SMALL else _SMALL)
            if count > 0:
                data = bytes(lent[1][:count])
                _push_small(lent)
                return data
            _push_small(lent)
            self._ended(count)
            return b""
        target = buffer if type(buffer) is bytearray else _writable(buffer, "read", 2)
        room = len(target)
        if type(size) is not int or not 0 < size <= room:
            size = _c_size(size)
            if not 0 < size <= room:
                size = room
            if size == 0:
                return 0
        try:
            lent = _pop_small()
        except IndexError:
            lent = _make()
        count = _read(self._handle, lent[0], size if size < _SMALL else _SMALL)
        if count > 0:
            # As copy() does it, without the call.
            _, view, file = lent
            file.seek(0)
            file.write(view[:count])
            file.seek(0)
            file.readinto(target if count == room else memoryview(target)[:count])
            _push_small(lent)
            return count
        _push_small(lent)
        self._ended(count)
        return 0

    def _ended(self, code):
        """Returns if a read may end without bytes in this way; otherwise raises the exception."""
        if code != _ZERO_RETURN and (code != _UNEXPECTED_EOF or not self._ignores_cuts()) or self._ending:
            raise _cut_short(code) or self._failed(code, "read")

    def write(self, b, /):
        """Writes bytes, and gives how many were written."""
        data = b if type(b) is bytes else _bytes_like(b)
        if len(data) > _INT_MAX:
            raise OverflowError("string longer than %d bytes" % _INT_MAX)
        count = _write(self._handle, data)
        if count < 0:
            raise _cut_short(count) or self._failed(count, "write")
        return count

    def pending(self):
        """How many bytes can be read before more has to come from the other side."""
        return _checked(_pending(self._handle))

    def shutdown(self):
        """Ends the connection, and waits for the other side to do so too.

        Gives the socket, for data that may follow without TLS.
        """
        result = _shutdown(self._handle)
        if result != _FAILED:
            self._ending = True
        if result < 0 and (result != _UNEXPECTED_EOF or not self._ignores_cuts()):
            raise self._failed(result, "read")
        return None if self._sock is None else self._sock()

    def _ignores_cuts(self):
        return self._context._options & OP_IGNORE_UNEXPECTED_EOF

    def _failed(self, code, operation):
        """The exception for a negative result."""
        if code == _UNEXPECTED_EOF and self._ignores_cuts():
            code = _ZERO_RETURN
        return _failure(code, operation)

    # The other side

    def getpeercert(self, der=False, /):
        """The other side's certificate: bytes in DER where `der` is true, otherwise a dict.

        The dict is empty where the certificate was not verified.
        None where the other side has shown no certificate.
        """
        if not _checked(_handshake_done(self._handle)):
            raise ValueError("handshake not done yet")
        certificate = _checked(_peer_certificate(self._handle))
        if certificate is None:
            return None
        if der:
            return certificate
        return _described(certificate) if self._context._mode != CERT_NONE else {}

    def get_unverified_chain(self):
        """The certificates that the other side has shown, its own first; None for none."""
        chain = _certificates(_checked(_peer_chain(self._handle)))
        if chain is None and self._server and self._context._mode != CERT_NONE and self.version() is not None:
            # As in CPython, where a client was asked and has none.
            return None if self.session_reused else [None]
        return chain

    def get_verified_chain(self):
        """The certificates from the other side's own to a trusted one; None for none."""
        return _certificates(_checked(_verified_chain(self._handle)))

    def verify_client_post_handshake(self):
        """Refused: Java's TLS has no post-handshake authentication."""
        if self.version() != "TLSv1.3":
            raise _error(SSLError, _WRONG_VERSION, "wrong ssl version", "SSL", "WRONG_SSL_VERSION")
        if not self._server:
            raise _error(SSLError, _NOT_SERVER, "not server", "SSL", "NOT_SERVER")
        # OpenSSL says this of a client that has not offered it; Java's TLS does not look whether one has. It is an
        # SSLError because servers go on after that.
        text = "extension not received: Java's TLS has no post-handshake authentication"
        raise _error(SSLError, _EXTENSION_NOT_RECEIVED, text, "SSL", "EXTENSION_NOT_RECEIVED")

    # What was negotiated

    def version(self):
        """The version of the protocol: 'TLSv1.3', 'TLSv1.2', or None before the handshake is done."""
        version = _checked(_version(self._handle))
        # The host's null is not quite None: its type is another.
        return None if version is None else version

    def cipher(self):
        """(name, version that it is from, bits of secret), or None before the handshake is done."""
        cipher = _checked(_cipher(self._handle))
        return None if cipher is None else cipher

    def shared_ciphers(self):
        """A list of the ciphers that a server shares with its client, each as cipher() has it; None for a client."""
        shared = _checked(_shared_ciphers(self._handle))
        return None if shared is None else list(shared)

    def selected_alpn_protocol(self):
        """The protocol that ALPN chose; None for none."""
        protocol = _checked(_application_protocol(self._handle))
        return None if protocol is None else protocol.encode("latin-1").decode()

    def compression(self):
        """How data are compressed: None, they never are."""
        return None

    def get_channel_binding(self, cb_type="tls-unique"):
        """Channel binding data: bytes that only this connection has.

        Java's TLS does not give them. So before the handshake there are none, and after it the call is refused.
        """
        if not issubclass(type(cb_type), str):
            kind = "None" if cb_type is None else type(cb_type).__name__
            raise TypeError("get_channel_binding() argument 'cb_type' must be str, not %s" % kind)
        if cb_type != "tls-unique":
            raise ValueError("'%s' channel binding type not implemented" % cb_type)
        if not _checked(_handshake_done(self._handle)):
            return None
        raise NotImplementedError("get_channel_binding: Java's TLS does not tell what tls-unique is made of")

    # Settings

    @property
    def context(self):
        """The context. A server's sni_callback may set another, whose certificates are then used."""
        return self._context

    @context.setter
    def context(self, value):
        handle = self._context._handle_of(value)
        self._context = value
        _checked(_set_context(self._handle, handle))

    @property
    def server_side(self):
        """Whether this is the server's side."""
        return self._server

    @property
    def server_hostname(self):
        """The name by which the client calls the server, or None."""
        return self._hostname

    @property
    def owner(self):
        """The object that stands for the connection in callbacks, or None."""
        return None if self._owner is None else self._owner()

    @owner.setter
    def owner(self, value):
        self._owner = _ref(value)

    # Sessions

    @property
    def session(self):
        """The session, for a client to give to its next connection; None before the handshake is done."""
        return _session_of(self._handle)

    @session.setter
    def session(self, value):
        session = _checked_session(value, self._context._handle)
        if self._server:
            raise ValueError("Cannot set session for server-side SSLSocket.")
        if self._begun:
            raise ValueError("Cannot set session after handshake.")
        self._handle = _checked_tls(self._make(session))

    @property
    def session_reused(self):
        """Whether the handshake resumed an earlier session."""
        return _checked(_session_reused(self._handle))


_SSLSocket.__module__ = "_ssl"


def over_socket(context, sock, server, name, owner, session):
    """A connection over a socket of the socket module, for a context."""
    if not issubclass(type(sock), socket):
        raise TypeError("_wrap_socket() argument 'sock' must be _socket.socket, not %s" % _kind(sock))
    handle, sock_handle = context._handle, sock._handle
    if server:
        make = lambda reference: _server_of_socket(handle, sock_handle, reference)
    else:
        make = lambda resumed: _client_of_socket(handle, sock_handle, name, resumed)
    return _new(context, server, name, owner, session, make, _ref(sock))


def between_queues(context, incoming, outgoing, server, name, owner, session):
    """A connection between two MemoryBIO objects, for a context."""
    for argument, value in ("incoming", incoming), ("outgoing", outgoing):
        if not issubclass(type(value), MemoryBIO):
            raise TypeError("_wrap_bio() argument '%s' must be _ssl.MemoryBIO, not %s" % (argument, _kind(value)))
    handle, source, sink = context._handle, incoming._handle, outgoing._handle
    if server:
        make = lambda reference: _server_of_queues(handle, source, sink, reference)
    else:
        make = lambda resumed: _client_of_queues(handle, source, sink, name, resumed)
    return _new(context, server, name, owner, session, make, None)


def _new(context, server, name, owner, session, make, sock):
    """A connection.

    make: makes its host object: a server's from a weak reference to the connection, a client's from a session or None.
    """
    _check_name(name)
    if server and context._protocol == PROTOCOL_TLS_CLIENT:
        raise _error(SSLError, 0, "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context")
    if not server and context._protocol == PROTOCOL_TLS_SERVER:
        raise _error(SSLError, 0, "Cannot create a client socket with a PROTOCOL_TLS_SERVER context")
    self = _new_object(_SSLSocket)
    self._context = context
    self._server = server
    self._hostname = name
    self._sock = sock
    self._owner = None if owner is None else _ref(owner)
    self._make = make
    self._begun = self._ending = False
    self._handle = _checked_tls(make(_ref(self) if server else None))
    if session is not None:
        self.session = session
    return self


def _check_name(name):
    if name is None:
        return
    if not issubclass(type(name), str):
        raise TypeError("argument must be str, not %s" % _kind(name))
    name.encode("ascii")
    if "\0" in name:
        raise TypeError("argument must be encoded string without null bytes, not str")
    if not name or name.startswith("."):
        raise ValueError("server_hostname cannot be an empty string or start with a leading dot.")


def _kind(value):
    return "None" if value is None else type(value).__name__
