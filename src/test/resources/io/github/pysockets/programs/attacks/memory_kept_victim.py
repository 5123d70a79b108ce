# With memory_kept_attacker.py.
import socket


def work():
    left, right = socket.socketpair()
    left.setblocking(False)
    left.send(b"SECRET" * 40_000)
