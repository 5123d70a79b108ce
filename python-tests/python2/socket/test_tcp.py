"""Streams over TCP, IPv4 and IPv6: connect, accept, send, receive, shut down."""

import errno
import select
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, LIMIT, SocketTestCase, receive_all


class TcpCase(SocketTestCase):
    family = socket.AF_INET

    def setUp(self):
        self.client, self.server = self.tcp_pair(self.family)

    def test_accept_gives_a_socket_and_the_address_of_the_other_end(self):
        listener = self.listener(self.family)
        client = self.bounded(socket.socket(self.family))
        client.connect(listener.getsockname())
        accepted = listener.accept()
        self.assertIs(type(accepted), tuple)
        conn, address = accepted
        self.own(conn)
        self.assertIs(type(conn), socket.socket)
        self.assertEqual(address, client.getsockname())
        self.assertEqual(conn.getpeername(), client.getsockname())
        self.assertEqual(client.getpeername(), conn.getsockname())
        self.assertEqual(conn.getsockname(), listener.getsockname())
        self.assertEqual((conn.family, conn.type, conn.proto), (self.family, socket.SOCK_STREAM, 0))

    def test_an_accepted_socket_blocks_whatever_the_listener_does(self):
        listener = self.listener(self.family)
        client = self.bounded(socket.socket(self.family))
        client.connect(listener.getsockname())
        conn = self.own(listener.accept()[0])
        self.assertIsNone(conn.gettimeout())

    def test_data_is_str(self):
        every_byte = "".join(map(chr, range(256)))
        self.assertEqual(self.client.send(every_byte), 256)
        data = receive_all(self.server, 256)
        self.assertIs(type(data), str)
        self.assertEqual(data, every_byte)

    def test_recv_gives_at_most_what_was_asked_for(self):
        self.client.sendall("0123456789")
        self.assertEqual(self.server.recv(4), "0123")
        self.assertEqual(self.server.recv(100), "456789")

    def test_recv_of_nothing(self):
        self.client.sendall("x")
        self.assertEqual(self.server.recv(0), "")
        self.assertEqual(self.server.recv(1), "x")

    def test_peek_leaves_what_it_shows(self):
        self.client.sendall("seen twice")
        select.select([self.server], [], [], LIMIT)
        self.assertEqual(self.server.recv(4, socket.MSG_PEEK), "seen")
        self.assertEqual(self.server.recv(100), "seen twice")

    def test_waitall_waits_for_all(self):
        self.server.settimeout(None)
        peer = self.peer(self.server.recv, 6, socket.MSG_WAITALL)
        self.client.sendall("abc")
        self.client.sendall("def")
        self.assertEqual(peer.join(), "abcdef")

    def test_recvfrom_of_a_stream(self):
        self.client.sendall("data")
        data, address = self.server.recvfrom(10)
        self.assertEqual(data, "data")
        # The address of a stream's data is the kernel's affair, and it gives none.
        self.assertIsNone(address)

    def test_sendall_sends_more_than_fits(self):
        data = "0123456789abcdef" * 65536
        peer = self.peer(receive_all, self.server, len(data))
        self.assertIsNone(self.client.sendall(data))
        self.assertTrue(peer.join() == data)

    def test_sendall_of_nothing(self):
        self.assertIsNone(self.client.sendall(""))
        self.assertEqual(self.client.send(""), 0)

    def test_sendto_ignores_the_address_on_a_connection(self):
        self.assertEqual(self.client.sendto("data", self.server.getsockname()), 4)
        self.assertEqual(receive_all(self.server, 4), "data")

    def test_out_of_band(self):
        self.client.send("!", socket.MSG_OOB)
        select.select([], [], [self.server], LIMIT)
        # A timeout waits for what comes in order, and this does not.
        self.server.settimeout(None)
        self.assertEqual(self.server.recv(1, socket.MSG_OOB), "!")

    def test_shutdown_of_one_direction(self):
        self.client.sendall("last words")
        self.assertIsNone(self.client.shutdown(socket.SHUT_WR))
        self.assertEqual(receive_all(self.server), "last words")
        self.server.sendall("answer")
        self.assertEqual(self.client.recv(100), "answer")
        self.assertErrno(errno.EPIPE, self.client.send, "x")

    def test_shutdown_for_reading(self):
        self.client.shutdown(socket.SHUT_RD)
        self.assertEnds(self.client)

    def test_shutdown_of_both(self):
        self.client.shutdown(socket.SHUT_RDWR)
        self.assertEnds(self.client)
        self.assertEnds(self.server)

    def test_shutdown_refuses_other_numbers(self):
        self.assertErrno(errno.EINVAL, self.client.shutdown, 9)
        self.assertErrno(errno.EINVAL, self.client.shutdown, -1)
        self.assertErrno(errno.ENOTCONN, self.own(socket.socket(self.family)).shutdown, socket.SHUT_RDWR)

    def test_close_ends_the_stream(self):
        self.client.close()
        self.assertEnds(self.server)

    def test_connecting_again(self):
        listener = self.listener(self.family)
        # Without a timeout: after a connect that did not block, the kernel lets the next one pass.
        client = self.own(socket.socket(self.family))
        client.connect(listener.getsockname())
        self.assertErrno(errno.EISCONN, client.connect, listener.getsockname())
        self.assertEqual(client.connect_ex(listener.getsockname()), errno.EISCONN)


class TcpOverIPv4Test(TcpCase):
    def test_nobody_listens(self):
        address = self.refused_address()
        sock = self.bounded(socket.socket())
        self.assertErrno(errno.ECONNREFUSED, sock.connect, address)
        other = self.bounded(socket.socket())
        self.assertEqual(other.connect_ex(address), errno.ECONNREFUSED)

    def test_bind_binds_at_once(self):
        sock = self.own(socket.socket())
        self.assertIsNone(sock.bind((HOST, 0)))
        host, port = sock.getsockname()
        self.assertEqual(host, HOST)
        self.assertTrue(0 < port < 65536)
        self.assertErrno(errno.EADDRINUSE, self.own(socket.socket()).bind, (host, port))

    def test_the_name_of_a_socket_that_is_not_bound(self):
        self.assertEqual(self.own(socket.socket()).getsockname(), ("0.0.0.0", 0))

    def test_the_empty_host_is_any(self):
        sock = self.own(socket.socket())
        sock.bind(("", 0))
        self.assertEqual(sock.getsockname()[0], "0.0.0.0")

    def test_names_as_hosts(self):
        sock = self.own(socket.socket())
        sock.bind(("localhost", 0))
        self.assertEqual(sock.getsockname()[0], HOST)
        self.assertRaises(socket.gaierror, sock.connect, ("not a name.invalid", 1))
        self.assertRaises(socket.gaierror, sock.connect_ex, ("not a name.invalid", 1))

    def test_unicode_hosts(self):
        sock = self.own(socket.socket())
        sock.bind((u"127.0.0.1", 0))
        self.assertEqual(sock.getsockname()[0], HOST)
        self.assertIs(type(sock.getsockname()[0]), str)

    def test_not_connected(self):
        sock = self.bounded(socket.socket())
        self.assertErrno(errno.ENOTCONN, sock.getpeername)
        self.assertErrno(errno.ENOTCONN, sock.recv, 1)
        self.assertErrno(errno.EPIPE, sock.send, "x")
        self.assertErrno(errno.EINVAL, sock.accept)

    def test_backlogs(self):
        for backlog in 0, -1, 1, 1000000:
            sock = self.own(socket.socket())
            sock.bind((HOST, 0))
            self.assertIsNone(sock.listen(backlog))
        self.assertSays(TypeError, "an integer is required", self.own(socket.socket()).listen, "1")

    def test_a_listener_closed_with_a_connection_waiting(self):
        listener = self.listener()
        client = self.bounded(socket.socket())
        client.connect(listener.getsockname())
        listener.close()
        try:
            self.assertEqual(client.recv(1), "")
        except socket.error as failure:
            self.assertEqual(failure.errno, errno.ECONNRESET)


@unittest.skipUnless(HAS_IPV6, "no IPv6 on this machine")
class TcpOverIPv6Test(TcpCase):
    family = socket.AF_INET6

    def test_addresses_of_two_to_four_parts(self):
        for parts in (), (0,), (0, 0):
            sock = self.own(socket.socket(socket.AF_INET6))
            sock.bind((HOST6, 0) + parts)
            host, port, flowinfo, scope = sock.getsockname()
            self.assertEqual((host, flowinfo, scope), (HOST6, 0, 0))
            self.assertTrue(port)

    def test_flow_labels_have_twenty_bits(self):
        sock = self.own(socket.socket(socket.AF_INET6))
        for flow in -10, 1 << 20:
            self.assertSays(OverflowError, "getsockaddrarg: flowinfo must be 0-1048575.",
                            sock.bind, (HOST6, 0, flow))

    def test_an_address_of_the_other_family(self):
        sock = self.own(socket.socket(socket.AF_INET6))
        self.assertRaises(socket.error, sock.bind, (HOST, 0))


del TcpCase

if __name__ == "__main__":
    unittest.main()
