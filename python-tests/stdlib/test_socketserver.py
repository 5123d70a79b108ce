"""`socketserver`: each form of server, the ways to run and to end one, and what handlers get and may do.

Forking servers are made with `os.fork`; where Python has none the standard library has no such class.
"""

import contextlib
import errno
import io
import os
import signal
import socket
import socketserver
import threading
import unittest
import warnings

from support import HAS_IPV6, HOST, HOST6, LIMIT
from support.servers import TURN, KeepsFailures, ServerTestCase
from support.streams import SHORT, pattern, read_to_end

LINE = b"hello, server\n"


class EchoLine(socketserver.StreamRequestHandler):
    timeout = LIMIT

    def handle(self):
        self.wfile.write(self.rfile.readline())


class EchoPacket(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read())


class StreamForm:
    """Gives the cases of all forms a server of connections. `server_class` is what a case makes."""

    handler_class = EchoLine
    family = socket.AF_INET

    def server_address(self):
        return HOST, 0

    def client(self, server):
        client = self.bounded(socket.socket(self.family, socket.SOCK_STREAM))
        client.connect(server.server_address)
        return client

    def ask(self, client, server):
        client.sendall(LINE)

    def answer(self, client):
        return read_to_end(client)

    def refusal(self, client):
        """What a client sees of a request that the server does not take."""
        return client.recv(100)

    refused = b""


class DatagramForm(StreamForm):
    handler_class = EchoPacket

    def client(self, server):
        return self.bounded(socket.socket(self.family, socket.SOCK_DGRAM))

    def ask(self, client, server):
        client.sendto(LINE, server.server_address)

    def answer(self, client):
        return client.recv(100)

    refused = None

    def refusal(self, client):
        client.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            return client.recv(100)


class UnixStreamForm(StreamForm):
    family = socket.AF_UNIX

    def server_address(self):
        return self.path()


class UnixDatagramForm(DatagramForm):
    family = socket.AF_UNIX

    def server_address(self):
        return self.path()

    def client(self, server):
        # Not by super(): ForkingTest is no UnixDatagramForm.
        client = DatagramForm.client(self, server)
        client.bind(self.path())
        return client


class ServerCases:
    """What holds for each form of server."""

    def make(self, *mixins, handler=None):
        made = type("Server", (*mixins, KeepsFailures, self.server_class), {})
        server = made(self.server_address(), handler or self.handler_class)
        self.addCleanup(server.server_close)
        return server

    def exchange(self, server):
        client = self.client(server)
        self.ask(client, server)
        self.assertEqual(self.answer(client), LINE)

    def test_clients_are_served_one_after_another(self):
        server = self.serve(self.make())
        for _ in range(3):
            self.exchange(server)

    def test_the_address_is_that_of_the_socket(self):
        server = self.make()
        self.assertEqual(server.server_address, server.socket.getsockname())

    def test_fileno_is_that_of_the_socket(self):
        server = self.make()
        self.assertEqual(server.fileno(), server.socket.fileno())
        self.assertGreater(server.fileno(), -1)

    def test_the_socket_is_closed_with_the_server(self):
        server = self.make()
        server.server_close()
        self.assertEqual(server.socket.fileno(), -1)

    def test_a_context_closes_the_server(self):
        with self.make() as server:
            self.assertGreater(server.socket.fileno(), -1)
        self.assertEqual(server.socket.fileno(), -1)

    def test_shutdown_ends_serve_forever_on_another_thread(self):
        server = self.make()
        serving = self.peer(server.serve_forever, TURN)
        self.exchange(server)
        server.shutdown()
        serving.join()

    def test_it_can_serve_again_after_a_shutdown(self):
        server = self.make()
        for _ in range(2):
            serving = self.peer(server.serve_forever, TURN)
            self.exchange(server)
            server.shutdown()
            serving.join()

    def test_handle_request_serves_one(self):
        server = self.by_hand(self.make())
        client = self.client(server)
        self.ask(client, server)
        server.handle_request()
        self.assertEqual(self.answer(client), LINE)

    def counting_timeouts(self):
        """A server, and the list of its timeouts."""
        timeouts = []

        class Counting:
            def handle_timeout(self):
                timeouts.append(self)

        return self.by_hand(self.make(Counting)), timeouts

    def test_handle_request_gives_up_after_the_timeout(self):
        server, timeouts = self.counting_timeouts()
        server.timeout = SHORT
        server.handle_request()
        self.assertEqual(timeouts, [server])

    def test_the_timeout_of_the_socket_bounds_handle_request_too(self):
        server, timeouts = self.counting_timeouts()
        server.socket.settimeout(SHORT)
        server.handle_request()
        self.assertEqual(timeouts, [server])

    def test_service_actions_run_in_each_turn(self):
        turned = threading.Event()

        class Counting:
            turns = 0

            def service_actions(self):
                super().service_actions()
                self.turns += 1
                if self.turns == 3:
                    turned.set()

        server = self.serve(self.make(Counting))
        self.assertTrue(turned.wait(LIMIT))
        self.exchange(server)

    def test_a_request_that_is_not_verified_is_shut_down(self):
        shut_down = []

        class Refusing:
            def verify_request(self, request, client_address):
                return False

            def shutdown_request(self, request):
                shut_down.append(request)
                super().shutdown_request(request)

        server = self.by_hand(self.make(Refusing))
        client = self.client(server)
        self.ask(client, server)
        server.handle_request()
        self.assertEqual(len(shut_down), 1)
        with contextlib.suppress(ConnectionResetError):
            # The connection goes with the question unread, which resets it.
            self.assertEqual(self.refusal(client), self.refused)

    def test_what_a_handler_raises_goes_to_handle_error(self):
        class Failing(socketserver.BaseRequestHandler):
            def handle(self):
                raise ValueError("of the handler")

        server = self.serve(self.make(handler=Failing))
        shut_down = threading.Event()
        server.shutdown_request = lambda request: (type(server).shutdown_request(server, request), shut_down.set())
        client = self.client(server)
        # The handler does not wait for the question, and the connection may be gone before it.
        with contextlib.suppress(ConnectionError):
            self.ask(client, server)
        self.assertTrue(shut_down.wait(LIMIT))
        self.assertEqual([repr(failure) for failure in server.failures], ["ValueError('of the handler')"])
        server.failures.clear()

    def test_bind_by_hand(self):
        server = self.server_class(self.server_address(), self.handler_class, bind_and_activate=False)
        self.addCleanup(server.server_close)
        server.server_bind()
        server.server_activate()
        self.exchange(self.serve(server))


class TCPServerTest(StreamForm, ServerCases, ServerTestCase):
    server_class = socketserver.TCPServer


class UDPServerTest(DatagramForm, ServerCases, ServerTestCase):
    server_class = socketserver.UDPServer


class UnixStreamServerTest(UnixStreamForm, ServerCases, ServerTestCase):
    server_class = socketserver.UnixStreamServer


class UnixDatagramServerTest(UnixDatagramForm, ServerCases, ServerTestCase):
    server_class = socketserver.UnixDatagramServer


class ThreadingCases(ServerCases):
    """What holds for each form of server that has a thread for each request."""

    def test_requests_are_handled_at_the_same_time(self):
        meeting = threading.Barrier(3)

        class Meeting(self.handler_class):
            def handle(self):
                super().handle()
                meeting.wait(LIMIT)

        server = self.serve(self.make(handler=Meeting))
        clients = [self.client(server) for _ in range(3)]
        for client in clients:
            self.ask(client, server)
        for client in clients:
            self.assertEqual(self.answer(client), LINE)

    def busy(self, daemons):
        """A server with a handler under way, the event that lets this go on, and the list that it then gets into."""
        started, go_on, ended = threading.Event(), threading.Event(), []

        class Slow(socketserver.BaseRequestHandler):
            def handle(self):
                started.set()
                go_on.wait(LIMIT)
                ended.append(self)

        server = self.serve(self.make(handler=Slow))
        server.daemon_threads = daemons
        self.addCleanup(go_on.set)
        self.ask(self.client(server), server)
        self.assertTrue(started.wait(LIMIT))
        return server, go_on, ended

    def test_closing_waits_for_the_handlers(self):
        server, go_on, ended = self.busy(daemons=False)
        closing = self.peer(server.server_close)
        self.assertEqual(ended, [])
        go_on.set()
        closing.join()
        self.assertEqual(len(ended), 1)

    def test_closing_does_not_wait_for_daemons(self):
        server, _, ended = self.busy(daemons=True)
        self.peer(server.server_close).join()
        self.assertEqual(ended, [])

    def test_closing_without_a_request(self):
        self.make().server_close()

    def test_threads_that_ended_are_forgotten(self):
        server = self.by_hand(self.make())
        for _ in range(10):
            client = self.client(server)
            self.ask(client, server)
            server.handle_request()
            self.assertEqual(self.answer(client), LINE)
        self.assertLess(len(server._threads), 10)


class ThreadingTCPServerTest(StreamForm, ThreadingCases, ServerTestCase):
    server_class = socketserver.ThreadingTCPServer


class ThreadingUDPServerTest(DatagramForm, ThreadingCases, ServerTestCase):
    server_class = socketserver.ThreadingUDPServer


class ThreadingUnixStreamServerTest(UnixStreamForm, ThreadingCases, ServerTestCase):
    server_class = socketserver.ThreadingUnixStreamServer


class ThreadingUnixDatagramServerTest(UnixDatagramForm, ThreadingCases, ServerTestCase):
    server_class = socketserver.ThreadingUnixDatagramServer


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
class IPv6ServerTest(StreamForm, ServerCases, ServerTestCase):
    family = socket.AF_INET6

    class server_class(socketserver.TCPServer):
        address_family = socket.AF_INET6

    def server_address(self):
        return HOST6, 0


@unittest.skipUnless(hasattr(os, "fork"), "this Python has no os.fork, so socketserver has no forking servers")
class ForkingTest(ServerTestCase):
    """A process for each request. No thread runs meanwhile: the client speaks first, the kernel keeps what it says."""

    def exchange(self, form, server_class):
        self.family = form.family
        server = self.by_hand(server_class(form.server_address(self), form.handler_class))
        client = form.client(self, server)
        form.ask(self, client, server)
        with warnings.catch_warnings():
            # Of threads that other tests have left to the interpreter.
            warnings.simplefilter("ignore", DeprecationWarning)
            server.handle_request()
        self.assertEqual(form.answer(self, client), LINE)
        server.server_close()
        self.assertFalse(server.active_children)

    def test_tcp(self):
        self.exchange(StreamForm, socketserver.ForkingTCPServer)

    def test_udp(self):
        self.exchange(DatagramForm, socketserver.ForkingUDPServer)

    def test_unix_stream(self):
        self.exchange(UnixStreamForm, socketserver.ForkingUnixStreamServer)

    def test_unix_datagram(self):
        self.exchange(UnixDatagramForm, socketserver.ForkingUnixDatagramServer)


class ExitingHandler(socketserver.BaseRequestHandler):
    def handle(self):
        self.server.handled += 1
        raise SystemExit("of the handler")


class HandlerErrorTest(ServerTestCase):
    """SystemExit and KeyboardInterrupt are not for handle_error."""

    def request(self, *bases):
        server = self.by_hand(type("Server", (KeepsFailures, *bases), {"handled": 0})((HOST, 0), ExitingHandler))
        self.own(socket.create_connection(server.server_address, LIMIT))
        return server

    def test_an_exit_ends_the_server_of_one_thread(self):
        server = self.request(socketserver.TCPServer)
        with self.assertRaisesRegex(SystemExit, "of the handler"):
            server.handle_request()
        self.assertEqual((server.handled, server.failures), (1, []))

    def test_an_exit_ends_the_thread_of_its_request(self):
        server = self.request(socketserver.ThreadingTCPServer)
        reports = []
        before = threading.excepthook
        self.addCleanup(setattr, threading, "excepthook", before)
        threading.excepthook = lambda report: reports.append(report.exc_type)
        server.handle_request()
        server.server_close()
        self.assertEqual((server.handled, server.failures), (1, []))
        self.assertEqual(reports, [SystemExit])

    def test_the_standard_report_names_the_client(self):
        class Failing(socketserver.BaseRequestHandler):
            def handle(self):
                raise ValueError("of the handler")

        server = self.by_hand(socketserver.TCPServer((HOST, 0), Failing))
        client = self.own(socket.create_connection(server.server_address, LIMIT))
        printed = io.StringIO()
        with contextlib.redirect_stderr(printed):
            server.handle_request()
        self.assertIn(
            "Exception occurred during processing of request from %s" % (client.getsockname(),), printed.getvalue()
        )
        self.assertIn("ValueError: of the handler", printed.getvalue())


class SetUpTest(ServerTestCase):
    """From the class attributes of a server to its socket."""

    def server(self, base=socketserver.TCPServer, **attributes):
        return self.by_hand(type("Server", (base,), attributes)((HOST, 0), EchoLine))

    def option(self, server, name):
        return server.socket.getsockopt(socket.SOL_SOCKET, getattr(socket, name))

    def test_reuse_address_is_off_unless_asked_for(self):
        self.assertEqual(self.option(self.server(), "SO_REUSEADDR"), 0)
        self.assertEqual(self.option(self.server(allow_reuse_address=True), "SO_REUSEADDR"), 1)

    def test_reuse_port_is_off_unless_asked_for(self):
        self.assertEqual(self.option(self.server(), "SO_REUSEPORT"), 0)
        first = self.server(allow_reuse_port=True)
        self.assertEqual(self.option(first, "SO_REUSEPORT"), 1)
        second = type("Server", (socketserver.TCPServer,), {"allow_reuse_port": True})(first.server_address, EchoLine)
        self.addCleanup(second.server_close)
        self.assertEqual(second.server_address, first.server_address)

    def test_an_address_in_use_is_refused(self):
        first = self.server()
        with self.assertRaises(OSError) as caught:
            socketserver.TCPServer(first.server_address, EchoLine)
        self.assertEqual(caught.exception.errno, errno.EADDRINUSE)

    def assertClosesItsSocket(self, failure, port, **attributes):
        """A server of these attributes cannot be made, for that reason."""
        made = []

        class Watched(socketserver.TCPServer):
            def server_bind(self):
                made.append(self.socket)
                super().server_bind()

        with self.assertRaises(failure):
            type("Server", (Watched,), attributes)((HOST, port), EchoLine)
        self.assertEqual([sock.fileno() for sock in made], [-1])

    def test_the_socket_is_closed_when_it_cannot_be_bound(self):
        self.assertClosesItsSocket(OverflowError, -1)

    def test_the_socket_is_closed_when_it_cannot_listen(self):
        self.assertClosesItsSocket(TypeError, 0, request_queue_size=None)

    def test_shutdown_of_servers_that_just_started(self):
        servers = [self.server() for _ in range(10)]
        for server in servers:
            serving = self.peer(server.serve_forever, TURN)
            server.shutdown()
            serving.join()


class StreamHandlerTest(ServerTestCase):
    """What a handler of a connection can use."""

    def handled(self, handler, say=b""):
        """What `handler` gives back for a client that says this and no more, and what the client gets."""
        results = []

        class Running(socketserver.StreamRequestHandler):
            def handle(running):
                results.append(handler(running))

        for name in ("timeout", "rbufsize", "wbufsize", "disable_nagle_algorithm"):
            if hasattr(self, name):
                setattr(Running, name, getattr(self, name))
        server = self.serve_lines(Running)
        client = self.client = self.own(socket.create_connection(server.server_address, LIMIT))
        client.sendall(say)
        client.shutdown(socket.SHUT_WR)
        got = read_to_end(client)
        self.assertEqual(len(results), 1)
        return results[0], got

    def test_the_writer_is_a_file_on_the_connection(self):
        result, _ = self.handled(
            lambda it: (isinstance(it.wfile, io.BufferedIOBase), it.wfile.fileno() == it.request.fileno())
        )
        self.assertEqual(result, (True, True))

    def test_the_client_address(self):
        result, _ = self.handled(lambda it: it.client_address)
        self.assertEqual(result, self.client.getsockname())

    def test_a_write_is_sent_at_once(self):
        def handle(it):
            count = it.wfile.write(b"ready\n")
            return count, it.rfile.readline()

        server_says = []

        class Running(socketserver.StreamRequestHandler):
            timeout = LIMIT

            def handle(running):
                server_says.append(handle(running))

        server = self.serve_lines(Running)
        client = self.own(socket.create_connection(server.server_address, LIMIT))
        self.assertEqual(client.recv(100), b"ready\n")
        client.sendall(b"so am I\n")
        self.assertEqual(read_to_end(client), b"")
        self.assertEqual(server_says, [(6, b"so am I\n")])

    def test_a_big_write_is_sent_whole(self):
        data = pattern(5 << 20)
        result, got = self.handled(lambda it: it.wfile.write(data))
        self.assertEqual(result, len(data))
        self.assertTrue(got == data)

    def test_a_buffered_writer_is_flushed_at_the_end(self):
        self.wbufsize = -1
        _, got = self.handled(lambda it: it.wfile.write(b"of the buffer"))
        self.assertEqual(got, b"of the buffer")

    def test_lines_are_read_through_a_buffer(self):
        result, _ = self.handled(lambda it: list(it.rfile), b"one\ntwo\nthree")
        self.assertEqual(result, [b"one\n", b"two\n", b"three"])

    def test_an_unbuffered_reader(self):
        self.rbufsize = 0
        result, _ = self.handled(lambda it: (it.rfile.readline(), it.request.recv(100)), b"one\ntwo\n")
        self.assertEqual(result, (b"one\n", b"two\n"))

    def test_the_timeout_is_that_of_the_connection(self):
        self.timeout = 12.5
        result, _ = self.handled(lambda it: it.connection.gettimeout())
        self.assertEqual(result, 12.5)

    def test_reading_in_vain_ends_by_the_timeout(self):
        results = []

        class Waiting(socketserver.StreamRequestHandler):
            timeout = SHORT

            def handle(self):
                try:
                    self.rfile.readline()
                except TimeoutError as failure:
                    results.append(str(failure))

        server = self.serve_lines(Waiting)
        client = self.own(socket.create_connection(server.server_address, LIMIT))
        self.assertEqual(read_to_end(client), b"")
        self.assertEqual(results, ["timed out"])

    def test_nagle_is_disabled_on_demand(self):
        for demanded in (False, True):
            with self.subTest(demanded=demanded):
                self.disable_nagle_algorithm = demanded
                result, _ = self.handled(
                    lambda it: it.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
                )
                self.assertEqual(result, demanded)


@unittest.skipUnless(hasattr(signal, "setitimer"), "this Python has no signal.setitimer")
class InterruptedWriteTest(ServerTestCase):
    """Signals while a handler writes more than fits. Only the main thread handles them, so it is the server here."""

    def setUp(self):
        if threading.current_thread() is not threading.main_thread():
            self.skipTest("signal handlers are set and run by the main thread only")
        self.interrupted = threading.Event()
        try:
            before = signal.signal(signal.SIGALRM, lambda number, frame: self.interrupted.set())
        except PermissionError as refusal:
            self.skipTest("the application that runs this Python keeps signals to itself: %s" % refusal)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        self.addCleanup(signal.setitimer, signal.ITIMER_REAL, 0)

    def test_all_is_written(self):
        data = pattern(16 << 20)
        written = []

        class Writing(socketserver.StreamRequestHandler):
            timeout = LIMIT

            def handle(self):
                signal.setitimer(signal.ITIMER_REAL, SHORT, SHORT)
                written.append(self.wfile.write(data))
                signal.setitimer(signal.ITIMER_REAL, 0)

        server = self.by_hand(socketserver.TCPServer((HOST, 0), Writing))
        client = self.own(socket.create_connection(server.server_address, LIMIT))

        def read_after_the_signal():
            self.interrupted.wait(LIMIT)
            return read_to_end(client)

        reading = self.peer(read_after_the_signal)
        server.handle_request()
        self.assertTrue(reading.join() == data)
        self.assertEqual(written, [len(data)])
        self.assertTrue(self.interrupted.is_set())


class DatagramHandlerTest(ServerTestCase):
    """What a handler of a datagram can use."""

    def client(self):
        client = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        client.bind((HOST, 0))
        return client

    def test_the_request_is_the_datagram_and_the_socket(self):
        class Upper(socketserver.BaseRequestHandler):
            def handle(self):
                data, sock = self.request
                sock.sendto(data.upper() + repr(self.client_address).encode(), self.client_address)

        server = self.serve_lines(Upper, socketserver.UDPServer)
        client = self.client()
        client.sendto(b"small", server.server_address)
        self.assertEqual(client.recv(100), b"SMALL" + repr(client.getsockname()).encode())

    def test_all_that_is_written_is_one_answer(self):
        class Parts(socketserver.DatagramRequestHandler):
            def handle(self):
                for word in self.rfile.read().split():
                    self.wfile.write(word)

        server = self.serve_lines(Parts, socketserver.UDPServer)
        client = self.client()
        client.sendto(b"a b c", server.server_address)
        self.assertEqual(client.recv(100), b"abc")

    def test_a_handler_that_writes_nothing_answers_with_an_empty_datagram(self):
        server = self.serve_lines(socketserver.DatagramRequestHandler, socketserver.UDPServer)
        client = self.client()
        client.sendto(b"anything", server.server_address)
        self.assertEqual(client.recvfrom(100), (b"", server.server_address))

    def test_a_datagram_above_the_limit_is_cut(self):
        class Small(socketserver.UDPServer):
            max_packet_size = 8

        server = self.serve_lines(EchoPacket, Small)
        client = self.client()
        client.sendto(b"0123456789", server.server_address)
        self.assertEqual(client.recv(100), b"01234567")


if __name__ == "__main__":
    unittest.main()
