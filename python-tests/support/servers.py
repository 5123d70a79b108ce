"""Servers on a thread, for the cases of what the standard library builds on sockets."""

import os
import socketserver
import sys
import tempfile

from support import HOST, LIMIT, SocketTestCase

TURN = 0.02
"""Seconds after which `serve_forever` checks whether it should end, so the end of a test takes no longer."""


class KeepsFailures:
    """A mixin for servers: what a handler raises is kept in `failures`. The standard library would print it."""

    def __init__(self, *arguments, **keywords):
        self.failures = []
        super().__init__(*arguments, **keywords)

    def handle_error(self, request, client_address):
        self.failures.append(sys.exception())


class LineHandler(socketserver.StreamRequestHandler):
    """A server's half of a protocol made of lines, with a bounded wait for each."""

    timeout = LIMIT

    def line(self):
        """The next line without its end, or None at the end of the stream."""
        line = self.rfile.readline()
        return line.rstrip(b"\r\n").decode("utf-8") if line else None

    def reply(self, *lines):
        self.wfile.write("".join(line + "\r\n" for line in lines).encode("utf-8"))


class LineServer(KeepsFailures, socketserver.ThreadingTCPServer):
    """Serves each connection on a thread of its own; closing it waits for them all."""

    allow_reuse_address = True


class ServerTestCase(SocketTestCase):
    """A test case that serves while its test runs."""

    def serve(self, server):
        """Runs `server` on a thread until the test ends, and closes it. Gives it back."""
        self.addCleanup(self.assertNoFailures, server)
        self.addCleanup(server.server_close)
        self.peer(server.serve_forever, TURN)
        self.addCleanup(server.shutdown)
        return server

    def by_hand(self, server):
        """Closes `server` when the test ends, and bounds its `handle_request`. Gives it back."""
        self.addCleanup(server.server_close)
        server.timeout = LIMIT
        return server

    def serve_lines(self, handler, server_class=LineServer):
        """As `serve`, for a handler of this class on a loopback port."""
        return self.serve(server_class((HOST, 0), handler))

    def assertNoFailures(self, server):
        """Nothing was raised in a handler that the test did not take out of `failures`."""
        for failure in getattr(server, "failures", ()):
            raise failure

    def directory(self):
        """A new directory, gone after the test."""
        made = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(made.cleanup)
        return made.name

    def path(self, name="socket"):
        """A path for a socket, in a new directory."""
        return os.path.join(self.directory(), name)
