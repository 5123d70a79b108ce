"""A small HTTP server and its pages, for the cases of http.client and urllib.request."""

import http.server
import sys
import threading

from support import HOST, LIMIT
from support.servers import KeepsFailures, ServerTestCase
from support.streams import pattern

BIG = pattern(1 << 20)
LINES = b"".join(b"line %d\n" % number for number in range(2000))


class Pages(http.server.BaseHTTPRequestHandler):
    """Answers HTTP/1.1 requests. The name of a method `get_NAME` is the path of a page."""

    protocol_version = "HTTP/1.1"
    timeout = LIMIT

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.server.seen.append((self.client_address, self.command, self.path))
        name = self.path.partition("?")[0].strip("/").replace("-", "_")
        page = getattr(self, "get_" + name, None)
        if page is None:
            self.send_error(404)
        else:
            page()

    do_HEAD = do_GET

    def do_POST(self):
        """Answers with the method, how the length was given, and the body."""
        self.server.seen.append((self.client_address, self.command, self.path))
        how = self.headers.get("Transfer-Encoding") or self.headers.get("Content-Length") or "nothing"
        body = self.chunked_body() if how == "chunked" else self.rfile.read(int(how) if how.isdigit() else 0)
        self.answer(b"%s %s " % (self.command.encode(), how.encode()) + body)

    do_PUT = do_POST

    def chunked_body(self):
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Length", len(body))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def get_hello(self):
        self.answer(b"hello", Content_Type="text/plain", X_Method=self.command)

    def get_big(self):
        self.answer(BIG)

    def get_lines(self):
        self.answer(LINES)

    def get_headers(self):
        self.answer("".join("%s: %s\n" % item for item in self.headers.items()).encode("latin-1"))

    def get_chunked(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(LINES), 1000):
            part = LINES[start : start + 1000]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def get_to_the_end(self):
        self.close_connection = True
        self.send_response(200)
        self.end_headers()
        self.wfile.write(LINES)

    def get_bye(self):
        self.close_connection = True
        self.answer(b"bye", Connection="close")

    def get_redirect(self):
        self.answer(b"elsewhere", 302, Location="/hello")

    def get_circle(self):
        self.answer(b"", 302, Location="/circle")

    def get_cut(self):
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Length", 100)
        self.end_headers()
        self.wfile.write(b"not a hundred")

    def get_nothing(self):
        self.close_connection = True

    def get_nonsense(self):
        self.close_connection = True
        self.wfile.write(b"this is no status line\r\n\r\n")

    def get_wait(self):
        """Answers once the test lets it."""
        self.server.go_on.wait(LIMIT)
        self.answer(b"at last")

    def get_meet(self):
        """Answers once three requests are here at the same time."""
        self.server.meeting.wait(LIMIT)
        self.answer(b"met")

    def get_cookie(self):
        self.answer((self.headers["Cookie"] or "none").encode(), Set_Cookie="taste=sweet")

    def get_secret(self):
        if self.headers["Authorization"] == "Basic dXNlcjpwYXNz":
            self.answer(b"secret")
        else:
            self.answer(b"who are you", 401, WWW_Authenticate='Basic realm="test"')


class Server(KeepsFailures, http.server.ThreadingHTTPServer):
    """`seen` holds (client address, method, path) of each request."""

    daemon_threads = False

    def __init__(self, *arguments):
        self.seen = []
        self.go_on = threading.Event()
        self.meeting = threading.Barrier(3)
        super().__init__(*arguments)

    def handle_error(self, request, client_address):
        # A client that goes before its answer is there is no failure of the server.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class HttpTestCase(ServerTestCase):
    """Serves the pages while a test runs."""

    handler_class = Pages
    server_class = Server

    def setUp(self):
        super().setUp()
        self.server = self.serve(self.server_class(self.server_address(), self.handler_class))
        self.addCleanup(self.server.go_on.set)

    def server_address(self):
        return HOST, 0
