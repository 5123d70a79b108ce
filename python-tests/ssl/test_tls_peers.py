"""TLS with a foreign peer: OpenSSL's s_server and s_client, each version, both directions."""

import contextlib
import os
import re
import select
import shutil
import socket
import ssl
import subprocess
import threading
import unittest

from support import HOST, LIMIT, certificates, der
from support.streams import pattern, read_exactly, read_to_end
from support.tls import TlsServer, TlsTestCase, client_context, echo, folder, server_context

OPENSSL = shutil.which("openssl")
BIG = pattern(2 << 20)
LINES = [b"line %d of many" % number for number in range(20_000)]
HOSTNAME_MISMATCH = 62
OAKLEY_2 = int(
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd"
    "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed"
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff",
    16,
)
"""A prime of 1024 bits: RFC 2409, section 6.2."""


class Process:
    """The openssl command, whose output is read line by line. It is ended after LIMIT seconds, whatever it does."""

    def __init__(self, *words):
        self._process = subprocess.Popen(
            [OPENSSL, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder(),
        )
        self._watchdog = threading.Timer(LIMIT, self._process.kill)
        self._watchdog.daemon = True
        self._watchdog.start()
        self.printed = []

    def say(self, data):
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def end_input(self):
        self._process.stdin.close()

    def wait_for(self, expression):
        """Reads until a line matches; gives the match."""
        while line := self._process.stdout.readline():
            self.printed.append(line.decode("latin-1"))
            found = re.search(expression, self.printed[-1])
            if found:
                return found
        raise AssertionError("openssl printed no %r:\n%s" % (expression, "".join(self.printed)))

    def rest(self):
        """What it prints until it ends."""
        return self._process.stdout.read()

    def status(self):
        return self._process.wait(LIMIT)

    def close(self):
        self._watchdog.cancel()
        self._process.kill()
        self._process.wait(LIMIT)
        self._process.stdout.close()
        # It may have gone with our last words unread.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()


@unittest.skipUnless(OPENSSL, "this machine has no openssl command")
class OpensslCase(TlsTestCase):
    def process(self, *words):
        process = Process(*words)
        self.addCleanup(process.close)
        return process

    @staticmethod
    def identity(certificate=None, prefix=""):
        """The options that give openssl this certificate and its chain."""
        certificate = certificate or certificates.localhost()
        chain = certificate.chain_file(folder())
        words = ["-%scert" % prefix, chain, "-%skey" % prefix, certificate.key_file(folder())]
        return words + ["-%scert_chain" % prefix, chain]

    @staticmethod
    def authority_file():
        return certificates.authority().file(folder())


KINDS_OF_KEY = {"ECDSA": certificates.localhost, "RSA": certificates.rsa_localhost}
"""Makers of certificates."""


class Tls12:
    """For cases of this version: the option that allows it alone, and its ciphers with the kinds of key for them."""

    version, words = ssl.TLSVersion.TLSv1_2, ["-tls1_2"]
    cipher_word = "-cipher"
    ciphers = {
        "ECDHE-ECDSA-AES128-GCM-SHA256": "ECDSA",
        "ECDHE-ECDSA-AES256-GCM-SHA384": "ECDSA",
        "ECDHE-ECDSA-CHACHA20-POLY1305": "ECDSA",
        "ECDHE-RSA-AES128-GCM-SHA256": "RSA",
        "ECDHE-RSA-AES256-GCM-SHA384": "RSA",
        "ECDHE-RSA-CHACHA20-POLY1305": "RSA",
    }


class Tls13:
    """As Tls12. Here ciphers and keys have nothing to do with each other."""

    version, words = ssl.TLSVersion.TLSv1_3, ["-tls1_3"]
    cipher_word = "-ciphersuites"
    ciphers = {
        "TLS_AES_256_GCM_SHA384": "ECDSA",
        "TLS_AES_128_GCM_SHA256": "ECDSA",
        "TLS_CHACHA20_POLY1305_SHA256": "ECDSA",
    }


class ServerCase(OpensslCase):
    """s_server, which sends each line back reversed."""

    def s_server(self, *words, certificate=None):
        """The process, and the address that it listens at."""
        process = self.process("s_server", "-accept", HOST + ":0", *self.identity(certificate), *(words or ["-rev"]))
        port = process.wait_for(r"^ACCEPT 127\.0\.0\.1:(\d+)").group(1)
        return process, (HOST, int(port))

    def connect(self, address, context=None, **keywords):
        plain = self.bounded(socket.socket())
        plain.connect(address)
        return self.own((context or client_context()).wrap_socket(plain, server_hostname="localhost", **keywords))

    def assertReverses(self, sock, line=b"hello"):
        sock.sendall(line + b"\n")
        self.assertEqual(read_exactly(sock, len(line) + 1), line[::-1] + b"\n")


class EachVersionOfServer:
    """Cases with s_server, for each version. `missing` is what a client without a certificate is told."""

    def spoken(self):
        return self.version.name.replace("_", ".")

    def test_lines(self):
        _, address = self.s_server("-rev", *self.words)
        sock = self.connect(address)
        self.assertEqual(sock.version(), self.spoken())
        for line in (b"hello", b"x", b"a longer line " * 100):
            self.assertReverses(sock, line)

    def test_many_lines_both_ways(self):
        _, address = self.s_server("-rev", *self.words)
        sock = self.connect(address)
        sending = self.peer(sock.sendall, b"".join(line + b"\n" for line in LINES))
        expected = b"".join(line[::-1] + b"\n" for line in LINES)
        self.assertTrue(read_exactly(sock, len(expected)) == expected)
        sending.join()

    def test_a_big_file(self):
        name = os.path.basename(certificates.text_file(folder(), ""))
        with open(os.path.join(folder(), name), "wb") as file:
            file.write(BIG)
        _, address = self.s_server("-HTTP", *self.words)
        sock = self.connect(address)
        sock.sendall(b"GET /%s HTTP/1.0\r\n\r\n" % name.encode())
        self.assertTrue(read_to_end(sock) == BIG)

    def test_each_kind_of_key(self):
        for kind, certificate in KINDS_OF_KEY.items():
            with self.subTest(kind):
                _, address = self.s_server("-rev", *self.words, certificate=certificate())
                sock = self.connect(address)
                self.assertReverses(sock)
                self.assertEqual(sock.getpeercert(True), certificate().der)

    def test_each_cipher(self):
        for name, kind in self.ciphers.items():
            with self.subTest(name):
                words = "-rev", *self.words, self.cipher_word, name
                _, address = self.s_server(*words, certificate=KINDS_OF_KEY[kind]())
                sock = self.connect(address)
                self.assertReverses(sock)
                self.assertEqual(sock.cipher()[:2], (name, self.spoken()))

    def test_a_chain_with_an_authority_between(self):
        between = certificates.Authority("Between", above=certificates.authority())
        certificate = between.issue("x", names=["localhost"])
        _, address = self.s_server("-rev", *self.words, certificate=certificate)
        self.assertReverses(self.connect(address))

    def test_each_group(self):
        for group in ("X25519", "P-256", "P-384", "P-521"):
            with self.subTest(group):
                # The client's guess is another one for most: s_server asks it once more.
                _, address = self.s_server("-rev", *self.words, "-groups", group)
                self.assertReverses(self.connect(address))

    def test_the_protocol_on_top_is_agreed_on(self):
        _, address = self.s_server("-rev", *self.words, "-alpn", "http/1.1")
        context = client_context()
        context.set_alpn_protocols(["h2", "http/1.1"])
        sock = self.connect(address, context)
        self.assertEqual(sock.selected_alpn_protocol(), "http/1.1")
        self.assertReverses(sock)

    def test_a_certificate_is_shown(self):
        process, address = self.s_server(
            "-rev", *self.words, "-Verify", "2", "-verify_return_error", "-CAfile", self.authority_file()
        )
        context = client_context()
        context.load_cert_chain(certificates.authority().issue("client.test").pem_file(folder()))
        self.assertReverses(self.connect(address, context))
        process.wait_for(r"^Peer certificate: CN = client\.test")

    def test_a_certificate_is_missing(self):
        _, address = self.s_server("-rev", *self.words, "-Verify", "2", "-verify_return_error")
        with self.assertRaises(ssl.SSLError) as caught:
            # In TLS 1.3 a client learns of it after its own handshake.
            self.connect(address).recv(1)
        self.assertIn(caught.exception.reason, self.missing)

    def test_another_host_is_refused(self):
        process, address = self.s_server("-rev", *self.words, certificate=certificates.otherhost())
        with self.assertRaises(ssl.SSLCertVerificationError) as caught:
            self.connect(address)
        self.assertEqual(caught.exception.verify_code, HOSTNAME_MISMATCH)

    def test_a_session_is_taken_up_again(self):
        _, address = self.s_server("-rev", *self.words)
        context = client_context()
        first = self.connect(address, context)
        self.assertReverses(first)
        self.assertFalse(first.session_reused)
        session = first.session
        # Its end comes in order: a connection cut off leaves no session.
        first.sendall(b"CLOSE\n")
        self.assertEqual(first.recv(1), b"")
        first.close()
        second = self.connect(address, context, session=session)
        self.assertReverses(second)
        self.assertTrue(second.session_reused)

    def test_the_end_is_said(self):
        _, address = self.s_server("-rev", *self.words)
        sock = self.connect(address, suppress_ragged_eofs=False)
        self.assertReverses(sock)
        sock.sendall(b"CLOSE\n")
        self.assertEqual(sock.recv(1), b"")


class ServerOfTls12Test(Tls12, EachVersionOfServer, ServerCase):
    missing = ("SSLV3_ALERT_HANDSHAKE_FAILURE",)


class ServerOfTls13Test(Tls13, EachVersionOfServer, ServerCase):
    missing = ("TLSV13_ALERT_CERTIFICATE_REQUIRED",)


class OldServerTest(ServerCase):
    """Servers that know nothing of what is safe today."""

    def test_an_old_version_is_refused(self):
        for word in ("-tls1", "-tls1_1"):
            with self.subTest(word):
                _, address = self.s_server("-rev", word, "-cipher", "ALL:@SECLEVEL=0")
                with self.assertRaises(ssl.SSLError):
                    self.connect(address)


class NewHandshakeTest(Tls12, ServerCase):
    """A server that begins a new handshake on the open connection, as some do to ask for a certificate."""

    def shown(self):
        """A client's context with a certificate."""
        context = client_context()
        context.load_cert_chain(certificates.authority().issue("client.test").pem_file(folder()))
        return context

    def begin(self, letter, context):
        """The server's process and the client's end, which has just answered the wish for a new handshake."""
        process, address = self.s_server(*self.words, "-CAfile", self.authority_file())
        sock = self.connect(address, context)
        process.wait_for("^CIPHER is")
        process.say(b"before\n")
        self.assertEqual(read_exactly(sock, 7), b"before\n")
        process.say(letter + b"\n")
        select.select([sock], [], [], LIMIT)
        sock.settimeout(0)
        with self.assertRaises(ssl.SSLWantReadError):
            sock.recv(10)
        sock.settimeout(LIMIT)
        return process, sock

    def test_the_connection_goes_on(self):
        for letter in (b"r", b"R"):
            with self.subTest(letter):
                context = self.shown()
                process, sock = self.begin(letter, context)
                process.say(b"after\n")
                self.assertEqual(read_exactly(sock, 6), b"after\n")
                sock.sendall(b"hello\n")
                process.wait_for("^hello")
                self.assertEqual(context.session_stats()["connect_renegotiate"], 1)

    def test_data_is_sent_after_the_new_handshake(self):
        process, sock = self.begin(b"r", self.shown())
        sock.sendall(b"hello\n")
        process.wait_for("^hello")

    def test_a_client_may_decline(self):
        """It tells so by a warning, after which s_server gives up."""
        context = client_context()
        context.options |= ssl.OP_NO_RENEGOTIATION
        process, address = self.s_server(*self.words, "-CAfile", self.authority_file())
        sock = self.connect(address, context)
        process.wait_for("^CIPHER is")
        process.say(b"r\n")
        with self.assertRaises(ssl.SSLError) as caught:
            sock.recv(10)
        self.assertReason("SSLV3_ALERT_HANDSHAKE_FAILURE", caught.exception)

    def test_over_memory(self):
        process, address = self.s_server(*self.words)
        plain = self.bounded(socket.socket())
        plain.connect(address)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        end = client_context().wrap_bio(incoming, outgoing, server_hostname="localhost")

        def step(function, *arguments):
            """The result; None where more has to come first."""
            try:
                return function(*arguments)
            except ssl.SSLWantReadError:
                return None
            finally:
                plain.sendall(outgoing.read())

        def whole(function, *arguments):
            while (result := step(function, *arguments)) is None:
                incoming.write(plain.recv(65536))
            return result

        whole(lambda: end.do_handshake() or True)
        process.wait_for("^CIPHER is")
        process.say(b"r\n")
        incoming.write(plain.recv(65536))
        self.assertIsNone(step(end.read, 6))
        process.say(b"after\n")
        self.assertEqual(whole(end.read, 6), b"after\n")
        whole(end.write, b"hello\n")
        process.wait_for("^hello")


class WeakServerTest(Tls12, ServerCase):
    """What only a client takes that asks for it."""

    def attempt(self, weakness, ciphers, certificate):
        """A connection to a server of its own, which may end after a failed handshake."""
        _, address = self.s_server("-rev", *self.words, *weakness, certificate=certificate)
        context = client_context()
        if ciphers:
            context.set_ciphers(ciphers)
        return self.connect(address, context)

    def assertTaken(self, weakness, cipher, *choices, certificate=None):
        for ciphers in choices:
            with self.subTest(ciphers):
                sock = self.attempt(weakness, ciphers, certificate)
                self.assertEqual(sock.cipher()[0], cipher)
                self.assertReverses(sock)

    def assertRefused(self, weakness, reason, *choices, certificate=None):
        for ciphers in choices:
            with self.subTest(ciphers):
                with self.assertRaises(ssl.SSLError) as caught:
                    self.attempt(weakness, ciphers, certificate)
                self.assertReason(reason, caught.exception)

    def test_keys_exchanged_by_rsa(self):
        suite, certificate = "AES128-GCM-SHA256", certificates.rsa_localhost()
        weakness, alert = ["-cipher", suite], "SSLV3_ALERT_HANDSHAKE_FAILURE"
        self.assertRefused(weakness, alert, None, "DEFAULT:!kRSA", "DEFAULT:@SECLEVEL=3", certificate=certificate)
        self.assertTaken(weakness, suite, suite, "kRSA", "DEFAULT", certificate=certificate)

    def test_signatures_with_sha1(self):
        suite = "ECDHE-ECDSA-AES128-GCM-SHA256"
        weakness = ["-sigalgs", "ECDSA+SHA1", "-cipher", suite + ":@SECLEVEL=0"]
        self.assertRefused(weakness, "SSLV3_ALERT_HANDSHAKE_FAILURE", None, "DEFAULT", "DEFAULT:@SECLEVEL=1")
        self.assertTaken(weakness, suite, "DEFAULT:@SECLEVEL=0")

    def test_a_short_prime(self):
        suite, certificate = "DHE-RSA-AES128-GCM-SHA256", certificates.rsa_localhost()
        parameters = der.pem("DH PARAMETERS", der.sequence(der.integer(OAKLEY_2), der.integer(2)))
        weakness = ["-dhparam", certificates.text_file(folder(), parameters), "-cipher", suite + ":@SECLEVEL=0"]
        self.assertRefused(weakness, "DH_KEY_TOO_SMALL", None, "DEFAULT", certificate=certificate)
        self.assertTaken(weakness, suite, "DEFAULT:@SECLEVEL=0", "DEFAULT:@SECLEVEL=1", certificate=certificate)


class ClientCase(OpensslCase):
    """s_client, with a server of ours that sends back what comes."""

    def serve(self, serve=echo, context=None):
        """A server of ours, which can be ended before the test is."""
        stack = contextlib.ExitStack()
        server = stack.enter_context(TlsServer(self, context or server_context(), serve))
        server.end = stack.close
        self.addCleanup(server.end)
        return server

    def s_client(self, server, *words):
        return self.process(
            "s_client",
            "-connect",
            "%s:%d" % server.address,
            *("-CAfile", self.authority_file(), "-verify_return_error", "-verify_hostname", "localhost"),
            *words,
        )


class EachVersionOfClient:
    """Cases with s_client, for each version."""

    def test_lines(self):
        process = self.s_client(self.serve(), "-brief", *self.words)
        process.wait_for("^Protocol version: %s$" % self.version.name.replace("_", "."))
        process.wait_for("^Verification: OK")
        process.wait_for("^Verified peername: localhost")
        for line in (b"hello\n", b"world\n"):
            process.say(line)
            process.wait_for("^" + line.decode())
        process.end_input()
        self.assertEqual(process.status(), 0)

    def test_a_big_transfer(self):
        def send(end):
            end.sendall(BIG)
            end.unwrap().close()

        process = self.s_client(self.serve(send), "-quiet", *self.words)
        printed = process.rest()
        self.assertTrue(printed.endswith(BIG), "%d bytes came" % len(printed))

    def test_a_big_transfer_the_other_way(self):
        came = []
        server = self.serve(lambda end: came.append(read_to_end(end)))
        process = self.s_client(server, "-brief", *self.words)
        # Interactive commands are letters at the start of what it reads.
        text = b"".join(b"%d of many lines\n" % number for number in range(50_000))
        process.say(text)
        process.end_input()
        self.assertEqual(process.status(), 0)
        server.end()
        self.assertTrue(came[0] == text)

    def test_each_kind_of_key(self):
        for kind, certificate in KINDS_OF_KEY.items():
            with self.subTest(kind):
                server = self.serve(context=server_context(certificate()))
                process = self.s_client(server, "-brief", *self.words)
                process.wait_for("^Signature type: .*%s" % kind)
                process.end_input()
                self.assertEqual(process.status(), 0)

    def test_each_cipher(self):
        for name, kind in self.ciphers.items():
            with self.subTest(name):
                server = self.serve(context=server_context(KINDS_OF_KEY[kind]()))
                process = self.s_client(server, "-brief", *self.words, self.cipher_word, name)
                process.wait_for("^Ciphersuite: %s$" % name)

    def test_each_group(self):
        for group in ("X25519", "P-256", "P-384", "P-521", "X448"):
            with self.subTest(group):
                # In TLS 1.2 the list of groups includes those of keys in certificates.
                server = self.serve(context=server_context(certificates.rsa_localhost()))
                process = self.s_client(server, "-brief", *self.words, "-groups", group)
                process.wait_for("^Verification: OK")
                process.end_input()
                self.assertEqual(process.status(), 0)

    def test_the_protocol_on_top_is_agreed_on(self):
        context = server_context()
        context.set_alpn_protocols(["http/1.1"])
        process = self.s_client(self.serve(context=context), *self.words, "-alpn", "h2,http/1.1")
        process.wait_for("^ALPN protocol: http/1.1$")

    def test_the_name_that_is_called(self):
        named = []
        context = server_context()
        context.sni_callback = lambda end, name, before: named.append(name)
        process = self.s_client(self.serve(context=context), "-brief", *self.words, "-servername", "some.test")
        process.wait_for("^Verification: OK")
        self.assertEqual(named, ["some.test"])

    def test_names_that_no_host_may_have_are_taken(self):
        named = []
        context = server_context()
        context.sni_callback = lambda end, name, before: named.append(name)
        server = self.serve(context=context)
        for name in ("my_service", "My_bucket.s3.test", "final.", "*.test", "-a", "a b", "a..b", "x:443", "a" * 255):
            with self.subTest(name):
                process = self.s_client(server, "-brief", *self.words, "-servername", name)
                process.wait_for("^Verification: OK")
                self.assertEqual(named.pop(), name)

    def demanding(self):
        context = server_context()
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=certificates.authority().pem)
        return context

    def test_a_certificate_is_shown(self):
        def tell(end):
            end.sendall(repr(end.getpeercert()["subject"]).encode() + b"\n")

        identity = self.identity(certificates.authority().issue("client.test"))
        process = self.s_client(self.serve(tell, self.demanding()), "-brief", *self.words, *identity)
        process.wait_for(r"^\(\(\('commonName', 'client\.test'\),\),\)")

    def test_a_certificate_is_missing(self):
        server = self.serve(context=self.demanding())
        process = self.s_client(server, "-brief", *self.words)
        process.wait_for("alert (handshake failure|certificate required)")
        server.end()
        self.assertReason("PEER_DID_NOT_RETURN_A_CERTIFICATE", server.failures[0])

    def test_an_unknown_authority_is_refused(self):
        certificate = certificates.Authority("Unknown CA").issue("x", names=["localhost"])
        server = self.serve(context=server_context(certificate))
        process = self.s_client(server, "-brief", *self.words)
        process.wait_for("unable to get local issuer certificate")
        self.assertNotEqual(process.status(), 0)
        server.end()
        self.assertReason("TLSV1_ALERT_UNKNOWN_CA", server.failures[0])

    def test_a_session_is_taken_up_again(self):
        reused = []

        def tell(end):
            reused.append(end.session_reused)
            end.sendall(b"hello\n")
            end.recv(1)

        server = self.serve(tell)
        session = os.path.join(folder(), "session-%d" % server.address[1])
        for option in ("-sess_out", "-sess_in"):
            process = self.s_client(server, "-brief", *self.words, option, session)
            process.wait_for("^hello")
            process.end_input()
            self.assertEqual(process.status(), 0)
        server.end()
        self.assertEqual(reused, [False, True])


class ClientOfTls12Test(Tls12, EachVersionOfClient, ClientCase):
    pass


class ClientOfTls13Test(Tls13, EachVersionOfClient, ClientCase):
    def test_new_keys_in_a_connection(self):
        # The letters are commands of s_client: new keys of its own, then of both ends.
        process = self.s_client(self.serve(), *self.words)
        process.wait_for("Verify return code: 0")
        for letter in (b"k\n", b"K\n"):
            process.say(b"before\n")
            process.wait_for("^before")
            process.say(letter)
            process.wait_for("^KEYUPDATE")
            process.say(b"after\n")
            process.wait_for("^after")


class NewHandshakeOfClientTest(Tls12, ClientCase):
    def test_a_server_declines(self):
        """It tells so by a warning, after which s_client gives up."""
        server = self.serve()
        process = self.s_client(server, *self.words)
        process.wait_for("Verify return code: 0")
        process.say(b"before\n")
        process.wait_for("^before")
        process.say(b"R\n")
        process.status()
        server.end()
        self.assertReason("SSLV3_ALERT_HANDSHAKE_FAILURE", server.failures[0])


class WeakClientTest(Tls12, ClientCase):
    """What only a server takes that asks for it."""

    def assertRefused(self, words, *ciphers):
        for choice in ciphers:
            with self.subTest(choice):
                context = server_context(certificates.rsa_localhost())
                if choice:
                    context.set_ciphers(choice)
                server = self.serve(context=context)
                self.s_client(server, "-brief", *self.words, *words).wait_for("alert handshake failure|:error:")
                server.end()
                self.assertIn(server.failures[0].reason, ("NO_SHARED_CIPHER", "NO_SHARED_SIGNATURE_ALGORITHMS"))

    def assertTaken(self, words, cipher, *ciphers):
        for choice in ciphers:
            with self.subTest(choice):
                context = server_context(certificates.rsa_localhost())
                context.set_ciphers(choice)
                process = self.s_client(self.serve(context=context), "-brief", *self.words, *words)
                process.wait_for("^Ciphersuite: %s$" % cipher)

    def test_keys_exchanged_by_rsa(self):
        suite = "AES128-GCM-SHA256"
        self.assertRefused(["-cipher", suite], None, "DEFAULT:!kRSA", "DEFAULT:@SECLEVEL=3")
        self.assertTaken(["-cipher", suite], suite, suite, "kRSA", "DEFAULT")

    def test_signatures_with_sha1(self):
        suite = "ECDHE-RSA-AES128-GCM-SHA256"
        words = ["-sigalgs", "RSA+SHA1", "-cipher", suite + ":@SECLEVEL=0"]
        self.assertRefused(words, None, "DEFAULT", "DEFAULT:@SECLEVEL=1")
        self.assertTaken(words, suite, "DEFAULT:@SECLEVEL=0")


class OldClientTest(ClientCase):
    """Clients that know nothing of what is safe today."""

    def test_an_old_version_is_refused(self):
        for word in ("-tls1", "-tls1_1"):
            with self.subTest(word):
                server = self.serve()
                process = self.s_client(server, word, "-cipher", "ALL:@SECLEVEL=0")
                process.wait_for("alert protocol version")
                server.end()
                self.assertReason("UNSUPPORTED_PROTOCOL", server.failures[0])


if __name__ == "__main__":
    unittest.main()
