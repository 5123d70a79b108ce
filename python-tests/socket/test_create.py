"""create_connection, create_server and has_dualstack_ipv6: the socket module's own functions, on sockets."""

import errno
import socket
import threading
import unittest
from unittest import mock

from support import HAS_IPV6, HOST, HOST6, LIMIT, SocketTestCase
from support.streams import default_timeout


def refused_address(case):
    """An address at which nobody listens, and nobody else can before the test ends: it is bound to a silent socket."""
    sock = case.own(socket.socket())
    sock.bind((HOST, 0))
    return sock.getsockname()


def with_free_port(check):
    """Calls `check` with a port that was free a moment ago, and with another if it was taken meanwhile."""
    for attempt in range(5):
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = probe.getsockname()[1]
        try:
            return check(port)
        except OSError as refusal:
            if refusal.errno != errno.EADDRINUSE or attempt == 4:
                raise


class ConnectionTestCase(SocketTestCase):
    """Cases with a listening socket, whose address is `address`."""

    def setUp(self):
        self.server = self.listener()
        self.address = self.server.getsockname()

    def connect(self, *arguments, **keywords):
        return self.own(socket.create_connection(*arguments, **keywords))

    def accept(self):
        return self.bounded(self.server.accept()[0])


class CreateConnectionTest(ConnectionTestCase):
    def test_it_gives_a_connected_socket(self):
        client = self.connect(self.address, timeout=LIMIT)
        server = self.accept()
        self.assertEqual((client.family, client.type), (socket.AF_INET, socket.SOCK_STREAM))
        self.assertEqual(client.getpeername(), self.address)
        self.assertEqual(client.getsockname(), server.getpeername())
        client.sendall(b"hello")
        self.assertEqual(server.recv(10), b"hello")

    def test_a_host_by_name(self):
        client = self.connect(("localhost", self.address[1]), timeout=LIMIT)
        self.assertEqual(client.getpeername(), self.address)

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6")
    def test_an_ipv6_host(self):
        server = self.listener(socket.AF_INET6)
        client = self.connect(server.getsockname()[:2], timeout=LIMIT)
        self.assertEqual(client.family, socket.AF_INET6)
        self.assertEqual(client.getpeername(), server.getsockname())

    def test_the_first_address_that_works_is_taken(self):
        refused = refused_address(self)
        entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        with mock.patch.object(socket, "getaddrinfo", return_value=[entry + (refused,), entry + (self.address,)]):
            client = self.connect(("name", 80), timeout=LIMIT)
        self.assertEqual(client.getpeername(), self.address)

    def test_the_source_address_is_bound(self):
        def check(port):
            client = self.connect(self.address, timeout=LIMIT, source_address=("", port))
            self.assertEqual(client.getsockname(), (HOST, port))

        with_free_port(check)

    def test_the_source_address_may_leave_the_port_to_the_kernel(self):
        client = self.connect(self.address, LIMIT, (HOST, 0))
        self.assertEqual(client.getsockname()[0], HOST)

    def test_a_source_address_in_use(self):
        self.assertErrno(errno.EADDRINUSE, socket.create_connection, self.address, LIMIT, self.address)

    def test_a_refused_connection(self):
        error = self.assertErrno(errno.ECONNREFUSED, socket.create_connection, refused_address(self))
        self.assertIs(type(error), ConnectionRefusedError)

    def test_all_errors_come_as_a_group(self):
        address = refused_address(self)
        with self.assertRaises(ExceptionGroup) as caught:
            socket.create_connection(address, all_errors=True)
        self.assertEqual(caught.exception.message, "create_connection failed")
        self.assertEqual([error.errno for error in caught.exception.exceptions], [errno.ECONNREFUSED])

    def test_the_group_has_an_error_for_each_address(self):
        address = refused_address(self)
        entries = socket.getaddrinfo("localhost", address[1], 0, socket.SOCK_STREAM)
        with self.assertRaises(ExceptionGroup) as caught:
            socket.create_connection(("localhost", address[1]), all_errors=True)
        self.assertEqual(len(caught.exception.exceptions), len(entries))
        for error in caught.exception.exceptions:
            self.assertIsInstance(error, OSError)

    def test_all_errors_changes_nothing_for_a_success(self):
        client = self.connect(self.address, LIMIT, all_errors=True)
        self.assertEqual(client.getpeername(), self.address)

    def test_no_address_at_all(self):
        with mock.patch.object(socket, "getaddrinfo", return_value=[]):
            with self.assertRaisesRegex(OSError, "getaddrinfo returns an empty list"):
                socket.create_connection(("name", 80))

    def test_a_name_that_is_not_known(self):
        with self.assertRaises(socket.gaierror):
            socket.create_connection((b"x" * 64, 80))

    def test_a_timeout_stays_a_timeout(self):
        class Slow(socket.socket):
            def connect(self, address):
                raise TimeoutError("timed out")

        with mock.patch.object(socket, "socket", Slow):
            with self.assertRaises(TimeoutError) as caught:
                socket.create_connection((HOST, 80))
        self.assertEqual(caught.exception.args, ("timed out",))

    def test_a_failure_leaves_no_socket_open(self):
        made = []

        class Recorded(socket.socket):
            def __init__(self, *arguments):
                super().__init__(*arguments)
                made.append(self)

        address = refused_address(self)
        with mock.patch.object(socket, "socket", Recorded):
            self.assertRaises(OSError, socket.create_connection, address)
        self.assertEqual([sock.fileno() for sock in made], [-1])


class ConnectionTimeoutTest(ConnectionTestCase):
    def test_by_keyword(self):
        self.assertEqual(self.connect(self.address, timeout=30).gettimeout(), 30.0)

    def test_by_position(self):
        self.assertEqual(self.connect(self.address, 30).gettimeout(), 30.0)

    def test_none_is_no_timeout_whatever_the_default(self):
        with default_timeout(30):
            client = self.connect(self.address, timeout=None)
        self.assertIsNone(client.gettimeout())

    def test_without_one_the_default_holds(self):
        with default_timeout(42):
            client = self.connect(self.address)
        self.assertEqual(client.gettimeout(), 42.0)

    def test_without_any_the_socket_blocks(self):
        self.assertIsNone(socket.getdefaulttimeout())
        self.assertIsNone(self.connect(self.address).gettimeout())

    def test_it_holds_for_receiving_too(self):
        client = self.connect(self.address, timeout=0.05)
        self.accept()
        with self.assertRaises(TimeoutError) as caught:
            client.recv(5)
        self.assertEqual(str(caught.exception), "timed out")

    def test_an_answer_within_it_arrives(self):
        client = self.connect(self.address, timeout=LIMIT)
        server = self.accept()
        receiving = threading.Event()

        def answer():
            receiving.wait(LIMIT)
            server.sendall(b"done!")

        peer = self.peer(answer)
        receiving.set()
        self.assertEqual(client.recv(5), b"done!")
        peer.join()


class CreateServerTest(SocketTestCase):
    def serve(self, *arguments, **keywords):
        return self.bounded(socket.create_server(*arguments, **keywords))

    def is_set(self, sock, level, option):
        return sock.getsockopt(level, option) != 0

    def test_it_gives_a_listening_socket(self):
        server = self.serve((HOST, 0))
        self.assertEqual((server.family, server.type), (socket.AF_INET, socket.SOCK_STREAM))
        self.assertEqual(server.getsockname()[0], HOST)
        self.assertTrue(self.is_set(server, socket.SOL_SOCKET, socket.SO_ACCEPTCONN))

    def test_the_port_that_was_asked_for_is_the_port(self):
        def check(port):
            self.assertEqual(self.serve((HOST, port)).getsockname(), (HOST, port))

        with_free_port(check)

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6")
    def test_an_ipv6_server(self):
        server = self.serve((HOST6, 0), family=socket.AF_INET6)
        self.assertEqual((server.family, server.type), (socket.AF_INET6, socket.SOCK_STREAM))
        self.assertEqual(server.getsockname()[0], HOST6)

    def test_the_address_may_be_used_again_at_once(self):
        self.assertTrue(self.is_set(self.serve((HOST, 0)), socket.SOL_SOCKET, socket.SO_REUSEADDR))

    def test_the_port_is_not_shared_unless_it_is_said(self):
        self.assertFalse(self.is_set(self.serve((HOST, 0)), socket.SOL_SOCKET, socket.SO_REUSEPORT))
        first = self.serve((HOST, 0), reuse_port=True)
        self.assertTrue(self.is_set(first, socket.SOL_SOCKET, socket.SO_REUSEPORT))
        self.assertEqual(self.serve(first.getsockname(), reuse_port=True).getsockname(), first.getsockname())

    def test_an_address_in_use_is_named_in_the_error(self):
        address = self.serve((HOST, 0)).getsockname()
        error = self.assertErrno(errno.EADDRINUSE, socket.create_server, address)
        self.assertIn("(while attempting to bind on address %r)" % (address,), str(error))

    def test_the_backlog_may_be_given(self):
        for backlog in (0, 1, 128):
            with self.subTest(backlog=backlog):
                server = self.serve((HOST, 0), backlog=backlog)
                self.bounded(socket.create_connection(server.getsockname(), LIMIT))

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6")
    def test_an_ipv6_server_is_for_ipv6_alone_unless_it_is_said(self):
        server = self.serve((HOST6, 0), family=socket.AF_INET6)
        self.assertTrue(self.is_set(server, socket.IPPROTO_IPV6, socket.IPV6_V6ONLY))

    @unittest.skipUnless(socket.has_dualstack_ipv6(), "this machine has no dual stack")
    def test_a_dual_stack_server_is_of_ipv6(self):
        server = self.serve(("", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self.assertEqual(server.family, socket.AF_INET6)
        self.assertFalse(self.is_set(server, socket.IPPROTO_IPV6, socket.IPV6_V6ONLY))

    def test_a_dual_stack_of_ipv4_is_refused(self):
        with self.assertRaisesRegex(ValueError, "dualstack_ipv6 requires AF_INET6 family"):
            socket.create_server((HOST, 0), dualstack_ipv6=True)

    def test_a_dual_stack_that_the_machine_lacks_is_refused(self):
        with mock.patch.object(socket, "has_ipv6", False):
            self.assertFalse(socket.has_dualstack_ipv6())
            with self.assertRaisesRegex(ValueError, "dualstack_ipv6 not supported on this platform"):
                socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True)


class DualStackTest(SocketTestCase):
    def test_a_machine_with_ipv6_has_it(self):
        self.assertIs(socket.has_dualstack_ipv6(), HAS_IPV6)


class ServerEchoTest(SocketTestCase):
    """A server of create_server, and a client that connects to it."""

    def check(self, server, family, host):
        server = self.bounded(server)

        def echo():
            with server.accept()[0] as connection:
                connection.settimeout(LIMIT)
                connection.sendall(connection.recv(1024))

        peer = self.peer(echo)
        client = self.bounded(socket.socket(family))
        client.connect((host, server.getsockname()[1]))
        client.sendall(b"foo")
        self.assertEqual(client.recv(1024), b"foo")
        self.assertEqual(client.recv(1024), b"")
        peer.join()

    def test_ipv4(self):
        self.check(socket.create_server(("", 0)), socket.AF_INET, HOST)

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6")
    def test_ipv6(self):
        self.check(socket.create_server(("", 0), family=socket.AF_INET6), socket.AF_INET6, HOST6)

    @unittest.skipUnless(socket.has_dualstack_ipv6(), "this machine has no dual stack")
    def test_an_ipv4_client_of_a_dual_stack(self):
        self.check(socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True), socket.AF_INET, HOST)

    @unittest.skipUnless(socket.has_dualstack_ipv6(), "this machine has no dual stack")
    def test_an_ipv6_client_of_a_dual_stack(self):
        self.check(socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True), socket.AF_INET6, HOST6)


if __name__ == "__main__":
    unittest.main()
