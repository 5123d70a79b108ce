"""https: `http.client` and `urllib.request` against `http.server` behind TLS on loopback."""

import contextlib
import http.client
import socket
import ssl
import sys
import unittest
import urllib.error
import urllib.request

from support import HAS_IPV6, HOST, HOST6, LIMIT, Peer, certificates
from support.http import BIG, LINES, HttpTestCase, Pages, Server
from support.http_cases import AnswerCases, ConnectionCases, HttpClientCase, RequestCases
from support.streams import SHORT, read_to_end
from support.tls import client_context, server_context, unverifying_context
from support.tls_servers import BehindTls, TlsServerCase, default_context


class SecurePages(Pages):
    """Pages that tell of TLS, too."""

    def get_tls(self):
        self.answer(repr((self.connection.version(), self.connection.selected_alpn_protocol())).encode())

    def get_subject(self):
        certificate = self.connection.getpeercert()
        self.answer(repr(certificate["subject"] if certificate else None).encode())

    def get_said_end(self):
        """A body that ends with the connection, whose end is announced as TLS requires."""
        self.get_to_the_end()
        # The client does not say its own.
        with contextlib.suppress(OSError):
            self.connection.unwrap()


class SecureServer(BehindTls, Server):
    def handle_error(self, request, client_address):
        # As Server does it: writing to a client that has gone is this error of TLS.
        if not isinstance(sys.exception(), ssl.SSLEOFError):
            super().handle_error(request, client_address)


class HttpsCase(TlsServerCase, HttpClientCase):
    server_class, handler_class = SecureServer, SecurePages

    def client(self, host="localhost", context=None, **keywords):
        port = self.server.server_address[1]
        context = context or default_context()
        return self.own(http.client.HTTPSConnection(host, port, timeout=LIMIT, context=context, **keywords))


class AnswerTest(AnswerCases, HttpsCase):
    def test_a_body_whose_end_is_told(self):
        self.assertEqual(self.get("/said-end").read(), LINES)

    def test_an_answer_that_does_not_come(self):
        client = self.client()
        client.connect()
        client.sock.settimeout(SHORT)
        client.request("GET", "/wait")
        with self.assertRaisesRegex(TimeoutError, "^The read operation timed out$"):
            client.getresponse()


class RequestTest(RequestCases, HttpsCase):
    pass


class ConnectionTest(ConnectionCases, HttpsCase):
    """How long a connection lasts, and what is known of it."""

    def test_its_socket_is_a_socket_of_ssl(self):
        client = self.client()
        client.connect()
        self.assertIsInstance(client.sock, ssl.SSLSocket)
        self.assertEqual(client.sock.server_hostname, "localhost")
        self.assertEqual(client.sock.getpeercert()["subject"], ((("commonName", "localhost"),),))
        self.assertEqual(client.sock.gettimeout(), LIMIT)

    def test_the_newest_version_is_spoken(self):
        self.assertEqual(self.get("/tls").read(), b"('TLSv1.3', None)")

    def test_an_older_version_can_be_asked_for(self):
        context = client_context(version=ssl.TLSVersion.TLSv1_2)
        self.assertEqual(self.get("/tls", self.client(context=context)).read(), b"('TLSv1.2', None)")

    def test_the_protocol_on_top_is_agreed_on(self):
        self.server.context.set_alpn_protocols(["h2", "http/1.1"])
        context = default_context()
        context.set_alpn_protocols(["http/1.1"])
        self.assertEqual(self.get("/tls", self.client(context=context)).read(), b"('TLSv1.3', 'http/1.1')")

    def test_a_client_shows_its_certificate(self):
        self.server.context.verify_mode = ssl.CERT_REQUIRED
        self.server.context.load_verify_locations(cadata=certificates.authority().pem)
        context = default_context()
        context.load_cert_chain(certificates.authority().issue("client.test").pem_file(self.directory()))
        answer = self.get("/subject", self.client(context=context))
        self.assertEqual(answer.read(), b"((('commonName', 'client.test'),),)")

    def test_through_a_tunnel(self):
        proxy = self.serve(Server((HOST, 0), Forwarding))
        proxy.target = self.server.server_address
        client = http.client.HTTPSConnection(*proxy.server_address, timeout=LIMIT, context=default_context())
        self.own(client).set_tunnel("localhost", 99)
        self.assertEqual(self.get("/hello", client).read(), b"hello")
        self.assertEqual([seen[1:] for seen in proxy.seen], [("CONNECT", "localhost:99")])

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    def test_over_ipv6(self):
        class IPv6Server(SecureServer):
            address_family = socket.AF_INET6

        self.server = self.serve(IPv6Server((HOST6, 0), SecurePages))
        self.assertIn(b"Host: [::1]:", self.get("/headers", self.client(HOST6)).read())


class Forwarding(Pages):
    """A proxy that makes tunnels, all to `server.target`."""

    def do_CONNECT(self):
        self.server.seen.append((self.client_address, self.command, self.path))
        self.close_connection = True
        with socket.create_connection(self.server.target, LIMIT) as far:
            self.send_response(200)
            self.end_headers()
            # Until both have said what they have to, neither is cut off.
            back = Peer(self.pass_on, far, self.connection)
            self.pass_on(self.connection, far)
            back.join()

    @staticmethod
    def pass_on(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


class TrustTest(HttpsCase):
    """Which servers are believed."""

    HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH = 62, 64
    EXPIRED, SELF_SIGNED, NO_ISSUER = 10, 18, 20

    def test_a_name_and_an_address(self):
        for host in ("localhost", HOST):
            with self.subTest(host):
                self.assertEqual(self.get("/hello", self.client(host)).read(), b"hello")

    def refused(self, code, host="localhost", context=None):
        client = self.client(host, context)
        failure = self.assertRefuses(code, client.request, "GET", "/hello")
        self.assertEqual(self.server.seen, [])
        return failure

    def test_another_name_is_refused(self):
        self.server.context = server_context(certificates.otherhost())
        failure = self.refused(self.HOSTNAME_MISMATCH)
        self.assertEqual(
            failure.verify_message, "Hostname mismatch, certificate is not valid for 'localhost'."
        )
        self.server.refused.get(timeout=LIMIT)

    def test_another_address_is_refused(self):
        self.server.context = server_context(certificates.otherhost())
        failure = self.refused(self.IP_ADDRESS_MISMATCH, HOST)
        self.assertEqual(
            failure.verify_message, "IP address mismatch, certificate is not valid for '127.0.0.1'."
        )
        self.server.refused.get(timeout=LIMIT)

    def test_another_name_can_be_taken(self):
        self.server.context = server_context(certificates.otherhost())
        context = client_context()
        context.check_hostname = False
        self.assertEqual(self.get("/hello", self.client(context=context)).read(), b"hello")

    def test_an_unknown_authority_is_refused(self):
        self.server.context = server_context(certificates.Authority("Unknown CA").issue("x", names=["localhost"]))
        self.refused(self.NO_ISSUER)
        self.assertRefused(self.server, "TLSV1_ALERT_UNKNOWN_CA")

    def test_a_certificate_of_its_own_is_refused(self):
        self.server.context = server_context(certificates.self_signed("localhost", names=["localhost"]))
        self.refused(self.SELF_SIGNED)
        self.assertRefused(self.server, "TLSV1_ALERT_UNKNOWN_CA")

    def test_an_expired_certificate_is_refused(self):
        now, day = certificates.now(), certificates.DAY
        issue = certificates.authority().issue
        old = issue("localhost", names=["localhost"], not_before=now - 9 * day, not_after=now - day)
        self.server.context = server_context(old)
        self.refused(self.EXPIRED)
        self.assertRefused(self.server, "SSLV3_ALERT_CERTIFICATE_EXPIRED")

    def test_the_default_is_to_trust_known_authorities_only(self):
        client = self.own(http.client.HTTPSConnection("localhost", self.server.server_address[1], timeout=LIMIT))
        self.assertRefuses(self.NO_ISSUER, client.request, "GET", "/hello")
        self.assertRefused(self.server, "TLSV1_ALERT_UNKNOWN_CA")

    def test_no_trust_can_be_asked_for(self):
        self.server.context = server_context(certificates.self_signed("x"))
        self.assertEqual(self.get("/hello", self.client(context=unverifying_context())).read(), b"hello")

    def test_an_authority_between(self):
        between = certificates.Authority("Between", above=certificates.authority())
        self.server.context = server_context(between.issue("x", names=["localhost"]))
        self.assertEqual(self.get("/hello").read(), b"hello")

    def test_a_client_without_a_certificate_is_refused(self):
        self.server.context.verify_mode = ssl.CERT_REQUIRED
        context = client_context(version=ssl.TLSVersion.TLSv1_2)
        with self.assertRaises(ssl.SSLError) as caught:
            self.get("/hello", self.client(context=context))
        self.assertEqual(caught.exception.reason, "SSLV3_ALERT_HANDSHAKE_FAILURE")
        self.assertRefused(self.server, "PEER_DID_NOT_RETURN_A_CERTIFICATE")

    def test_a_server_without_tls(self):
        self.server = self.serve(Server((HOST, 0), Pages))
        with self.assertRaises(ssl.SSLError) as caught:
            self.get("/hello")
        # The answer to what is no request comes as an error page of HTTP.
        self.assertIn(caught.exception.reason, ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"))

    def test_a_client_without_tls(self):
        client = self.own(http.client.HTTPConnection(*self.server.server_address, timeout=LIMIT))
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.get("/hello", client)
        self.assertRefused(self.server, "HTTP_REQUEST")


class UrllibTest(HttpsCase):
    """`urllib.request` for addresses of https."""

    def url(self, path, server=None):
        return "https://localhost:%d%s" % ((server or self.server).server_address[1], path)

    def open(self, path, *handlers, context=None, **keywords):
        secure = urllib.request.HTTPSHandler(context=context or default_context())
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), secure, *handlers)
        return self.own(opener.open(urllib.request.Request(self.url(path), **keywords), timeout=LIMIT))

    def test_an_answer(self):
        with self.open("/hello") as answer:
            self.assertEqual(answer.read(), b"hello")
        self.assertEqual((answer.status, answer.url), (200, self.url("/hello")))

    def test_urlopen_with_a_context(self):
        with urllib.request.urlopen(self.url("/hello"), context=default_context(), timeout=LIMIT) as answer:
            self.assertEqual(answer.read(), b"hello")

    def test_bodies_of_each_kind(self):
        for path, body in (("/big", BIG), ("/chunked", LINES), ("/to-the-end", LINES)):
            with self.subTest(path):
                self.assertTrue(self.open(path).read() == body)

    def test_data_is_posted(self):
        self.assertEqual(self.open("/", data=b"body").read(), b"POST 4 body")
        self.assertTrue(self.open("/", data=BIG).read() == b"POST %d " % len(BIG) + BIG)

    def test_a_redirection_is_followed(self):
        answer = self.open("/redirect")
        self.assertEqual(answer.read(), b"hello")
        self.assertEqual([seen[2] for seen in self.server.seen], ["/redirect", "/hello"])

    def test_a_redirection_to_another_server(self):
        other = self.serve(SecureServer((HOST, 0), SecurePages))
        target = self.url("/hello", other)

        class Away(SecurePages):
            def get_away(self):
                self.answer(b"", 302, Location=target)

        self.server.RequestHandlerClass = Away
        answer = self.open("/away")
        self.assertEqual((answer.read(), answer.url), (b"hello", target))

    def test_a_server_that_is_not_trusted(self):
        self.server.context = server_context(certificates.Authority("Unknown CA").issue("x", names=["localhost"]))
        with self.assertRaises(urllib.error.URLError) as caught:
            self.open("/hello")
        self.assertIsInstance(caught.exception.reason, ssl.SSLCertVerificationError)
        self.assertIn("CERTIFICATE_VERIFY_FAILED", str(caught.exception))
        self.assertRefused(self.server, "TLSV1_ALERT_UNKNOWN_CA")

    def test_an_error_page(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.open("/of-another-server")
        self.own(caught.exception)
        self.assertEqual(caught.exception.code, 404)


class ServingSocketTest(HttpTestCase):
    """A server whose listening socket is wrapped, as the documentation of http.server has it."""

    class server_class(Server):
        def server_activate(self):
            super().server_activate()
            self.socket = server_context().wrap_socket(self.socket, server_side=True)

    def test_requests(self):
        client = http.client.HTTPSConnection(
            "localhost", self.server.server_address[1], timeout=LIMIT, context=default_context()
        )
        self.own(client)
        for path, body in (("/hello", b"hello"), ("/big", BIG)):
            client.request("GET", path)
            self.assertTrue(client.getresponse().read() == body)

    def test_a_raw_request(self):
        plain = socket.create_connection(self.server.server_address, LIMIT)
        sock = self.own(default_context().wrap_socket(plain, server_hostname="localhost"))
        sock.sendall(b"GET /hello HTTP/1.1\r\nConnection: close\r\n\r\n")
        self.assertTrue(read_to_end(sock).endswith(b"\r\n\r\nhello"))


if __name__ == "__main__":
    unittest.main()
