# Options by the module and by the host's functions; OptionSweep tries all numbers.
import socket

from _pysockets.host import calls

buffer = calls.buffer(65536)
for kind in ((2, 1, 0), (10, 2, 0), (1, 1, 0)):
    with socket.socket(*kind) as sock:
        for level in (0, 1, 6, 41, 270, 300, -1):
            for name in range(0, 128, 3):
                for length in (0, 4, 65536):
                    count = calls.getsockopt(sock._handle, level, name, buffer, length)
                    assert count <= length, (kind, level, name, length, count)
                    result = calls.setsockoptBytes(sock._handle, level, name, bytes(length))
                    assert result <= 0, (kind, level, name, length, result)

# What holds addresses, or reaches the host.
sock = socket.socket()
for level, name, value in (
    (socket.SOL_SOCKET, 26, bytes(16)),
    (socket.SOL_SOCKET, 50, 1),
    (socket.SOL_SOCKET, 51, bytes(16)),
    (socket.SOL_SOCKET, 52, 1),
    (socket.SOL_SOCKET, 33, 1 << 20),
    (socket.SOL_SOCKET, socket.SO_MARK, 1),
    (socket.IPPROTO_TCP, 35, bytes(64)),
    (socket.IPPROTO_TCP, socket.TCP_REPAIR, 1),
    (263, 22, bytes(16)),
    (socket.SOL_RDS, 2, bytes(24)),
    (socket.SOL_RDS, 7, bytes(24)),
    (283, 4, bytes(32)),
):
    try:
        sock.setsockopt(level, name, value)
        raise AssertionError((level, name))
    except PermissionError as refusal:
        assert str(refusal) == "[Errno 1] Operation not permitted to a script without foreign descriptors", refusal
# What nobody knows: the rules of iptables, routing of multicasts.
for level, name in ((0, 64), (0, 96), (0, 128), (0, 200), (0, 1152), (41, 64), (41, 200), (255, 64), (6, 9999), (300, 1)):
    for call in (lambda: sock.setsockopt(level, name, bytes(40)), lambda: sock.getsockopt(level, name, 40)):
        try:
            call()
            raise AssertionError((level, name))
        except OSError as refusal:
            assert str(refusal) == "[Errno 92] Protocol not available, or not known to be harmless", refusal

# What programs use.
pair = socket.socketpair()
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) == 1
sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, b"\1\0\0\0")
assert len(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 200)) > 100
assert len(pair[0].getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)) == 12
