"""Clients that show a certificate: whom a server accepts, whom it refuses, and what each of them is told."""

import ssl

from support import certificates
from support.certificates import DAY, Authority, authority, now, text_file
from support.tls import BioPair, TlsTestCase, client_context, folder, server_context

VERSIONS = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)
UNKNOWN_ISSUER = (20, "unable to get local issuer certificate")


def asking(mode, *authorities):
    """A server's context that asks clients for a certificate of these authorities."""
    context = server_context()
    context.verify_mode = mode
    for each in authorities or [authority()]:
        context.load_verify_locations(cadata=each.pem)
    return context


def showing(certificate, version=None):
    """A client's context that shows this certificate, or none."""
    context = client_context(version=version)
    if certificate is not None:
        context.load_cert_chain(certificate.pem_file(folder()))
    return context


class ClientCertificateCase(TlsTestCase):
    @classmethod
    def setUpClass(cls):
        cls.certificate = authority().issue("client", purposes=[certificates.CLIENT])

    def pairs(self, certificate, server):
        """A pair for each version of TLS."""
        for version in VERSIONS:
            with self.subTest(version=version.name):
                yield BioPair(showing(certificate, version), server)

    def heard(self, pair, outcome):
        """What the client is told of a refusal. In TLS 1.3 its own handshake is over by then (RFC 8446, 4.4.2.4)."""
        if outcome.client is not None:
            return outcome.client
        with self.assertRaises(ssl.SSLError) as caught:
            pair.client.read()
        return caught.exception

    def assertLetsIn(self, certificate, server):
        for pair in self.pairs(certificate, server):
            pair.connected()
            self.assertEqual(pair.server.getpeercert(True), certificate.der)
            self.assertEqual(pair.send(b"hello"), b"hello")
            self.assertEqual(pair.send(b"hello", pair.server), b"hello")

    def assertSendsAway(self, certificate, server, code, text, alert):
        for pair in self.pairs(certificate, server):
            outcome = pair.handshake()
            self.assertRefuses(code, text, outcome.server)
            self.assertTold(alert, self.heard(pair, outcome))


class RequiredTest(ClientCertificateCase):
    def setUp(self):
        self.server = asking(ssl.CERT_REQUIRED)

    def test_a_good_one(self):
        self.assertLetsIn(self.certificate, self.server)

    def test_a_good_one_with_an_rsa_key(self):
        self.assertLetsIn(certificates.rsa_localhost(), self.server)

    def test_as_it_is_described(self):
        pair = BioPair(showing(self.certificate), self.server).connected()
        self.assertEqual(pair.server.getpeercert()["subject"], ((("commonName", "client"),),))

    def test_none(self):
        for pair, alert in zip(
            self.pairs(None, self.server), ("SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSV13_ALERT_CERTIFICATE_REQUIRED")
        ):
            outcome = pair.handshake()
            self.assertReason("PEER_DID_NOT_RETURN_A_CERTIFICATE", outcome.server)
            self.assertReason(alert, self.heard(pair, outcome))

    def test_one_of_somebody_else(self):
        stranger = Authority("Nobody").issue("client")
        self.assertSendsAway(stranger, self.server, *UNKNOWN_ISSUER, "TLSV1_ALERT_UNKNOWN_CA")

    def test_a_self_signed_one(self):
        stranger = certificates.self_signed("client")
        self.assertSendsAway(stranger, self.server, 18, "self-signed certificate", "TLSV1_ALERT_UNKNOWN_CA")

    def test_an_expired_one(self):
        old = authority().issue("client", not_before=now() - 9 * DAY, not_after=now() - DAY)
        self.assertSendsAway(
            old, self.server, 10, "certificate has expired", "SSLV3_ALERT_CERTIFICATE_EXPIRED"
        )

    def test_one_that_is_for_servers(self):
        other = authority().issue("server", purposes=[certificates.SERVER])
        self.assertSendsAway(
            other, self.server, 26, "unsuitable certificate purpose", "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE"
        )

    def test_a_revoked_one(self):
        root = Authority("Revoking clients")
        good, revoked = root.issue("good"), root.issue("revoked")
        root.revoke(revoked)
        server = asking(ssl.CERT_REQUIRED, root)
        server.load_verify_locations(text_file(folder(), root.crl_pem()))
        server.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
        self.assertLetsIn(good, server)
        self.assertSendsAway(
            revoked, server, 23, "certificate revoked", "SSLV3_ALERT_CERTIFICATE_REVOKED"
        )

    def test_one_with_authorities_between(self):
        below = Authority("Below for clients", above=authority())
        self.assertLetsIn(below.issue("client"), self.server)

    def test_one_of_several_authorities(self):
        other = Authority("Other CA")
        server = asking(ssl.CERT_REQUIRED, authority(), other)
        self.assertLetsIn(self.certificate, server)
        self.assertLetsIn(other.issue("client"), server)

    def test_a_name_is_not_looked_for(self):
        self.assertLetsIn(authority().issue("anybody", names=["any.test"]), self.server)


class OptionalTest(ClientCertificateCase):
    def setUp(self):
        self.server = asking(ssl.CERT_OPTIONAL)

    def test_a_good_one(self):
        self.assertLetsIn(self.certificate, self.server)

    def test_none(self):
        for pair in self.pairs(None, self.server):
            pair.connected()
            self.assertIsNone(pair.server.getpeercert())
            self.assertEqual(pair.send(b"hello"), b"hello")

    def test_one_of_somebody_else(self):
        stranger = Authority("Nobody").issue("client")
        self.assertSendsAway(stranger, self.server, *UNKNOWN_ISSUER, "TLSV1_ALERT_UNKNOWN_CA")


class NotAskedTest(ClientCertificateCase):
    def test_nothing_is_shown_that_nobody_asked_for(self):
        for pair in self.pairs(self.certificate, server_context()):
            pair.connected()
            self.assertIsNone(pair.server.getpeercert(True))


class ConnectionTest(ClientCertificateCase):
    """The same over sockets."""

    def test_a_good_one(self):
        client, server = self.tls_pair(showing(self.certificate), asking(ssl.CERT_REQUIRED))
        self.assertEqual(server.getpeercert(True), self.certificate.der)
        client.sendall(b"hello")
        self.assertEqual(server.recv(100), b"hello")

    def test_none(self):
        for version in VERSIONS:
            with self.subTest(version=version.name):
                outcome = self.outcome(showing(None, version), asking(ssl.CERT_REQUIRED))
                self.assertReason("PEER_DID_NOT_RETURN_A_CERTIFICATE", outcome.server)
                self.assertIsInstance(outcome.client, OSError)

    def test_one_of_somebody_else(self):
        outcome = self.outcome(showing(Authority("Nobody").issue("client")), asking(ssl.CERT_REQUIRED))
        self.assertRefuses(*UNKNOWN_ISSUER, outcome.server)
        self.assertIsInstance(outcome.client, OSError)

    def test_both_ends_show_their_chains(self):
        below = Authority("Below for clients", above=authority())
        certificate = below.issue("client")
        pair = BioPair(showing(certificate), asking(ssl.CERT_REQUIRED)).connected()
        chain = pair.server._sslobj.get_verified_chain()
        self.assertEqual(
            [each.public_bytes() for each in chain], [certificate.pem, below.pem, authority().pem]
        )
