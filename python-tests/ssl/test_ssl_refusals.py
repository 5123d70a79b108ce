"""Handshakes that cannot succeed: what each end raises where nothing of theirs fits, and the alert that tells of it."""

import socket
import ssl

from support import LIMIT, certificates
from support.ed25519 import Ed25519Key
from support.tls import BioPair, TlsTestCase, client_context, server_context, unverifying_context

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


def bare_server():
    """A server without a certificate."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)


class RefusalTest(TlsTestCase):
    def assert_refused(self, client, server, at_client, at_server):
        outcome = BioPair(client, server).handshake()
        self.assertReason(at_client, outcome.client)
        self.assertReason(at_server, outcome.server)

    def test_client_without_a_cipher(self):
        for ciphers in "AES128-GCM-SHA256:@SECLEVEL=3", "ECDHE-ECDSA-AES128-GCM-SHA256:@SECLEVEL=4":
            with self.subTest(ciphers):
                client = client_context(version=TLS12)
                client.set_ciphers(ciphers)
                self.assert_refused(client, server_context(), "NO_CIPHERS_AVAILABLE", "UNEXPECTED_MESSAGE")

    def test_client_without_a_group(self):
        for version in None, TLS13:
            for group in "prime256v1", "X25519":
                with self.subTest(version=version, group=group):
                    client = client_context(version=version)
                    client.set_ciphers("DEFAULT:@SECLEVEL=4")
                    client.set_ecdh_curve(group)
                    self.assert_refused(client, server_context(), "NO_SUITABLE_GROUPS", "UNEXPECTED_MESSAGE")

    def test_no_group_of_both(self):
        client, server = client_context(version=TLS13), server_context()
        client.set_ecdh_curve("prime256v1")
        server.set_ecdh_curve("secp384r1")
        self.assert_refused(client, server, "SSLV3_ALERT_HANDSHAKE_FAILURE", "NO_SUITABLE_KEY_SHARE")

    def test_server_without_a_certificate(self):
        for version in None, TLS12:
            with self.subTest(version=version):
                client = client_context(version=version)
                self.assert_refused(client, bare_server(), "SSLV3_ALERT_HANDSHAKE_FAILURE", "NO_SHARED_CIPHER")

    def test_server_without_a_certificate_does_not_do_tls_1_3(self):
        client = client_context(version=TLS13)
        self.assert_refused(client, bare_server(), "TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL")

    def test_server_whose_callback_may_have_a_certificate(self):
        server = bare_server()
        server.sni_callback = lambda *arguments: None
        self.assert_refused(
            client_context(version=TLS13),
            server,
            "SSLV3_ALERT_HANDSHAKE_FAILURE",
            "NO_SUITABLE_SIGNATURE_ALGORITHM",
        )
        server.sni_callback = lambda end, name, context: setattr(end, "context", server_context())
        BioPair(client_context(version=TLS13), server).connected().send(b"data")

    def test_key_that_the_client_does_not_take(self):
        certificate = certificates.self_signed("localhost", names=["localhost"], key=Ed25519Key())
        for version, reason in (TLS12, "NO_SHARED_CIPHER"), (TLS13, "NO_SUITABLE_SIGNATURE_ALGORITHM"):
            with self.subTest(version=version):
                client = unverifying_context(version)
                client.set_ciphers("ECDHE:@SECLEVEL=4")
                self.assert_refused(client, server_context(certificate), "SSLV3_ALERT_HANDSHAKE_FAILURE", reason)


class GonePeerTest(TlsTestCase):
    """The reason for a refusal counts, though the peer that has sent it is gone before the answer."""

    def test_alert_of_a_server(self):
        for version in TLS12, TLS13:
            for _ in range(5):
                here, there = socket.socketpair()
                here.settimeout(LIMIT)
                self.own(there)
                refusing = self.peer(self._refuse, there)
                client = unverifying_context(version)
                client.set_ciphers("ECDHE:@SECLEVEL=4")
                with self.assertRaises(ssl.SSLError) as caught:
                    self.own(client.wrap_socket(self.own(here), server_hostname="localhost"))
                refusing.join()
                self.assertReason("SSLV3_ALERT_HANDSHAKE_FAILURE", caught.exception)

    def _refuse(self, sock):
        certificate = certificates.self_signed("localhost", names=["localhost"], key=Ed25519Key())
        with self.assertRaises(ssl.SSLError):
            server_context(certificate).wrap_socket(sock, server_side=True)
