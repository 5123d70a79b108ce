"""`multiprocessing.connection` over TCP and AF_UNIX: objects, bytes, ends, keys, waiting for several at once."""

import array
import multiprocessing.connection
import os
import socket
import tempfile
import unittest
from multiprocessing import AuthenticationError, BufferTooShort

from support import HOST, LIMIT, SocketTestCase
from support.streams import SHORT, pattern

BIG = pattern(1 << 20)
KEY = b"a key of several words"


class ConnectionCase(SocketTestCase):
    def address(self):
        raise NotImplementedError

    def listen(self, **keywords):
        return self.own(multiprocessing.connection.Listener(self.address(), **keywords))

    def connect(self, listener, **keywords):
        """(the client's end, the end that was accepted)."""
        accepting = self.peer(listener.accept)
        client = self.own(multiprocessing.connection.Client(listener.address, **keywords))
        return client, self.own(accepting.join())

    def ends(self):
        return self.connect(self.listen())


class OverTcp:
    def address(self):
        return HOST, 0


class OverUnix:
    def address(self):
        made = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(made.cleanup)
        return os.path.join(made.name, "socket")


class ConnectionCases:
    """What holds for a connection of either family."""

    def test_objects(self):
        client, server = self.ends()
        for value in (None, 5, 1.5, "text", b"sample", [1, {"a": (2, 3)}], {"k": set("abc")}):
            client.send(value)
            self.assertEqual(server.recv(), value)
            server.send(value)
            self.assertEqual(client.recv(), value)

    def test_bytes(self):
        client, server = self.ends()
        for message in (b"", b"x", b"x" * 20_000, bytearray(b"array"), memoryview(b"view"), array.array("i", [1, 2])):
            client.send_bytes(message)
            self.assertEqual(server.recv_bytes(), bytes(message))

    def test_a_part_of_a_buffer(self):
        client, server = self.ends()
        client.send_bytes(b"0123456789", 3)
        self.assertEqual(server.recv_bytes(), b"3456789")
        client.send_bytes(b"0123456789", 3, 4)
        self.assertEqual(server.recv_bytes(), b"3456")
        with self.assertRaisesRegex(ValueError, "buffer length < offset"):
            client.send_bytes(b"0123", 5)

    def test_a_big_message(self):
        client, server = self.ends()
        sending = self.peer(client.send_bytes, BIG)
        self.assertTrue(server.recv_bytes() == BIG)
        sending.join()

    def test_a_big_object(self):
        client, server = self.ends()
        sending = self.peer(client.send, {"big": BIG})
        self.assertTrue(server.recv() == {"big": BIG})
        sending.join()

    def test_into_a_buffer(self):
        client, server = self.ends()
        client.send_bytes(b"sample")
        buffer = bytearray(10)
        self.assertEqual(server.recv_bytes_into(buffer, 2), 6)
        self.assertEqual(buffer, b"\0\0sample\0\0")

    def test_a_buffer_that_is_too_short(self):
        client, server = self.ends()
        client.send_bytes(b"sample")
        with self.assertRaises(BufferTooShort) as caught:
            server.recv_bytes_into(bytearray(3))
        self.assertEqual(caught.exception.args, (b"sample",))

    def test_a_message_above_the_limit(self):
        client, server = self.ends()
        client.send_bytes(b"sample")
        with self.assertRaisesRegex(OSError, "^bad message length$"):
            server.recv_bytes(3)

    def test_the_end(self):
        client, server = self.ends()
        client.send("last")
        client.close()
        self.assertEqual(server.recv(), "last")
        with self.assertRaises(EOFError):
            server.recv()

    def test_sending_to_a_peer_that_is_gone(self):
        client, server = self.ends()
        server.close()
        with self.assertRaises(ConnectionError):
            while True:
                client.send_bytes(b"sample")

    def test_a_closed_connection(self):
        client, _ = self.ends()
        self.assertGreaterEqual(client.fileno(), 0)
        client.close()
        self.assertTrue(client.closed)
        with self.assertRaisesRegex(OSError, "^handle is closed$"):
            client.send(1)

    def test_poll(self):
        client, server = self.ends()
        self.assertFalse(server.poll())
        self.assertFalse(server.poll(SHORT))
        client.send("something")
        self.assertTrue(server.poll(LIMIT))
        self.assertTrue(server.poll())
        self.assertEqual(server.recv(), "something")

    def test_poll_sees_the_end(self):
        client, server = self.ends()
        client.close()
        self.assertTrue(server.poll(LIMIT))

    def test_a_context_closes(self):
        client, _ = self.ends()
        with client:
            pass
        self.assertTrue(client.closed)

    def test_wait_for_one_of_several(self):
        listener = self.listen(backlog=5)
        ends = [self.connect(listener) for _ in range(4)]
        servers = [server for _, server in ends]
        self.assertEqual(multiprocessing.connection.wait(servers, SHORT), [])
        ends[2][0].send("third")
        self.assertEqual(multiprocessing.connection.wait(servers, LIMIT), [servers[2]])
        ends[0][0].send("first")
        self.assertEqual(multiprocessing.connection.wait([servers[0]], LIMIT), [servers[0]])
        self.assertCountEqual(multiprocessing.connection.wait(servers, LIMIT), [servers[0], servers[2]])

    def test_wait_for_a_socket_among_them(self):
        client, server = self.ends()
        left, right = self.pair()
        self.assertEqual(multiprocessing.connection.wait([server, right], 0), [])
        left.send(b"x")
        self.assertEqual(multiprocessing.connection.wait([server, right], LIMIT), [right])

    def test_wait_is_ended_by_another_thread(self):
        client, server = self.ends()
        waiting = self.peer(multiprocessing.connection.wait, [server], LIMIT)
        client.send("now")
        self.assertEqual(waiting.join(), [server])

    def test_keys_that_match(self):
        client, server = self.connect(self.listen(authkey=KEY), authkey=KEY)
        client.send("trusted")
        self.assertEqual(server.recv(), "trusted")

    def test_keys_that_do_not(self):
        listener = self.listen(authkey=KEY)

        def refuse():
            with self.assertRaises(AuthenticationError):
                listener.accept()

        accepting = self.peer(refuse)
        with self.assertRaises(AuthenticationError):
            multiprocessing.connection.Client(listener.address, authkey=b"another")
        accepting.join()

    def test_a_closed_listener(self):
        listener = self.listen()
        listener.close()
        with self.assertRaisesRegex(OSError, "^listener is closed$"):
            listener.accept()
        with self.assertRaises(OSError):
            multiprocessing.connection.Client(self.last_address(listener))


class TcpTest(OverTcp, ConnectionCases, ConnectionCase):
    def last_address(self, listener):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        return sock.getsockname()

    def test_addresses(self):
        listener = self.listen()
        self.assertEqual(listener.address[0], HOST)
        self.connect(listener)
        self.assertEqual(listener.last_accepted[0], HOST)

    def test_an_address_in_use(self):
        listener = self.listen()
        with self.assertRaises(OSError):
            multiprocessing.connection.Listener(listener.address)


class UnixTest(OverUnix, ConnectionCases, ConnectionCase):
    def last_address(self, listener):
        return self.address()

    def test_addresses(self):
        listener = self.listen()
        self.assertIsInstance(listener.address, str)
        self.connect(listener)
        self.assertEqual(listener.last_accepted, "")

    def test_the_path_goes_with_the_listener(self):
        listener = self.listen()
        path = listener.address
        self.assertTrue(os.path.exists(path))
        listener.close()
        self.assertFalse(os.path.exists(path))

    def test_a_path_of_its_own_choice(self):
        with multiprocessing.connection.Listener(family="AF_UNIX") as listener:
            self.connect(listener)


class PipeTest(SocketTestCase):
    def test_both_ways(self):
        left, right = multiprocessing.connection.Pipe()
        with left, right:
            left.send("there")
            self.assertEqual(right.recv(), "there")
            right.send("and back")
            self.assertEqual(left.recv(), "and back")

    def test_one_way(self):
        reader, writer = multiprocessing.connection.Pipe(duplex=False)
        with reader, writer:
            writer.send("there")
            self.assertEqual(reader.recv(), "there")
            with self.assertRaisesRegex(OSError, "^connection is read-only$"):
                reader.send("back")
            with self.assertRaisesRegex(OSError, "^connection is write-only$"):
                writer.recv()


if __name__ == "__main__":
    unittest.main()
