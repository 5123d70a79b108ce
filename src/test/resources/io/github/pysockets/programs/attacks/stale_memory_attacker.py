# With stale_memory_victim.py: counts of bytes that the kernel does not give.
import socket

server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
accepted, _ = server.accept()


def before():
    client.sendall(b"x" * 4 * 900)


def after():
    target = bytearray(900)
    accepted.recv(1, socket.MSG_PEEK)
    for data in (
        accepted.recvmsg(900, 64, socket.MSG_TRUNC)[0],
        accepted.recv(900, socket.MSG_TRUNC),
        accepted.recvfrom(900, socket.MSG_TRUNC)[0],
        target[: accepted.recvmsg_into([target], 64, socket.MSG_TRUNC)[0]],
    ):
        assert len(data) == 900, len(data)
        assert not set(data) - set(b"x\0"), bytes(data)
