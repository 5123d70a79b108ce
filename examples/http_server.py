"""A small web service: handlers found by method and path, JSON in and out, a thread for each connection.

Shows: http.server's ThreadingHTTPServer with kept-alive connections, on sockets of this implementation.

    ./pysockets examples/http_server.py                 starts, fetches from itself, and ends by itself
    ./pysockets examples/http_server.py --port 8000     serves until interrupted
    ./pysockets examples/http_server.py --port 8000 --requests 3
                                                        serves three requests, then ends

    Then, for instance: curl http://127.0.0.1:8000/hello?name=Ada
"""

import argparse
import http.client
import http.server
import json
import sys
import threading
import urllib.parse

TIMEOUT = 30.0
MOST = 1 << 20
"""The most bytes that a request may bring."""

ROUTES = {}
"""From a path to the handlers of its methods."""


def route(method, path):
    """Makes a function the handler of a method and path.

    It takes the query as a mapping and the body as bytes. It returns an object, which is sent as JSON.
    """
    def register(handler):
        ROUTES.setdefault(path, {})[method] = handler
        return handler

    return register


@route("GET", "/")
def index(query, body):
    return {"paths": {path: sorted(handlers) for path, handlers in ROUTES.items()}}


@route("GET", "/hello")
def hello(query, body):
    return {"hello": query.get("name", "world")}


@route("POST", "/sum")
def total(query, body):
    try:
        return {"sum": sum(json.loads(body))}
    except (TypeError, ValueError) as error:
        raise BadRequest("the body must be a JSON list of numbers") from error


class Counter:
    """Counts across all threads."""

    def __init__(self):
        self.value = 0
        self._lock = threading.Lock()

    def next(self):
        with self._lock:
            self.value += 1
            return self.value


VISITS = Counter()


@route("POST", "/visits")
def visit(query, body):
    return {"visit": VISITS.next()}


class BadRequest(Exception):
    """What the client sent cannot be used. The text says why."""


class Handler(http.server.BaseHTTPRequestHandler):
    """Finds the handler of a request and sends what it returns."""

    protocol_version = "HTTP/1.1"  # keeps the connection for the next request
    disable_nagle_algorithm = True  # or the body waits until the client has acknowledged the headers
    timeout = TIMEOUT

    def answer(self):
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > MOST:
            self.close_connection = True  # the body is not read, so the next request cannot be found
            return self.reply(413, {"error": f"a body must have at most {MOST} bytes, and say how many"})
        body = self.rfile.read(int(length))
        parts = urllib.parse.urlsplit(self.path)
        handlers = ROUTES.get(parts.path)
        if handlers is None:
            return self.reply(404, {"error": "no such path"})
        handler = handlers.get("GET" if self.command == "HEAD" else self.command)
        if handler is None:
            return self.reply(405, {"error": "no such method here"}, Allow=", ".join(sorted(handlers)))
        try:
            return self.reply(200, handler(dict(urllib.parse.parse_qsl(parts.query)), body))
        except BadRequest as error:
            return self.reply(400, {"error": str(error)})

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def reply(self, status, content, **headers):
        data = json.dumps(content).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
        self.server.count_request()

    def log_message(self, text, *arguments):
        if self.server.verbose:
            super().log_message(text, *arguments)


class Server(http.server.ThreadingHTTPServer):
    """Serves until it is shut down, or has answered `limit` requests."""

    def __init__(self, address, limit=None, verbose=True):
        super().__init__(address, Handler)
        self.limit = limit
        self.verbose = verbose
        self.answered = Counter()

    def count_request(self):
        if self.answered.next() == self.limit:
            self.shutdown()  # returns when serve_forever does, so it must be another thread that calls it


def fetch(connection, method, path, body=None):
    """One request on a connection that stays open: its status, its Allow header and what the JSON says."""
    connection.request(method, path, body)
    response = connection.getresponse()
    return response.status, response.getheader("Allow"), json.loads(response.read())


def demonstrate():
    server = Server(("127.0.0.1", 0), verbose=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()

    requests = [
        ("GET", "/"), ("GET", "/hello"), ("GET", "/hello?name=Ada%20Lovelace"), ("POST", "/sum", "[1, 2.5, 3]"),
        ("POST", "/sum", "no list"), ("DELETE", "/sum"), ("GET", "/nowhere"),
    ]
    connection = http.client.HTTPConnection(*server.server_address, timeout=TIMEOUT)
    connection.connect()
    first = connection.sock
    for request in requests:
        status, allowed, content = fetch(connection, *request)
        note = f" (Allow: {allowed})" if allowed else ""
        print(*request, "->", status, json.dumps(content) + note)
    print("all on one connection:", connection.sock is first)
    connection.close()

    visits = []

    def visit_ten_times():
        connection = http.client.HTTPConnection(*server.server_address, timeout=TIMEOUT)
        for _ in range(10):
            visits.append(fetch(connection, "POST", "/visits")[2]["visit"])
        connection.close()

    visitors = [threading.Thread(target=visit_ten_times) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    complete = sorted(visits) == list(range(1, 41))
    print("four clients at once, ten visits each:", "each was counted once" if complete else "the count is wrong")

    server.shutdown()
    thread.join()
    server.server_close()
    return 0 if complete else 1


def main():
    parser = argparse.ArgumentParser(description="A small web service. Without --port it shows itself and ends.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, help="serve on this port; 0 lets the system choose one")
    parser.add_argument("--requests", type=int, metavar="N", help="end after N requests")
    options = parser.parse_args()
    if options.port is None:
        return demonstrate()
    with Server((options.host, options.port), options.requests) as server:
        print("serving at http://%s:%d/" % server.server_address[:2], flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
