"""HTTP requests, one after the other, of 64 bytes each way plus the headers."""

import contextlib
import threading
from itertools import repeat

from driving import Drive
from registry import Driven, Repeated, optional, workload

servers = optional("http.server") or optional("BaseHTTPServer")
clients = optional("http.client") or optional("httplib")
BODY = b"x" * 64


class Handler(servers.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The head and the body are sent apart; the second would wait for the first's acknowledgement, which is 40 ms late.
    disable_nagle_algorithm = True

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def served(peer, purpose):
    """The standard library's server in a thread, with the peer as its client."""
    server = servers.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.daemon = True
    thread.start()
    try:
        with contextlib.closing(Drive(peer, purpose, server.socket.getsockname()[1])) as drive:
            drive.prepare(1)
            yield Driven(drive.go)
        # The server serves one connection at a time, and looks whether it is to end when this one has.
        server.shutdown()
    finally:
        server.server_close()


@workload("http-server")
def http_server(peer, parameter):
    """Requests on one connection, which is kept alive."""
    with served(peer, "REQUESTS") as driven:
        yield driven


@workload("http-server-new")
def http_server_new(peer, parameter):
    """Each request on a connection of its own."""
    with served(peer, "NEW") as driven:
        yield driven


@workload("http-client")
def http_client(peer, parameter):
    """The standard library's client."""
    with contextlib.closing(clients.HTTPConnection(*peer.address)) as connection:

        def batch(count):
            request, getresponse, received = connection.request, connection.getresponse, 0
            for _ in repeat(None, count):
                request("GET", "/")
                received += len(getresponse().read())
            assert received == count * len(BODY)
            return count, received

        yield Repeated(batch)
