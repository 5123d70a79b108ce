"""Does what scripts with sockets do at their start, for the AOT cache of Jython: as aot-training.py."""

import contextlib
import httplib
import json
import logging
import Queue
import re
import select
import signal
import SocketServer
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib2

import socket

LIMIT = 10.0


class Upper(SocketServer.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


def lines():
    server = SocketServer.ThreadingTCPServer(("127.0.0.1", 0), Upper)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.setDaemon(True)
    thread.start()
    connection = socket.create_connection(server.server_address, LIMIT)
    stream = connection.makefile("r+")
    for number in range(50):
        stream.write("line %d\n" % number)
        stream.flush()
        stream.readline()
    connection.close()
    server.shutdown()
    server.server_close()


def readiness():
    left, right = socket.socketpair()
    poller, epoll = select.poll(), select.epoll()
    poller.register(right, select.POLLIN)
    epoll.register(right, select.EPOLLIN)
    for _ in range(50):
        left.sendall("x" * 64)
        select.select([right], [], [], LIMIT)
        poller.poll(1000)
        epoll.poll(LIMIT)
        right.recv_into(bytearray(64))


def names():
    socket.getaddrinfo("localhost", 80, 0, socket.SOCK_STREAM)
    try:
        socket.create_connection(("127.0.0.1", 1), LIMIT)
    except socket.error:
        pass


def tls():
    import ssl

    ssl.create_default_context()


for step in (lines, readiness, names, tls):
    try:
        step()
    except Exception:
        traceback.print_exc()
