"""TLS. The server's key is the application's; `trusted` is set by the test."""

import ssl

_keys = _trust = None


def prepare(trusted):
    global _keys, _trust
    _keys = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _keys.load_default_certs(ssl.Purpose.CLIENT_AUTH)
    _trust = ssl.create_default_context(cadata=trusted)


def _tls_retried(sock, call, *args):
    """In non-blocking mode, a step that may want to read or write; False where it does."""
    try:
        return call(*args)
    except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
        return False


def tls_non_blocking():
    """Both ends by one thread."""
    left, right = socket.socketpair()
    with left, right:
        left.setblocking(False)
        right.setblocking(False)
        server = _keys.wrap_socket(right, server_side=True, do_handshake_on_connect=False)
        with server, _trust.wrap_socket(left, server_hostname="localhost", do_handshake_on_connect=False) as client:
            open_ends = [client, server]
            for _ in range(1000):
                for end in list(open_ends):
                    if _tls_retried(end, end.do_handshake) is None:
                        open_ends.remove(end)
                if not open_ends:
                    break
            else:
                raise Wrong("no end of the handshake")
            sent = received = 0
            parts = []
            data = LARGE[:100_000]
            for _ in range(100_000):
                if sent < len(data):
                    sent += _tls_retried(client, client.send, data[sent : sent + 20_000]) or 0
                part = _tls_retried(server, server.recv, 16384)
                if part == b"":
                    raise EOFError("too early")
                if part:
                    parts.append(part)
                    received += len(part)
                if received == len(data):
                    break
            check(b"".join(parts), data)


def _tls_answer(sock):
    with sock:
        with _keys.wrap_socket(sock, server_side=True) as connection:
            connection.settimeout(LIMIT)
            data = receive(connection, len(SMALL))
            connection.sendall(data)
            # unwrap gives a socket of its own for the same descriptor.
            connection.unwrap().close()


def tls_blocking():
    left, right = socket.socketpair()
    with left, thread(_tls_answer, right):
        with left, _trust.wrap_socket(left, server_hostname="localhost") as connection:
            connection.sendall(SMALL)
            check(receive(connection, len(SMALL)), SMALL)
            connection.unwrap().close()


def tls_timeout():
    left, right = socket.socketpair()
    left.settimeout(LIMIT)
    right.settimeout(LIMIT)
    with left, thread(_tls_answer, right):
        with left, _trust.wrap_socket(left, server_hostname="localhost") as connection:
            connection.sendall(SMALL)
            check(receive(connection, len(SMALL)), SMALL)
            connection.unwrap().close()
