"""Data over `ssl.SSLSocket`: reading, writing, files, what TLS does not have, and each way to end a connection."""

import array
import errno
import os
import socket
import ssl
import struct
import tempfile
import time

from support.streams import pattern, read_exactly, read_to_end
from support.tls import TlsTestCase, client_context, server_context

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


class PairCase(TlsTestCase):
    """Gives each case `client` and `server`, the two ends of a connection."""

    def setUp(self):
        self.client, self.server = self.tls_pair()


class KernelTimeoutTest(PairCase):
    """SO_RCVTIMEO and SO_SNDTIMEO end no call over TLS: what a system call gives for them means "not yet" there."""

    LIMIT = struct.pack("@ll", 0, 50_000)

    LONGER = 0.2
    """Seconds that the other end takes."""

    def setUp(self):
        super().setUp()
        self.client.settimeout(None)

    def test_recv(self):
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, self.LIMIT)

        def answer():
            time.sleep(self.LONGER)
            self.server.sendall(b"late")

        answering = self.peer(answer)
        self.assertEqual(self.client.recv(100), b"late")
        answering.join()

    def test_sendall(self):
        data = pattern(8 << 20)
        for option in socket.SO_RCVTIMEO, socket.SO_SNDTIMEO:
            self.client.setsockopt(socket.SOL_SOCKET, option, self.LIMIT)

        def read():
            time.sleep(self.LONGER)
            return read_exactly(self.server, len(data))

        reading = self.peer(read)
        self.client.sendall(data)
        self.assertEqual(reading.join(), data)


class ReadingTest(PairCase):
    def test_recv(self):
        self.server.sendall(b"hello")
        self.assertEqual(self.client.recv(100), b"hello")

    def test_recv_takes_no_more_than_asked_for(self):
        self.server.sendall(b"hello")
        self.assertEqual(self.client.recv(2), b"he")
        self.assertEqual(self.client.recv(100), b"llo")

    def test_recv_without_a_number(self):
        self.server.sendall(b"hello")
        self.assertEqual(self.client.recv(), b"hello")

    def test_read(self):
        self.server.write(b"hello")
        self.assertEqual(self.client.read(2), b"he")
        self.assertEqual(self.client.read(), b"llo")

    def test_both_directions_at_once(self):
        data = pattern(1 << 20)
        sending = self.peer(self.server.sendall, data)
        back = self.peer(self.client.sendall, data)
        reading = self.peer(read_exactly, self.server, len(data))
        self.assertEqual(read_exactly(self.client, len(data)), data)
        self.assertEqual(reading.join(), data)
        sending.join()
        back.join()

    def test_recv_into(self):
        buffer = bytearray(b"......")
        self.server.sendall(b"hello")
        self.assertEqual(self.client.recv_into(buffer, 2), 2)
        self.assertEqual(buffer, b"he....")
        self.assertEqual(self.client.recv_into(memoryview(buffer)[2:]), 3)
        self.assertEqual(buffer, b"hello.")

    def test_recv_into_fills_what_there_is_room_for(self):
        buffer = bytearray(3)
        self.server.sendall(b"hello")
        self.assertEqual(self.client.recv_into(buffer), 3)
        self.assertEqual(buffer, b"hel")
        self.assertEqual(self.client.recv_into(buffer, 100), 2)
        self.assertEqual(buffer, b"lol")

    def test_recv_into_counts_bytes_not_elements(self):
        buffer = array.array("I", [0, 0])
        self.server.sendall(b"data")
        self.assertEqual(self.client.recv_into(buffer), 4)
        self.assertEqual(bytes(buffer)[:4], b"data")

    def test_read_into_a_buffer(self):
        buffer = bytearray(b"......")
        self.server.sendall(b"hello")
        self.assertEqual(self.client.read(2, buffer), 2)
        self.assertEqual(self.client.read(-1, buffer), 3)
        self.assertEqual(buffer, b"llo...")

    def test_nothing_at_all(self):
        self.server.sendall(b"data")
        self.assertEqual(self.client.recv(0), b"")
        self.assertEqual(self.client.read(0), b"")
        self.assertEqual(self.client.recv(100), b"data")

    def test_nothing_at_all_never_waits(self):
        self.client.setblocking(False)
        self.assertEqual(self.client.recv(0), b"")
        self.assertEqual(self.client.recv_into(bytearray()), 0)

    def test_a_number_below_zero(self):
        for function in (self.client.recv, self.client.read):
            with self.assertRaises(ValueError) as caught:
                function(-1)
            self.assertEqual(str(caught.exception), "size should not be negative")

    def test_a_number_and_a_writable_buffer(self):
        with self.assertRaises(TypeError):
            self.client.read("a")
        with self.assertRaises(TypeError):
            self.client.read(10, b"x")

    def test_what_is_left_of_a_record_is_pending(self):
        self.server.sendall(b"hello")
        self.assertEqual(self.client.pending(), 0)
        self.client.recv(1)
        self.assertEqual(self.client.pending(), 4)
        self.client.recv(100)
        self.assertEqual(self.client.pending(), 0)

    def test_a_record_is_read_at_most_at_once(self):
        self.server.sendall(b"one")
        self.server.sendall(b"two")
        first = self.client.recv(100)
        self.assertIn(first, (b"one", b"onetwo"))
        self.assertEqual(first + (b"" if len(first) == 6 else self.client.recv(100)), b"onetwo")


class WritingTest(PairCase):
    def test_send_gives_the_number_of_bytes(self):
        self.assertEqual(self.client.send(b"hello"), 5)
        self.assertEqual(self.client.write(b" all"), 4)
        self.assertEqual(read_exactly(self.server, 9), b"hello all")

    def test_sendall_gives_nothing(self):
        self.assertIsNone(self.client.sendall(b"hello"))
        self.assertEqual(self.server.recv(100), b"hello")

    def test_nothing_at_all(self):
        self.assertEqual(self.client.send(b""), 0)
        self.assertIsNone(self.client.sendall(b""))
        self.client.sendall(b"x")
        self.assertEqual(self.server.recv(100), b"x")

    def test_each_kind_of_buffer(self):
        for data in (b"abcd", bytearray(b"abcd"), memoryview(b"xabcdx")[1:5], array.array("B", b"abcd")):
            with self.subTest(type=type(data).__name__):
                self.assertEqual(self.client.send(data), 4)
                self.client.sendall(data)
                self.assertEqual(read_exactly(self.server, 8), b"abcdabcd")

    def test_much(self):
        data = pattern(3_000_001)
        reading = self.peer(read_exactly, self.server, len(data))
        self.client.sendall(data)
        self.assertEqual(reading.join(), data)

    def test_sizes_about_those_of_records(self):
        for size in (1, 16383, 16384, 16385, 32768, 32769, 100_000):
            with self.subTest(size=size):
                data = pattern(size)
                sending = self.peer(self.client.sendall, data)
                self.assertEqual(read_exactly(self.server, size), data)
                sending.join()

    def test_what_is_no_buffer(self):
        for data in ("text", None, 3.0):
            for function in (self.client.send, self.client.sendall):
                with self.assertRaises(TypeError):
                    function(data)

    def test_files(self):
        data = pattern(100_000)
        with tempfile.TemporaryFile(dir="/tmp") as file:
            file.write(data)
            file.seek(1000)
            reading = self.peer(read_exactly, self.server, 50_000)
            self.assertEqual(self.client.sendfile(file, offset=1000, count=50_000), 50_000)
            self.assertEqual(reading.join(), data[1000:51_000])
            self.assertEqual(file.tell(), 51_000)


class EachVersionTest(TlsTestCase):
    def test_data_both_ways(self):
        data = pattern(200_000)
        for version in (TLS12, TLS13):
            with self.subTest(version=version.name):
                client, server = self.tls_pair(client_context(version=version))
                sending = self.peer(client.sendall, data)
                self.assertEqual(read_exactly(server, len(data)), data)
                sending.join()
                sending = self.peer(server.sendall, data)
                self.assertEqual(read_exactly(client, len(data)), data)
                sending.join()


class RefusalTest(PairCase):
    """Calls of sockets that would go around TLS."""

    def assertRefused(self, kind, text, name, *arguments):
        with self.assertRaises(kind) as caught:
            getattr(self.client, name)(*arguments)
        self.assertEqual(str(caught.exception), text % ssl.SSLSocket)

    def test_datagrams(self):
        for name, arguments in (
            ("recvfrom", (1,)),
            ("recvfrom_into", (bytearray(1), 1)),
            ("sendto", (b"x", ("127.0.0.1", 1))),
        ):
            with self.subTest(name=name):
                self.assertRefused(ValueError, name + " not allowed on instances of %s", name, *arguments)

    def test_messages(self):
        for name, arguments in (("recvmsg", (1,)), ("recvmsg_into", ([bytearray(1)],)), ("sendmsg", ([b"x"],))):
            with self.subTest(name=name):
                self.assertRefused(NotImplementedError, name + " not allowed on instances of %s", name, *arguments)

    def test_flags(self):
        for name, arguments in (
            ("recv", (1, socket.MSG_PEEK)),
            ("recv_into", (bytearray(1), 1, socket.MSG_PEEK)),
            ("send", (b"x", socket.MSG_OOB)),
            ("sendall", (b"x", socket.MSG_OOB)),
        ):
            with self.subTest(name=name):
                text = "non-zero flags not allowed in calls to %s() on %%s" % name
                self.assertRefused(ValueError, text, name, *arguments)

    def test_copies(self):
        with self.assertRaises(NotImplementedError) as caught:
            self.client.dup()
        self.assertEqual(str(caught.exception), "Can't dup() SSLSocket instances")


class FileTest(PairCase):
    """`makefile` over TLS."""

    def test_lines(self):
        with self.server.makefile("w", newline="\n") as writer, self.client.makefile("r") as reader:
            writer.write("one\ntwo\n")
            writer.flush()
            self.assertEqual(reader.readline(), "one\n")
            self.assertEqual(reader.readline(), "two\n")

    def test_both_ways(self):
        with self.server.makefile("rwb") as end, self.client.makefile("rwb") as other:
            end.write(b"question\n")
            end.flush()
            other.write(other.readline().upper())
            other.flush()
            self.assertEqual(end.readline(), b"QUESTION\n")

    def test_until_the_end(self):
        data = pattern(300_000)

        def send_and_leave():
            with self.server.makefile("wb") as writer:
                writer.write(data)
            self.server.unwrap()

        sending = self.peer(send_and_leave)
        with self.client.makefile("rb") as reader:
            self.assertEqual(reader.read(), data)
        self.client.unwrap()
        sending.join()

    def test_without_a_buffer(self):
        self.server.sendall(b"hello")
        with self.client.makefile("rb", buffering=0) as reader:
            self.assertEqual(reader.read(2), b"he")
            self.assertEqual(reader.read(100), b"llo")

    def test_a_file_that_is_closed_leaves_the_socket_open(self):
        self.client.makefile("rb").close()
        self.server.sendall(b"hello")
        self.assertEqual(self.client.recv(100), b"hello")

    def test_the_descriptor_is_closed_with_the_socket(self):
        number = self.client.fileno()
        self.client.makefile().close()
        self.assertEqual(os.read(number, 0), b"")
        self.client.close()
        self.assertErrno(errno.EBADF, os.fstat, number)

    def test_the_descriptor_stays_while_a_file_is_open(self):
        self.server.sendall(b"hello")
        with self.client.makefile("rb") as reader:
            self.client.close()
            self.assertEqual(reader.read(5), b"hello")


class EndTest(TlsTestCase):
    """Connections that end as TLS requires: each end announces it."""

    def setUp(self):
        # One byte from the server takes the tickets of TLS 1.3 out of the way.
        self.client, self.server = self.tls_pair()
        self.server.sendall(b"x")
        self.client.recv(1)

    def end_both(self, first, second):
        ending = self.peer(first.unwrap)
        self.assertEqual(second.recv(1), b"")
        plain = second.unwrap()
        return ending.join(), plain

    def test_the_sockets_are_plain_again(self):
        client, server = self.end_both(self.client, self.server)
        client.sendall(b"plain")
        self.assertEqual(server.recv(100), b"plain")
        server.sendall(b"text")
        self.assertEqual(client.recv(100), b"text")

    def test_either_end_may_be_the_first(self):
        self.end_both(self.server, self.client)

    def test_nothing_is_left_of_tls(self):
        self.end_both(self.client, self.server)
        self.assertIsNone(self.client.version())
        self.assertIsNone(self.client.cipher())
        with self.assertRaises(ValueError):
            self.client.unwrap()

    def test_a_connection_may_be_wrapped_again(self):
        client, server = self.end_both(self.client, self.server)
        accepting = self.peer(self.accepted, server_context(), server)
        again = self.own(client_context().wrap_socket(client, server_hostname="localhost"))
        server = accepting.join()
        again.sendall(b"hello")
        self.assertEqual(server.recv(100), b"hello")

    def test_the_end_reads_as_nothing_again_and_again(self):
        ending = self.peer(self.server.unwrap)
        for _ in range(2):
            self.assertEqual(self.client.recv(1), b"")
            self.assertEqual(self.client.recv_into(bytearray(1)), 0)
        self.client.unwrap()
        ending.join()

    def test_data_before_the_end_is_read_first(self):
        data = pattern(100_000)

        def send_and_end():
            self.server.sendall(data)
            self.server.unwrap()

        ending = self.peer(send_and_end)
        self.assertEqual(read_to_end(self.client), data)
        self.client.unwrap()
        ending.join()

    def test_unwrapping_twice(self):
        self.end_both(self.client, self.server)
        with self.assertRaises(ValueError):
            self.server.unwrap()


class TruncationTest(TlsTestCase):
    """Connections that end without notice: an attacker can do that."""

    def cut(self, **keywords):
        client, server = self.tls_pair(**keywords)
        server.sendall(b"half")
        self.assertEqual(read_exactly(client, 4), b"half")
        server.close()
        return client

    def test_is_an_error_if_asked_for(self):
        client = self.cut(suppress_ragged_eofs=False)
        with self.assertRaises(ssl.SSLEOFError) as caught:
            client.recv(1)
        self.assertEqual(caught.exception.errno, ssl.SSL_ERROR_EOF)
        self.assertIn("EOF occurred in violation of protocol", str(caught.exception))
        with self.assertRaises(ssl.SSLEOFError):
            client.recv_into(bytearray(1))

    def test_reads_as_the_end_if_not(self):
        client = self.cut()
        self.assertIs(client.suppress_ragged_eofs, True)
        self.assertEqual(client.recv(1), b"")
        self.assertEqual(client.recv_into(bytearray(1)), 0)

    def test_makes_unwrapping_fail(self):
        with self.assertRaises(OSError):
            self.cut().unwrap()

    def test_within_a_record(self):
        """The client is on a plain connection to the test, which hands it what a server in memory says."""
        plain, here = self.tcp_pair()
        serving = self.peer(self.half_a_record, here)
        with client_context().wrap_socket(
            plain, server_hostname="localhost", suppress_ragged_eofs=False
        ) as client:
            with self.assertRaises(ssl.SSLEOFError):
                client.recv(100)
        serving.join()

    @staticmethod
    def half_a_record(sock):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        end = server_context().wrap_bio(incoming, outgoing, server_side=True)
        while True:
            try:
                end.do_handshake()
                break
            except ssl.SSLWantReadError:
                sock.sendall(outgoing.read())
                incoming.write(sock.recv(1 << 16))
        sock.sendall(outgoing.read())
        end.write(b"a secret word")
        record = outgoing.read()
        sock.sendall(record[: len(record) // 2])
        sock.shutdown(socket.SHUT_WR)


class ClosedTest(PairCase):
    def setUp(self):
        super().setUp()
        self.client.close()

    def test_reading_and_writing(self):
        with self.assertRaises(ValueError) as caught:
            self.client.read(1)
        self.assertEqual(str(caught.exception), "Read on closed or unwrapped SSL socket.")
        with self.assertRaises(ValueError) as caught:
            self.client.write(b"x")
        self.assertEqual(str(caught.exception), "Write on closed or unwrapped SSL socket.")

    def test_the_calls_of_sockets(self):
        with self.assertRaises(OSError):
            self.client.recv(1)
        with self.assertRaises(OSError):
            self.client.send(b"x")

    def test_nothing_is_known_any_more(self):
        self.assertIsNone(self.client.version())
        self.assertIsNone(self.client.cipher())
        self.assertEqual(self.client.pending(), 0)
        self.assertEqual(self.client.fileno(), -1)

    def test_there_is_nothing_to_unwrap(self):
        with self.assertRaises(ValueError):
            self.client.unwrap()


class ShutdownTest(PairCase):
    def test_it_ends_tls_too(self):
        self.client.shutdown(socket.SHUT_WR)
        self.assertIsNone(self.client.version())
        self.assertEqual(self.server.recv(1), b"")
