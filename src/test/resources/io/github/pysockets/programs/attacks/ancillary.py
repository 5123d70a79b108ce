# Every type of ancillary data from 0 to 127 of every level, sent; and what comes of itself, with every size of room.
import array
import os
import socket

LEVELS = (0, 1, 2, 6, 17, 33, 40, 41, 58, *range(100, 108), 132, 136, *range(255, 288), 300, -1)
DATA = (b"", bytes(4), bytes(24), b"\xff" * 24)


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except OSError as failure:
        return failure


def datagrams(family, host):
    left, right = (socket.socket(family, socket.SOCK_DGRAM) for _ in range(2))
    left.bind((host, 0))
    right.bind((host, 0))
    left.connect(right.getsockname())
    return left, right


pairs = [socket.socketpair(), socket.socketpair(1, 2), datagrams(2, "127.0.0.1")]
try:
    pairs.append(datagrams(10, "::1"))
except OSError:
    pass
for left, right in pairs:
    left.setblocking(False)
    right.setblocking(False)
    for level in LEVELS:
        for kind in range(128):
            for data in DATA if level == 1 else DATA[1:2]:
                if isinstance(attempt(left.sendmsg, [b"x"], [(level, kind, data)]), int):
                    attempt(right.recvmsg, 10, 256)

# Memory of a network card, and marks for the firewall.
for level, kind in ((276, 1), (276, 2), (276, 3), (socket.SOL_SOCKET, socket.SO_MARK)):
    outcome = attempt(pairs[0][0].sendmsg, [b"x"], [(level, kind, bytes(24))])
    assert isinstance(outcome, PermissionError), outcome

# A socket that brings all that there is, into room of every size.
left, right = socket.socketpair()
for option in (16, 34, 29, 35, 76, 82):
    attempt(right.setsockopt, socket.SOL_SOCKET, option, 1)
for room in range(0, 130):
    left.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [left.fileno(), right.fileno()]))])
    right.recvmsg(10, room)

# Far more room than any message has ancillary data takes neither memory nor time.
left.send(b"x")
assert right.recvmsg(10, 2**31 - 65)[0] == b"x"
