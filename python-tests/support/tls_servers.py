"""Servers of `socketserver` behind TLS, from the first byte on or from a command on."""

import queue
import ssl

from support import LIMIT, certificates
from support.servers import LineServer, ServerTestCase
from support.tls import server_context


class BehindTls:
    """A mixin for servers: each connection begins with a handshake, on its own thread.

    What the handshakes raised is in the queue `refused`. A test fails that leaves something there.
    """

    def __init__(self, *arguments, **keywords):
        self.context = server_context()
        self.refused = queue.SimpleQueue()
        super().__init__(*arguments, **keywords)

    def finish_request(self, request, client_address):
        request.settimeout(LIMIT)
        try:
            secured = self.context.wrap_socket(request, server_side=True)
        except OSError as failure:
            # A traceback holds on to the sockets of its frames.
            self.refused.put(failure.with_traceback(None))
            return
        with secured:
            super().finish_request(secured, client_address)


class TlsLineServer(BehindTls, LineServer):
    """As LineServer, behind TLS."""


class ChangesOver:
    """A mixin for handlers: the connection switches to TLS by a command, and back by another."""

    def start_tls(self):
        self._change(self.server.context.wrap_socket(self.connection, server_side=True))

    def end_tls(self):
        self._change(self.connection.unwrap())

    def is_secured(self):
        return getattr(self.connection, "version", None) is not None and self.connection.version() is not None

    def _change(self, connection):
        self.wfile.close()
        self.rfile.close()
        self.request = self.connection = connection
        self.connection.settimeout(LIMIT)
        self.rfile = connection.makefile("rb")
        self.wfile = connection.makefile("wb", 0)

    def finish(self):
        super().finish()
        self.connection.close()


class TlsServerCase(ServerTestCase):
    """A test case that serves behind TLS while its test runs."""

    def assertRefused(self, server, *reasons):
        """The server's end of a handshake failed for one of these reasons."""
        failure = server.refused.get(timeout=LIMIT)
        self.assertIsInstance(failure, ssl.SSLError)
        self.assertIn(failure.reason, reasons, failure)

    def assertNoFailures(self, server):
        super().assertNoFailures(server)
        refused = getattr(server, "refused", None)
        if refused is not None and not refused.empty():
            raise refused.get()

    def assertRefuses(self, code, function, *arguments, **keywords):
        """`function` raises that the certificate is not good, by this number of OpenSSL's."""
        with self.assertRaises(ssl.SSLCertVerificationError) as caught:
            function(*arguments, **keywords)
        self.assertEqual(caught.exception.verify_code, code, caught.exception)
        return caught.exception


def default_context():
    """What `ssl.create_default_context` makes, with the tests' own authority for the only one."""
    return ssl.create_default_context(cadata=certificates.authority().pem)
