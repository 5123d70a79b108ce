"""asyncio over TLS: streams at both ends, start_tls, shutdown, cancellation, large transfers, refusals."""

import asyncio
import contextlib
import socket
import ssl
import unittest

from support import HOST, LIMIT, certificates
from support.asyncio import AsyncTestCase, close, echo
from support.asyncio_streams import BIG, StreamCases, StreamEnds, TcpStreams
from support.streams import SHORT, reset
from support.tls import client_context, server_context, unverifying_context
from support.tls_servers import default_context

HOSTNAME_MISMATCH, SELF_SIGNED = 62, 18


class TlsStreams(TcpStreams):
    """Gives a case streams over TLS. Without a context an end has the tests' own."""

    async def serve(self, handler, context=None, **keywords):
        return await super().serve(handler, ssl=context or server_context(), **keywords)

    async def connect(self, address, context=None, hostname="localhost", **keywords):
        context = context or client_context()
        return await super().connect(address, ssl=context, server_hostname=hostname, **keywords)

    async def connect_by(self, sock):
        return await super().connect_by(sock, ssl=client_context(), server_hostname="localhost")


class TlsStreamCase(TlsStreams, StreamEnds, AsyncTestCase):
    async def tls_pair(self, client=None, server=None):
        """As `pair`, with these contexts."""
        return await self.ends({"context": server}, {"context": client})


class StreamTest(StreamCases, TlsStreamCase):
    """What holds for plain streams holds in TLS, and what only TLS has."""

    many = 16

    async def test_what_is_known_of_the_connection(self):
        (_, near), (_, far) = await self.pair()
        self.assertIsInstance(near.get_extra_info("sslcontext"), ssl.SSLContext)
        self.assertEqual(near.get_extra_info("peercert")["subject"], ((("commonName", "localhost"),),))
        self.assertFalse(far.get_extra_info("peercert"))
        self.assertEqual(near.get_extra_info("cipher"), far.get_extra_info("cipher"))
        self.assertEqual(near.get_extra_info("cipher")[1], "TLSv1.3")
        self.assertIsNone(near.get_extra_info("compression"))
        self.assertEqual(near.get_extra_info("ssl_object").version(), "TLSv1.3")
        self.assertFalse(near.can_write_eof())

    async def test_each_version(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            with self.subTest(version):
                (reader, near), (_, far) = await self.tls_pair(server=server_context(version=version))
                far.write(b"hello\n")
                self.assertEqual(await reader.readline(), b"hello\n")
                self.assertEqual(near.get_extra_info("ssl_object").version(), version.name.replace("_", "."))

    async def test_a_large_transfer(self):
        (reader, _), (_, writer) = await self.pair()
        writer.write(BIG)
        draining = asyncio.create_task(writer.drain())
        self.assertTrue(await reader.readexactly(len(BIG)) == BIG)
        await draining

    async def test_many_small_writes(self):
        (reader, _), (_, writer) = await self.pair()
        for number in range(2000):
            writer.write(b"%d\n" % number)
        for number in range(2000):
            self.assertEqual(await reader.readline(), b"%d\n" % number)

    async def test_drain_waits_for_a_slow_reader(self):
        (_, writer), (reader, far_writer) = await self.pair()
        far_writer.transport.pause_reading()
        writes, draining = 0, None
        while draining is None or draining.done():
            writer.write(BIG)
            writes += 1
            draining = asyncio.create_task(writer.drain())
            await self.turns(10)
        self.assertGreater(writer.transport.get_write_buffer_size(), 0)
        far_writer.transport.resume_reading()
        for _ in range(writes):
            self.assertTrue(await reader.readexactly(len(BIG)) == BIG)
        await draining

    async def test_the_protocol_on_top_is_agreed_on(self):
        client, server = client_context(), server_context()
        client.set_alpn_protocols(["h2", "http/1.1"])
        server.set_alpn_protocols(["http/1.1"])
        (_, near), (_, far) = await self.tls_pair(client, server)
        for writer in (near, far):
            self.assertEqual(writer.get_extra_info("ssl_object").selected_alpn_protocol(), "http/1.1")

    async def test_a_client_shows_its_certificate(self):
        client, server = client_context(), server_context()
        server.verify_mode = ssl.CERT_REQUIRED
        server.load_verify_locations(cadata=certificates.authority().pem)
        client.load_cert_chain(certificates.authority().issue("client.test").pem_file(self.directory()))
        _, (_, far) = await self.tls_pair(client, server)
        self.assertEqual(far.get_extra_info("peercert")["subject"], ((("commonName", "client.test"),),))

    async def test_over_unix_sockets(self):
        async def handle(reader, writer):
            await echo(reader, writer)
            await close(writer)

        sock = socket.socket(socket.AF_UNIX)
        sock.bind("")
        server = await asyncio.start_unix_server(handle, sock=sock, ssl=server_context())
        await self.at_end.enter_async_context(server)
        reader, writer = await asyncio.open_unix_connection(
            sock.getsockname(), ssl=client_context(), server_hostname="localhost"
        )
        self.at_end.push_async_callback(close, writer)
        writer.write(b"hello\n")
        self.assertEqual(await reader.readline(), b"hello\n")

    async def test_a_name_to_check_is_wanted(self):
        sock = self.own(socket.create_connection(await self.serve(echo), LIMIT))
        sock.setblocking(False)
        with self.assertRaisesRegex(ValueError, "^You must set server_hostname when using ssl without a host$"):
            await asyncio.open_connection(sock=sock, ssl=client_context())
        sock.close()
        await self.turns()


class EndTest(TlsStreamCase):
    """How a connection ends."""

    async def test_both_ends_close_in_order(self):
        (near_reader, near), (far_reader, far) = await self.pair()
        near.write(b"last words")
        near.close()
        self.assertEqual(await far_reader.read(), b"last words")
        far.close()
        await near.wait_closed()
        await far.wait_closed()
        self.assertEqual(await near_reader.read(), b"")

    async def test_half_of_a_connection_cannot_be_closed(self):
        (_, writer), _ = await self.pair()
        with self.assertRaises(NotImplementedError):
            writer.write_eof()

    async def test_a_peer_that_does_not_answer_the_end(self):
        plain = self.own(socket.create_server((HOST, 0)))
        plain.settimeout(LIMIT)
        go_on = self.loop.create_future()

        def serve():
            sock, _ = plain.accept()
            end = self.own(server_context().wrap_socket(self.bounded(sock), server_side=True))
            # Says nothing more, and keeps its socket.
            self.loop.call_soon_threadsafe(go_on.set_result, None)
            return end

        serving = self.peer(serve)
        _, writer = await asyncio.open_connection(
            *plain.getsockname(), ssl=client_context(), ssl_shutdown_timeout=SHORT
        )
        await go_on
        serving.join()
        writer.close()
        with self.assertRaisesRegex(TimeoutError, "^SSL shutdown timed out$"):
            await writer.wait_closed()

    async def test_a_reset_ends_a_read(self):
        listener = self.listener()
        resetting = self.peer(self.reset_after_a_line, listener)
        reader, writer = await self.connect(listener.getsockname())
        reading = asyncio.create_task(reader.read(100))
        writer.write(b"hello\n")
        with self.assertRaises(ConnectionResetError):
            await reading
        resetting.join()

    def reset_after_a_line(self, listener):
        sock, _ = listener.accept()
        end = server_context().wrap_socket(self.bounded(sock), server_side=True)
        end.recv(100)
        reset(end)

    async def test_an_end_without_a_word_of_it(self):
        listener = self.listener()

        def serve():
            sock, _ = listener.accept()
            with server_context().wrap_socket(self.bounded(sock), server_side=True) as end:
                end.sendall(b"cut")
                end.recv(100)

        serving = self.peer(serve)
        reader, writer = await self.connect(listener.getsockname())
        self.assertEqual(await reader.readexactly(3), b"cut")
        writer.write(b"go")
        self.assertEqual(await reader.read(), b"")
        serving.join()

    async def test_a_write_after_closing_is_reported_by_drain(self):
        (_, writer), (_, far) = await self.pair()
        writer.close()
        far.close()
        await close(writer)
        with self.assertRaises(ConnectionResetError):
            await writer.drain()


class CancellationTest(TlsStreamCase):
    async def test_a_drain_that_is_cancelled_loses_nothing(self):
        (_, writer), (reader, _) = await self.pair()
        writer.write(BIG)
        draining = asyncio.create_task(writer.drain())
        await self.turns()
        draining.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await draining
        self.assertTrue(await reader.readexactly(len(BIG)) == BIG)

    async def test_a_handshake_that_is_cancelled(self):
        listener = self.listener()
        connecting = asyncio.create_task(self.connect(listener.getsockname()))
        await self.turns(10)
        self.assertFalse(connecting.done())
        connecting.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await connecting
        sock, _ = listener.accept()
        self.own(sock)
        sock.settimeout(LIMIT)
        # What was said of the handshake is all that came.
        while sock.recv(1 << 16):
            pass


class HandshakeTest(TlsStreamCase):
    """Connections that are not made."""

    async def refused(self, server, **keywords):
        """What a client gets whose server has this context."""
        address = await self.serve(echo, server)
        with self.assertRaises(ssl.SSLCertVerificationError) as caught:
            await self.connect(address, **keywords)
        return caught.exception

    async def test_another_host_is_refused(self):
        failure = await self.refused(server_context(certificates.otherhost()))
        self.assertEqual(failure.verify_code, HOSTNAME_MISMATCH)
        self.assertIn("certificate is not valid for 'localhost'", str(failure))

    async def test_a_certificate_of_its_own_is_refused(self):
        alone = certificates.self_signed("localhost", names=["localhost"])
        self.assertEqual((await self.refused(server_context(alone))).verify_code, SELF_SIGNED)

    async def test_the_host_of_the_address_is_checked(self):
        address = await self.serve(echo)
        reader, writer = await asyncio.open_connection(*address, ssl=default_context())
        self.at_end.push_async_callback(close, writer)
        writer.write(b"hello\n")
        self.assertEqual(await reader.readline(), b"hello\n")
        other = await self.serve(echo, server_context(certificates.otherhost()))
        with self.assertRaisesRegex(ssl.SSLCertVerificationError, "IP address mismatch"):
            await asyncio.open_connection(*other, ssl=default_context())

    async def test_no_verification_can_be_asked_for(self):
        address = await self.serve(echo, server_context(certificates.self_signed("alone.test")))
        reader, writer = await self.connect(address, unverifying_context())
        writer.write(b"hello\n")
        self.assertEqual(await reader.readline(), b"hello\n")

    async def test_no_common_version(self):
        address = await self.serve(echo, server_context(version=ssl.TLSVersion.TLSv1_3))
        # asyncio's server goes without a word.
        with self.assertRaises((ssl.SSLError, ConnectionResetError)):
            await self.connect(address, client_context(version=ssl.TLSVersion.TLSv1_2))

    async def test_a_server_that_knows_no_tls(self):
        async def greet(reader, writer):
            writer.write(b"220 mail.test ready\r\n")
            await reader.read(100)

        server = await self.serve_streams(greet)
        with self.assertRaises(ssl.SSLError) as caught:
            await self.connect(server.sockets[0].getsockname())
        self.assertEqual(caught.exception.reason, "WRONG_VERSION_NUMBER")

    async def test_a_server_that_goes(self):
        async def leave(reader, writer):
            await reader.read(1 << 16)

        server = await self.serve_streams(leave)
        with self.assertRaises(ConnectionResetError):
            await self.connect(server.sockets[0].getsockname())

    async def test_a_server_that_says_nothing(self):
        listener = self.listener()
        with self.assertRaisesRegex(ConnectionAbortedError, "SSL handshake is taking longer than 0.05 seconds"):
            await self.connect(listener.getsockname(), ssl_handshake_timeout=SHORT)

    async def test_a_client_that_says_nothing(self):
        address = await self.serve(echo, ssl_handshake_timeout=SHORT)
        sock = self.own(socket.socket())
        sock.setblocking(False)
        await self.loop.sock_connect(sock, address)
        self.assertEqual(await self.loop.sock_recv(sock, 1), b"")

    async def test_a_client_that_talks_nonsense(self):
        address = await self.serve(echo)
        sock = self.own(socket.socket())
        sock.setblocking(False)
        await self.loop.sock_connect(sock, address)
        await self.loop.sock_sendall(sock, b"this is no handshake\r\n" * 10)
        with contextlib.suppress(ConnectionResetError):
            # Perhaps an alert, and then the end.
            while await self.loop.sock_recv(sock, 100):
                pass
        # Others are served as before.
        reader, writer = await self.connect(address)
        writer.write(b"hello\n")
        self.assertEqual(await reader.readline(), b"hello\n")


class StartTlsTest(TlsStreamCase):
    """Connections that switch to TLS after some plain text."""

    @staticmethod
    async def asked(reader, writer):
        """A server's half in plain text: it switches once the client wants it, and waits."""
        writer.write(b"plain " + await reader.readline())
        await writer.drain()

    async def ask(self, reader, writer):
        """A client's half in plain text."""
        writer.write(b"hello\n")
        self.assertEqual(await reader.readline(), b"plain hello\n")

    async def change_over(self, reader, writer):
        """A server's half: a line in plain text, then an echo in TLS."""
        await self.asked(reader, writer)
        await writer.start_tls(server_context())
        await echo(reader, writer)

    async def plain_address(self, handler, **keywords):
        server = await self.serve_streams(handler, **keywords)
        return server.sockets[0].getsockname()

    async def test_streams(self):
        reader, writer = await self.connect_streams(await self.plain_address(self.change_over))
        await self.ask(reader, writer)
        await writer.start_tls(client_context(), server_hostname="localhost")
        self.assertEqual(writer.get_extra_info("ssl_object").version(), "TLSv1.3")
        for line in (b"one\n", b"x" * 40_000 + b"\n"):
            writer.write(line)
            self.assertEqual(await reader.readline(), line)

    async def test_transports(self):
        address = await self.plain_address(self.change_over)
        lines = asyncio.Queue()

        class Collecting(asyncio.Protocol):
            def __init__(self):
                self.got = b""

            def data_received(self, data):
                self.got += data
                while b"\n" in self.got:
                    line, _, self.got = self.got.partition(b"\n")
                    lines.put_nowait(line)

        plain, protocol = await self.loop.create_connection(Collecting, *address)
        plain.write(b"hello\n")
        self.assertEqual(await lines.get(), b"plain hello")
        transport = await self.loop.start_tls(plain, protocol, client_context(), server_hostname="localhost")
        self.at_end.callback(transport.close)
        transport.write(b"in TLS\n")
        self.assertEqual(await lines.get(), b"in TLS")
        self.assertEqual(transport.get_extra_info("cipher")[1], "TLSv1.3")

    async def test_a_large_transfer_after_it(self):
        async def send_back(reader, writer):
            await self.asked(reader, writer)
            await writer.start_tls(server_context())
            writer.write(await reader.readexactly(len(BIG)))
            await writer.drain()

        # A reader that reached its limit would stop the transport in plain, and never go on.
        address = await self.plain_address(send_back, limit=len(BIG))
        reader, writer = await self.connect_streams(address, limit=len(BIG))
        await self.ask(reader, writer)
        await writer.start_tls(client_context(), server_hostname="localhost")
        writer.write(BIG)
        self.assertTrue(await reader.readexactly(len(BIG)) == BIG)

    async def test_another_host_is_refused(self):
        refused = self.loop.create_future()

        async def change_over(reader, writer):
            await self.asked(reader, writer)
            try:
                await writer.start_tls(server_context(certificates.otherhost()))
                await reader.read(1)
            except OSError as failure:
                refused.set_result(failure)
            else:
                refused.set_result(None)

        reader, writer = await asyncio.open_connection(*await self.plain_address(change_over))
        await self.ask(reader, writer)
        with self.assertRaises(ssl.SSLCertVerificationError) as caught:
            await writer.start_tls(client_context(), server_hostname="localhost")
        self.assertEqual(caught.exception.verify_code, HOSTNAME_MISMATCH)
        await refused
        with self.assertRaises(ssl.SSLCertVerificationError):
            await writer.wait_closed()

    async def test_tls_within_tls(self):
        reader, writer = await self.connect(await self.serve(self.change_over))
        await self.ask(reader, writer)
        await writer.start_tls(client_context(), server_hostname="localhost")
        writer.write(b"hello\n")
        self.assertEqual(await reader.readline(), b"hello\n")


if __name__ == "__main__":
    unittest.main()
