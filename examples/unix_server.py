"""A UNIX-domain server that takes over network connections from another process.

A front door accepts TCP connections and hands each to a worker, as a descriptor over a UNIX-domain socket. The worker
answers as if it had accepted the connection itself. That is how a server restarts without losing a connection, and how
the process that opens ports is kept apart from the one that reads what strangers send.

Shows: AF_UNIX sockets, send_fds and recv_fds, a socket made from a descriptor, and the credentials of the peer.

    ./pysockets examples/unix_server.py                           both sides here; ends by itself
    ./pysockets examples/unix_server.py worker /tmp/worker.sock   takes connections over until interrupted
    ./pysockets examples/unix_server.py front /tmp/worker.sock --port 7010
                                                                  accepts connections for the worker until interrupted

    Then, for instance: echo hello | nc 127.0.0.1 7010
"""

import argparse
import os
import socket
import struct
import sys
import tempfile
import threading

TIMEOUT = 30.0
MOST = 16
"""The most descriptors that the worker takes in one message."""


def work(listener):
    """Takes connections from one front door after the other until the listener is shut down."""
    while True:
        try:
            control, _ = listener.accept()
        except OSError:
            return
        with control:
            take_over(control)


def take_over(control):
    """Answers each connection that the front door hands over. Each message has a note and descriptors with it."""
    while True:
        note, descriptors, _, _ = socket.recv_fds(control, 1024, MOST)
        if not note:
            return
        for descriptor in descriptors:
            with socket.socket(fileno=descriptor) as connection:
                try:
                    answer(connection, note.decode())
                except OSError as error:
                    print("a client is gone:", error, file=sys.stderr)


def answer(connection, note):
    connection.settimeout(TIMEOUT)
    request = connection.recv(1024).decode(errors="replace").strip()
    connection.sendall(f"{request.upper()} (worker, {note})\n".encode())


def hand_over(control, listener):
    """Accepts one connection and passes it on. Only the worker holds it afterwards."""
    connection, _ = listener.accept()
    with connection:
        socket.send_fds(control, [b"from the front door"], [connection.fileno()])


def listen_at(path):
    """A listening UNIX-domain socket that only this user may connect to."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    os.chmod(path, 0o600)  # before listen: until then nobody can connect
    listener.listen()
    return listener


def connect_to(path):
    control = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    control.connect(path)
    return control


def same_user(sock):
    """Whether both ends of a UNIX-domain connection belong to one user (Linux)."""
    size = struct.calcsize("iII")
    _, theirs, _ = struct.unpack("iII", sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    left, right = socket.socketpair()
    with left, right:
        _, ours, _ = struct.unpack("iII", left.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return ours == theirs


def demonstrate():
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "worker.sock")
        with listen_at(path) as listener, socket.create_server(("127.0.0.1", 0)) as front:
            worker = threading.Thread(target=work, args=(listener,))
            worker.start()
            with connect_to(path) as control:
                print("connected to", os.path.basename(control.getpeername()))
                print("the same user at both ends:", same_user(control))
                for request in ("hello", "is this the front door?"):
                    with socket.create_connection(front.getsockname(), timeout=TIMEOUT) as client:
                        hand_over(control, front)
                        client.sendall(request.encode() + b"\n")
                        with client.makefile(encoding="utf-8") as lines:
                            print(f"asked {request!r}:", *(line.rstrip() for line in lines))
            listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
            worker.join()
    return 0


def main():
    parser = argparse.ArgumentParser(description="Handing network connections to another process.")
    roles = parser.add_subparsers(dest="role", title="roles (without one, both run here and end by themselves)")
    worker = roles.add_parser("worker", help="take connections over until interrupted")
    front = roles.add_parser("front", help="accept connections for the worker until interrupted")
    for role in (worker, front):
        role.add_argument("path", help="of the UNIX-domain socket of the worker")
    front.add_argument("--host", default="127.0.0.1")
    front.add_argument("--port", type=int, default=7010)
    options = parser.parse_args()

    try:
        if options.role == "worker":
            with listen_at(options.path) as listener:
                try:
                    print("worker at", options.path, flush=True)
                    work(listener)
                finally:
                    os.unlink(options.path)
        elif options.role == "front":
            with connect_to(options.path) as control, \
                    socket.create_server((options.host, options.port)) as listener:
                print("front door on %s, port %d" % listener.getsockname()[:2], flush=True)
                while True:
                    hand_over(control, listener)
        else:
            return demonstrate()
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
