# Options and messages that make descriptors: they are the script's own, by its numbers.
import os
import socket
import struct

SO_PASSPIDFD, SO_PEERPIDFD, SCM_PIDFD = 76, 77, 4

left, right = socket.socketpair()
try:
    first = left.getsockopt(socket.SOL_SOCKET, SO_PEERPIDFD)
except OSError as unknown:
    first = None
    assert unknown.errno == 92, unknown
if first is not None:
    os.fstat(first)
    os.close(first)
    for _ in range(50):
        left.getsockopt(socket.SOL_SOCKET, SO_PEERPIDFD)
    for room in (4, 5, 8, 64, 1024):
        number, = struct.unpack("i", left.getsockopt(socket.SOL_SOCKET, SO_PEERPIDFD, room)[:4])
        os.close(number)
    for room in (1, 2, 3):
        try:
            left.getsockopt(socket.SOL_SOCKET, SO_PEERPIDFD, room)
            raise AssertionError(room)
        except OSError as refusal:
            assert refusal.errno == 22, refusal
    left.setsockopt(socket.SOL_SOCKET, SO_PASSPIDFD, 1)
    for room in range(0, 100):
        right.send(b"x")
        for level, kind, data in left.recvmsg(10, room)[1]:
            if (level, kind) == (socket.SOL_SOCKET, SCM_PIDFD) and room % 2:
                os.close(struct.unpack("i", data)[0])
