"""Fetching by HTTP with the standard library's two clients: http.client and urllib.request.

Shows: requests by method, headers and bodies both ways, one connection for several requests, a body that comes in
chunks, errors as exceptions, and a timeout.

    ./pysockets examples/http_client.py                        fetches from a small server of its own; ends by itself
    ./pysockets examples/http_client.py http://example.com/    fetches that and prints it
    ./pysockets examples/http_client.py --head http://example.com/
                                                               prints the status and the headers
"""

import argparse
import http.client
import http.server
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

TIMEOUT = 30.0


class Handler(http.server.BaseHTTPRequestHandler):
    """What the demonstration fetches from."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = TIMEOUT
    pages = {"/": b"welcome\n", "/poem": b"roses are red\nviolets are blue\n"}

    def do_GET(self):
        if self.path == "/chunks":
            self.send_chunks(b"one, ", b"two, ", b"three\n")
        elif self.path == "/moved":
            self.send(301, b"", Location="/poem")
        elif self.path == "/never":
            self.server.released.wait(TIMEOUT)  # no answer as long as the client waits
            self.close_connection = True
        elif self.path in self.pages:
            self.send(200, self.pages[self.path])
        else:
            self.send(404, b"there is no such page\n")

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fields = dict(urllib.parse.parse_qsl(body.decode()))
        text = ", ".join(f"{name} is {value}" for name, value in sorted(fields.items()))
        self.send(200, text.encode() + b"\n")

    def send(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_chunks(self, *chunks):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in (*chunks, b""):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))

    def log_message(self, text, *arguments):
        """The demonstration prints what it got; a log besides would only disturb."""


def show_http_client(host, port):
    """http.client: one connection, request after request."""
    print("http.client")
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    connection.connect()
    first = connection.sock
    for method, path in (("GET", "/"), ("HEAD", "/poem"), ("GET", "/chunks"), ("GET", "/nowhere")):
        connection.request(method, path, headers={"Accept": "text/plain"})
        response = connection.getresponse()
        body = response.read()
        length = response.getheader("Content-Length", "unknown before the end")
        print(f"  {method} {path}: {response.status} {response.reason}, {body!r}, length {length}")
    print("  all on one connection:", connection.sock is first)
    connection.close()


def show_urllib(host, port):
    """urllib.request: a function call for each fetch, redirections followed, errors raised."""
    print("urllib.request")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy stands before loopback
    site = f"http://{host}:{port}"

    with opener.open(site + "/poem", timeout=TIMEOUT) as response:
        print("  /poem, line by line:", [line.decode().rstrip() for line in response])
    with opener.open(site + "/moved", timeout=TIMEOUT) as response:
        print("  /moved leads to", urllib.parse.urlsplit(response.url).path)
    form = urllib.parse.urlencode({"name": "Ada", "field": "mathematics & engines"}).encode()
    with opener.open(site + "/form", form, timeout=TIMEOUT) as response:
        print("  a form:", response.read().decode().rstrip())
    try:
        opener.open(site + "/nowhere", timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        with error:
            print(f"  /nowhere: {error.code} {error.reason}, {error.read()!r}")
    try:
        opener.open(site + "/never", timeout=0.2)
    except TimeoutError as error:
        print("  /never:", error)


def show_refusal(host, port):
    """A port where nobody listens."""
    print("without a server")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(f"http://{host}:{port}/", timeout=TIMEOUT)
    except urllib.error.URLError as error:
        print(" ", type(error.reason).__name__)


def demonstrate():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.released = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        show_http_client(*server.server_address)
        show_urllib(*server.server_address)
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
    show_refusal(*server.server_address)
    return 0


def fetch(url, head):
    request = urllib.request.Request(url, method="HEAD" if head else "GET")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            if head:
                print(response.status, response.reason)
                print(response.headers, end="")
            else:
                sys.stdout.buffer.write(response.read())
    except urllib.error.URLError as error:  # HTTPError is one of them
        print(f"{url}: {error}", file=sys.stderr)
        return 1
    return 0


def main():
    parser = argparse.ArgumentParser(description="Fetches a page, or shows how from a server of its own.")
    parser.add_argument("url", nargs="?")
    parser.add_argument("--head", action="store_true", help="print the status and the headers instead of the page")
    options = parser.parse_args()
    if options.url is None:
        return demonstrate()
    return fetch(options.url, options.head)


if __name__ == "__main__":
    sys.exit(main())
