"""What the tests of TLS share: contexts that trust the tests' own authority, pairs of connected ends, and a server.

A pair over sockets has its server's half on a thread. A pair over memory (`BioPair`) needs neither threads nor sockets:
its two ends take turns, so what each of them says and raises is the same in each run.
"""

import atexit
import collections
import contextlib
import functools
import shutil
import socket
import ssl
import tempfile

from support import LIMIT, Peer, SocketTestCase, certificates

Outcome = collections.namedtuple("Outcome", "client server")
"""What each end of a handshake raised, or None."""

TURNS = 50
"""Rounds after which two ends that still talk to each other are given up."""


@functools.cache
def folder():
    """A directory for the files of the whole run."""
    made = tempfile.mkdtemp(dir="/tmp")
    atexit.register(shutil.rmtree, made, True)
    return made


@functools.cache
def _file_of(certificate):
    return certificate.pem_file(folder())


def client_context(*authorities, version=None):
    """A client's context that trusts these authorities, or the tests' own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for authority in authorities or [certificates.authority()]:
        context.load_verify_locations(cadata=authority.pem)
    return _only(context, version)


def unverifying_context(version=None):
    """A client's context that takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return _only(context, version)


def server_context(certificate=None, version=None):
    """A server's context that shows this certificate, or the one of localhost."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_file_of(certificate or certificates.localhost()))
    return _only(context, version)


def _only(context, version):
    if version is not None:
        context.minimum_version = context.maximum_version = version
    return context


class BioPair:
    """A client and a server that talk through memory."""

    def __init__(self, client=None, server=None, hostname="localhost", session=None):
        self.to_client, self.to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.client = (client or client_context()).wrap_bio(
            self.to_client, self.to_server, server_hostname=hostname, session=session
        )
        self.server = (server or server_context()).wrap_bio(self.to_server, self.to_client, server_side=True)

    def handshake(self):
        """Runs both handshakes as far as they get, and gives what each end raised."""
        steps = {self.client: self.client.do_handshake, self.server: self.server.do_handshake}
        failures = {}
        for _ in range(TURNS):
            for end, step in list(steps.items()):
                try:
                    step()
                except ssl.SSLWantReadError:
                    continue
                except ssl.SSLError as failure:
                    failures[end] = failure
                del steps[end]
            if not steps or not self.to_client.pending and not self.to_server.pending:
                break
        return Outcome(failures.get(self.client), failures.get(self.server))

    def connected(self):
        """As the pair itself, after a handshake that has to succeed."""
        for failure in self.handshake():
            if failure is not None:
                raise failure
        return self

    def send(self, data, source=None):
        """Moves `data` from the client to the server, or from `source` to the other end; gives what came."""
        source = source or self.client
        target = self.server if source is self.client else self.client
        sent, came = 0, bytearray()
        while len(came) < len(data):
            if sent < len(data):
                sent += source.write(data[sent:])
            came += target.read(len(data))
        return bytes(came)


class TlsTestCase(SocketTestCase):
    """A test case whose connections are TLS."""

    def tls_pair(self, client=None, server=None, hostname="localhost", **keywords):
        """A client's and a server's SSLSocket with their handshake done. The keywords are for the client's."""
        plain, accepted = self.tcp_pair()
        accepting = self.peer(self.accepted, server or server_context(), accepted)
        connected = self.own((client or client_context()).wrap_socket(plain, server_hostname=hostname, **keywords))
        return connected, accepting.join()

    def accepted(self, context, sock):
        """The server's half of a handshake."""
        return self.own(context.wrap_socket(sock, server_side=True))

    def outcome(self, client=None, server=None, hostname="localhost"):
        """What each end raises in a handshake over a connection, and in the first byte that the server sends."""
        plain, accepted = self.tcp_pair()
        serving = Peer(_failure_of, self._greet, server or server_context(), accepted)
        connecting = _failure_of(self._be_greeted, client or client_context(), plain, hostname)
        return Outcome(connecting, serving.join())

    @staticmethod
    def _greet(context, sock):
        with context.wrap_socket(sock, server_side=True) as end:
            end.sendall(b"!")
            end.recv(1)

    @staticmethod
    def _be_greeted(context, sock, hostname):
        with context.wrap_socket(sock, server_hostname=hostname) as end:
            if end.recv(1) != b"!":
                raise AssertionError("the server has closed the connection")

    def assertReason(self, reason, failure, library="SSL"):
        """`failure` is an SSLError with OpenSSL's name for what went wrong."""
        self.assertIsInstance(failure, ssl.SSLError)
        self.assertEqual((failure.library, failure.reason), (library, reason), failure)

    def assertTold(self, reason, failure):
        """`failure` is what an end is told about its certificate: the alert that OpenSSL sends for this reason."""
        self.assertReason(reason, failure)

    def assertRefuses(self, code, text, failure):
        """`failure` says that a certificate is not good, why in OpenSSL's number and words, and nothing else."""
        self.assertIsInstance(failure, ssl.SSLCertVerificationError, failure)
        self.assertReason("CERTIFICATE_VERIFY_FAILED", failure)
        self.assertEqual((failure.verify_code, failure.verify_message), (code, text))


def _failure_of(function, *arguments):
    try:
        function(*arguments)
    except OSError as failure:
        # What a traceback holds on to would keep the sockets of a failed handshake open.
        return failure.with_traceback(None)
    return None


class TlsServer:
    """Serves TLS on a loopback port, each connection on a thread: a context manager that gives itself.

    `serve` is called with each connection after its handshake. What handshakes and handlers raised is in `failures`.
    """

    def __init__(self, case, context, serve, family=None):
        self.failures = []
        self._context = context
        self._serve = serve
        self._listener = case.listener(*([] if family is None else [family]))
        self.address = self._listener.getsockname()
        self._peers = []
        self._ends = []
        self._ending = False
        self._accepting = None

    def __enter__(self):
        self._accepting = Peer(self._accept)
        return self

    def __exit__(self, *raised):
        self._ending = True
        self._wake()
        self._accepting.join()
        for end in self._ends:
            # By the call of plain sockets: a client that is still there must not keep a handler waiting.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(end, socket.SHUT_RDWR)
        for peer in self._peers:
            peer.join()
        self._listener.close()

    def _wake(self):
        """A connection of our own ends the wait in accept, on each platform."""
        with socket.socket(self._listener.family) as last:
            last.connect(self.address)

    def _accept(self):
        while True:
            sock, _ = self._listener.accept()
            if self._ending:
                sock.close()
                return
            self._peers.append(Peer(self._converse, sock))

    def _converse(self, sock):
        sock.settimeout(LIMIT)
        try:
            with self._context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False) as end:
                self._ends.append(end)
                end.do_handshake()
                self._serve(end)
        except OSError as failure:
            self.failures.append(failure.with_traceback(None))


def echo(end):
    """A handler for `TlsServer`: sends back what comes until the end, and ends as TLS requires."""
    while data := end.recv(1 << 16):
        end.sendall(data)
    end.unwrap().close()
