"""What Python's documentation of the socket module promises, from its first sentence to its last.

The classes follow the chapters of that page, and each case one sentence or paragraph.
"""

import errno
import os
import select
import socket
import ssl
import struct
import time
import unittest

from support import HAS_IPV6, HOST, HOST6, IS_JYTHON, SHORT, SocketTestCase, certificates, happens, receive_all


class IntroductionTest(SocketTestCase):
    def test_the_function_socket_gives_an_object_whose_methods_are_the_calls(self):
        sock = self.own(socket.socket())
        for call in ("accept", "bind", "connect", "getpeername", "getsockname", "getsockopt", "listen", "recv",
                     "recvfrom", "send", "sendto", "setsockopt", "shutdown", "close"):
            self.assertTrue(callable(getattr(sock, call)), call)

    def test_buffers_are_allocated_when_receiving(self):
        left, right = self.pair()
        left.send("12345")
        self.assertEqual(right.recv(1000), "12345")

    def test_the_length_is_implicit_when_sending(self):
        left, right = self.pair()
        self.assertEqual(left.send("12345"), 5)
        self.assertEqual(right.recv(1000), "12345")


class AddressesTest(SocketTestCase):
    def test_a_string_for_unix(self):
        sock = self.own(socket.socket(socket.AF_UNIX))
        path = self.path()
        sock.bind(path)
        self.assertEqual(sock.getsockname(), path)
        self.assertIs(type(sock.getsockname()), str)

    def test_a_pair_for_ipv4(self):
        sock = self.own(socket.socket(socket.AF_INET))
        sock.bind((HOST, 0))
        host, port = sock.getsockname()
        self.assertEqual((type(host), type(port)), (str, int))

    def test_a_host_is_a_name_or_an_address(self):
        for host in "localhost", HOST:
            sock = self.own(socket.socket(socket.AF_INET))
            sock.bind((host, 0))
            self.assertEqual(sock.getsockname()[0], HOST)

    @unittest.skipUnless(HAS_IPV6, "no IPv6 on this machine")
    def test_four_parts_for_ipv6(self):
        sock = self.own(socket.socket(socket.AF_INET6))
        sock.bind((HOST6, 0, 0, 0))
        self.assertEqual(len(sock.getsockname()), 4)
        self.assertEqual(sock.getsockname()[2:], (0, 0))

    @unittest.skipUnless(HAS_IPV6, "no IPv6 on this machine")
    def test_flowinfo_and_scopeid_can_be_left_out(self):
        for address in (HOST6, 0), (HOST6, 0, 0):
            self.own(socket.socket(socket.AF_INET6)).bind(address)

    def test_the_family_selects_the_form(self):
        self.assertRaises(TypeError, self.own(socket.socket(socket.AF_UNIX)).bind, (HOST, 0))
        self.assertRaises(TypeError, self.own(socket.socket(socket.AF_INET)).bind, "/tmp/x")

    def test_the_empty_string_is_any_address(self):
        sock = self.own(socket.socket())
        sock.bind(("", 0))
        self.assertEqual(sock.getsockname()[0], "0.0.0.0")

    def test_the_broadcast_address_has_a_form_of_its_own(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sock.bind(("<broadcast>", 0))
        self.assertEqual(sock.getsockname()[0], "255.255.255.255")

    @unittest.skipUnless(HAS_IPV6, "no IPv6 on this machine")
    def test_not_over_ipv6(self):
        self.assertRaises(socket.error, self.own(socket.socket(socket.AF_INET6)).bind, ("<broadcast>", 0))


class ErrorsTest(SocketTestCase):
    def test_wrong_types_of_arguments_raise_the_normal_exceptions(self):
        self.assertRaises(TypeError, socket.socket, "x")
        self.assertRaises(TypeError, self.own(socket.socket()).connect, 5)

    def test_what_concerns_sockets_and_addresses_raises_error(self):
        self.assertRaises(socket.error, self.own(socket.socket()).getpeername)
        self.assertRaises(socket.error, socket.inet_aton, "x")

    def test_error_has_a_number_and_a_text(self):
        with self.assertRaises(socket.error) as caught:
            self.own(socket.socket()).getpeername()
        number, text = caught.exception.args
        self.assertEqual(number, errno.ENOTCONN)
        self.assertEqual(text, os.strerror(errno.ENOTCONN))

    def test_herror_has_a_number_and_a_text(self):
        with self.assertRaises(socket.herror) as caught:
            socket.gethostbyaddr("0.0.0.1")
        number, text = caught.exception.args
        self.assertEqual((type(number), type(text)), (int, str))

    def test_gaierror_has_a_constant_and_a_text(self):
        with self.assertRaises(socket.gaierror) as caught:
            socket.getaddrinfo("not a name.invalid", 1)
        number, text = caught.exception.args
        constants = [getattr(socket, name) for name in dir(socket) if name.startswith("EAI_")]
        self.assertIn(number, constants)
        self.assertIs(type(text), str)

    def test_timeout_is_an_error(self):
        self.assertTrue(issubclass(socket.timeout, socket.error))
        self.assertTrue(issubclass(socket.herror, socket.error))
        self.assertTrue(issubclass(socket.gaierror, socket.error))


class FunctionsTest(SocketTestCase):
    def test_constants_of_families_and_kinds(self):
        for name in ("AF_UNIX", "AF_INET", "AF_INET6", "SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_RDM",
                     "SOCK_SEQPACKET"):
            self.assertIs(type(getattr(socket, name)), int, name)

    def test_many_more_constants(self):
        for prefix in "SO_", "SOL_", "MSG_", "IPPROTO_", "IPPORT_", "INADDR_", "IP_", "EAI_", "AI_", "NI_", "TCP_":
            names = [name for name in dir(socket) if name.startswith(prefix)]
            self.assertTrue(names, prefix)
            for name in names:
                self.assertTrue(isinstance(getattr(socket, name), (int, long)), name)
        self.assertTrue(isinstance(socket.SOMAXCONN, int))
        self.assertTrue(isinstance(socket.has_ipv6, bool))

    def test_getaddrinfo(self):
        entries = socket.getaddrinfo("localhost", "http", socket.AF_INET, socket.SOCK_STREAM)
        for family, kind, proto, canonical, address in entries:
            self.own(socket.socket(family, kind, proto))
            self.assertIs(type(canonical), str)
            self.assertEqual(address, (HOST, 80))

    def test_getaddrinfo_of_nothing_is_the_null_of_c(self):
        with_none = socket.getaddrinfo(None, 80, socket.AF_INET, socket.SOCK_STREAM)
        self.assertEqual(with_none[0][4], (HOST, 80))
        self.assertEqual(socket.getaddrinfo(HOST, None, socket.AF_INET, socket.SOCK_STREAM)[0][4], (HOST, 0))

    def test_getaddrinfo_gives_a_canonical_name_if_asked(self):
        entries = socket.getaddrinfo(HOST, 80, 0, socket.SOCK_STREAM, 0, socket.AI_CANONNAME)
        self.assertEqual(entries[0][3], HOST)

    def test_getfqdn_without_a_name_is_of_this_machine(self):
        self.assertEqual(socket.getfqdn(), socket.getfqdn(""))
        self.assertTrue(socket.getfqdn())

    def test_gethostbyname(self):
        self.assertEqual(socket.gethostbyname("localhost"), HOST)
        self.assertEqual(socket.gethostbyname("100.50.200.5"), "100.50.200.5")

    def test_gethostbyname_ex(self):
        name, aliases, addresses = socket.gethostbyname_ex("localhost")
        self.assertEqual((type(name), type(aliases), type(addresses)), (str, list, list))

    def test_gethostname(self):
        self.assertEqual(socket.gethostname(), os.uname()[1])

    def test_gethostbyaddr(self):
        name, aliases, addresses = socket.gethostbyaddr(HOST)
        self.assertEqual((name, addresses), ("localhost", [HOST]))

    def test_getnameinfo(self):
        flags = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
        self.assertEqual(socket.getnameinfo((HOST, 80), flags), (HOST, "80"))
        self.assertEqual(socket.getnameinfo((HOST, 80), 0), ("localhost", "http"))

    def test_getprotobyname_gives_what_socket_takes(self):
        self.own(socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.getprotobyname("tcp")))
        self.assertEqual(socket.getprotobyname("icmp"), socket.IPPROTO_ICMP)

    def test_getservbyname(self):
        self.assertEqual((socket.getservbyname("http"), socket.getservbyname("http", "tcp")), (80, 80))
        self.assertRaises(socket.error, socket.getservbyname, "http", "neither")

    def test_getservbyport(self):
        self.assertEqual((socket.getservbyport(80), socket.getservbyport(80, "tcp")), ("http", "http"))

    def test_socket_has_defaults(self):
        sock = self.own(socket.socket())
        self.assertEqual((sock.family, sock.type, sock.proto), (socket.AF_INET, socket.SOCK_STREAM, 0))

    def test_ssl_makes_a_connection_with_read_and_write(self):
        self.assertTrue(callable(socket.ssl))

    def test_socketpair(self):
        left, right = self.pair()
        self.assertEqual(left.family, socket.AF_UNIX)
        left.send("x")
        self.assertEqual(right.recv(1), "x")
        one, _ = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM, 0)
        self.assertEqual(one.type, socket.SOCK_DGRAM)

    def test_fromfd_duplicates(self):
        left, right = self.pair()
        copy = self.own(socket.fromfd(left.fileno(), socket.AF_UNIX, socket.SOCK_STREAM))
        left.close()
        copy.send("x")
        self.assertEqual(right.recv(1), "x")

    def test_fromfd_of_a_standard_descriptor(self):
        # What inetd starts has its connection there.
        for number in 0, 0L:
            try:
                copy = socket.fromfd(number, socket.AF_UNIX, socket.SOCK_STREAM)
            except socket.error as failure:
                # The descriptor was found. CPython would find out at the first call.
                self.assertEqual((IS_JYTHON, failure.errno), (True, errno.ENOTSOCK))
            else:
                copy.close()

    def test_byte_orders(self):
        self.assertEqual(socket.ntohl(socket.htonl(0x01020304)), 0x01020304)
        self.assertEqual(socket.ntohs(socket.htons(0x0102)), 0x0102)

    def test_inet_aton_and_back(self):
        self.assertEqual(socket.inet_aton("100.50.200.5"), "\x64\x32\xc8\x05")
        self.assertEqual(socket.inet_ntoa("\x64\x32\xc8\x05"), "100.50.200.5")
        self.assertRaises(socket.error, socket.inet_aton, "::1")
        self.assertRaises(socket.error, socket.inet_ntoa, "12345")

    def test_inet_pton_and_back(self):
        self.assertEqual(socket.inet_ntop(socket.AF_INET, "\x07\x0a\x00\x05"), "7.10.0.5")
        packed = socket.inet_pton(socket.AF_INET6, "5aef:2b::8")
        self.assertEqual(len(packed), 16)
        self.assertEqual(socket.inet_ntop(socket.AF_INET6, packed), "5aef:2b::8")
        self.assertRaises(socket.error, socket.inet_pton, socket.AF_INET, "x")
        self.assertRaises(ValueError, socket.inet_ntop, socket.AF_INET6, "1234")

    def test_default_timeout(self):
        self.assertIsNone(socket.getdefaulttimeout())
        self.addCleanup(socket.setdefaulttimeout, None)
        socket.setdefaulttimeout(2.5)
        self.assertEqual(socket.getdefaulttimeout(), 2.5)
        self.assertEqual(self.own(socket.socket()).gettimeout(), 2.5)

    def test_socket_type(self):
        self.assertIs(socket.SocketType, type(self.own(socket.socket())))


class SocketObjectsTest(SocketTestCase):
    def test_accept_gives_a_pair(self):
        listener = self.listener()
        client = self.own(socket.create_connection(listener.getsockname()))
        conn, address = listener.accept()
        self.bounded(conn)
        self.assertEqual(address, client.getsockname())
        client.send("x")
        self.assertEqual(conn.recv(1), "x")

    def test_bind_only_once(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        self.assertErrno(errno.EINVAL, sock.bind, (HOST, 0))

    def test_all_calls_fail_after_close_and_the_other_end_gets_no_more(self):
        client, server = self.tcp_pair()
        client.send("the last")
        client.close()
        self.assertEqual(receive_all(server), "the last")
        self.assertErrno(errno.EBADF, client.send, "x")

    def test_sockets_close_when_they_are_dropped(self):
        listener = self.listener()
        sock = socket.create_connection(listener.getsockname())
        conn = self.bounded(listener.accept()[0])
        self.assertTrue(sock)
        del sock
        self.assertTrue(happens(lambda: select.select([conn], [], [], 0)[0]))
        self.assertEnds(conn)

    def test_connect_ex_gives_the_number_of_the_error(self):
        self.assertEqual(self.own(socket.socket()).connect_ex(self.listener().getsockname()), 0)
        self.assertEqual(self.own(socket.socket()).connect_ex(self.refused_address()), errno.ECONNREFUSED)

    def test_connect_ex_raises_other_problems(self):
        self.assertRaises(socket.gaierror, self.own(socket.socket()).connect_ex, ("not a name.invalid", 1))

    def test_connect_takes_one_argument(self):
        self.assertRaises(TypeError, self.own(socket.socket()).connect, HOST, 1)

    def test_fileno_is_a_small_integer(self):
        self.assertIs(type(self.own(socket.socket()).fileno()), int)

    def test_fileno_works_with_select(self):
        left, right = self.pair()
        left.send("x")
        self.assertEqual(select.select([right.fileno()], [], [], 20)[0], [right.fileno()])

    def test_fileno_works_with_fdopen(self):
        left, right = self.pair()
        left.settimeout(None)
        stream = os.fdopen(os.dup(left.fileno()), "wb", 0)
        stream.write("through a file")
        stream.close()
        self.assertEqual(receive_all(right, 14), "through a file")

    def test_getpeername_and_getsockname(self):
        client, server = self.tcp_pair()
        self.assertEqual(client.getpeername(), server.getsockname())

    def test_getsockopt_gives_an_integer_or_a_string(self):
        sock = self.own(socket.socket())
        self.assertIs(type(sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)), int)
        self.assertIs(type(sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 4)), str)

    def test_makefile_takes_the_arguments_of_open(self):
        left, right = self.tcp_pair()
        writer, reader = left.makefile("w", 0), right.makefile("r")
        print >>writer, "a line"
        self.assertEqual(reader.readline(), "a line\n")

    def test_makefile_is_independent_of_close(self):
        left, right = self.tcp_pair()
        stream = left.makefile("w")
        left.close()
        stream.write("after close")
        stream.close()
        self.assertEqual(receive_all(right), "after close")

    def test_recvfrom_gives_data_and_address(self):
        one, other = self.udp(), self.udp()
        one.sendto("data", other.getsockname())
        self.assertEqual(other.recvfrom(100), ("data", one.getsockname()))

    def test_send_gives_the_count(self):
        left, _ = self.pair()
        self.assertEqual(left.send("four"), 4)

    def test_sendall_gives_none(self):
        left, _ = self.pair()
        self.assertIsNone(left.sendall("four"))

    def test_sendall_raises_on_error(self):
        left, right = self.pair()
        right.close()
        self.assertErrno(errno.EPIPE, left.sendall, "x")

    def test_sendto_takes_flags_before_the_address(self):
        one, other = self.udp(), self.udp()
        self.assertEqual(one.sendto("data", 0, other.getsockname()), 4)
        self.assertEqual(other.recv(100), "data")

    def test_setblocking_equals_settimeout(self):
        sock = self.own(socket.socket())
        sock.setblocking(0)
        self.assertEqual(sock.gettimeout(), 0.0)
        sock.setblocking(1)
        self.assertIsNone(sock.gettimeout())

    def test_nonblocking_calls_fail_at_once(self):
        left, _ = self.pair()
        left.setblocking(0)
        self.assertErrno(errno.EAGAIN, left.recv, 1)

    def test_a_timeout_ends_a_call(self):
        left, _ = self.pair()
        left.settimeout(SHORT)
        start = time.time()
        self.assertRaises(socket.timeout, left.recv, 1)
        self.assertTrue(time.time() - start > SHORT * 0.8)

    def test_gettimeout_reflects_the_last_call(self):
        sock = self.own(socket.socket())
        self.assertIsNone(sock.gettimeout())
        sock.settimeout(1.5)
        self.assertEqual(sock.gettimeout(), 1.5)
        sock.setblocking(1)
        self.assertIsNone(sock.gettimeout())

    def test_sockets_are_created_in_blocking_mode(self):
        self.assertIsNone(self.own(socket.socket()).gettimeout())

    def test_the_mode_is_shared_by_objects_of_one_endpoint(self):
        sock, _ = self.tcp_pair()
        twin = self.own(sock.dup())
        sock.setblocking(0)
        self.assertErrno(errno.EAGAIN, twin.recv, 1)

    def test_a_file_fails_in_timeout_mode(self):
        sock, _ = self.tcp_pair()
        sock.settimeout(0.01)
        self.assertRaises(socket.timeout, sock.makefile().readline)

    def test_a_file_fails_in_nonblocking_mode(self):
        sock, _ = self.tcp_pair()
        sock.setblocking(0)
        with self.assertRaises(socket.error) as caught:
            sock.makefile().readline()
        self.assertEqual(caught.exception.errno, errno.EAGAIN)

    def test_connect_is_subject_to_the_timeout(self):
        sock = self.own(socket.socket())
        sock.settimeout(0)
        self.assertIn(sock.connect_ex(self.listener().getsockname()), (0, errno.EINPROGRESS))

    def test_setsockopt_takes_an_integer_or_a_string(self):
        sock = self.own(socket.socket())
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self.assertEqual(sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 3))
        packed = sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.calcsize("ii"))
        self.assertEqual(struct.unpack("ii", packed), (1, 3))

    def test_shutdown_of_each_direction(self):
        left, right = self.tcp_pair()
        left.shutdown(socket.SHUT_WR)
        self.assertEnds(right)
        right.send("still")
        self.assertEqual(left.recv(10), "still")
        left.shutdown(socket.SHUT_RD)
        self.assertEnds(left)

    def test_there_is_no_read_and_no_write(self):
        sock = self.own(socket.socket())
        self.assertFalse(hasattr(sock, "read"))
        self.assertFalse(hasattr(sock, "write"))


class SslObjectsTest(SocketTestCase):
    def connection(self, serve):
        """What socket.ssl makes of a connection to a server whose certificate is known to nobody, and the server."""
        client, server = self.tcp_pair()

        def run():
            conn = ssl.wrap_socket(server, certfile=certificates.localhost_file(), server_side=True)
            return serve(conn)

        peer = self.peer(run)
        return socket.ssl(client), peer

    def test_read_and_write(self):
        def echo(conn):
            conn.write(conn.read(100).upper())
            return conn.read(100)

        conn, peer = self.connection(echo)
        self.assertEqual(conn.write("hello"), 5)
        self.assertEqual(conn.read(3), "HEL")
        self.assertEqual(conn.read(100), "LO")
        conn.write("done")
        self.assertEqual(peer.join(), "done")

    @unittest.skipUnless(IS_JYTHON, "CPython 2.7 wants the argument that its documentation calls optional")
    def test_read_without_a_number_reads_to_the_end(self):
        def say(conn):
            conn.write("all ")
            conn.write("of it")
            conn.unwrap()

        conn, peer = self.connection(say)
        self.assertEqual(conn.read(), "all of it")
        conn.shutdown()
        peer.join()


class ExampleTest(SocketTestCase):
    def test_echo(self):
        listener = self.listener()

        def serve():
            conn, _ = listener.accept()
            conn.settimeout(20)
            while 1:
                data = conn.recv(1024)
                if not data:
                    break
                conn.send(data)
            conn.close()

        peer = self.peer(serve)
        s = self.bounded(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        s.connect((HOST, listener.getsockname()[1]))
        s.send("Hello, world")
        data = s.recv(1024)
        s.close()
        peer.join()
        self.assertEqual(repr(data), "'Hello, world'")

    def test_both_protocols(self):
        received = None
        for entry in socket.getaddrinfo("localhost", 0, socket.AF_UNSPEC, socket.SOCK_STREAM, 0, socket.AI_PASSIVE):
            family, kind, proto, _, address = entry
            try:
                listener = self.bounded(socket.socket(family, kind, proto))
                listener.bind(address)
                listener.listen(1)
            except socket.error:
                continue
            client = self.own(socket.socket(family, kind, proto))
            client.connect(listener.getsockname())
            conn = self.bounded(listener.accept()[0])
            client.send("x")
            received = conn.recv(1)
            break
        self.assertEqual(received, "x")


if __name__ == "__main__":
    unittest.main()
