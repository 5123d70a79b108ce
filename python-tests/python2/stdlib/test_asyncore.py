"""asyncore and asynchat: event loops over select and poll."""

import asynchat
import asyncore
import errno
import os
import select
import socket
import sys
import time
import unittest

try:
    import fcntl
except ImportError:
    fcntl = None

from support import HAS_IPV6, HOST, HOST6, LIMIT, SocketTestCase, receive_all

NEVER_OPEN = 2**31 - 1
"""A descriptor number that no file gets, in CPython or here."""


class LoopCase(SocketTestCase):
    use_poll = False

    def setUp(self):
        self.map = {}
        self.addCleanup(asyncore.close_all, self.map, True)

    def loop_until(self, condition):
        end = time.time() + LIMIT
        while not condition():
            self.assertTrue(time.time() < end, "it did not come to pass")
            asyncore.loop(0.1, self.use_poll, self.map, 1)

    def server(self, handler, family=socket.AF_INET, address=None):
        address = address or (HOST6 if family == socket.AF_INET6 else HOST, 0)
        return Server(self.map, family, address, handler)


class Server(asyncore.dispatcher):
    def __init__(self, socket_map, family, address, handler):
        asyncore.dispatcher.__init__(self, map=socket_map)
        self.handler, self.accepted = handler, []
        self.create_socket(family, socket.SOCK_STREAM)
        self.set_reuse_addr()
        self.bind(address)
        self.listen(5)
        self.address = self.socket.getsockname()

    def handle_accept(self):
        pair = self.accept()
        if pair is not None:
            self.accepted.append(self.handler(pair[0], self._map))


class Echo(asyncore.dispatcher_with_send):
    def __init__(self, sock, socket_map):
        asyncore.dispatcher_with_send.__init__(self, sock, socket_map)
        self.closed_by_peer = False

    def handle_read(self):
        self.send(self.recv(4096).upper())

    def handle_close(self):
        self.closed_by_peer = True
        self.close()


class Client(asyncore.dispatcher_with_send):
    def __init__(self, socket_map, family, address, data):
        asyncore.dispatcher_with_send.__init__(self, map=socket_map)
        self.received, self.events, self.failure = "", [], None
        self.data = data
        self.create_socket(family, socket.SOCK_STREAM)
        self.connect(address)

    def handle_connect(self):
        self.events.append("connect")
        self.send(self.data)

    def handle_read(self):
        self.received += self.recv(4096)

    def handle_close(self):
        self.events.append("close")
        self.close()

    def handle_error(self):
        self.failure = sys.exc_info()[1]
        self.close()


class FileReader(asyncore.file_dispatcher):
    def __init__(self, fd, socket_map):
        self.received, self.closed = "", False
        asyncore.file_dispatcher.__init__(self, fd, socket_map)

    def writable(self):
        return False

    def handle_read(self):
        self.received += self.recv(100)

    def handle_close(self):
        self.closed = True
        self.close()


class FileWriter(asyncore.file_dispatcher):
    def __init__(self, fd, socket_map, data):
        self.data, self.closed = data, False
        asyncore.file_dispatcher.__init__(self, fd, socket_map)

    def readable(self):
        return False

    def handle_write(self):
        self.data = self.data[self.send(self.data) :]
        if not self.data:
            self.closed = True
            self.close()


class AsyncoreCase(LoopCase):
    def test_echo(self):
        families = [socket.AF_INET] + ([socket.AF_INET6] if HAS_IPV6 else [])
        for family in families:
            server = self.server(Echo, family)
            client = Client(self.map, family, server.address, "hello")
            self.loop_until(lambda: client.received == "HELLO")
            client.close()
            self.loop_until(lambda: server.accepted[0].closed_by_peer)

    def test_over_unix(self):
        server = self.server(Echo, socket.AF_UNIX, self.path())
        client = Client(self.map, socket.AF_UNIX, server.address, "hello")
        self.loop_until(lambda: client.received == "HELLO")

    def test_much_data(self):
        server = self.server(Echo)
        data = "0123456789" * 100000
        client = Client(self.map, socket.AF_INET, server.address, data)
        self.loop_until(lambda: len(client.received) == len(data))
        self.assertTrue(client.received == data)

    def test_the_server_closes(self):
        server = self.server(Echo)
        client = Client(self.map, socket.AF_INET, server.address, "x")
        self.loop_until(lambda: client.received == "X")
        server.accepted[0].close()
        self.loop_until(lambda: "close" in client.events)

    def test_nobody_listens(self):
        address = self.refused_address()
        client = Client(self.map, socket.AF_INET, address, "x")
        self.loop_until(lambda: client.failure is not None or "close" in client.events)
        if client.failure is not None:
            self.assertEqual(client.failure.args[0], errno.ECONNREFUSED)

    def test_sent_by_urgent_bytes(self):
        seen = []

        class Expedited(Echo):
            def handle_expt(self):
                seen.append(self.socket.recv(1, socket.MSG_OOB))

        server = self.server(Expedited)
        client = self.own(socket.create_connection(server.address, LIMIT))
        self.loop_until(lambda: server.accepted)
        client.send("!", socket.MSG_OOB)
        self.loop_until(lambda: seen)
        self.assertEqual(seen[0], "!")

    def test_an_object_of_the_map_that_closed_is_dropped(self):
        left, right = self.pair()
        socket_map = {}
        channel = asyncore.dispatcher(left, socket_map)
        self.assertEqual(socket_map, {left.fileno(): channel})
        channel.close()
        self.assertEqual(socket_map, {})

    def test_a_descriptor(self):
        reader, writer = os.pipe()
        os.write(writer, "through a pipe")
        os.close(writer)
        channel = FileReader(reader, self.map)
        os.close(reader)
        self.loop_until(lambda: channel.closed)
        self.assertEqual(channel.received, "through a pipe")
        self.assertEqual(self.map, {})

    def test_an_object_with_a_descriptor(self):
        left, right = self.pair()
        channel = FileReader(right, self.map)
        right.close()
        left.sendall("through a socket")
        self.loop_until(lambda: channel.received == "through a socket")
        left.close()
        self.loop_until(lambda: channel.closed)

    def test_writing_to_a_descriptor(self):
        left, right = self.pair()
        channel = FileWriter(left.fileno(), self.map, "0123456789" * 100000)
        left.close()
        peer = self.peer(receive_all, right)
        self.loop_until(lambda: channel.closed)
        self.assertTrue(peer.join() == "0123456789" * 100000)

    @unittest.skipIf(fcntl is None, "this platform has no fcntl")
    def test_a_file_becomes_non_blocking(self):
        left, right = self.pair()
        fcntl.fcntl(left, fcntl.F_SETFL, fcntl.fcntl(left, fcntl.F_GETFL) & ~os.O_NONBLOCK)
        channel = FileReader(left.fileno(), self.map)
        self.assertTrue(fcntl.fcntl(left, fcntl.F_GETFL) & os.O_NONBLOCK)
        with self.assertRaises(OSError) as caught:
            channel.recv(1)
        self.assertEqual(caught.exception.errno, errno.EAGAIN)

    def test_what_is_no_open_descriptor(self):
        for number in -1, NEVER_OPEN:
            with self.assertRaises(OSError) as caught:
                asyncore.file_dispatcher(number, self.map)
            self.assertEqual(caught.exception.errno, errno.EBADF)
        self.assertRaises(TypeError, asyncore.file_dispatcher, None, self.map)
        self.assertEqual(self.map, {})

    def test_how_a_dispatcher_of_files_shows_itself(self):
        left, _ = self.pair()
        channel = asyncore.file_dispatcher(left.fileno(), self.map)
        self.assertEqual(repr(channel).partition(" at ")[0], "<asyncore.file_dispatcher connected")
        self.assertEqual(str(asyncore.file_wrapper), "asyncore.file_wrapper")


class AsyncoreOverSelectTest(AsyncoreCase):
    pass


@unittest.skipUnless(hasattr(select, "poll"), "no select.poll here")
class AsyncoreOverPollTest(AsyncoreCase):
    use_poll = True


class FileWrapperTest(SocketTestCase):
    def wrapped(self):
        """A wrapper, and the socket that its file is connected to."""
        left, right = self.pair()
        wrapper = asyncore.file_wrapper(left.fileno())
        self.addCleanup(wrapper.close)
        self.assertNotEqual(wrapper.fd, left.fileno())
        left.close()
        return wrapper, right

    def test_it_reads_by_two_names(self):
        wrapper, peer = self.wrapped()
        peer.sendall("one, two")
        self.assertEqual(wrapper.recv(3), "one")
        self.assertEqual(wrapper.read(100), ", two")

    def test_it_writes_by_two_names(self):
        wrapper, peer = self.wrapped()
        self.assertEqual((wrapper.send("one"), wrapper.write(", two")), (3, 5))
        self.assertEqual(receive_all(peer, 8), "one, two")

    def test_its_one_option(self):
        wrapper, _ = self.wrapped()
        self.assertEqual(wrapper.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 0)
        self.assertEqual(wrapper.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR, 0), 0)
        for asked in (socket.SOL_SOCKET, socket.SO_ERROR, 4), (socket.SOL_SOCKET, socket.SO_TYPE), (1000, 4):
            self.assertRaises(NotImplementedError, wrapper.getsockopt, *asked)

    def test_closing_closes_the_file_once(self):
        wrapper, peer = self.wrapped()
        wrapper.close()
        wrapper.close()
        self.assertEnds(peer)
        self.assertEqual((wrapper.fd, wrapper.fileno()), (-1, -1))
        for call, argument in (wrapper.recv, 1), (wrapper.read, 1), (wrapper.send, "x"), (wrapper.write, "x"):
            with self.assertRaises(OSError) as caught:
                call(argument)
            self.assertEqual(caught.exception.errno, errno.EBADF)

    def test_closing_what_is_not_open(self):
        wrapper, _ = self.wrapped()
        self.addCleanup(os.close, wrapper.fd)
        wrapper.fd = NEVER_OPEN
        with self.assertRaises(OSError) as caught:
            wrapper.close()
        self.assertEqual(caught.exception.errno, errno.EBADF)
        self.assertEqual(wrapper.fd, -1)
        wrapper.close()


class LineChat(asynchat.async_chat):
    def __init__(self, sock, socket_map, terminator="\n"):
        asynchat.async_chat.__init__(self, sock, socket_map)
        self.set_terminator(terminator)
        self.parts, self.found, self.closed_by_peer = [], [], False

    def collect_incoming_data(self, data):
        self.parts.append(data)

    def found_terminator(self):
        self.found.append("".join(self.parts))
        self.parts = []

    def handle_close(self):
        self.closed_by_peer = True
        self.close()


class AsynchatTest(LoopCase):
    def chat(self, terminator):
        left, right = self.tcp_pair()
        return left, LineChat(right, self.map, terminator)

    def test_terminators(self):
        for terminator in "\n", "\r\n", "qqq":
            sock, chat = self.chat(terminator)
            sock.sendall(terminator.join(["one", "", "three", "rest"]))
            self.loop_until(lambda: len(chat.found) == 3 and chat.ac_in_buffer + "".join(chat.parts) == "rest")
            self.assertEqual(chat.found, ["one", "", "three"])

    def test_a_terminator_in_two_parts(self):
        sock, chat = self.chat("\r\n")
        sock.sendall("one\r")
        self.loop_until(lambda: chat.parts or chat.ac_in_buffer)
        sock.sendall("\ntwo\r\n")
        self.loop_until(lambda: len(chat.found) == 2)
        self.assertEqual(chat.found, ["one", "two"])

    def test_a_number_of_bytes(self):
        sock, chat = self.chat(4)
        sock.sendall("12345678")
        self.loop_until(lambda: "".join(chat.found + chat.parts + [chat.ac_in_buffer]) == "12345678")
        self.assertEqual(chat.found[0], "1234")

    def test_pushing(self):
        sock, chat = self.chat("\n")
        data = "0123456789" * 50000
        chat.push("first ")
        chat.push_with_producer(asynchat.simple_producer(data))
        chat.close_when_done()
        peer = self.peer(lambda: sock.makefile().read())
        self.loop_until(lambda: not self.map)
        self.assertTrue(peer.join() == "first " + data)


del AsyncoreCase, LoopCase

if __name__ == "__main__":
    unittest.main()
