"""Streams that one thread uses at both ends, in each mode; and threads that wait for one another."""

import errno


def _echo(client, server):
    client.sendall(SMALL)
    got = receive(server, len(SMALL))
    check(got, SMALL)
    rest = memoryview(got)
    while rest:
        rest = rest[server.send(rest) :]
    into = bytearray(len(SMALL))
    count = 0
    while count < len(into):
        more = client.recv_into(memoryview(into)[count:])
        if not more:
            raise EOFError("too early")
        count += more
    check(bytes(into), SMALL)
    client.shutdown(socket.SHUT_WR)
    check(receive_all(server), b"")


def tcp_blocking():
    with connected() as (client, server):
        if client.getpeername() != server.getsockname():
            raise Wrong("the server is another one")
        if client.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) != socket.SOCK_STREAM:
            raise Wrong("type")
        _echo(client, server)


def tcp_timeout():
    with connected(timeout=LIMIT) as (client, server):
        _echo(client, server)


def tcp_default_timeout():
    socket.setdefaulttimeout(LIMIT)
    try:
        with connected(timeout=LIMIT) as (client, server):
            _echo(client, server)
        with ExitStack() as stack:
            for end in socket.socketpair():
                stack.enter_context(end)
    finally:
        socket.setdefaulttimeout(None)


def tcp_addressed():
    """Calls with addresses, of which a connection makes nothing."""
    with connected() as (client, server):
        rest = memoryview(SMALL)
        while rest:
            rest = rest[client.sendto(rest, server.getsockname()) :]
        data = b""
        while len(data) < len(SMALL):
            part, _ = server.recvfrom(65536)
            if not part:
                raise EOFError("too early")
            data += part
        check(data, SMALL)


def unix_blocking():
    with connected(socket.AF_UNIX) as (client, server):
        _echo(client, server)


def pair_duplicated():
    first, second = socket.socketpair()
    with first, second:
        with first.dup() as again, socket.fromfd(second.fileno(), second.family, second.type) as other:
            _echo(again, other)
        number = first.detach()
        try:
            detached = socket.socket(fileno=number)
        except OSError:
            socket.close(number)
            raise
        with detached:
            pass


def pair_makefile():
    first, second = socket.socketpair()
    with first, second:
        with first.makefile("wb") as writer, second.makefile("rb") as reader:
            for number in range(100):
                writer.write(b"line %d\n" % number)
            writer.flush()
            for number in range(100):
                check(reader.readline(), b"line %d\n" % number)


# Non-blocking, by each way to wait.


def _by_select(sock, writing):
    fds = [sock]
    ready = select.select([] if writing else fds, fds if writing else [], [], LIMIT)
    if not any(ready):
        raise Wrong("not ready in time")


def _by_poll(sock, writing):
    polled = select.poll()
    polled.register(sock, select.POLLOUT if writing else select.POLLIN)
    if not polled.poll(LIMIT * 1000):
        raise Wrong("not ready in time")


def _by_epoll(sock, writing):
    with select.epoll() as polled:
        polled.register(sock, select.EPOLLOUT if writing else select.EPOLLIN)
        polled.modify(sock, select.EPOLLOUT if writing else select.EPOLLIN)
        if not polled.poll(LIMIT):
            raise Wrong("not ready in time")
        polled.unregister(sock)


def _retried(wait, sock, writing, call, *args):
    while True:
        try:
            return call(*args)
        except BlockingIOError as failure:
            if failure.errno != errno.EAGAIN:
                raise
            wait(sock, writing)


def _non_blocking(wait):
    with listening() as listener, socket.socket() as client:
        listener.setblocking(False)
        client.setblocking(False)
        try:
            client.connect(listener.getsockname())
        except BlockingIOError as failure:
            if failure.errno != errno.EINPROGRESS:
                raise
            wait(client, True)
            error = client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, "SO_ERROR")
        server, _ = _retried(wait, listener, False, listener.accept)
        with server:
            server.setblocking(False)
            sent = received = 0
            parts = []
            data = LARGE[:200_000]
            while received < len(data):
                if sent < len(data):
                    sent += _retried(wait, client, True, client.send, data[sent : sent + 50_000])
                part = _retried(wait, server, False, server.recv, 65536)
                if not part:
                    raise EOFError("too early")
                parts.append(part)
                received += len(part)
            check(b"".join(parts), data)


def non_blocking_select():
    _non_blocking(_by_select)


def non_blocking_poll():
    _non_blocking(_by_poll)


def non_blocking_epoll():
    _non_blocking(_by_epoll)


# Threads


def _answer(connection):
    """What a client sent, back to it, once it has ended."""
    with connection:
        connection.sendall(receive_all(connection))


def _accept_loop(listener, count, stopped):
    # Closed when it fails: clients in its queue would wait for ever.
    with listener, ExitStack() as answering:
        while count:
            try:
                connection, _ = listener.accept()
            except ConnectionAbortedError:
                continue
            except OSError as failure:
                if stopped.is_set() and failure.errno == errno.EBADF:
                    return
                raise
            answering.enter_context(thread(_answer, connection))
            count -= 1


def _ask(address, data):
    with socket.create_connection(address) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        check(receive_all(sock), data)


def accept_loop():
    count = 3
    stopped = threading.Event()
    with listening() as listener:
        address = listener.getsockname()
        with thread(_accept_loop, listener, count, stopped):
            try:
                for number in range(count):
                    _ask(address, b"%d" % number * 50_000)
            except BaseException:
                stopped.set()
                listener.close()
                raise


def sink():
    """A sender that has to wait for its receiver."""
    got = []
    first, second = socket.socketpair()

    def drain():
        with second:
            got.append(receive_all(second))

    with first, thread(drain):
        with first:
            first.sendall(LARGE)
    if got:
        check(got[0], LARGE)
    elif not failures:
        raise Wrong("nothing came")


def slow_sender():
    """A receiver that has to wait for all, by MSG_WAITALL."""
    first, second = socket.socketpair()
    started = threading.Event()

    def send():
        with first:
            started.wait(LIMIT)
            for at in range(0, len(SMALL), 256):
                first.sendall(SMALL[at : at + 256])

    with second, thread(send):
        started.set()
        try:
            data = second.recv(len(SMALL), socket.MSG_WAITALL)
            # What stopped it short is told by the next call.
            data += receive(second, len(SMALL) - len(data))
            check(data, SMALL)
        finally:
            second.close()
