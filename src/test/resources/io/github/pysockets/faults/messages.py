"""Messages: with descriptors, and as datagrams."""

import array
import os


def passed_descriptors():
    with ExitStack() as both:
        left, right = map(both.enter_context, socket.socketpair())
        one, other = map(both.enter_context, socket.socketpair())
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [one.fileno(), one.fileno()]).tobytes())]
        rest = memoryview(SMALL)[left.sendmsg([SMALL[:100], SMALL[100:]], rights) :]
        while rest:
            rest = rest[left.send(rest) :]
        room = socket.CMSG_SPACE(2 * 4)
        data, ancillary, flags, _ = right.recvmsg(len(SMALL), room)
        numbers = array.array("i")
        for level, kind, content in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                numbers.frombytes(content)
        with ExitStack() as received:
            for number in numbers:
                received.callback(os.close, number)
            if len(numbers) != 2 or flags & socket.MSG_CTRUNC:
                raise Wrong("%d descriptors" % len(numbers))
            while len(data) < len(SMALL):
                part = bytearray(50), bytearray(2000)
                count, _, _, _ = right.recvmsg_into(part)
                if not count:
                    raise EOFError("too early")
                data += b"".join(part)[:count]
            check(data, SMALL)
            passed_on = socket.socket(fileno=numbers[0])
            # It is the object's from here on, and the first to be closed.
            received.pop_all()
            with passed_on:
                received.callback(os.close, numbers[1])
                passed_on.sendall(b"passed on")
                check(receive(other, 9), b"passed on")


def udp():
    with socket.socket(type=socket.SOCK_DGRAM) as first, socket.socket(type=socket.SOCK_DGRAM) as second:
        for sock in (first, second):
            sock.settimeout(LIMIT)
            sock.bind(loopback(socket.AF_INET))
        to = second.getsockname()
        for number in range(4):
            first.sendto(b"%d" % number * 100, to)
        check(second.recvfrom(1000)[0], b"0" * 100)
        into = bytearray(1000)
        count, sender = second.recvfrom_into(into)
        check(bytes(into[:count]), b"1" * 100)
        check(second.recv(1000), b"2" * 100)
        check(second.recvmsg(1000)[0], b"3" * 100)
        first.connect(to)
        first.send(b"connected")
        first.sendmsg([b"in ", b"parts"])
        check(second.recv(100), b"connected")
        check(second.recv(100), b"in parts")
        if sender != first.getsockname():
            raise Wrong("another sender")


def unix_datagrams():
    first, second = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with first, second:
        for number in range(8):
            first.send(b"%d" % number * 100)
            check(second.recv(1000), b"%d" % number * 100)
