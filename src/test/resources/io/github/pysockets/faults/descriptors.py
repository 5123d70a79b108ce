"""Descriptors by their number: os and fcntl."""

import fcntl
import os

_FIONREAD = 0x541B


def by_number():
    first, second = socket.socketpair()
    with first, second, ExitStack() as made:
        number = os.dup(first.fileno())
        made.callback(os.close, number)
        again = fcntl.fcntl(first.fileno(), fcntl.F_DUPFD_CLOEXEC, 0)
        made.callback(os.close, again)
        if os.fstat(number).st_ino != os.fstat(again).st_ino:
            raise Wrong("another socket")
        os.set_blocking(number, False)
        if os.get_blocking(again) or not fcntl.fcntl(again, fcntl.F_GETFL) & os.O_NONBLOCK:
            raise Wrong("blocking")
        os.set_blocking(number, True)
        os.set_inheritable(number, True)
        if not os.get_inheritable(number):
            raise Wrong("not inherited")
        rest = memoryview(SMALL)
        while rest:
            rest = rest[os.write(number, rest) :]
        waiting = int.from_bytes(fcntl.ioctl(second.fileno(), _FIONREAD, bytes(4)), "little")
        if waiting != len(SMALL):
            raise Wrong("%d bytes wait" % waiting)
        data = b""
        while len(data) < len(SMALL):
            part = os.read(second.fileno(), 4096)
            if not part:
                raise EOFError("too early")
            data += part
        check(data, SMALL)


def epoll_by_number():
    first, second = socket.socketpair()
    with first, second, select.epoll() as watched:
        watched.register(second.fileno(), select.EPOLLIN)
        first.send(b"x")
        with select.epoll.fromfd(os.dup(watched.fileno())) as again:
            if again.poll(LIMIT) != [(second.fileno(), select.EPOLLIN)]:
                raise Wrong("not ready")
        second.recv(1)
