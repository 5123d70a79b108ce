"""How fast TLS is: run it with any Python 3 that has ssl, and compare the tables.

    tls.py [--rsa FILE] [--ec FILE] [--only MEASURE] [--warm-up N] [--seconds N]

FILE is PEM with a self-signed certificate for "localhost" and its key; without it one is made by the command openssl,
RSA of 2048 bits and EC on P-256. Both ends of every connection are in this process, a thread each, and TCP on the
loopback interface is between them. Clients verify the certificate and the name. N is the time to warm up before each
measure, and the time of the measure; the median of its rounds is printed.

bulk        plain octets that arrive, sent by sendall in pieces of 64 KiB and of 1 MiB, received by recv_into 64 KiB
round trip  64 bytes there and back
handshakes  connections: TCP, a full handshake, one byte from the server, and the end
wrap_bio    plain octets through two SSLObjects in one thread; their records are carried between the MemoryBIOs as bytes
"""

import argparse
import contextlib
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

ROUNDS = 9
PIECE = 64 * 1024
LARGE = 1024 * 1024
SMALL = 64
PATIENCE = 60
VERSIONS = {"TLS 1.3": ssl.TLSVersion.TLSv1_3, "TLS 1.2": ssl.TLSVersion.TLSv1_2}
KEYS = {"rsa": ["rsa:2048"], "ec": ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]}


def make_certificate(kind, folder):
    """A file with a new certificate and its key."""
    certificate, key, both = (os.path.join(folder, kind + suffix) for suffix in (".crt", ".key", ".pem"))
    words = ["openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    words += ["-addext", "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", key, "-newkey", *KEYS[kind]]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(both, "wb") as target:
        for name in (certificate, key):
            with open(name, "rb") as source:
                target.write(source.read())
    return both


def contexts(file, version):
    """The client's and the server's."""
    client = ssl.create_default_context(cafile=file)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(file)
    for context in (client, server):
        context.minimum_version = context.maximum_version = VERSIONS[version]
    return client, server


@contextlib.contextmanager
def serving(serve):
    """The address of a listener that a thread serves: one connection after the other, until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    ending = threading.Event()

    def accept():
        while True:
            connection, _ = listener.accept()
            with connection:
                if ending.is_set():
                    return
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                serve(connection)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    with listener:
        yield listener.getsockname()
        ending.set()
        socket.create_connection(listener.getsockname()).close()
        thread.join(PATIENCE)


def connect(context, address):
    connection = socket.create_connection(address, PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    secured = context.wrap_socket(connection, server_hostname="localhost")
    assert secured.session_reused is not True  # GraalPy's own is a method, and true for that reason alone.
    return secured


def rate(step, seconds):
    """What step() counts, for each second: the median of rounds. `seconds` are those of warm-up and measure."""
    rounds = []
    warm_up, measured = seconds
    for length in [warm_up] + [measured / ROUNDS] * ROUNDS:
        counted, start = 0, time.perf_counter()
        while True:
            counted += step()
            taken = time.perf_counter() - start
            if taken >= length:
                break
        rounds.append(counted / taken)
    return sorted(rounds[1:])[ROUNDS // 2]


def bulk(client, server, size, seconds):
    piece = bytes(size)

    def serve(connection):
        with server.wrap_socket(connection, server_side=True) as secured:
            with contextlib.suppress(OSError):
                while True:
                    secured.sendall(piece)

    with serving(serve) as address, connect(client, address) as near:
        target = bytearray(PIECE)

        def step():
            received = 0
            while received < 16 * PIECE:
                received += near.recv_into(target)
            return received

        result = rate(step, seconds) / 1e6, near.version() + " " + near.cipher()[0]
        near.close()
        return result


def round_trip(client, server, seconds):
    def serve(connection):
        with server.wrap_socket(connection, server_side=True) as secured:
            while data := secured.recv(SMALL):
                secured.sendall(data)

    with serving(serve) as address, connect(client, address) as near:
        message = bytes(SMALL)

        def step():
            for _ in range(20):
                near.sendall(message)
                assert len(near.recv(SMALL)) == SMALL
            return 20

        result = 1e6 / rate(step, seconds)
        near.close()
        return result


def handshakes(client, server, seconds):
    def serve(connection):
        with server.wrap_socket(connection, server_side=True) as secured:
            secured.sendall(b"x")
            # The client ends first, so that its end of the connection is the one that lingers.
            secured.recv(1)

    with serving(serve) as address:

        def step():
            with connect(client, address) as near:
                assert near.recv(1) == b"x"
            return 1

        return rate(step, seconds)


class End:
    """An SSLObject and its two MemoryBIOs."""

    def __init__(self, context, **options):
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.secured = context.wrap_bio(self.incoming, self.outgoing, **options)

    def shake_hands(self):
        """Whether it is done."""
        try:
            self.secured.do_handshake()
        except ssl.SSLWantReadError:
            return False
        return True


def wrap_bio(client, server, seconds):
    near = End(client, server_hostname="localhost")
    far = End(server, server_side=True)

    def carry(source, target):
        target.incoming.write(source.outgoing.read())

    done = False
    while not done:
        done = near.shake_hands()
        carry(near, far)
        done = far.shake_hands() and done
        carry(far, near)
    piece, target = bytes(PIECE), bytearray(PIECE)

    def step():
        near.secured.write(piece)
        carry(near, far)
        received = 0
        while received < PIECE:
            received += far.secured.read(PIECE, target)
        return received

    return rate(step, seconds) / 1e6


def measures(files, seconds):
    """Pairs of a measure's name and what makes its lines."""

    def bulk_lines():
        for version in VERSIONS:
            for size, words in ((PIECE, "64 KiB"), (LARGE, "1 MiB")):
                speed, cipher = bulk(*contexts(files["ec"], version), size, seconds)
                yield cipher.removesuffix("-SHA384").removesuffix("_SHA384") + ", " + words, speed, "MB/s"

    def round_trip_lines():
        for version in VERSIONS:
            yield version, round_trip(*contexts(files["ec"], version), seconds), "us"

    def handshake_lines():
        for kind, key in (("rsa", "RSA 2048"), ("ec", "EC P-256")):
            for version in VERSIONS:
                yield version + ", " + key, handshakes(*contexts(files[kind], version), seconds), "/s"

    def wrap_bio_lines():
        yield "TLS 1.3", wrap_bio(*contexts(files["ec"], "TLS 1.3"), seconds), "MB/s"

    return (
        ("bulk", bulk_lines),
        ("round trip", round_trip_lines),
        ("handshakes", handshake_lines),
        ("wrap_bio", wrap_bio_lines),
    )


def show(files, seconds, only):
    print("%s %s, %s" % (sys.implementation.name, sys.version.split()[0], ssl.OPENSSL_VERSION))
    for name, lines in measures(files, seconds):
        if only in (None, name):
            for what, value, unit in lines():
                print("%-10s  %-44s  %10.1f  %s" % (name, what, value, unit), flush=True)


def main():
    parser = argparse.ArgumentParser(description="How fast TLS is.")
    parser.add_argument("--rsa", metavar="FILE", help="certificate and key, RSA")
    parser.add_argument("--ec", metavar="FILE", help="certificate and key, EC")
    parser.add_argument("--only", metavar="MEASURE", help="a measure, as the table names it")
    parser.add_argument("--warm-up", type=float, default=10, metavar="N", help="seconds before each (default 10)")
    parser.add_argument("--seconds", type=float, default=5, metavar="N", help="seconds for each (default 5)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        given = {"rsa": arguments.rsa, "ec": arguments.ec}
        files = {kind: file or make_certificate(kind, folder) for kind, file in given.items()}
        show(files, (arguments.warm_up, arguments.seconds), arguments.only)


if __name__ == "__main__":
    main()
