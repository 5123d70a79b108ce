# Every flag of every call that sends or receives: bytes that come are those that were sent, or zeros.
import socket

SECRET = b"SECRET" * 200


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except OSError:
        return None


def connected():
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        accepted, _ = server.accept()
    return client, accepted


def datagrams():
    left, right = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
    left.bind(("127.0.0.1", 0))
    right.bind(("127.0.0.1", 0))
    left.connect(right.getsockname())
    right.connect(left.getsockname())
    return left, right


def check(data):
    assert not set(data) - set(b"x\0"), data


FLAGS = [1 << bit for bit in range(31)] + [-(1 << 31)]
FLAGS += [flag | socket.MSG_TRUNC for flag in FLAGS[:3]] + [-1, 0x7FFF_FFFF, 0xFFFF]
MAKERS = (
    connected,
    datagrams,
    socket.socketpair,
    lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM),
    lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET),
)
for make in MAKERS:
    for flag in FLAGS:
        left, right = make()
        left.setblocking(False)
        right.settimeout(5)
        # What a buffer and the thread's memory hold of before.
        left.send(SECRET)
        right.recvmsg(len(SECRET), 64)
        left.send(SECRET)
        right.recv(len(SECRET))
        right.setblocking(False)
        for receive in (
            lambda: right.recv(1200, flag),
            lambda: right.recvfrom(1200, flag)[0],
            lambda: right.recvmsg(1200, 64, flag)[0],
            lambda: memoryview(bytearray(1200))[: min(1200, right.recv_into(bytearray(1200), 1200, flag))],
        ):
            left.send(b"x" * 900)
            right.settimeout(5)
            right.recv(1, socket.MSG_PEEK)
            right.setblocking(False)
            data = attempt(receive)
            if data is not None:
                check(bytes(data))
            attempt(right.recv, 1200)
        for send in (
            lambda: left.send(b"x" * 900, flag),
            lambda: left.sendto(b"x" * 900, flag, right.getsockname()),
            lambda: left.sendmsg([b"x" * 900], [], flag),
            lambda: left.sendmsg([b"x" * 900], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, b"")], flag),
            lambda: left.sendall(b"x" * 900, flag),
        ):
            attempt(send)
        data = attempt(right.recv, 65536)
        if data is not None:
            check(data)
        left.close()
        right.close()
