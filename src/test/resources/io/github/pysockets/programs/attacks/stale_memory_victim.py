# With stale_memory_attacker.py.
import socket


def work():
    left, right = socket.socketpair()
    left.sendall(b"SECRET" * 155)
    right.recvmsg(930, 64)
    left.sendall(b"SECRET" * 155)
    right.recv(930)
    left.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 900)
