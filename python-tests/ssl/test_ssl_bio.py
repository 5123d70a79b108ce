"""`ssl.MemoryBIO`, and `ssl.SSLObject` on top of it: TLS without a socket, as event loops use it."""

import ssl
import unittest

from support.streams import pattern
from support.tls import BioPair, TlsTestCase, client_context, server_context, unverifying_context


class MemoryBioTest(unittest.TestCase):
    def setUp(self):
        self.bio = ssl.MemoryBIO()

    def test_what_is_written_can_be_read(self):
        self.assertEqual(self.bio.write(b"foo"), 3)
        self.assertEqual(self.bio.read(), b"foo")
        self.assertEqual(self.bio.read(), b"")

    def test_writes_are_joined(self):
        self.bio.write(b"foo")
        self.bio.write(b"bar")
        self.assertEqual(self.bio.read(), b"foobar")

    def test_reading_in_parts(self):
        self.bio.write(b"baz")
        self.assertEqual(self.bio.read(2), b"ba")
        self.assertEqual(self.bio.read(1), b"z")
        self.assertEqual(self.bio.read(1), b"")

    def test_more_than_there_is(self):
        self.bio.write(b"foo")
        self.assertEqual(self.bio.read(100), b"foo")

    def test_a_number_below_zero_reads_all(self):
        self.bio.write(b"foo")
        self.assertEqual(self.bio.read(-1), b"foo")

    def test_nothing_at_all(self):
        self.bio.write(b"foo")
        self.assertEqual(self.bio.read(0), b"")
        self.assertEqual(self.bio.write(b""), 0)
        self.assertEqual(self.bio.pending, 3)

    def test_much(self):
        data = pattern(1 << 20)
        for at in range(0, len(data), 70001):
            self.bio.write(data[at : at + 70001])
        self.assertEqual(self.bio.pending, len(data))
        self.assertEqual(self.bio.read(12345) + self.bio.read(), data)

    def test_how_much_there_is(self):
        self.assertEqual(self.bio.pending, 0)
        self.bio.write(b"foo")
        for left in (2, 1, 0):
            self.bio.read(1)
            self.assertEqual(self.bio.pending, left)
        for there in (1, 2, 3):
            self.bio.write(b"x")
            self.assertEqual(self.bio.pending, there)

    def test_the_end_comes_after_what_was_written(self):
        self.assertIs(self.bio.eof, False)
        self.assertEqual(self.bio.read(), b"")
        self.assertIs(self.bio.eof, False)
        self.bio.write(b"foo")
        self.bio.write_eof()
        self.assertIs(self.bio.eof, False)
        self.assertEqual(self.bio.read(2), b"fo")
        self.assertIs(self.bio.eof, False)
        self.assertEqual(self.bio.read(1), b"o")
        self.assertIs(self.bio.eof, True)
        self.assertEqual(self.bio.read(), b"")
        self.assertIs(self.bio.eof, True)

    def test_nothing_is_written_after_the_end(self):
        self.bio.write_eof()
        with self.assertRaises(ssl.SSLError) as caught:
            self.bio.write(b"x")
        self.assertEqual(caught.exception.args, ("cannot write() after write_eof()",))

    def test_each_kind_of_buffer(self):
        for data in (b"bar", bytearray(b"bar"), memoryview(b"bar"), memoryview(b"xbarx")[1:4]):
            with self.subTest(type=type(data).__name__):
                self.assertEqual(self.bio.write(data), 3)
                self.assertEqual(self.bio.read(), b"bar")

    def test_buffers_have_to_be_contiguous(self):
        with self.assertRaises(BufferError):
            self.bio.write(memoryview(bytearray(b"noncontig"))[::-2])

    def test_what_is_no_buffer_is_refused(self):
        for data, name in (("foo", "str"), (None, "NoneType"), (True, "bool"), (1, "int")):
            with self.subTest(type=name):
                with self.assertRaises(TypeError) as caught:
                    self.bio.write(data)
                self.assertEqual(str(caught.exception), "a bytes-like object is required, not '%s'" % name)

    def test_its_state_cannot_be_assigned(self):
        for name in ("pending", "eof"):
            with self.assertRaises(AttributeError):
                setattr(self.bio, name, 1)


class HandshakeTest(TlsTestCase):
    def test_nothing_is_negotiated_before(self):
        client = BioPair().client
        self.assertIsNone(client.cipher())
        self.assertIsNone(client.version())
        self.assertIsNone(client.shared_ciphers())
        self.assertIsNone(client.selected_alpn_protocol())
        self.assertIsNone(client.compression())
        self.assertIsNone(client.session)
        self.assertEqual(client.pending(), 0)

    def test_what_it_is_made_of(self):
        context = client_context()
        pair = BioPair(context)
        self.assertIs(pair.client.context, context)
        self.assertIs(pair.client.server_side, False)
        self.assertEqual(pair.client.server_hostname, "localhost")
        self.assertIs(pair.client._sslobj.owner, pair.client)
        self.assertIs(pair.server.server_side, True)
        self.assertIsNone(pair.server.server_hostname)

    def test_the_client_speaks_first(self):
        pair = BioPair()
        with self.assertRaises(ssl.SSLWantReadError):
            pair.server.do_handshake()
        self.assertEqual(pair.to_client.pending, 0)
        with self.assertRaises(ssl.SSLWantReadError):
            pair.client.do_handshake()
        self.assertGreater(pair.to_server.pending, 100)

    def test_both_ends_agree(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version=version.name):
                pair = BioPair(client_context(version=version)).connected()
                self.assertEqual(pair.client.version(), version.name.replace("_", "."))
                self.assertEqual(pair.client.version(), pair.server.version())
                self.assertEqual(pair.client.cipher(), pair.server.cipher())
                self.assertIsNone(pair.client.compression())
                self.assertIsNone(pair.client.shared_ciphers())
                self.assertIn(pair.client.cipher(), pair.server.shared_ciphers())

    def test_a_handshake_that_is_done_does_nothing_more(self):
        pair = BioPair().connected()
        pair.client.do_handshake()
        pair.server.do_handshake()

    def test_bytes_may_come_one_by_one(self):
        client_in, client_out, server_in, server_out = (ssl.MemoryBIO() for _ in range(4))
        client = client_context().wrap_bio(client_in, client_out, server_hostname="localhost")
        server = server_context().wrap_bio(server_in, server_out, server_side=True)
        self.step(client)
        self.drip(client_out, server_in, server)
        self.drip(server_out, client_in, client)
        self.drip(client_out, server_in, server)
        client.write(b"foo")
        server_in.write(client_out.read())
        self.assertEqual(server.read(), b"foo")

    @staticmethod
    def step(end):
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            pass

    def drip(self, source, target, end):
        while byte := source.read(1):
            target.write(byte)
            self.step(end)

    def test_both_directions_have_to_be_memory(self):
        with self.assertRaises(TypeError):
            client_context().wrap_bio(3, ssl.MemoryBIO(), server_hostname="localhost")
        with self.assertRaises(TypeError):
            client_context().wrap_bio(ssl.MemoryBIO(), None, server_hostname="localhost")

    def test_the_context_can_be_exchanged(self):
        first, second = client_context(), client_context()
        pair = BioPair(first).connected()
        pair.client.context = second
        self.assertIs(pair.client.context, second)
        self.assertIs(pair.client._sslobj.context, second)
        self.assertEqual(pair.send(b"foo"), b"foo")


class DataTest(TlsTestCase):
    def setUp(self):
        self.pair = BioPair().connected()

    def test_both_ways(self):
        self.assertEqual(self.pair.send(b"to the server"), b"to the server")
        self.assertEqual(self.pair.send(b"to the client", self.pair.server), b"to the client")

    def test_nothing_there(self):
        self.pair.send(b"x", self.pair.server)
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.read()
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.server.read()

    def test_what_is_left_of_a_record_is_pending(self):
        self.pair.client.write(b"foobar")
        self.assertEqual(self.pair.server.pending(), 0)
        self.assertEqual(self.pair.server.read(2), b"fo")
        self.assertEqual(self.pair.server.pending(), 4)
        self.assertEqual(self.pair.server.read(100), b"obar")
        self.assertEqual(self.pair.server.pending(), 0)

    def test_into_a_buffer(self):
        buffer = bytearray(b"....")
        self.pair.client.write(b"foobar")
        self.assertEqual(self.pair.server.read(3, buffer), 3)
        self.assertEqual(buffer, b"foo.")
        self.assertEqual(self.pair.server.read(100, memoryview(buffer)), 3)
        self.assertEqual(buffer, b"bar.")

    def test_each_kind_of_buffer(self):
        for data in (b"bar", bytearray(b"bar"), memoryview(b"xbarx")[1:4]):
            self.assertEqual(self.pair.client.write(data), 3)
            self.assertEqual(self.pair.server.read(), b"bar")

    def test_much(self):
        data = pattern(1 << 20)
        self.assertEqual(self.pair.send(data), data)

    def test_records_hold_no_plain_text(self):
        self.pair.client.write(b"a secret word")
        self.assertNotIn(b"secret", self.pair.to_server.read())

    def test_nothing_is_sent_for_nothing(self):
        self.pair.to_server.read()
        self.assertEqual(self.pair.client.write(b""), 0)
        self.assertEqual(self.pair.client.read(0), b"")

    def test_an_altered_record_is_refused(self):
        self.pair.client.write(b"foo")
        record = bytearray(self.pair.to_server.read())
        record[-1] ^= 1
        self.pair.to_server.write(record)
        with self.assertRaises(ssl.SSLError) as caught:
            self.pair.server.read()
        self.assertReason("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", caught.exception)

    def test_a_record_taken_out_is_noticed(self):
        self.pair.client.write(b"foo")
        self.pair.to_server.read()
        self.pair.client.write(b"bar")
        with self.assertRaises(ssl.SSLError) as caught:
            self.pair.server.read()
        self.assertReason("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", caught.exception)


class EndCases:
    """How connections end. `version` is the version of TLS."""

    def setUp(self):
        self.pair = self.new_pair().connected()
        # The tickets of TLS 1.3 are out of the way.
        self.pair.send(b"x", self.pair.server)

    def new_pair(self):
        return BioPair(client_context(version=self.version))

    def test_the_first_waits_for_the_second(self):
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        self.assertIsNone(self.pair.server.unwrap())
        self.assertIsNone(self.pair.client.unwrap())

    def test_data_before_the_end_is_not_lost(self):
        self.pair.client.write(b"last words")
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        self.assertEqual(self.pair.server.read(), b"last words")
        self.assertEqual(self.pair.server.read(), b"")

    def test_the_end_reads_as_nothing_again_and_again(self):
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        for _ in range(2):
            self.assertEqual(self.pair.server.read(), b"")
            self.assertEqual(self.pair.server.read(10, bytearray(10)), 0)

    def test_nothing_is_written_after_the_end(self):
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        with self.assertRaises(ssl.SSLError) as caught:
            self.pair.client.write(b"more")
        self.assertReason("PROTOCOL_IS_SHUTDOWN", caught.exception)

    def test_an_end_without_notice_is_a_truncation(self):
        self.pair.to_client.write_eof()
        with self.assertRaises(ssl.SSLEOFError) as caught:
            self.pair.client.read()
        self.assertEqual(caught.exception.errno, ssl.SSL_ERROR_EOF)
        self.assertReason("UNEXPECTED_EOF_WHILE_READING", caught.exception)
        self.assertTrue(
            str(caught.exception).startswith(
                "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol"
            ),
            caught.exception,
        )

    def test_an_end_in_the_handshake_is_a_truncation(self):
        pair = self.new_pair()
        with self.assertRaises(ssl.SSLWantReadError):
            pair.client.do_handshake()
        pair.to_client.write_eof()
        with self.assertRaises(ssl.SSLEOFError):
            pair.client.do_handshake()

    def test_a_connection_that_has_not_begun_cannot_be_ended_but_can_begin(self):
        pair = self.new_pair()
        with self.assertRaises(ssl.SSLError) as caught:
            pair.client.unwrap()
        self.assertReason("SHUTDOWN_WHILE_IN_INIT", caught.exception)
        self.assertEqual(pair.connected().send(b"hello"), b"hello")

    def test_while_it_waits_for_the_other_s_end_there_is_nothing_old_to_read(self):
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        self.assertEqual(self.pair.client.pending(), 0)
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.read(3)

    def test_after_its_own_end_it_still_reads_what_the_other_sends(self):
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        self.pair.server.write(b"late")
        self.assertEqual(self.pair.client.read(), b"late")
        self.assertIsNone(self.pair.server.unwrap())
        self.assertIsNone(self.pair.client.unwrap())

    def test_once_both_have_ended_reading_is_an_error(self):
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        self.pair.server.unwrap()
        with self.assertRaises(ssl.SSLZeroReturnError) as caught:
            self.pair.client.read()
        self.assertEqual(caught.exception.errno, ssl.SSL_ERROR_ZERO_RETURN)
        self.assertTrue(str(caught.exception).startswith("TLS/SSL connection has been closed (EOF)"))

    def test_a_refused_write_does_not_keep_it_from_ending(self):
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        with self.assertRaises(ssl.SSLError):
            self.pair.client.write(b"more")
        self.assertIsNone(self.pair.server.unwrap())
        self.assertIsNone(self.pair.client.unwrap())

    def test_a_failed_handshake_leaves_no_connection(self):
        pair = BioPair(client_context(version=self.version), hostname="other.test")
        self.assertIsInstance(pair.handshake().client, ssl.SSLCertVerificationError)
        for call, arguments in ((pair.client.read, ()), (pair.client.write, (b"x",)), (pair.client.unwrap, ())):
            with self.assertRaises(ssl.SSLError) as caught:
                call(*arguments)
            self.assertNotIsInstance(caught.exception, ssl.SSLWantReadError)
        with self.assertRaises(ValueError):
            pair.client.getpeercert()


class EndOfTls12Test(EndCases, TlsTestCase):
    version = ssl.TLSVersion.TLSv1_2


class EndOfTls13Test(EndCases, TlsTestCase):
    version = ssl.TLSVersion.TLSv1_3

    def test_after_the_other_s_end_there_is_still_a_way_to_answer(self):
        """In TLS 1.2 an end answers a notice at once with its own (RFC 5246, 7.2.1; RFC 8446, 6.1)."""
        with self.assertRaises(ssl.SSLWantReadError):
            self.pair.client.unwrap()
        self.assertEqual(self.pair.server.read(), b"")
        self.assertEqual(self.pair.server.write(b"answer"), 6)


class ChannelBindingTest(TlsTestCase):
    def test_unknown_types_are_refused(self):
        with self.assertRaises(ValueError):
            BioPair().client.get_channel_binding("unknown-type")

    @unittest.skipUnless(
        "tls-unique" in ssl.CHANNEL_BINDING_TYPES, "the TLS library gives no access to the Finished messages"
    )
    def test_both_ends_have_the_same_and_each_connection_another(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version=version.name):
                pair = BioPair(unverifying_context(version))
                self.assertIsNone(pair.client.get_channel_binding())
                pair.connected()
                binding = pair.client.get_channel_binding("tls-unique")
                self.assertEqual(binding, pair.server.get_channel_binding("tls-unique"))
                self.assertGreaterEqual(len(binding), 12)
                other = BioPair(unverifying_context(version)).connected()
                self.assertNotEqual(binding, other.client.get_channel_binding())
