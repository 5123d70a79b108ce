"""What the cases of ssl share: contexts that trust the tests' own authority, pairs of ends, and a server."""

import socket
import ssl

from support import LIMIT, SocketTestCase, certificates

NOISE = (ssl.SSLError, socket.error)
"""What the other end of a connection that fails may raise, whichever of both it is."""


def client_context():
    """A client's context that trusts the tests' authority and checks names."""
    return ssl.create_default_context(cafile=certificates.authority_file())


def server_context(path=None):
    context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)
    context.load_cert_chain(path or certificates.localhost_file())
    return context


class TlsTestCase(SocketTestCase):
    def handshake(self, client=None, server=None, name="localhost"):
        """Two ends of a TLS connection: (client's, server's)."""
        left, right = self.tcp_pair()
        peer = self.peer((server or server_context()).wrap_socket, right, True)
        one = self.own((client or client_context()).wrap_socket(left, server_hostname=name))
        other = self.own(peer.join())
        # What they wrap is the same socket, and would keep it open.
        left.close()
        right.close()
        return one, other

    def failing_handshake(self, client=None, server=None, name="localhost"):
        """What each end raises, or None: (client's, server's)."""
        left, right = self.tcp_pair()

        def attempt(wrap, sock):
            try:
                conn = wrap(sock)
                # In TLS 1.3 the client is done first, and hears of a refusal when it reads.
                conn.sendall("x")
                conn.recv(1)
            except (ssl.SSLError, ssl.CertificateError, socket.error) as failure:
                sock.close()
                return failure
            conn.close()
            return None

        server = server or server_context()
        client = client or client_context()
        peer = self.peer(attempt, lambda sock: server.wrap_socket(sock, True), right)
        ours = attempt(lambda sock: client.wrap_socket(sock, server_hostname=name), left)
        left.close()
        return ours, peer.join()

    def echo_server(self, context=None, connections=1):
        """A server that sends back each thing it gets in upper case. Gives its address."""
        listener = self.listener()
        context = context or server_context()

        def run():
            for _ in range(connections):
                sock, _ = listener.accept()
                sock.settimeout(LIMIT)
                try:
                    conn = context.wrap_socket(sock, server_side=True)
                    while True:
                        data = conn.recv(65536)
                        if not data:
                            break
                        conn.sendall(data.upper())
                    conn.close()
                except NOISE:
                    sock.close()

        self.peer(run)
        return listener.getsockname()
