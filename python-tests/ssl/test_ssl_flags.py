"""The bits of `options` and `verify_flags`: each acts, or is refused, or is documented to do nothing."""

import _ssl
import ssl

from support import certificates
from support.tls import BioPair, TlsTestCase, client_context, server_context

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3

UNSAFE_RENEGOTIATION = 0x40000
"""SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION of OpenSSL, for which ssl has no name."""

HELLO_REQUEST = b"\0\0\0\0"
SECURE = b"\xff\x01\x00\x01\x00"
"""The extension of RFC 5746."""
POINTS = b"\x00\x0b\x00\x02\x01\x00"


def server_hello(extensions=None):
    """The hello of a server of TLS 1.2, as a handshake message."""
    body = b"\x03\x03" + bytes(range(32)) + b"\0" + b"\xc0\x2f" + b"\0"
    if extensions is not None:
        body += len(extensions).to_bytes(2) + extensions
    return b"\x02" + len(body).to_bytes(3) + body


def records(message, size=1 << 14):
    """Handshake records with so many bytes of the message each."""
    parts = (message[at : at + size] for at in range(0, len(message), size))
    return b"".join(b"\x16\x03\x03" + len(part).to_bytes(2) + part for part in parts)


class EveryBitTest(TlsTestCase):
    def test_options_are_kept_and_do_no_harm(self):
        forbidding = ssl.OP_NO_TLSv1_2 | ssl.OP_NO_TLSv1_3
        for bit in range(64):
            with self.subTest(bit=bit):
                client, server = client_context(), server_context()
                for context in client, server:
                    known = context.options
                    if 1 << bit & (ssl.OP_NO_SSLv3 | ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1 | forbidding):
                        with self.assertWarns(DeprecationWarning):
                            context.options = 0
                            context.options = known | 1 << bit
                    else:
                        context.options |= 1 << bit
                    self.assertEqual(context.options, known | 1 << bit)
                if bit < 32:
                    BioPair(client, server).connected().send(b"data")

    def test_flags_of_verification_are_kept_or_refused(self):
        for bit in range(63):
            with self.subTest(bit=bit):
                context = client_context()
                try:
                    context.verify_flags |= 1 << bit
                except NotImplementedError:
                    self.assertEqual(context.verify_flags, ssl.VERIFY_X509_TRUSTED_FIRST)
                else:
                    self.assertTrue(context.verify_flags & 1 << bit)


class LegacyServerTest(TlsTestCase):
    """A server of TLS 1.2 that does not know RFC 5746."""

    def client(self, options=0):
        context = client_context()
        context.options |= options
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = context.wrap_bio(self.incoming, self.outgoing, server_hostname="localhost")
        with self.assertRaises(ssl.SSLWantReadError):
            client.do_handshake()
        self.outgoing.read()
        return client

    def assert_refused(self, data):
        client = self.client()
        self.incoming.write(data)
        with self.assertRaises(ssl.SSLError) as caught:
            client.do_handshake()
        self.assertReason("UNSAFE_LEGACY_RENEGOTIATION_DISABLED", caught.exception)
        self.assertIn("unsafe legacy renegotiation disabled", str(caught.exception))
        # handshake_failure
        alert = self.outgoing.read()
        self.assertEqual((alert[0], alert[-2:]), (21, b"\x02\x28"))

    def assert_goes_on(self, data, options=0):
        client = self.client(options)
        self.incoming.write(data)
        with self.assertRaises(ssl.SSLWantReadError):
            client.do_handshake()

    def test_is_refused(self):
        for extensions in None, b"", POINTS:
            with self.subTest(extensions=extensions):
                self.assert_refused(records(server_hello(extensions)))

    def test_is_refused_in_pieces(self):
        for size in 1, 3, 50:
            with self.subTest(size=size):
                self.assert_refused(records(server_hello(POINTS), size))
        self.assert_refused(records(HELLO_REQUEST + server_hello(POINTS)))

    def test_can_be_allowed(self):
        for option in ssl.OP_LEGACY_SERVER_CONNECT, UNSAFE_RENEGOTIATION:
            for extensions in None, POINTS:
                with self.subTest(option=option, extensions=extensions):
                    self.assert_goes_on(records(server_hello(extensions)), option)

    def test_others_are_not_refused(self):
        for extensions in SECURE, POINTS + SECURE, SECURE + POINTS:
            for size in 1, 1 << 14:
                with self.subTest(extensions=extensions, size=size):
                    self.assert_goes_on(records(server_hello(extensions), size))


class NoTicketTest(TlsTestCase):
    """OP_NO_TICKET: in TLS 1.2, sessions are known by an id that the server keeps."""

    def connected(self, client, server, session=None):
        pair = BioPair(client, server, session=session).connected()
        pair.send(b"data", pair.server)
        return pair

    def contexts(self, version=TLS12):
        return client_context(version=version), server_context()

    def assert_resumes(self, client, server, ticket):
        # Kept until the end: OpenSSL forgets the session of a connection that is gone without close_notify.
        first = self.connected(client, server)
        session = first.client.session
        self.assertEqual(session.has_ticket, ticket)
        self.assertEqual(session.ticket_lifetime_hint > 0, ticket)
        self.assertTrue(session.id)
        again = self.connected(client, server, session)
        self.assertTrue(again.client.session_reused)
        self.assertTrue(again.server.session_reused)

    def test_tickets_are_the_rule(self):
        self.assert_resumes(*self.contexts(), True)

    def test_in_a_client(self):
        client, server = self.contexts()
        client.options |= ssl.OP_NO_TICKET
        self.assert_resumes(client, server, False)

    def test_in_a_server(self):
        client, server = self.contexts()
        server.options |= ssl.OP_NO_TICKET
        self.assert_resumes(client, server, False)

    def test_taken_back(self):
        client, server = self.contexts()
        client.options |= ssl.OP_NO_TICKET
        client.options &= ~ssl.OP_NO_TICKET
        self.assert_resumes(client, server, True)

    def test_in_a_server_of_tls_1_3(self):
        client, server = self.contexts(TLS13)
        server.options |= ssl.OP_NO_TICKET
        self.assert_resumes(client, server, True)

    def test_high_security_levels_have_none(self):
        for strict in "client", "server":
            with self.subTest(strict=strict):
                client, server = self.contexts()
                (client if strict == "client" else server).set_ciphers("ECDHE+AESGCM:@SECLEVEL=3")
                self.assert_resumes(client, server, False)


class HostFlagTest(TlsTestCase):
    """`_host_flags`: how a server's name is compared with its certificate."""

    def matches(self, flags, name, certificate):
        client = client_context()
        client._host_flags = flags
        outcome = BioPair(client, server_context(certificate), name).handshake()
        if outcome.client is not None:
            self.assertRefuses(62, "Hostname mismatch, certificate is not valid for '%s'." % name, outcome.client)
        return outcome.client is None

    def assert_decides(self, flag, name, certificate, with_flag):
        self.assertIs(self.matches(0, name, certificate), not with_flag)
        self.assertIs(self.matches(flag, name, certificate), with_flag)

    def test_common_name(self):
        alone = certificates.authority().issue("localhost")
        self.assert_decides(_ssl.HOSTFLAG_NEVER_CHECK_SUBJECT, "localhost", alone, False)
        beside = certificates.authority().issue("localhost", names=["other.test"])
        self.assert_decides(_ssl.HOSTFLAG_ALWAYS_CHECK_SUBJECT, "localhost", beside, True)

    def test_wildcards(self):
        certificate = certificates.authority().issue("x", names=["*.example.test", "w*.other.test"])
        self.assert_decides(_ssl.HOSTFLAG_NO_WILDCARDS, "a.example.test", certificate, False)
        self.assert_decides(_ssl.HOSTFLAG_NO_PARTIAL_WILDCARDS, "www.other.test", certificate, False)
        self.assert_decides(_ssl.HOSTFLAG_MULTI_LABEL_WILDCARDS, "a.b.example.test", certificate, True)

    def test_subdomains(self):
        """HOSTFLAG_SINGLE_LABEL_SUBDOMAINS is for names that begin with a dot, which a client cannot ask for."""
        with self.assertRaises(ValueError):
            client_context().wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=".example.test")
