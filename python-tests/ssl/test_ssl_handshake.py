"""Handshakes on sockets: in each mode of waiting, on sockets in each state, and by listening sockets."""

import errno
import select
import socket
import socketserver
import ssl
import time
import unittest

from support import HAS_IPV6, HOST, LIMIT, Peer
from support.collection import ResourceWarnings, collected
from support.servers import ServerTestCase
from support.streams import CLOCK_GRAIN, SHORT, reset
from support.tls import TlsServer, TlsTestCase, client_context, echo, server_context, unverifying_context


class HandshakeCase(TlsTestCase):
    def serve(self, handler=echo):
        """A server that gives back what it gets."""
        return self.enterContext(TlsServer(self, server_context(), handler))

    def plain(self):
        return self.bounded(socket.socket())

    def wrapped(self, sock=None, **keywords):
        context = keywords.pop("context", None) or client_context()
        return self.own(context.wrap_socket(sock or self.plain(), server_hostname="localhost", **keywords))

    def assertTalks(self, end):
        """The other end gives back what this one sends."""
        end.sendall(b"hello")
        self.assertEqual(end.recv(100), b"hello")


class StateTest(HandshakeCase):
    def test_wrapping_a_connected_socket_does_the_handshake(self):
        plain = self.plain()
        plain.connect(self.serve().address)
        wrapped = self.wrapped(plain)
        self.assertIsNotNone(wrapped.version())
        self.assertTalks(wrapped)

    def test_connecting_a_wrapped_socket_does_the_handshake(self):
        wrapped = self.wrapped()
        self.assertIsNone(wrapped.version())
        wrapped.connect(self.serve().address)
        self.assertIsNotNone(wrapped.version())
        self.assertTalks(wrapped)

    def test_connect_ex_does_the_handshake(self):
        wrapped = self.wrapped()
        self.assertEqual(wrapped.connect_ex(self.serve().address), 0)
        self.assertTrue(wrapped.getpeercert())
        self.assertTalks(wrapped)

    def test_connect_ex_gives_the_error_of_the_connection(self):
        bound = self.plain()
        bound.bind((HOST, 0))
        self.assertEqual(self.wrapped().connect_ex(bound.getsockname()), errno.ECONNREFUSED)

    def test_connect_raises_the_error_of_the_connection(self):
        bound = self.plain()
        bound.bind((HOST, 0))
        with self.assertRaises(ConnectionRefusedError):
            self.wrapped().connect(bound.getsockname())

    def test_the_handshake_can_be_left_for_later(self):
        wrapped = self.wrapped(do_handshake_on_connect=False)
        wrapped.connect(self.serve().address)
        self.assertIsNone(wrapped.version())
        wrapped.do_handshake()
        self.assertIsNotNone(wrapped.version())
        self.assertTalks(wrapped)

    def test_the_first_write_does_a_handshake_that_was_left_for_later(self):
        wrapped = self.wrapped(do_handshake_on_connect=False)
        wrapped.connect(self.serve().address)
        self.assertTalks(wrapped)

    def test_connecting_twice(self):
        server = self.serve()
        wrapped = self.wrapped()
        wrapped.connect(server.address)
        with self.assertRaises(ValueError) as caught:
            wrapped.connect(server.address)
        self.assertEqual(str(caught.exception), "attempt to connect already-connected SSLSocket!")

    def test_a_server_s_end_does_not_connect(self):
        wrapped = self.own(server_context().wrap_socket(self.plain(), server_side=True))
        with self.assertRaises(ValueError) as caught:
            wrapped.connect((HOST, 1))
        self.assertEqual(str(caught.exception), "can't connect in server-side mode")

    def test_a_socket_that_is_not_connected_has_no_handshake(self):
        self.assertErrno(errno.ENOTCONN, self.wrapped().do_handshake)

    def test_a_socket_that_is_not_connected_has_no_peer_s_certificate(self):
        self.assertErrno(errno.ENOTCONN, self.wrapped().getpeercert)

    def test_a_closed_socket_has_no_handshake(self):
        plain, _ = self.tcp_pair()
        wrapped = self.wrapped(plain, do_handshake_on_connect=False)
        wrapped.close()
        with self.assertRaises((OSError, ValueError)):
            wrapped.do_handshake()

    def test_the_other_end_has_gone_already(self):
        client, server = self.tcp_pair()
        server.close()
        with self.assertRaises(OSError) as caught:
            self.wrapped(client)
        self.assertIn(type(caught.exception), (ssl.SSLEOFError, ConnectionResetError, BrokenPipeError))

    def test_the_other_end_goes_after_the_first_message(self):
        client, server = self.tcp_pair()

        def listen_and_leave():
            server.recv(1 << 16)
            server.close()

        self.peer(listen_and_leave)
        with self.assertRaises((ssl.SSLEOFError, ConnectionResetError)):
            self.wrapped(client)

    def test_a_failed_handshake_closes_the_socket(self):
        client, server = self.tcp_pair()
        server.close()
        number = client.fileno()
        with self.assertRaises(OSError):
            self.wrapped(client)
        self.assertEqual(client.fileno(), -1)
        # A descriptor that was left open would show up here as not the lowest free one.
        with socket.socket() as next_one:
            self.assertLessEqual(next_one.fileno(), number + 2)

    def test_what_a_wrapped_socket_tells_of_itself(self):
        client, server = self.tls_pair()
        self.assertIs(client.server_side, False)
        self.assertIs(server.server_side, True)
        self.assertEqual(client.server_hostname, "localhost")
        self.assertEqual(client.family, socket.AF_INET)
        self.assertEqual(client.type, socket.SOCK_STREAM)
        self.assertEqual(client.getpeername(), server.getsockname())
        self.assertTrue(repr(client).startswith("<ssl.SSLSocket fd="))

    def test_options_of_the_socket_remain(self):
        plain = self.plain()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.assertTrue(self.wrapped(plain).getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    def test_over_a_pair_of_unix_sockets(self):
        left, right = self.pair()
        accepting = self.peer(self.accepted, server_context(), right)
        client = self.wrapped(left)
        server = accepting.join()
        client.sendall(b"hello")
        self.assertEqual(server.recv(100), b"hello")

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    def test_over_ipv6(self):
        server = self.enterContext(TlsServer(self, server_context(), echo, socket.AF_INET6))
        wrapped = self.wrapped(self.bounded(socket.socket(socket.AF_INET6)))
        wrapped.connect(server.address)
        self.assertTalks(wrapped)

    def test_create_connection(self):
        with socket.create_connection(self.serve().address, LIMIT) as plain:
            with client_context().wrap_socket(plain, server_hostname="localhost") as wrapped:
                self.assertTalks(wrapped)

    def test_a_connection_that_began_in_plain_text(self):
        """As STARTTLS of mail does it."""
        client, server = self.tcp_pair()

        def serve():
            self.assertEqual(server.recv(100), b"STARTTLS\r\n")
            server.sendall(b"go\r\n")
            with server_context().wrap_socket(server, server_side=True) as end:
                end.sendall(end.recv(100))
                back = end.unwrap()
                with back:
                    back.sendall(back.recv(100))

        serving = self.peer(serve)
        client.sendall(b"STARTTLS\r\n")
        self.assertEqual(client.recv(100), b"go\r\n")
        wrapped = self.wrapped(client)
        self.assertTalks(wrapped)
        plain = self.own(wrapped.unwrap())
        self.assertTalks(plain)
        serving.join()


class TimeoutTest(HandshakeCase):
    def setUp(self):
        self.silent = self.listener()

    def assertTimesOutIn(self, function, *arguments):
        start = time.monotonic()
        with self.assertRaises(TimeoutError) as caught:
            function(*arguments)
        self.assertGreaterEqual(time.monotonic() - start, SHORT - CLOCK_GRAIN)
        self.assertIn("timed out", str(caught.exception))
        self.assertNotIsInstance(caught.exception, ssl.SSLError)
        return str(caught.exception)

    def test_of_a_wrapping_that_waits(self):
        plain = self.plain()
        plain.settimeout(SHORT)
        plain.connect(self.silent.getsockname())
        text = self.assertTimesOutIn(self.wrapped, plain)
        self.assertTrue(text.startswith("_ssl.c") or "handshake operation timed out" in text, text)

    def test_of_a_connection_that_waits(self):
        wrapped = self.wrapped()
        wrapped.settimeout(SHORT)
        self.assertTimesOutIn(wrapped.connect, self.silent.getsockname())

    def test_of_a_handshake_that_waits(self):
        wrapped = self.wrapped(do_handshake_on_connect=False)
        wrapped.connect(self.silent.getsockname())
        wrapped.settimeout(SHORT)
        text = self.assertTimesOutIn(wrapped.do_handshake)
        self.assertIn("The handshake operation timed out", text)

    def test_of_a_server_that_waits(self):
        _, server = self.tcp_pair()
        server.settimeout(SHORT)
        self.assertTimesOutIn(self.accepted, server_context(), server)

    def test_a_timeout_is_for_the_whole_handshake(self):
        """A peer that sends a byte now and then gets no more time by that."""
        client, server = self.tcp_pair()
        client.settimeout(SHORT)
        wrapped = self.wrapped(client, do_handshake_on_connect=False)
        # The beginning of a record that never gets whole.
        server.sendall(b"\x16\x03\x03\x40\x00\x02")
        self.assertTimesOutIn(wrapped.do_handshake)

    def test_a_handshake_within_its_timeout(self):
        wrapped = self.wrapped()
        wrapped.settimeout(LIMIT)
        wrapped.connect(self.serve().address)
        self.assertTalks(wrapped)
        self.assertEqual(wrapped.gettimeout(), LIMIT)

    def test_a_blocking_handshake(self):
        wrapped = self.wrapped()
        wrapped.settimeout(None)
        wrapped.connect(self.serve().address)
        self.assertTalks(wrapped)
        self.assertIsNone(wrapped.gettimeout())

    def test_reading(self):
        client, _ = self.tls_pair()
        client.settimeout(SHORT)
        text = self.assertTimesOutIn(client.recv, 1)
        self.assertEqual(text, "The read operation timed out")

    def test_reading_into_a_buffer(self):
        client, _ = self.tls_pair()
        client.settimeout(SHORT)
        self.assertTimesOutIn(client.recv_into, bytearray(1))

    def test_writing(self):
        client, _ = self.tls_pair()
        client.settimeout(SHORT)
        with self.assertRaises(TimeoutError) as caught:
            while True:
                client.sendall(b"." * (1 << 20))
        self.assertEqual(str(caught.exception), "The write operation timed out")

    def test_unwrapping(self):
        client, _ = self.tls_pair()
        client.settimeout(SHORT)
        self.assertTimesOutIn(client.unwrap)

    def test_data_that_comes_after_a_timeout_is_not_lost(self):
        client, server = self.tls_pair()
        client.settimeout(SHORT)
        self.assertTimesOutIn(client.recv, 1)
        server.sendall(b"late")
        client.settimeout(LIMIT)
        self.assertEqual(client.recv(100), b"late")


class NonBlockingTest(HandshakeCase):
    def until_done(self, end, function, *arguments):
        """Calls again, after waiting as the exceptions say."""
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            try:
                return function(*arguments)
            except ssl.SSLWantReadError:
                select.select([end], [], [], LIMIT)
            except ssl.SSLWantWriteError:
                select.select([], [end], [], LIMIT)
        self.fail("not done within %s s" % LIMIT)

    def test_a_handshake_in_steps(self):
        plain = self.plain()
        plain.connect(self.serve().address)
        plain.setblocking(False)
        wrapped = self.wrapped(plain, do_handshake_on_connect=False)
        self.until_done(wrapped, wrapped.do_handshake)
        self.assertTrue(wrapped.getpeercert())
        self.until_done(wrapped, wrapped.sendall, b"hello")
        self.assertEqual(self.until_done(wrapped, wrapped.recv, 100), b"hello")

    def test_a_server_s_handshake_in_steps(self):
        client, server = self.tcp_pair()
        server.setblocking(False)
        connecting = self.peer(self.wrapped, client)
        end = self.own(server_context().wrap_socket(server, server_side=True, do_handshake_on_connect=False))
        self.until_done(end, end.do_handshake)
        self.assertEqual(connecting.join().version(), end.version())

    def test_the_handshake_after_a_connection_in_steps(self):
        wrapped = self.wrapped(do_handshake_on_connect=False)
        wrapped.setblocking(False)
        self.assertIn(wrapped.connect_ex(self.serve().address), (0, errno.EINPROGRESS))
        select.select([], [wrapped], [], LIMIT)
        self.until_done(wrapped, wrapped.do_handshake)
        self.assertTrue(wrapped.getpeercert())

    def test_wrapping_does_no_handshake_that_would_have_to_wait(self):
        plain, _ = self.tcp_pair()
        plain.setblocking(False)
        with self.assertRaises(ValueError) as caught:
            self.wrapped(plain)
        self.assertEqual(
            str(caught.exception), "do_handshake_on_connect should not be specified for non-blocking sockets"
        )

    def test_nothing_to_read(self):
        client, _ = self.tls_pair()
        client.setblocking(False)
        for function, arguments in ((client.recv, (1,)), (client.recv_into, (bytearray(1),)), (client.read, ())):
            with self.subTest(function=function.__name__):
                with self.assertRaises(ssl.SSLWantReadError) as caught:
                    function(*arguments)
                self.assertEqual(caught.exception.errno, ssl.SSL_ERROR_WANT_READ)

    def test_no_room_to_write(self):
        client, server = self.tls_pair()
        client.setblocking(False)
        data = bytearray(8192)
        sent = 0
        with self.assertRaises((ssl.SSLWantWriteError, ssl.SSLWantReadError)):
            while True:
                sent += client.send(data)
        # Now there is room again; the record that did not fit goes first.
        receiving = self.peer(self.drain, server)
        self.assertEqual(self.until_done(client, client.send, data), len(data))
        client.settimeout(LIMIT)
        client.unwrap()
        self.assertEqual(receiving.join(), sent + len(data))

    @staticmethod
    def drain(end):
        total = 0
        while data := end.recv(1 << 16):
            total += len(data)
        end.unwrap()
        return total

    def test_unwrapping_in_steps(self):
        client, server = self.tls_pair()
        client.setblocking(False)
        with self.assertRaises(ssl.SSLWantReadError):
            client.unwrap()
        self.assertEqual(server.recv(1), b"")
        self.own(server.unwrap())
        self.own(self.until_done(client, client.unwrap))

    def test_the_mode_can_change_between_calls(self):
        wrapped = self.wrapped()
        wrapped.connect(self.serve().address)
        wrapped.setblocking(False)
        with self.assertRaises(ssl.SSLWantReadError):
            wrapped.recv(1)
        wrapped.settimeout(LIMIT)
        self.assertTalks(wrapped)


class AcceptTest(HandshakeCase):
    def test_what_a_wrapped_listener_accepts_is_wrapped(self):
        listener = self.own(server_context().wrap_socket(self.listener(), server_side=True))
        client = self.wrapped()
        connecting = self.peer(client.connect, listener.getsockname())
        end, address = listener.accept()
        self.own(end)
        connecting.join()
        self.assertIsInstance(end, ssl.SSLSocket)
        self.assertIs(end.server_side, True)
        self.assertEqual(address, client.getsockname())
        client.sendall(b"hello")
        self.assertEqual(end.recv(100), b"hello")

    def test_the_handshake_can_be_left_for_later(self):
        listener = self.own(
            server_context().wrap_socket(self.listener(), server_side=True, do_handshake_on_connect=False)
        )
        client = self.wrapped()
        connecting = self.peer(client.connect, listener.getsockname())
        end, _ = listener.accept()
        self.bounded(end)
        self.assertIsNone(end.version())
        end.do_handshake()
        connecting.join()
        self.assertEqual(end.version(), client.version())

    def test_a_failed_handshake_leaves_the_listener_alone(self):
        listener = self.own(server_context().wrap_socket(self.listener(), server_side=True))
        with self.plain() as rude:
            rude.connect(listener.getsockname())
            rude.sendall(b"GET / HTTP/1.0\r\n\r\n")
            with self.assertRaises(ssl.SSLError):
                listener.accept()
        client = self.wrapped()
        connecting = self.peer(client.connect, listener.getsockname())
        self.own(listener.accept()[0])
        connecting.join()


class ServerTest(TlsTestCase, ServerTestCase):
    """The standard library's servers on a wrapped listener."""

    def test_socketserver(self):
        class Handler(socketserver.StreamRequestHandler):
            timeout = LIMIT

            def handle(self):
                self.wfile.write(self.rfile.readline().upper())

        server = socketserver.ThreadingTCPServer((HOST, 0), Handler)
        server.socket = server_context().wrap_socket(server.socket, server_side=True)
        self.serve(server)
        with socket.create_connection(server.server_address, LIMIT) as plain:
            with client_context().wrap_socket(plain, server_hostname="localhost") as end:
                end.sendall(b"hello\n")
                self.assertEqual(end.recv(100), b"HELLO\n")


class ResetTest(HandshakeCase):
    def test_before_the_handshake(self):
        client, server = self.tcp_pair()
        end = self.own(server_context().wrap_socket(server, server_side=True, do_handshake_on_connect=False))
        reset(client)
        with self.assertRaises(ConnectionResetError):
            end.do_handshake()

    def test_in_the_handshake(self):
        client, server = self.tcp_pair()

        def listen_and_reset():
            server.recv(10)
            reset(server)

        self.peer(listen_and_reset)
        with self.assertRaises(ConnectionResetError):
            self.wrapped(client)

    def test_reads_as_the_end(self):
        """A client that closes with something unread, tickets at least, resets its connection."""
        client, server = self.tls_pair()
        client.close()
        self.assertEqual(server.recv(1), b"")

    def test_after_the_handshake(self):
        """It is not reported as a cut stream is, nor taken for an end where cut streams are."""
        for options in (0, ssl.OP_IGNORE_UNEXPECTED_EOF):
            with self.subTest(options=options):
                context = client_context()
                context.options |= options
                client, server = self.tls_pair(context, suppress_ragged_eofs=False)
                reset(server)
                with self.assertRaises(ssl.SSLEOFError) as caught:
                    client.recv(1)
                self.assertEqual(caught.exception.errno, ssl.SSL_ERROR_EOF)
                self.assertIsNone(caught.exception.reason)


class ForgottenTest(HandshakeCase):
    """Wrapped sockets that nobody closes."""

    def test_one_leaves_a_warning_with_its_text(self):
        def forget():
            wrapped = client_context().wrap_socket(socket.socket(), server_hostname="localhost")
            return "unclosed %r" % wrapped

        with ResourceWarnings() as warned:
            text = forget()
            self.assertTrue(collected(warned.messages))
        self.assertEqual(warned.messages(), [text])

    def test_one_that_is_connected_ends_its_connection(self):
        def forget():
            plain, accepted = (end.detach() for end in self.tcp_pair())
            serving = Peer(server_context().wrap_socket, socket.socket(fileno=accepted), True)
            client_context().wrap_socket(socket.socket(fileno=plain), server_hostname="localhost")
            return self.bounded(serving.join())

        with ResourceWarnings() as warned:
            server = forget()
            self.assertTrue(collected(warned.messages))
        self.assertEqual(server.recv(1), b"")


class UnverifiedTest(HandshakeCase):
    def test_unverified_connections(self):
        wrapped = self.own(unverifying_context().wrap_socket(self.plain()))
        wrapped.connect(self.serve().address)
        self.assertEqual(wrapped.getpeercert(), {})
        self.assertIsNone(wrapped.server_hostname)
        self.assertTalks(wrapped)
