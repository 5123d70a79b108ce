"""httplib, urllib, urllib2, BaseHTTPServer, SimpleXMLRPCServer and xmlrpclib."""

import BaseHTTPServer
import httplib
import SimpleXMLRPCServer
import socket
import ssl
import unittest
import urllib
import urllib2
import xmlrpclib

from support import HOST, LIMIT, Peer, SocketTestCase, certificates
from support.servers import ServerTestCase


class Handler(BaseHTTPServer.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/moved":
            self.answer(302, "", [("Location", "/there")])
        elif self.path == "/private" and self.headers.get("Authorization") != "Basic bWU6c2VjcmV0":
            self.answer(401, "no", [("WWW-Authenticate", 'Basic realm="here"')])
        elif self.path == "/large":
            self.answer(200, "0123456789" * 100000)
        elif self.path == "/chunks":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in "one, ", "two, ", "three":
                self.wfile.write("%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write("0\r\n\r\n")
        elif self.path == "/missing":
            self.answer(404, "not here")
        elif self.path == "/last":
            self.answer(200, "you asked for " + self.path, [("Connection", "close")])
        else:
            self.answer(200, "you asked for " + self.path)

    def do_POST(self):
        self.answer(200, "you sent " + self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class ThreadingServer(BaseHTTPServer.HTTPServer):
    def process_request(self, request, address):
        # A thread for each connection, as one may be kept open while another is made.
        Peer(self.process_in_thread, request, address)

    def process_in_thread(self, request, address):
        request.settimeout(LIMIT)
        try:
            self.finish_request(request, address)
        except (socket.error, ssl.SSLError):
            pass
        finally:
            self.shutdown_request(request)


class HttpCase(SocketTestCase):
    def setUp(self):
        # Without a proxy, whatever the environment names.
        opener = urllib2.build_opener(urllib2.ProxyHandler({}), *self.handlers())
        self.open = opener.open
        self.server = ThreadingServer((HOST, 0), Handler)
        self.addCleanup(self.server.server_close)
        self.wrap(self.server)
        self.port = self.server.server_address[1]
        peer = Peer(self.server.serve_forever, 0.01)

        def stop():
            self.server.shutdown()
            peer.join()

        self.addCleanup(stop)

    def handlers(self):
        return []

    def wrap(self, server):
        pass

    scheme = "http"

    def url(self, path):
        return "%s://localhost:%d%s" % (self.scheme, self.port, path)

    def connection(self):
        made = httplib.HTTPConnection("localhost", self.port, timeout=LIMIT)
        self.addCleanup(made.close)
        return made

    def test_httplib(self):
        connection = self.connection()
        for path in "/one", "/two":
            connection.request("GET", path)
            response = connection.getresponse()
            self.assertEqual((response.status, response.reason, response.read()),
                             (200, "OK", "you asked for " + path))

    def test_httplib_posts(self):
        connection = self.connection()
        for body in "a body", "":
            connection.request("POST", "/", body, {"Content-Type": "text/plain"})
            self.assertEqual(connection.getresponse().read(), "you sent " + body)

    def test_much_data(self):
        connection = self.connection()
        connection.request("GET", "/large")
        self.assertTrue(connection.getresponse().read() == "0123456789" * 100000)
        connection.request("POST", "/", "0123456789" * 100000)
        self.assertTrue(connection.getresponse().read() == "you sent " + "0123456789" * 100000)

    def test_chunks(self):
        connection = self.connection()
        connection.request("GET", "/chunks")
        self.assertEqual(connection.getresponse().read(), "one, two, three")

    def test_part_of_a_response(self):
        connection = self.connection()
        connection.request("GET", "/one")
        response = connection.getresponse()
        self.assertEqual([response.read(4), response.read(100), response.read()], ["you ", "asked for /one", ""])

    def test_a_response_outlives_its_connection(self):
        connection = self.connection()
        connection.request("GET", "/last")
        response = connection.getresponse()
        self.assertIsNone(connection.sock)
        self.assertEqual(response.read(), "you asked for /last")

    def test_urllib2(self):
        response = self.open(self.url("/one"), timeout=LIMIT)
        self.assertEqual((response.code, response.read()), (200, "you asked for /one"))
        response.close()

    def test_urllib2_follows(self):
        response = self.open(self.url("/moved"), timeout=LIMIT)
        self.assertEqual(response.geturl(), self.url("/there"))
        self.assertEqual(response.read(), "you asked for /there")

    def test_urllib2_posts(self):
        self.assertEqual(self.open(self.url("/"), "a=b", LIMIT).read(), "you sent a=b")

    def test_urllib2_raises(self):
        with self.assertRaises(urllib2.HTTPError) as caught:
            self.open(self.url("/missing"), timeout=LIMIT)
        self.assertEqual((caught.exception.code, caught.exception.read()), (404, "not here"))

    def test_urllib2_authenticates(self):
        passwords = urllib2.HTTPPasswordMgr()
        passwords.add_password("here", self.url("/"), "me", "secret")
        opener = urllib2.build_opener(urllib2.ProxyHandler({}), urllib2.HTTPBasicAuthHandler(passwords),
                                      *self.handlers())
        self.assertEqual(opener.open(self.url("/private"), timeout=LIMIT).read(), "you asked for /private")

    def test_lines_of_a_response(self):
        response = self.open(self.url("/two%0alines"), timeout=LIMIT)
        self.assertEqual(response.readline(), "you asked for /two%0alines")


class PlainTest(HttpCase):
    def test_nobody_listens(self):
        address = self.refused_address()
        with self.assertRaises(urllib2.URLError) as caught:
            self.open("http://%s:%d/" % address, timeout=LIMIT)
        self.assertTrue(isinstance(caught.exception.reason, socket.error))

    def test_urllib(self):
        stream = urllib.FancyURLopener({}).open(self.url("/one"))
        self.assertEqual(stream.read(), "you asked for /one")
        stream.close()


class SecureTest(HttpCase):
    scheme = "https"

    def context(self):
        return ssl.create_default_context(cafile=certificates.authority_file())

    def handlers(self):
        return [urllib2.HTTPSHandler(context=self.context())]

    def wrap(self, server):
        context = ssl.SSLContext(ssl.PROTOCOL_SSLv23)
        context.load_cert_chain(certificates.localhost_file())
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)

    def connection(self):
        made = httplib.HTTPSConnection("localhost", self.port, timeout=LIMIT, context=self.context())
        self.addCleanup(made.close)
        return made

    def test_the_name_is_checked(self):
        connection = httplib.HTTPSConnection(HOST, self.port, timeout=LIMIT,
                                             context=ssl.create_default_context())
        with self.assertRaises(ssl.SSLError) as caught:
            connection.request("GET", "/")
        self.assertIn("CERTIFICATE_VERIFY_FAILED", str(caught.exception))

    def test_without_verification(self):
        connection = httplib.HTTPSConnection(HOST, self.port, timeout=LIMIT,
                                             context=ssl._create_unverified_context())
        self.addCleanup(connection.close)
        connection.request("GET", "/one")
        self.assertEqual(connection.getresponse().read(), "you asked for /one")


class BrokenServersTest(ServerTestCase):
    def connection(self, handler):
        port, _ = self.serve(handler)
        made = httplib.HTTPConnection(HOST, port, True, LIMIT)
        self.addCleanup(made.close)
        made.request("GET", "/")
        return made

    def test_no_answer(self):
        self.assertRaises(httplib.BadStatusLine, self.connection(lambda talk: talk.hear_until("")).getresponse)

    def test_nonsense(self):
        def handler(talk):
            talk.hear_until("")
            talk.say("NONSENSE")

        self.assertRaises(httplib.BadStatusLine, self.connection(handler).getresponse)

    def test_less_than_promised(self):
        def handler(talk):
            talk.hear_until("")
            talk.say("HTTP/1.1 200 OK", "Content-Length: 100", "", "short")

        self.assertRaises(httplib.IncompleteRead, self.connection(handler).getresponse().read)

    def test_until_the_end_of_the_connection(self):
        def handler(talk):
            talk.hear_until("")
            talk.say("HTTP/1.0 200 OK", "", "all there is")

        self.assertEqual(self.connection(handler).getresponse().read(), "all there is\r\n")


class XmlRpcTest(SocketTestCase):
    def setUp(self):
        self.server = SimpleXMLRPCServer.SimpleXMLRPCServer((HOST, 0), logRequests=False, allow_none=True)
        self.addCleanup(self.server.server_close)
        self.server.register_function(lambda left, right: left + right, "add")
        self.server.register_function(lambda value: value, "same")
        self.server.register_introspection_functions()
        self.server.register_multicall_functions()
        peer = Peer(self.server.serve_forever, 0.01)

        def stop():
            self.server.shutdown()
            peer.join()

        self.addCleanup(stop)
        self.proxy = xmlrpclib.ServerProxy("http://%s:%d" % (HOST, self.server.server_address[1]), allow_none=True)
        # Last in, first out: the server handles one connection at a time.
        self.addCleanup(self.proxy("close"))

    def test_calls(self):
        self.assertEqual(self.proxy.add(2, 3), 5)
        for value in "text", u"caf\xe9", 1.5, True, None, [1, [2]], {"key": "value"}:
            self.assertEqual(self.proxy.same(value), value)
        self.assertEqual(self.proxy.same(xmlrpclib.Binary("\0\xff")).data, "\0\xff")

    def test_much_data(self):
        self.assertTrue(self.proxy.same("0123456789" * 20000) == "0123456789" * 20000)

    def test_faults(self):
        self.assertRaises(xmlrpclib.Fault, self.proxy.add, 1)
        self.assertRaises(xmlrpclib.Fault, self.proxy.missing)

    def test_introspection(self):
        self.assertIn("add", self.proxy.system.listMethods())

    def test_many_calls_in_one(self):
        calls = xmlrpclib.MultiCall(self.proxy)
        calls.add(1, 2)
        calls.add(3, 4)
        self.assertEqual(list(calls()), [3, 7])


del HttpCase

if __name__ == "__main__":
    unittest.main()
