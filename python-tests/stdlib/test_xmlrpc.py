"""`xmlrpc.client` with `xmlrpc.server`: values of each type, faults, kept connections, big and packed bodies."""

import datetime
import http.client
import pyexpat
import socket
import socketserver
import unittest
import xmlrpc.client
import xmlrpc.server
import zlib

from support import HOST, LIMIT
from support.servers import KeepsFailures, ServerTestCase
from support.streams import SHORT, pattern

BIG = pattern(400_000)


def expat_keeps_text():
    """Whether the parser gives all the text back. An answer is read and parsed in parts of 1024 bytes."""
    got = []
    parser = pyexpat.ParserCreate()
    parser.CharacterDataHandler = got.append
    for part in (b"<a>" + b"x" * 1000, b"x" * 1000, b"</a>"):
        parser.Parse(part, False)
    return len("".join(got)) == 2000


class Handler(xmlrpc.server.SimpleXMLRPCRequestHandler):
    """Keeps the connection, and notes each request."""

    timeout = LIMIT
    protocol_version = "HTTP/1.1"
    rpc_paths = ("/RPC2", "/pages")

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        self.server.seen.append((self.client_address, self.path, dict(self.headers)))
        super().do_POST()


class Server(KeepsFailures, socketserver.ThreadingMixIn, xmlrpc.server.SimpleXMLRPCServer):
    def __init__(self, *arguments, **keywords):
        self.seen = []
        super().__init__(*arguments, requestHandler=Handler, allow_none=True, **keywords)


class Transport(xmlrpc.client.Transport):
    """No call lasts longer than `timeout` seconds."""

    timeout = LIMIT

    def make_connection(self, host):
        connection = super().make_connection(host)
        connection.timeout = self.timeout
        return connection


class RpcCase(ServerTestCase):
    def setUp(self):
        super().setUp()
        self.server = self.serve(Server((HOST, 0), use_builtin_types=True))
        self.server.register_introspection_functions()
        self.server.register_multicall_functions()
        self.server.register_function(lambda *arguments: list(arguments), "echo")
        self.server.register_function(pow)
        self.server.register_function(self.fail_on_purpose, "fail")

    def fail_on_purpose(self):
        raise ValueError("on purpose")

    def proxy(self, path="/RPC2", transport=None, **keywords):
        """A client, closed after the test."""
        keywords = {"allow_none": True, "use_builtin_types": True} | keywords
        transport = transport or Transport(use_builtin_types=keywords["use_builtin_types"])
        address = "http://%s:%d%s" % (*self.server.server_address, path)
        proxy = xmlrpc.client.ServerProxy(address, transport, **keywords)
        self.addCleanup(proxy("close"))
        return proxy


class CallTest(RpcCase):
    def test_a_call(self):
        self.assertEqual(self.proxy().pow(6, 2), 36)

    def test_values_of_each_type(self):
        values = [1, -(1 << 31), 1.5, True, False, None, "text \xe9 \u2713 <&>", b"\0\xff", [], [1, ["2"]]]
        values.append({"a": {"b": 1}})
        values.append(datetime.datetime(2001, 2, 3, 4, 5, 6))
        self.assertEqual(self.proxy().echo(*values), values)

    def test_types_of_the_module(self):
        proxy = self.proxy(use_builtin_types=False)
        binary, moment = proxy.echo(xmlrpc.client.Binary(b"\0\xff"), xmlrpc.client.DateTime("20010203T04:05:06"))
        self.assertEqual(binary.data, b"\0\xff")
        self.assertIsInstance(moment, xmlrpc.client.DateTime)
        self.assertEqual(moment.value, "20010203T04:05:06")

    def test_another_encoding(self):
        self.assertEqual(self.proxy(encoding="iso-8859-15").echo("\u20ac"), ["\u20ac"])

    def test_a_big_question(self):
        self.server.register_function(lambda value: zlib.crc32(value) >> 1, "sum")
        self.assertEqual(self.proxy().sum(BIG), zlib.crc32(BIG) >> 1)

    @unittest.skipUnless(expat_keeps_text(), "this Python's pyexpat loses text that it gets in several parts")
    def test_a_big_answer(self):
        self.assertTrue(self.proxy().echo(BIG) == [BIG])

    def test_introspection(self):
        methods = self.proxy().system.listMethods()
        expected = {"echo", "fail", "pow", "system.listMethods", "system.methodHelp", "system.methodSignature"}
        self.assertEqual(set(methods), expected | {"system.multicall"})
        self.assertEqual(self.proxy().system.methodSignature("pow"), "signatures not supported")

    def test_several_calls_in_one(self):
        several = xmlrpc.client.MultiCall(self.proxy())
        several.pow(2, 3)
        several.echo("x")
        several.fail()
        results = several()
        self.assertEqual((results[0], results[1]), (8, ["x"]))
        with self.assertRaisesRegex(xmlrpc.client.Fault, "on purpose"):
            results[2]
        self.assertEqual(len(self.server.seen), 1)

    def test_methods_of_an_object(self):
        class Object:
            def method(self, value):
                return value * 2

        self.server.register_instance(Object())
        self.assertEqual(self.proxy().method(21), 42)

    def test_another_path(self):
        self.assertEqual(self.proxy("/pages").pow(2, 3), 8)
        self.assertEqual(self.server.seen[0][1], "/pages")

    def test_headers_of_ones_own(self):
        proxy = self.proxy(transport=Transport(headers=[("X-One", "1")]))
        proxy.pow(2, 3)
        self.assertEqual(self.server.seen[0][2]["X-One"], "1")


class FaultTest(RpcCase):
    def test_what_a_method_raises(self):
        with self.assertRaises(xmlrpc.client.Fault) as caught:
            self.proxy().fail()
        self.assertEqual(caught.exception.faultCode, 1)
        self.assertEqual(caught.exception.faultString, "<class 'ValueError'>:on purpose")

    def test_a_method_that_is_not_there(self):
        with self.assertRaisesRegex(xmlrpc.client.Fault, 'method "nothing" is not supported'):
            self.proxy().nothing()

    def test_a_path_that_is_not_there(self):
        with self.assertRaises(xmlrpc.client.ProtocolError) as caught:
            self.proxy("/elsewhere").pow(2, 3)
        self.assertEqual((caught.exception.errcode, caught.exception.errmsg), (404, "Not Found"))

    def test_a_fault_leaves_the_connection_usable(self):
        proxy = self.proxy()
        with self.assertRaises(xmlrpc.client.Fault):
            proxy.fail()
        self.assertEqual(proxy.pow(2, 3), 8)


class ConnectionTest(RpcCase):
    def addresses(self):
        return {seen[0] for seen in self.server.seen}

    def test_it_is_kept_for_the_next_call(self):
        proxy = self.proxy()
        for number in range(5):
            self.assertEqual(proxy.pow(number, 2), number * number)
        self.assertEqual(len(self.addresses()), 1)

    def test_it_is_made_anew_after_it_was_closed(self):
        proxy = self.proxy()
        proxy.pow(2, 3)
        proxy("close")()
        proxy.pow(2, 3)
        self.assertEqual(len(self.addresses()), 2)

    def test_it_is_made_anew_after_the_server_closed_it(self):
        proxy = self.proxy()
        proxy.pow(2, 3)
        # What the client finds when the server has closed an idle connection.
        proxy("transport")._connection[1].sock.shutdown(socket.SHUT_RDWR)
        self.assertEqual(proxy.pow(2, 3), 8)

    def test_calls_of_several_threads(self):
        def call(number):
            return [self.proxy().pow(number, 2) for _ in range(3)]

        peers = [self.peer(call, number) for number in range(5)]
        self.assertEqual([peer.join() for peer in peers], [[number * number] * 3 for number in range(5)])

    def test_packed_questions_and_answers(self):
        answers = []

        class Packing(Transport):
            encode_threshold = 0

            def parse_response(self, response):
                answers.append(response.getheader("Content-Encoding"))
                return super().parse_response(response)

        self.server.RequestHandlerClass = type("PackingHandler", (Handler,), {"encode_threshold": 0})
        self.assertEqual(self.proxy(transport=Packing()).pow(2, 3), 8)
        self.assertEqual(self.server.seen[0][2]["Content-Encoding"], "gzip")
        self.assertEqual(answers, ["gzip"])

    def test_what_is_no_packed_question(self):
        client = self.own(http.client.HTTPConnection(*self.server.server_address, timeout=LIMIT))
        client.request("POST", "/RPC2", b"of another kind", {"Content-Encoding": "gzip"})
        self.assertEqual(self.own(client.getresponse()).status, 400)

    def test_nobody_listens(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        proxy = xmlrpc.client.ServerProxy("http://%s:%d" % sock.getsockname(), Transport())
        with self.assertRaises(ConnectionRefusedError):
            proxy.pow(2, 3)

    def test_an_answer_that_does_not_come(self):
        listener = self.listener()
        transport = Transport()
        transport.timeout = SHORT
        proxy = xmlrpc.client.ServerProxy("http://%s:%d" % listener.getsockname(), transport)
        with self.assertRaisesRegex(TimeoutError, "^timed out$"):
            proxy.pow(2, 3)
        proxy("close")()


class PathsTest(ServerTestCase):
    def test_a_dispatcher_for_each_path(self):
        class PathsServer(KeepsFailures, xmlrpc.server.MultiPathXMLRPCServer):
            seen = []

        server = self.serve(PathsServer((HOST, 0), type("H", (Handler,), {"rpc_paths": ("/one", "/two")})))
        for path, result in (("/one", 1), ("/two", 2)):
            dispatcher = server.add_dispatcher(path, xmlrpc.server.SimpleXMLRPCDispatcher())
            dispatcher.register_function(lambda result=result: result, "number")
        for path, result in (("/one", 1), ("/two", 2)):
            with xmlrpc.client.ServerProxy("http://%s:%d%s" % (*server.server_address, path), Transport()) as proxy:
                self.assertEqual(proxy.number(), result)


if __name__ == "__main__":
    unittest.main()
