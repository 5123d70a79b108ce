"""`socket.socketpair`: its arguments and defaults, and what the two ends are to each other."""

import errno
import socket
import unittest

from support import LIMIT, SocketTestCase, requires
from support.streams import MESSAGE, default_timeout, pattern, read_exactly, read_to_end


class ArgumentsTest(SocketTestCase):
    def assertPair(self, arguments, family, kind, proto=0):
        """`arguments`, a tuple of positions or a dict of keywords, give a pair of this kind."""
        pair = self.both(**arguments) if isinstance(arguments, dict) else self.both(*arguments)
        for end in pair:
            self.assertIs(type(end), socket.socket)
            self.assertIs(end.family, family)
            self.assertIs(end.type, kind)
            self.assertEqual(end.proto, proto)
            self.assertEqual(end.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE), kind)

    def both(self, *arguments, **keywords):
        pair = socket.socketpair(*arguments, **keywords)
        self.assertIs(type(pair), tuple)
        left, right = pair
        return self.own(left), self.own(right)

    def test_defaults(self):
        self.assertPair((), socket.AF_UNIX, socket.SOCK_STREAM)

    def test_family_none_stands_for_the_default(self):
        self.assertPair((None,), socket.AF_UNIX, socket.SOCK_STREAM)
        self.assertPair((None, socket.SOCK_DGRAM), socket.AF_UNIX, socket.SOCK_DGRAM)

    def test_types(self):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
            with self.subTest(type=kind.name):
                self.assertPair((socket.AF_UNIX, kind), socket.AF_UNIX, kind)
                self.assertPair((socket.AF_UNIX, kind, 0), socket.AF_UNIX, kind)

    def test_plain_numbers(self):
        self.assertPair((int(socket.AF_UNIX), int(socket.SOCK_DGRAM)), socket.AF_UNIX, socket.SOCK_DGRAM)

    def test_keywords(self):
        self.assertPair({"type": socket.SOCK_SEQPACKET}, socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.assertPair({"family": socket.AF_UNIX, "type": socket.SOCK_DGRAM, "proto": 0},
                        socket.AF_UNIX, socket.SOCK_DGRAM)

    def test_protocol_may_be_the_number_of_the_family(self):
        number = int(socket.AF_UNIX)
        self.assertPair({"proto": number}, socket.AF_UNIX, socket.SOCK_STREAM, number)

    def test_ip_families_have_no_pairs(self):
        for family in (socket.AF_INET, socket.AF_INET6):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with self.subTest(family=family.name, type=kind.name):
                    failure = self.assertErrno(errno.EOPNOTSUPP, socket.socketpair, family, kind)
                    self.assertEqual(str(failure), "[Errno %d] Operation not supported" % errno.EOPNOTSUPP)

    def test_family_type_or_protocol_that_does_not_exist(self):
        self.assertErrno(errno.EAFNOSUPPORT, socket.socketpair, 9999)
        self.assertErrno(errno.EPROTONOSUPPORT, socket.socketpair, socket.AF_UNIX, socket.SOCK_STREAM, 77)
        self.assertRaises(OSError, socket.socketpair, socket.AF_UNIX, 9)

    def test_arguments_that_are_no_integers(self):
        for arguments in (("x",), (1.0,), (socket.AF_UNIX, "x"), (socket.AF_UNIX, None),
                          (socket.AF_UNIX, socket.SOCK_STREAM, "x")):
            with self.subTest(arguments=arguments):
                self.assertRaises(TypeError, socket.socketpair, *arguments)
        self.assertRaises(TypeError, socket.socketpair, socket.AF_UNIX, socket.SOCK_STREAM, 0, 0)

    def test_nonblock_flag(self):
        for end in self.both(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK):
            self.assertIs(end.type, socket.SOCK_STREAM)
            self.assertEqual(end.gettimeout(), 0.0)
            self.assertRaises(BlockingIOError, end.recv, 1)

    def test_cloexec_flag(self):
        for end in self.both(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC):
            self.assertIs(end.type, socket.SOCK_STREAM)
            self.assertFalse(end.get_inheritable())

    def test_ends_are_not_inheritable(self):
        for end in self.both():
            self.assertIs(end.get_inheritable(), False)
            end.set_inheritable(True)
            self.assertIs(end.get_inheritable(), True)

    def test_ends_are_blocking_by_default(self):
        for end in self.both():
            self.assertIsNone(end.gettimeout())
            self.assertTrue(end.getblocking())

    def test_ends_have_the_default_timeout(self):
        with default_timeout(LIMIT + 1):
            left, right = self.both()
        self.assertEqual((left.gettimeout(), right.gettimeout()), (LIMIT + 1, LIMIT + 1))

    def test_ends_have_descriptors_of_their_own(self):
        left, right = self.both()
        self.assertGreaterEqual(left.fileno(), 0)
        self.assertGreaterEqual(right.fileno(), 0)
        self.assertNotEqual(left.fileno(), right.fileno())

    def test_ends_have_no_names(self):
        for end in self.both():
            self.assertEqual(end.getsockname(), "")
            self.assertEqual(end.getpeername(), "")
            self.assertNotIn("addr", repr(end))

    def test_ends_close_after_a_with_block(self):
        left, right = self.both()
        with left, right:
            pass
        self.assertEqual((left.fileno(), right.fileno()), (-1, -1))


class ConversationCases:
    """What holds for both directions of a pair of each type."""

    def setUp(self):
        super().setUp()
        self.left, self.right = self.pair(socket.AF_UNIX, self.kind)

    def test_both_directions(self):
        self.assertEqual(self.left.send(MESSAGE), len(MESSAGE))
        self.assertEqual(self.right.recv(1024), MESSAGE)
        self.right.send(b"answer")
        self.assertEqual(self.left.recv(1024), b"answer")

    def test_from_a_thread(self):
        receiving = self.peer(self.right.recv, 1024)
        self.left.send(MESSAGE)
        self.assertEqual(receiving.join(), MESSAGE)

    def test_peek_leaves_the_data(self):
        self.left.send(MESSAGE)
        self.assertEqual(self.right.recv(1024, socket.MSG_PEEK), MESSAGE)
        self.assertEqual(self.right.recv(1024), MESSAGE)

    def test_an_end_may_be_duplicated(self):
        copy = self.bounded(self.right.dup())
        self.right.close()
        self.left.send(MESSAGE)
        self.assertEqual(copy.recv(1024), MESSAGE)

    def test_send_after_shutdown_of_writing_is_a_broken_pipe(self):
        self.left.shutdown(socket.SHUT_WR)
        failure = self.assertErrno(errno.EPIPE, self.left.send, MESSAGE)
        self.assertIs(type(failure), BrokenPipeError)

    def test_send_to_an_end_that_no_longer_reads_is_a_broken_pipe(self):
        self.right.shutdown(socket.SHUT_RD)
        self.assertRaises(BrokenPipeError, self.left.send, MESSAGE)

    def test_closed_end(self):
        self.right.close()
        self.assertErrno(errno.EBADF, self.right.recv, 1)
        self.assertErrno(errno.EBADF, self.right.send, b"x")


class ConnectedConversationCases(ConversationCases):
    """What streams and packets add: the end of one side is seen by the other."""

    def test_closing_ends_what_the_other_reads(self):
        self.left.send(MESSAGE)
        self.left.close()
        self.assertEqual(self.right.recv(1024), MESSAGE)
        self.assertEqual(self.right.recv(1024), b"")
        self.assertEqual(self.right.recv(1024), b"")

    def test_send_to_a_closed_end_is_a_broken_pipe(self):
        self.right.close()
        self.assertRaises(BrokenPipeError, self.left.send, MESSAGE)
        self.assertRaises(BrokenPipeError, self.left.sendall, MESSAGE)

    def test_shutdown_of_writing_leaves_the_other_direction(self):
        self.left.shutdown(socket.SHUT_WR)
        self.assertEqual(self.right.recv(1024), b"")
        self.right.send(MESSAGE)
        self.assertEqual(self.left.recv(1024), MESSAGE)

    def test_recv_after_shutdown_of_reading_is_empty(self):
        self.left.shutdown(socket.SHUT_RD)
        self.assertEqual(self.left.recv(1024), b"")

    def test_shutdown_both_ways(self):
        self.left.shutdown(socket.SHUT_RDWR)
        self.assertEqual(self.right.recv(1024), b"")
        self.assertEqual(self.left.recv(1024), b"")
        self.assertRaises(BrokenPipeError, self.right.send, MESSAGE)

    def test_closing_with_unread_data_resets(self):
        self.left.send(MESSAGE)
        self.right.close()
        failure = self.assertErrno(errno.ECONNRESET, self.left.recv, 1)
        self.assertIs(type(failure), ConnectionResetError)


class StreamPairTest(ConnectedConversationCases, SocketTestCase):
    kind = socket.SOCK_STREAM

    def test_stream_has_no_bounds(self):
        self.left.send(b"one")
        self.left.send(b"two")
        self.assertEqual(self.right.recv(1024), b"onetwo")

    def test_large_data_both_ways_at_once(self):
        there = pattern(1 << 20)
        back = there[::-1]
        self.peer(self.left.sendall, there)
        self.peer(self.right.sendall, back)
        at_left = self.peer(read_exactly, self.left, len(back))
        self.assertTrue(read_exactly(self.right, len(there)) == there)
        self.assertTrue(at_left.join() == back)

    def test_send_in_blocking_mode_takes_all_however_large(self):
        data = pattern(1 << 20)
        self.left.settimeout(None)
        sending = self.peer(self.left.send, data)
        self.assertTrue(read_exactly(self.right, len(data)) == data)
        self.assertEqual(sending.join(), len(data))

    def test_send_with_a_timeout_gives_what_fits(self):
        size = 64 << 20
        sent = self.left.send(bytes(size))
        self.assertGreater(sent, 0)
        self.assertLess(sent, size)
        self.left.close()
        self.assertEqual(len(read_to_end(self.right)), sent)


@requires(socket, "SOCK_SEQPACKET")
class PacketPairTest(ConnectedConversationCases, SocketTestCase):
    kind = getattr(socket, "SOCK_SEQPACKET", None)

    def test_packets_keep_their_bounds(self):
        for data in (b"one", b"two"):
            self.left.send(data)
        self.assertEqual(self.right.recv(2), b"on")
        self.assertEqual(self.right.recv(1024), b"two")


class DatagramPairTest(ConversationCases, SocketTestCase):
    kind = socket.SOCK_DGRAM

    def test_datagrams_keep_their_bounds(self):
        for data in (b"one", b"", b"two"):
            self.left.send(data)
        self.assertEqual([self.right.recv(1024) for _ in range(3)], [b"one", b"", b"two"])

    def test_send_to_a_closed_end_is_refused(self):
        self.right.close()
        self.assertRaises(ConnectionRefusedError, self.left.send, MESSAGE)

    def test_recv_has_no_address(self):
        self.left.send(MESSAGE)
        self.assertEqual(self.right.recvfrom(1024), (MESSAGE, None))


if __name__ == "__main__":
    unittest.main()
