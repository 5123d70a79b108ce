"""The objects of `socket.ssl`, as in Python 2.2 to 2.5: clients of TLS that verify no peer."""

import warnings

from _pysockets.tls_certificates import one_line_names
from _pysockets.tls_constants import CERT_NONE, PROTOCOL_TLS_CLIENT, SSL_ERROR_SSL, SSL_ERROR_ZERO_RETURN
from _pysockets.tls_contexts import _SSLContext
from _pysockets.tls_errors import SSLError, SSLZeroReturnError

_USUAL = 1024
"""Bytes that a read asks for unless told."""


class SSL:
    """A TLS connection over a connected socket, which stays the caller's to set timeouts of and to close."""

    __slots__ = ("_connection", "_sock")

    def __init__(self, sock, keyfile=None, certfile=None):
        warnings.warn(
            "socket.ssl() verifies no certificate; ssl.create_default_context() makes contexts that do",
            DeprecationWarning,
            stacklevel=3,
        )
        if (keyfile is None) != (certfile is None):
            raise SSLError(SSL_ERROR_SSL, "Both the key & certificate files must be specified")
        context = _SSLContext(PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = CERT_NONE
        if certfile is not None:
            context.load_cert_chain(certfile, keyfile)
        # The connection does not keep its socket alive.
        self._sock = sock
        self._connection = context._wrap_socket(sock, server_side=False)
        self._call(self._connection.do_handshake)

    def read(self, n=_USUAL, /):
        """What has come, at most `n` bytes of it; waits for the first of them.

        The end raises sslerror: SSL_ERROR_ZERO_RETURN where the peer has announced it, SSL_ERROR_EOF where not.
        """
        data = self._call(self._connection.read, n)
        if not data and n:
            raise SSLZeroReturnError(SSL_ERROR_ZERO_RETURN, "TLS/SSL connection has been closed (EOF)")
        return data

    def write(self, s, /):
        """Sends bytes, and gives how many went."""
        return self._call(self._connection.write, s)

    def server(self):
        """The name that the peer's certificate is for, as in '/C=DE/O=Company/CN=host'; '' where it has shown none."""
        return self._names()[0]

    def issuer(self):
        """The name of the issuer of the peer's certificate, in the form of `server`."""
        return self._names()[1]

    def _names(self):
        certificate = self._connection.getpeercert(True)
        return ("", "") if certificate is None else one_line_names(certificate)

    @staticmethod
    def _call(function, *arguments):
        try:
            return function(*arguments)
        except TimeoutError as failure:
            # Old programs look for sslerror, new ones for TimeoutError.
            raise SSLTimeoutError(*failure.args) from None


class SSLTimeoutError(SSLError, TimeoutError):
    """A call took longer than the socket's timeout."""

    # That of SSLError expects an errno before the text.
    __str__ = OSError.__str__


SSL.__module__ = SSLTimeoutError.__module__ = "socket"
