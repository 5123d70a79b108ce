"""Certificates that say themselves what they are trusted for, and policies of certificates that nobody asks for."""

import ssl

from support import certificates, der
from support.certificates import CLIENT, DAY, SERVER, Authority, authority, now, text_file
from support.tls import BioPair, TlsTestCase, client_context, folder, server_context

MAIL = "1.3.6.1.5.5.7.3.4"
ANY = "2.5.29.37.0"
REJECTED = (28, "certificate rejected")


def context_that_trusts(certificate, trusted=None, rejected=None, name=None, purpose=ssl.PROTOCOL_TLS_CLIENT):
    """A context with a TRUSTED CERTIFICATE: see "Trust Settings" in x509(1)."""
    settings = []
    if trusted is not None:
        settings.append(der.sequence(*map(der.oid, trusted)))
    if rejected is not None:
        settings.append(der.explicit(0, *map(der.oid, rejected)))
    if name is not None:
        settings.append(der.utf8(name))
    content = certificate.der + (der.sequence(*settings) if settings else b"")
    context = ssl.SSLContext(purpose)
    context.load_verify_locations(text_file(folder(), der.pem("TRUSTED CERTIFICATE", content)))
    assert context.cert_store_stats()["x509"] == 1
    return context


class TrustSettingsTest(TlsTestCase):
    def setUp(self):
        self.below = Authority("Below with settings", above=authority())
        self.server = server_context(self.below.issue("localhost", names=["localhost"]))

    def accepts(self, context):
        BioPair(context, self.server).connected()

    def rejects(self, context):
        outcome = BioPair(context, self.server).handshake()
        self.assertRefuses(*REJECTED, outcome.client)
        self.assertTold("SSLV3_ALERT_BAD_CERTIFICATE", outcome.server)

    def test_a_root_for_servers(self):
        for trusted in [SERVER], [ANY], [MAIL, SERVER], None:
            with self.subTest(trusted):
                self.accepts(context_that_trusts(authority().certificate, trusted))

    def test_a_root_for_something_else(self):
        for trusted in [CLIENT], [MAIL]:
            with self.subTest(trusted):
                self.rejects(context_that_trusts(authority().certificate, trusted))

    def test_a_root_that_is_rejected(self):
        for rejected in [SERVER], [ANY]:
            with self.subTest(rejected):
                self.rejects(context_that_trusts(authority().certificate, None, rejected))
                self.rejects(context_that_trusts(authority().certificate, [SERVER], rejected))
        self.accepts(context_that_trusts(authority().certificate, None, [CLIENT]))

    def test_a_name_alone_says_nothing(self):
        self.accepts(context_that_trusts(authority().certificate, name="somebody"))

    def test_no_root_is_needed_above_one_that_is_trusted_for_servers(self):
        self.accepts(context_that_trusts(self.below.certificate, [SERVER]))

    def test_a_root_is_needed_otherwise(self):
        outcome = BioPair(context_that_trusts(self.below.certificate, name="x"), self.server).handshake()
        self.assertRefuses(2, "unable to get issuer certificate", outcome.client)

    def test_for_clients(self):
        client = client_context()
        client.load_cert_chain(authority().issue("client", purposes=[CLIENT]).pem_file(folder()))
        for trusted, good in ([CLIENT], True), ([SERVER], False):
            server = context_that_trusts(authority().certificate, trusted, purpose=ssl.PROTOCOL_TLS_SERVER)
            server.verify_mode = ssl.CERT_REQUIRED
            server.load_cert_chain(certificates.localhost().pem_file(folder()))
            outcome = BioPair(client, server).handshake()
            with self.subTest(trusted):
                if good:
                    self.assertIsNone(outcome.server)
                else:
                    self.assertRefuses(*REJECTED, outcome.server)


class PolicyTest(TlsTestCase):
    """Policies (RFC 5280, 4.2.1.4 and 4.2.1.11) count only where a flag says so, for which ssl has no name."""

    @staticmethod
    def policies(*oids):
        return certificates.extension("2.5.29.32", der.sequence(*(der.sequence(der.oid(oid)) for oid in oids)))

    @staticmethod
    def constraints(explicit):
        return certificates.extension("2.5.29.36", der.sequence(der.implicit(0, bytes([explicit]))), critical=True)

    def chain(self, authority_extensions, leaf_extensions=()):
        below = Authority("Policies", above=authority(), extensions=authority_extensions)
        return server_context(below.issue("localhost", names=["localhost"], extensions=leaf_extensions))

    def test_a_ca_that_wants_a_policy(self):
        BioPair(server=self.chain([self.policies("1.2.3.4"), self.constraints(0)])).connected()

    def test_a_ca_that_wants_a_policy_of_others_than_its_own(self):
        constrained = [self.policies("1.2.3.4"), self.constraints(0)]
        BioPair(server=self.chain(constrained, [self.policies("1.2.3.5")])).connected()

    def test_a_certificate_with_a_policy(self):
        constrained = [self.policies("1.2.3.4"), self.constraints(0)]
        BioPair(server=self.chain(constrained, [self.policies("1.2.3.4")])).connected()

    def test_all_else_is_still_checked(self):
        constrained = [self.policies("1.2.3.4"), self.constraints(0)]
        below = Authority("Policies", above=authority(), extensions=constrained)
        for code, issued in (
            (10, below.issue("localhost", names=["localhost"], not_before=now() - 9 * DAY, not_after=now() - DAY)),
            (9, below.issue("localhost", names=["localhost"], not_before=now() + DAY)),
            (62, below.issue("localhost", names=["another"])),
            (26, below.issue("localhost", names=["localhost"], purposes=[CLIENT])),
            (20, Authority("Policies", extensions=constrained).issue("localhost", names=["localhost"])),
        ):
            with self.subTest(code):
                outcome = BioPair(server=server_context(issued)).handshake()
                self.assertEqual(outcome.client.verify_code, code)

    def test_signatures_are_still_checked(self):
        below = Authority("Policies", above=authority(), extensions=[self.policies("1.2.3.4"), self.constraints(0)])
        genuine = below.issue("localhost", names=["localhost"])
        changed = genuine.der[:-1] + bytes([genuine.der[-1] ^ 1])
        forged = certificates.Certificate(
            changed, genuine.key, genuine.serial, genuine.subject, [below.certificate]
        )
        outcome = BioPair(server=server_context(forged)).handshake()
        self.assertEqual(outcome.client.verify_code, 7)
