# With memory_kept_victim.py: a send with MSG_ZEROCOPY, whose bytes the kernel would read when another context's are in
# their place.
import socket

SO_ZEROCOPY, MSG_ZEROCOPY = 60, 0x400_0000

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
server.bind(("127.0.0.1", 0))
server.listen()
client = socket.create_connection(server.getsockname())
accepted, _ = server.accept()
sent = 0


def before():
    global sent
    client.setsockopt(socket.SOL_SOCKET, SO_ZEROCOPY, 0)
    for value in (1, b"\1\0\0\0", b"\1\0\0\0\0\0"):
        try:
            client.setsockopt(socket.SOL_SOCKET, SO_ZEROCOPY, value)
        except OSError as refusal:
            assert refusal.errno == 95, refusal
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
    client.setblocking(False)
    for send in (
        lambda data: client.send(data, MSG_ZEROCOPY),
        lambda data: client.sendmsg([data], [], MSG_ZEROCOPY),
        lambda data: client.sendto(data, MSG_ZEROCOPY, server.getsockname()),
        lambda data: client.send(data, MSG_ZEROCOPY),
    ):
        try:
            sent += send(bytes(256 << 10))
        except BlockingIOError:
            break


def after():
    client.shutdown(socket.SHUT_WR)
    accepted.settimeout(10)
    received = bytearray()
    while data := accepted.recv(1 << 20):
        received += data
    assert len(received) == sent > 0, (len(received), sent)
    assert not any(received), bytes(received).strip(b"\0")[:60]
