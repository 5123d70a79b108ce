"""What two ends agree upon: server names and their callback, ALPN, cipher suites, curves, versions."""

import contextlib
import socket
import ssl
import sys
import unittest

from support import certificates
from support.tls import (
    BioPair, TlsServer, TlsTestCase, client_context, echo, folder, server_context, unverifying_context)

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
VERSIONS = (TLS12, TLS13)


@contextlib.contextmanager
def unraisable():
    """What the interpreter could only report, not raise, inside the block."""
    caught = []
    before = sys.unraisablehook
    sys.unraisablehook = lambda report: caught.append(report.exc_type)
    try:
        yield caught
    finally:
        sys.unraisablehook = before


class ServerNameTest(TlsTestCase):
    def setUp(self):
        self.context = server_context()
        self.calls = []

    def listen(self, result=None):
        def choose(end, name, initial):
            self.calls.append((name, initial))
            return result

        self.context.sni_callback = choose

    def test_no_name_is_none_itself(self):
        self.listen()
        BioPair(unverifying_context(), self.context, "127.0.0.1").connected()
        self.assertIs(type(self.calls[0][0]), type(None))

    def test_only_numbers_of_alerts_are_sent(self):
        for number, sent in (0, True), (80, True), (1, False), (41, False), (255, False), (-1, False), (True, False):
            with self.subTest(number):
                self.listen(number)
                pair = BioPair(client_context(version=ssl.TLSVersion.TLSv1_2), self.context)
                with self.assertRaises(ssl.SSLWantReadError):
                    pair.client.do_handshake()
                with self.assertRaises(ssl.SSLError) as caught:
                    pair.server.do_handshake()
                self.assertReason("CALLBACK_FAILED", caught.exception)
                self.assertEqual(pair.to_client.pending > 0, sent)
                if number == 0:
                    # Not an end, as it is no warning.
                    with self.assertRaises(ssl.SSLError) as caught:
                        pair.client.do_handshake()
                    self.assertReason(None, caught.exception)

    def test_the_server_hears_the_name(self):
        self.listen()
        for version in VERSIONS:
            with self.subTest(version=version.name):
                self.calls.clear()
                BioPair(client_context(version=version), self.context).connected()
                self.assertEqual(self.calls, [("localhost", self.context)])

    def test_the_server_hears_of_no_name(self):
        self.listen()
        BioPair(unverifying_context(), self.context, None).connected()
        self.assertEqual(self.calls, [(None, self.context)])

    def test_an_address_is_no_name(self):
        self.listen()
        for address in ("127.0.0.1", "::1"):
            BioPair(client_context(), self.context, address).connected()
        self.assertEqual(self.calls, [(None, self.context)] * 2)

    def test_international_names_come_as_ascii(self):
        self.listen()
        BioPair(unverifying_context(), self.context, "b\xfccher.test").connected()
        self.assertEqual(self.calls, [("xn--bcher-kva.test", self.context)])

    def test_names_that_no_host_may_have_come_as_they_are(self):
        self.listen()
        names = "my_service", "My_Bucket.s3.test", "final.", "1.2.3.4.", "*.test", "-a", "a b", "x:443", "[::1]", "a/b"
        for name in names + (b"a..b", "\x01\x7f", ".".join(["a" * 63] * 4)):
            for version in VERSIONS:
                with self.subTest(name=name, version=version.name):
                    self.calls.clear()
                    BioPair(unverifying_context(version=version), self.context, name).connected()
                    sent = name.decode() if isinstance(name, bytes) else name
                    self.assertEqual(self.calls, [(sent, self.context)])

    def test_such_names_over_sockets(self):
        self.listen()
        for name in ("my_service", "final."):
            self.calls.clear()
            self.tls_pair(unverifying_context(), self.context, name)
            self.assertEqual(self.calls, [(name, self.context)])

    def test_a_session_of_such_a_name_is_resumed(self):
        self.listen()
        context = unverifying_context(version=TLS12)
        session = BioPair(context, self.context, "my_service").connected().client.session
        pair = BioPair(context, self.context, "my_service", session).connected()
        self.assertTrue(pair.client.session_reused)
        self.assertEqual([name for name, _ in self.calls], ["my_service"] * 2)

    def test_spaces_around_an_address_do_not_make_it_a_name(self):
        self.listen()
        for address in (" 127.0.0.1", "127.0.0.1 ", "127. 0.0.1", "+127.0.0.1", "127.0.0.1 x"):
            BioPair(unverifying_context(), self.context, address).connected()
        self.assertEqual(self.calls, [(None, self.context)] * 5)

    def test_names_have_at_most_255_bytes(self):
        name = ".".join(["a" * 63] * 4) + "."
        for wrap in (
            lambda context: context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=name),
            lambda context: context.wrap_socket(self.tcp_pair()[0], server_hostname=name),
        ):
            with self.assertRaises(ssl.SSLError) as caught:
                wrap(unverifying_context())
            self.assertReason("SSL3_EXT_INVALID_SERVERNAME", caught.exception)
            self.assertEqual(caught.exception.errno, 319)

    def test_who_calls(self):
        seen = []

        def choose(end, name, initial):
            seen.append((type(end), end.server_side, end.context is initial, end.version()))

        self.context.set_servername_callback(choose)
        BioPair(server=self.context).connected()
        self.assertEqual(seen, [(ssl.SSLObject, True, True, None)])

    def test_who_calls_over_sockets(self):
        seen = []
        self.context.sni_callback = lambda end, name, initial: seen.append((end, name))
        client, server = self.tls_pair(server=self.context)
        self.assertEqual(seen, [(server, "localhost")])
        client.close()

    def test_another_context_shows_another_certificate(self):
        other = server_context(certificates.otherhost())

        def choose(end, name, initial):
            if name == "other.test":
                end.context = other

        self.context.sni_callback = choose
        for version in VERSIONS:
            with self.subTest(version=version.name):
                pair = BioPair(client_context(version=version), self.context, "other.test").connected()
                self.assertEqual(pair.client.getpeercert(True), certificates.otherhost().der)
                self.assertIs(pair.server.context, other)
                pair = BioPair(client_context(version=version), self.context).connected()
                self.assertEqual(pair.client.getpeercert(True), certificates.localhost().der)
                self.assertIs(pair.server.context, self.context)

    def test_another_context_over_sockets(self):
        other = server_context(certificates.otherhost())
        self.context.sni_callback = lambda end, name, initial: setattr(end, "context", other)
        client, server = self.tls_pair(server=self.context, hostname="other.test")
        self.assertEqual(client.getpeercert(True), certificates.otherhost().der)
        self.assertIs(server.context, other)

    def test_without_a_callback_the_name_changes_nothing(self):
        self.listen()
        self.context.sni_callback = None
        pair = BioPair(unverifying_context(), self.context, "other.test").connected()
        self.assertEqual(pair.client.getpeercert(True), certificates.localhost().der)
        self.assertEqual(self.calls, [])

    def assertRefused(self, reason, unraised=()):
        for version in VERSIONS:
            with self.subTest(version=version.name), unraisable() as caught:
                outcome = BioPair(client_context(version=version), self.context).handshake()
                self.assertReason(reason, outcome.client)
                self.assertIsInstance(outcome.server, ssl.SSLError)
                self.assertEqual(caught, list(unraised))

    def test_a_number_is_an_alert(self):
        self.listen(ssl.ALERT_DESCRIPTION_ACCESS_DENIED)
        self.assertRefused("TLSV1_ALERT_ACCESS_DENIED")

    def test_a_name_that_is_not_known(self):
        self.listen(ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME)
        self.assertRefused("TLSV1_UNRECOGNIZED_NAME")

    def test_an_exception_ends_the_handshake(self):
        def choose(end, name, initial):
            raise ZeroDivisionError

        self.context.sni_callback = choose
        self.assertRefused("SSLV3_ALERT_HANDSHAKE_FAILURE", [ZeroDivisionError])

    def test_another_result_ends_the_handshake(self):
        self.listen("foo")
        self.assertRefused("TLSV1_ALERT_INTERNAL_ERROR", [TypeError])

    def test_one_refused_name_leaves_the_next_connection_alone(self):
        def choose(end, name, initial):
            return None if name == "localhost" else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME

        self.context.sni_callback = choose
        with TlsServer(self, self.context, echo) as server:
            with socket.create_connection(server.address) as plain:
                with self.assertRaises(ssl.SSLError) as caught:
                    unverifying_context().wrap_socket(plain, server_hostname="other.test")
                self.assertReason("TLSV1_UNRECOGNIZED_NAME", caught.exception)
            with socket.create_connection(server.address) as plain:
                with client_context().wrap_socket(plain, server_hostname="localhost") as end:
                    end.sendall(b"hello")
                    self.assertEqual(end.recv(100), b"hello")


class SizeTest(TlsTestCase):
    """What is far larger than in most connections."""

    def test_long_chains(self):
        top = above = certificates.Authority("Top")
        for number in range(12):
            above = certificates.Authority("Below %d" % number, above)
        shown = above.issue("localhost", names=["localhost"])
        for version in VERSIONS:
            with self.subTest(version=version.name):
                client, server = client_context(top, version=version), server_context(shown)
                client.load_cert_chain(shown.pem_file(folder()))
                server.verify_mode = ssl.CERT_REQUIRED
                server.load_verify_locations(cadata=top.pem)
                pair = BioPair(client, server).connected()
                pair.send(b"hello")
                self.assertIn(("subjectAltName", (("DNS", "localhost"),)), pair.server.getpeercert().items())

    def test_a_certificate_of_more_than_32_kib(self):
        names = ["localhost"] + ["number-%d.a-rather-long-name-of-a-host.test" % number for number in range(800)]
        shown = certificates.authority().issue("localhost", names=names)
        self.assertGreater(len(shown.der), 32768)
        for version in VERSIONS:
            with self.subTest(version=version.name):
                BioPair(client_context(version=version), server_context(shown)).connected()

    def test_a_certificate_of_more_than_100_kib_is_refused(self):
        names = ["localhost"] + ["number-%d.a-rather-long-name-of-a-host.test" % number for number in range(2500)]
        shown = certificates.authority().issue("localhost", names=names)
        self.assertGreater(len(shown.der), 102400)
        failures = BioPair(client_context(), server_context(shown)).handshake()
        self.assertReason("EXCESSIVE_MESSAGE_SIZE", failures.client)


class ApplicationProtocolTest(TlsTestCase):
    def selected(self, clients, servers, version):
        client, server = client_context(version=version), server_context()
        if clients is not None:
            client.set_alpn_protocols(clients)
        if servers is not None:
            server.set_alpn_protocols(servers)
        pair = BioPair(client, server).connected()
        self.assertEqual(pair.client.selected_alpn_protocol(), pair.server.selected_alpn_protocol())
        self.assertIsNone(pair.client.selected_npn_protocol())
        return pair.client.selected_alpn_protocol()

    def test_the_first_of_the_server_s_that_the_client_knows(self):
        servers = ["foo", "bar", "milkshake"]
        for clients, expected in (
            (["foo", "bar"], "foo"),
            (["bar", "foo"], "foo"),
            (["milkshake"], "milkshake"),
            (["http/3.0", "bar"], "bar"),
        ):
            for version in VERSIONS:
                with self.subTest(clients=clients, version=version.name):
                    self.assertEqual(self.selected(clients, servers, version), expected)

    def test_none_in_common_is_no_failure(self):
        for version in VERSIONS:
            with self.subTest(version=version.name):
                self.assertIsNone(self.selected(["http/3.0", "http/4.0"], ["foo"], version))

    def test_both_ends_have_to_know_of_it(self):
        self.assertIsNone(self.selected(None, ["foo"], TLS13))
        self.assertIsNone(self.selected(["foo"], None, TLS13))
        self.assertIsNone(self.selected(None, None, TLS13))

    def test_over_sockets(self):
        client, server = client_context(), server_context()
        client.set_alpn_protocols(["h2", "http/1.1"])
        server.set_alpn_protocols(["http/1.1"])
        pair = self.tls_pair(client, server)
        self.assertEqual([end.selected_alpn_protocol() for end in pair], ["http/1.1"] * 2)

    def test_names_have_from_1_to_255_bytes(self):
        context = client_context()
        for name in ("", "a" * 256):
            with self.assertRaises(ssl.SSLError) as caught:
                context.set_alpn_protocols([name])
            self.assertEqual(caught.exception.args, ("ALPN protocols must be 1 to 255 in length",))
        context.set_alpn_protocols(["a" * 255])

    def test_the_context_chosen_by_name_has_its_own(self):
        server, other = server_context(), server_context(certificates.otherhost())
        server.set_alpn_protocols(["first"])
        other.set_alpn_protocols(["second"])
        server.sni_callback = lambda end, name, initial: setattr(end, "context", other)
        client = client_context()
        client.set_alpn_protocols(["first", "second"])
        pair = BioPair(client, server, "other.test").connected()
        self.assertIn(pair.client.selected_alpn_protocol(), ("first", "second"))
        self.assertEqual(pair.client.selected_alpn_protocol(), pair.server.selected_alpn_protocol())


class CipherListTest(unittest.TestCase):
    def setUp(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def names(self, text=None):
        if text is not None:
            self.context.set_ciphers(text)
        return [each["name"] for each in self.context.get_ciphers()]

    def old(self, text):
        """The names of the suites that the text is about: those of TLS 1.2 and older."""
        return [name for name in self.names(text) if not name.startswith("TLS_")]

    def test_each_suite_is_described(self):
        for suite in self.context.get_ciphers():
            with self.subTest(name=suite["name"]):
                self.assertLessEqual(
                    {
                        "id": int,
                        "name": str,
                        "protocol": str,
                        "description": str,
                        "strength_bits": int,
                        "alg_bits": int,
                        "aead": bool,
                        "symmetric": str,
                        "kea": str,
                        "auth": str,
                    }.items(),
                    {key: type(value) for key, value in suite.items()}.items(),
                )

    def test_a_suite_as_openssl_describes_it(self):
        self.context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256")
        (suite,) = [each for each in self.context.get_ciphers() if each["protocol"] != "TLSv1.3"]
        self.assertEqual(
            suite,
            {
                "id": 0x0300C02F,
                "name": "ECDHE-RSA-AES128-GCM-SHA256",
                "protocol": "TLSv1.2",
                "description": "ECDHE-RSA-AES128-GCM-SHA256    TLSv1.2 Kx=ECDH     Au=RSA   "
                "Enc=AESGCM(128)            Mac=AEAD",
                "strength_bits": 128,
                "alg_bits": 128,
                "aead": True,
                "symmetric": "aes-128-gcm",
                "digest": None,
                "kea": "kx-ecdhe",
                "auth": "auth-rsa",
            },
        )

    def test_a_new_context_has_none_that_is_weak(self):
        for name in self.names():
            for weak in ("PSK", "SRP", "MD5", "RC4", "3DES", "NULL", "CBC3"):
                self.assertNotIn(weak, name)

    def test_the_strongest_come_first(self):
        self.assertIn("TLS_AES_256_GCM_SHA384", self.names()[:1])

    def test_by_kind(self):
        names = self.old("AESGCM")
        self.assertTrue({"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"} <= set(names))
        for name in names:
            self.assertIn("GCM", name)

    def test_by_name_in_the_order_given(self):
        wanted = ["ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"]
        self.assertEqual(self.old(":".join(wanted)), wanted)
        self.assertEqual(self.old(":".join(reversed(wanted))), wanted[::-1])

    def test_both_kinds_at_once(self):
        self.assertEqual(self.old("ECDHE+AESGCM+aRSA"), ["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256"])

    def test_all_but(self):
        names = self.old("AESGCM:!aRSA")
        self.assertIn("ECDHE-ECDSA-AES128-GCM-SHA256", names)
        for name in names:
            self.assertNotIn("-RSA-", name)

    def test_a_suite_for_good_removed_is_not_added_again(self):
        text = "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384"
        self.assertEqual(self.old("!AES128:" + text), ["ECDHE-RSA-AES256-GCM-SHA384"])

    def test_each_separator(self):
        for separator in (":", ",", " "):
            text = separator.join(("ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"))
            self.assertEqual(len(self.old(text)), 2)

    def test_words_that_stand_for_many(self):
        for text in ("ALL", "DEFAULT", "HIGH", "DEFAULT:@STRENGTH", "HIGH:!aNULL:!eNULL"):
            with self.subTest(text=text):
                self.assertGreater(len(self.old(text)), 4)

    def test_the_suites_of_tls_1_3_remain(self):
        for text in ("AESGCM", "ECDHE-RSA-AES128-GCM-SHA256"):
            self.assertIn("TLS_AES_128_GCM_SHA256", self.names(text))

    def test_unknown_words_are_passed_over(self):
        self.assertEqual(self.old("NO-SUCH-SUITE:ECDHE-RSA-AES128-GCM-SHA256"), ["ECDHE-RSA-AES128-GCM-SHA256"])

    def test_nothing_selected(self):
        before = self.names()
        for text in ("^$:,;?*'dorothyx", "NO-SUCH-SUITE"):
            with self.assertRaises(ssl.SSLError) as caught:
                self.context.set_ciphers(text)
            self.assertEqual(caught.exception.args, ("No cipher can be selected.",))
        self.assertTrue(set(self.names()) & set(before))

    def test_the_list_is_text(self):
        for value in (None, 3):
            with self.assertRaises(TypeError):
                self.context.set_ciphers(value)


class CipherTest(TlsTestCase):
    def test_the_suite_as_each_end_tells_it(self):
        for version, name in ((TLS12, "TLSv1.2"), (TLS13, "TLSv1.3")):
            pair = BioPair(client_context(version=version)).connected()
            suite, protocol, bits = pair.client.cipher()
            self.assertIn(suite, [each["name"] for each in pair.client.context.get_ciphers()])
            self.assertEqual(protocol, name)
            self.assertIn(bits, (128, 256))

    def test_the_server_s_order_counts(self):
        weak, strong = "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"
        client, server = client_context(version=TLS12), server_context()
        client.set_ciphers(weak + ":" + strong)
        server.set_ciphers(strong + ":" + weak)
        self.assertEqual(BioPair(client, server).connected().client.cipher()[0], strong)

    def test_the_client_s_order_counts_where_the_server_says_so(self):
        weak, strong = "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"
        client, server = client_context(version=TLS12), server_context()
        client.set_ciphers(weak + ":" + strong)
        server.set_ciphers(strong + ":" + weak)
        server.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
        self.assertEqual(BioPair(client, server).connected().client.cipher()[0], weak)

    def test_no_suite_in_common(self):
        client, server = client_context(version=TLS12), server_context()
        client.set_ciphers("AES128")
        server.set_ciphers("AES256")
        outcome = BioPair(client, server).handshake()
        self.assertReason("SSLV3_ALERT_HANDSHAKE_FAILURE", outcome.client)
        self.assertReason("NO_SHARED_CIPHER", outcome.server)
        self.assertIn("no shared cipher", str(outcome.server))

    def test_no_suite_in_common_over_sockets(self):
        client, server = client_context(version=TLS12), server_context()
        client.set_ciphers("AES128")
        server.set_ciphers("AES256")
        outcome = self.outcome(client, server)
        self.assertReason("SSLV3_ALERT_HANDSHAKE_FAILURE", outcome.client)
        self.assertReason("NO_SHARED_CIPHER", outcome.server)

    def test_no_suite_for_the_server_s_kind_of_key(self):
        client = client_context(version=TLS12)
        client.set_ciphers("aRSA")
        outcome = BioPair(client).handshake()
        self.assertReason("SSLV3_ALERT_HANDSHAKE_FAILURE", outcome.client)
        self.assertReason("NO_SHARED_CIPHER", outcome.server)

    def test_a_server_without_a_certificate(self):
        client = client_context(version=TLS12)
        outcome = BioPair(client, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)).handshake()
        self.assertReason("SSLV3_ALERT_HANDSHAKE_FAILURE", outcome.client)
        self.assertReason("NO_SHARED_CIPHER", outcome.server)

    def test_the_server_knows_what_both_have(self):
        client, server = client_context(), server_context()
        client.set_ciphers("AES128:AES256")
        server.set_ciphers("AES256")
        pair = BioPair(client, server).connected()
        self.assertIsNone(pair.client.shared_ciphers())
        shared = pair.server.shared_ciphers()
        self.assertIn(pair.server.cipher(), shared)
        for name, protocol, bits in shared:
            self.assertTrue("AES256" in name or name.startswith("TLS_"), name)
            self.assertIn(bits, (128, 256))

    def test_key_exchange_has_forward_secrecy(self):
        for certificate in (certificates.localhost(), certificates.rsa_localhost()):
            pair = BioPair(client_context(version=TLS12), server_context(certificate)).connected()
            self.assertIn("ECDHE", pair.client.cipher()[0])

    def test_nothing_is_compressed(self):
        pair = BioPair().connected()
        self.assertIsNone(pair.client.compression())
        self.assertIsNone(pair.server.compression())


class CurveTest(TlsTestCase):
    def test_the_server_s_curve(self):
        for curve in ("prime256v1", "secp384r1", "X25519"):
            for version in VERSIONS:
                with self.subTest(curve=curve, version=version.name):
                    server = server_context(certificates.rsa_localhost(), version)
                    server.set_ecdh_curve(curve)
                    BioPair(server=server).connected()

    def test_the_client_s_curve(self):
        for version in VERSIONS:
            client = client_context(version=version)
            client.set_ecdh_curve("secp384r1")
            BioPair(client, server_context(certificates.rsa_localhost())).connected()

    def test_no_curve_in_common(self):
        for version in VERSIONS:
            with self.subTest(version=version.name):
                client, server = client_context(version=version), server_context()
                client.set_ecdh_curve("prime256v1")
                server.set_ecdh_curve("secp384r1")
                outcome = BioPair(client, server).handshake()
                self.assertIsInstance(outcome.client, ssl.SSLError)
                self.assertIn("_ALERT_", outcome.client.reason)
                self.assertIsInstance(outcome.server, ssl.SSLError)


class VersionTest(TlsTestCase):
    def test_the_highest_that_both_have(self):
        for client, server, expected in (
            (None, None, "TLSv1.3"),
            (TLS12, None, "TLSv1.2"),
            (None, TLS12, "TLSv1.2"),
            (TLS13, None, "TLSv1.3"),
            (None, TLS13, "TLSv1.3"),
        ):
            with self.subTest(client=client, server=server):
                pair = BioPair(client_context(version=client), server_context(version=server)).connected()
                self.assertEqual(pair.client.version(), expected)
                self.assertEqual(pair.server.version(), expected)

    def test_none_in_common(self):
        for client, server in ((TLS12, TLS13), (TLS13, TLS12)):
            with self.subTest(client=client.name, server=server.name):
                outcome = BioPair(client_context(version=client), server_context(version=server)).handshake()
                self.assertReason("TLSV1_ALERT_PROTOCOL_VERSION", outcome.client)
                self.assertReason("UNSUPPORTED_PROTOCOL", outcome.server)

    def test_over_sockets(self):
        for version, name in ((TLS12, "TLSv1.2"), (TLS13, "TLSv1.3")):
            client, server = self.tls_pair(client_context(version=version))
            self.assertEqual((client.version(), server.version()), (name, name))

    def test_switching_versions_off_by_options(self):
        for option, expected in ((ssl.OP_NO_TLSv1_3, "TLSv1.2"), (ssl.OP_NO_TLSv1_2, "TLSv1.3")):
            with self.subTest(option=option):
                client = client_context()
                with self.assertWarns(DeprecationWarning):
                    client.options |= option
                self.assertEqual(BioPair(client).connected().client.version(), expected)

    def test_a_context_of_a_single_version(self):
        with self.assertWarns(DeprecationWarning):
            client = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
        client.load_verify_locations(cadata=certificates.authority().pem)
        client.verify_mode = ssl.CERT_REQUIRED
        self.assertEqual(BioPair(client).connected().client.version(), "TLSv1.2")

    def test_a_context_for_both_ends(self):
        with self.assertWarns(DeprecationWarning):
            both = ssl.SSLContext(ssl.PROTOCOL_TLS)
        both.load_cert_chain(certificates.localhost().pem_file(folder()))
        self.assertEqual(BioPair(both, both).connected().client.version(), "TLSv1.3")
