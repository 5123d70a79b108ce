"""Does what scripts with sockets do at their start, so that the AOT cache has the classes and methods for it.

This is no test: a step that fails is missing in the cache and does no other harm.
"""

import argparse
import contextlib
import http.client
import http.server
import io
import json
import logging
import os
import select
import selectors
import signal
import socket
import socketserver
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.request

LIMIT = 10.0
"""Seconds for each wait."""

BUSY = 15.0
"""Seconds for the compiler of Python, where there is one, to become as fast as it gets."""


class Upper(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"path": self.path}).encode())

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serving(server_class, handler):
    with server_class(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server.server_address
        server.shutdown()
        thread.join(LIMIT)


def lines():
    with serving(socketserver.ThreadingTCPServer, Upper) as address:
        with socket.create_connection(address, LIMIT) as connection, connection.makefile("rwb") as stream:
            for number in range(50):
                stream.write(b"line %d\n" % number)
                stream.flush()
                stream.readline()


def pages():
    with serving(http.server.ThreadingHTTPServer, Page) as (host, port):
        json.load(urllib.request.urlopen(f"http://{host}:{port}/a", timeout=LIMIT))
        connection = http.client.HTTPConnection(host, port, timeout=LIMIT)
        connection.request("GET", "/b")
        connection.getresponse().read()
        connection.close()


def datagrams():
    with socket.socket(type=socket.SOCK_DGRAM) as receiver, socket.socket(type=socket.SOCK_DGRAM) as sender:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(LIMIT)
        sender.sendto(struct.pack("!I", 1), receiver.getsockname())
        receiver.recvfrom(16)


def readiness():
    left, right = socket.socketpair()
    with left, right, selectors.DefaultSelector() as selector:
        right.setblocking(False)
        selector.register(right, selectors.EVENT_READ)
        for _ in range(50):
            left.sendall(b"x" * 64)
            selector.select(LIMIT)
            select.select([right], [], [], LIMIT)
            right.recv_into(bytearray(64))


def names():
    socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", 1), LIMIT)


def tls():
    """A handshake as far as it goes without a certificate."""
    client, server = ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    for _ in range(5):
        to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
        with contextlib.suppress(ssl.SSLWantReadError):
            client.wrap_bio(to_client, to_server, server_hostname="localhost").do_handshake()
        with contextlib.suppress(ssl.SSLError):
            server.wrap_bio(to_server, to_client, server_side=True).do_handshake()


def compiled():
    end = time.monotonic() + BUSY
    while "Interpreted" not in sys.version and time.monotonic() < end:
        readiness()
        lines()


def main():
    argparse.ArgumentParser().parse_args([])
    for step in (lines, pages, datagrams, readiness, names, tls, compiled):
        try:
            step()
        except Exception:
            traceback.print_exc()


main()
