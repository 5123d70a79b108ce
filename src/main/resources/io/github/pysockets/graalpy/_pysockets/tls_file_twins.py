"""What a file of an SSLSocket sends by: see `written_files`."""

from errno import EAGAIN
from os import strerror

from _pysockets.codes import checked
from _pysockets.file_twins import CallingTwin, UsedTwin
from _pysockets.tls_codes import WANT_READ, WANT_WRITE, failure
from _pysockets.tls_host import connections

_handshake_done = connections.handshakeDone
_write = connections.write
_write_now = connections.writeNow


class TlsTwin(CallingTwin):
    """Of an SSLSocket. Once that is gone, its TLS connection is still there."""

    __slots__ = ("_connection",)

    def __init__(self, sock):
        UsedTwin.__init__(self, sock)
        self._connection = None if sock._sslobj is None else sock._sslobj._handle

    def _send_alone(self, data):
        connection = self._connection
        # A connection that was not used may have been replaced. What is meant for TLS is never sent without.
        if connection is None or not checked(_handshake_done(connection)):
            return CallingTwin._send_alone(self, data)
        return self._written(_write if self.waits else _write_now, connection, data)

    def _send_now(self, sock, data):
        if sock._sslobj is None:
            return UsedTwin.send(self, data)
        return self._written(_write_now, sock._sslobj._handle, data)

    def _written(self, write, connection, data):
        count = write(connection, bytes(data))
        if count >= 0:
            return count
        if not self.waits and count in (WANT_READ, WANT_WRITE):
            raise BlockingIOError(EAGAIN, strerror(EAGAIN))
        raise failure(count, "write")
