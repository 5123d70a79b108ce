"""asyncio's datagram endpoints, on UDP and AF_UNIX: how they are made, what they send and receive, errors, closing."""

import asyncio
import errno
import os
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6
from support.asyncio import AsyncTestCase
from support.streams import MESSAGE


class Collector(asyncio.DatagramProtocol):
    """Keeps what comes, in queues that a test can wait at."""

    def __init__(self):
        loop = asyncio.get_running_loop()
        self.received = asyncio.Queue()
        self.errors = asyncio.Queue()
        self.made = loop.create_future()
        self.lost = loop.create_future()

    def connection_made(self, transport):
        self.transport = transport
        self.made.set_result(transport)

    def datagram_received(self, data, address):
        self.received.put_nowait((data, address))

    def error_received(self, failure):
        self.errors.put_nowait(failure)

    def connection_lost(self, failure):
        self.lost.set_result(failure)


class Echo(Collector):
    def datagram_received(self, data, address):
        super().datagram_received(data, address)
        self.transport.sendto(data.upper(), address)


class DatagramCase(AsyncTestCase):
    async def endpoint(self, protocol=Collector, **keywords):
        """The protocol of a new endpoint, which is closed when the test ends."""
        transport, made = await self.loop.create_datagram_endpoint(protocol, **keywords)
        self.at_end.callback(transport.close)
        self.assertIs(made.transport, transport)
        return made

    async def bound(self, protocol=Collector, **keywords):
        return await self.endpoint(protocol, local_addr=(HOST, 0), **keywords)

    async def connected(self, peer, protocol=Collector):
        return await self.endpoint(protocol, remote_addr=self.name(peer))

    def name(self, protocol):
        return protocol.transport.get_extra_info("sockname")


class ExchangeTest(DatagramCase):
    """Sending and receiving."""

    async def test_a_datagram_and_its_answer(self):
        server = await self.bound(Echo)
        client = await self.bound()
        client.transport.sendto(b"hello", self.name(server))
        self.assertEqual(await client.received.get(), (b"HELLO", self.name(server)))
        self.assertEqual(await server.received.get(), (b"hello", self.name(client)))

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    async def test_over_ipv6(self):
        server = await self.endpoint(Echo, local_addr=(HOST6, 0))
        client = await self.endpoint(local_addr=(HOST6, 0))
        client.transport.sendto(b"hello", self.name(server))
        self.assertEqual(await client.received.get(), (b"HELLO", self.name(server)))

    async def test_a_connected_endpoint_needs_no_address(self):
        server = await self.bound(Echo)
        client = await self.connected(server)
        self.assertEqual(client.transport.get_extra_info("peername"), self.name(server))
        client.transport.sendto(b"hello")
        self.assertEqual(await client.received.get(), (b"HELLO", self.name(server)))

    async def test_a_connected_endpoint_takes_its_peers_address_and_no_other(self):
        server = await self.bound(Echo)
        client = await self.connected(server)
        client.transport.sendto(b"hello", self.name(server))
        self.assertEqual(await client.received.get(), (b"HELLO", self.name(server)))
        with self.assertRaises(ValueError) as caught:
            client.transport.sendto(b"hello", (HOST, 1))
        self.assertEqual(str(caught.exception), "Invalid address: must be None or %s" % (self.name(server),))

    async def test_both_addresses_may_be_given(self):
        server = await self.bound(Echo)
        client = await self.endpoint(local_addr=(HOST, 0), remote_addr=self.name(server))
        client.transport.sendto(b"hello")
        self.assertEqual(await server.received.get(), (b"hello", self.name(client)))

    async def test_addresses_by_name(self):
        server = await self.endpoint(Echo, local_addr=("localhost", 0), family=socket.AF_INET)
        client = await self.endpoint(remote_addr=("localhost", self.name(server)[1]), family=socket.AF_INET)
        client.transport.sendto(b"hello")
        self.assertEqual((await client.received.get())[0], b"HELLO")

    async def test_without_an_address_it_is_bound_by_the_first_datagram(self):
        server = await self.bound(Echo)
        client = await self.endpoint(family=socket.AF_INET)
        client.transport.sendto(b"hello", self.name(server))
        self.assertEqual((await client.received.get())[0], b"HELLO")

    async def test_other_types_of_buffers(self):
        server, client = await self.bound(), await self.bound()
        for data in (bytearray(MESSAGE), memoryview(MESSAGE)):
            client.transport.sendto(data, self.name(server))
            self.assertEqual((await server.received.get())[0], MESSAGE)

    async def test_text_is_refused(self):
        client = await self.bound()
        with self.assertRaisesRegex(TypeError, "data argument must be a bytes-like object, not 'str'"):
            client.transport.sendto("text", (HOST, 1))

    async def test_the_biggest_datagram(self):
        server, client = await self.bound(), await self.bound()
        biggest = bytes(65507)
        client.transport.sendto(biggest, self.name(server))
        self.assertTrue((await server.received.get())[0] == biggest)

    async def test_a_datagram_that_is_too_big_is_an_error_of_the_protocol(self):
        server, client = await self.bound(), await self.bound()
        client.transport.sendto(bytes(65508), self.name(server))
        self.assertEqual((await client.errors.get()).errno, errno.EMSGSIZE)
        client.transport.sendto(MESSAGE, self.name(server))
        self.assertEqual((await server.received.get())[0], MESSAGE)

    async def test_a_port_that_nobody_has_is_an_error_of_the_protocol(self):
        server = await self.bound()
        client = await self.connected(server)
        server.transport.close()
        await server.lost
        client.transport.sendto(MESSAGE)
        self.assertIsInstance(await client.errors.get(), ConnectionRefusedError)
        self.assertFalse(client.transport.is_closing())

    async def test_many_tasks_ask_one_server(self):
        server = await self.bound(Echo)

        async def ask(number):
            client = await self.connected(server)
            client.transport.sendto(b"q%d" % number)
            data, _ = await client.received.get()
            client.transport.close()
            await client.lost
            return data

        answers = await asyncio.gather(*map(ask, range(100)))
        self.assertEqual(answers, [b"Q%d" % number for number in range(100)])


class PausingTest(DatagramCase):
    class Pausing(Collector):
        """Does `then()` with each datagram."""

        def datagram_received(self, data, address):
            super().datagram_received(data, address)
            self.then()

    async def begin(self, end):
        """An endpoint that does `end(transport)` at the first of three datagrams, which are there at once."""
        protocol = await self.bound(self.Pausing)
        protocol.then = lambda: end(protocol.transport)
        with socket.socket(type=socket.SOCK_DGRAM) as sender:
            for data in (b"1", b"2", b"3"):
                sender.sendto(data, self.name(protocol))
        self.assertEqual((await protocol.received.get())[0], b"1")
        await self.turns()
        return protocol

    async def test_one_that_pauses_gets_the_rest_when_it_resumes(self):
        protocol = await self.begin(lambda transport: transport.pause_reading())
        self.assertTrue(protocol.received.empty())
        protocol.then = lambda: None
        protocol.transport.resume_reading()
        self.assertEqual([(await protocol.received.get())[0] for _ in range(2)], [b"2", b"3"])

    async def test_one_that_closes_gets_no_more(self):
        for end in ("close", "abort"):
            protocol = await self.begin(lambda transport: getattr(transport, end)())
            await protocol.lost
            self.assertTrue(protocol.received.empty())

    async def test_what_it_raises_does_not_end_it(self):
        def fail(_):
            raise ArithmeticError("no")

        protocol = await self.begin(fail)
        self.assertEqual([(await protocol.received.get())[0] for _ in range(2)], [b"2", b"3"])
        self.assertEqual([type(report["exception"]) for report in self.reports], [ArithmeticError] * 3)
        self.assertTrue(self.reports[0]["message"].startswith("Exception in callback _SelectorDatagramTransport."))
        self.reports.clear()


class MakingTest(DatagramCase):
    """How an endpoint is made."""

    async def test_of_a_socket(self):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((HOST, 0))
        client = await self.endpoint(sock=sock)
        self.assertEqual(self.name(client), sock.getsockname())
        self.assertEqual(sock.gettimeout(), 0)

    async def test_a_stream_socket_is_refused(self):
        sock = self.own(socket.socket())
        # Named a UDP socket by the first releases of Python 3.12.
        with self.assertRaisesRegex(ValueError, "^A (UDP Socket|datagram socket) was expected, got <socket.socket fd="):
            await self.endpoint(sock=sock)

    async def test_a_socket_and_addresses_are_refused_together(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        with self.assertRaisesRegex(ValueError, "socket modifier keyword arguments can not be used when sock is"):
            await self.endpoint(sock=sock, local_addr=(HOST, 0))

    async def test_neither_address_nor_family(self):
        with self.assertRaisesRegex(ValueError, "^unexpected address family$"):
            await self.endpoint()

    async def test_an_address_that_is_no_pair(self):
        with self.assertRaisesRegex(TypeError, "^2-tuple is expected$"):
            await self.endpoint(local_addr=(HOST,))

    async def test_families_that_do_not_match(self):
        with self.assertRaisesRegex(ValueError, "^can not get address information$"):
            await self.endpoint(local_addr=(HOST, 0), remote_addr=(HOST6, 1))

    async def test_an_address_in_use(self):
        first = await self.bound()
        with self.assertRaises(OSError) as caught:
            await self.endpoint(local_addr=self.name(first))
        self.assertEqual(caught.exception.errno, errno.EADDRINUSE)

    async def test_a_port_can_be_shared(self):
        first = await self.bound(reuse_port=True)
        second = await self.endpoint(local_addr=self.name(first), reuse_port=True)
        self.assertEqual(self.name(first), self.name(second))

    async def test_broadcast_is_allowed_on_demand(self):
        for demanded in (None, True):
            with self.subTest(demanded=demanded):
                sock = (await self.bound(allow_broadcast=demanded)).transport.get_extra_info("socket")
                self.assertEqual(sock.getsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST) != 0, bool(demanded))

    async def test_broadcasting_unasked_is_refused(self):
        client = await self.bound()
        client.transport.sendto(MESSAGE, ("255.255.255.255", 9))
        self.assertIsInstance(await client.errors.get(), PermissionError)


class ClosingTest(DatagramCase):
    async def test_close(self):
        client = await self.bound()
        client.transport.close()
        self.assertTrue(client.transport.is_closing())
        self.assertIsNone(await client.lost)
        client.transport.close()

    async def test_abort(self):
        client = await self.bound()
        client.transport.abort()
        self.assertIsNone(await client.lost)

    async def test_the_port_is_free_after_closing(self):
        client = await self.bound()
        name = self.name(client)
        client.transport.close()
        await client.lost
        self.assertEqual(self.name(await self.endpoint(local_addr=name)), name)

    async def test_sending_without_an_address_is_a_fatal_error(self):
        client = await self.bound()
        client.transport.sendto(MESSAGE)
        failure = await client.lost
        self.assertIsInstance(failure, TypeError)
        self.assertEqual(str(failure), "sendto(): AF_INET address must be tuple, not NoneType")
        self.assertIs(self.reports.pop()["exception"], failure)

    async def test_a_cancelled_wait_loses_no_datagram(self):
        server, client = await self.bound(), await self.bound()
        waiting = asyncio.create_task(server.received.get())
        await self.turns()
        waiting.cancel()
        client.transport.sendto(MESSAGE, self.name(server))
        self.assertEqual((await server.received.get())[0], MESSAGE)


class UnixDatagramTest(DatagramCase):
    async def at_path(self, protocol=Collector, **keywords):
        return await self.endpoint(protocol, family=socket.AF_UNIX, local_addr=self.path(), **keywords)

    async def test_a_datagram_and_its_answer(self):
        server, client = await self.at_path(Echo), await self.at_path()
        client.transport.sendto(b"hello", self.name(server))
        self.assertEqual(await client.received.get(), (b"HELLO", self.name(server)))

    async def test_a_connected_endpoint(self):
        server = await self.at_path()
        client = await self.at_path(remote_addr=self.name(server))
        client.transport.sendto(b"hello")
        self.assertEqual(await server.received.get(), (b"hello", self.name(client)))

    async def test_a_stale_socket_makes_room(self):
        path = self.path()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as stale:
            stale.bind(path)
        server = await self.endpoint(family=socket.AF_UNIX, local_addr=path)
        self.assertEqual(self.name(server), path)

    async def test_a_path_that_is_not_there_is_an_error_of_the_protocol(self):
        client = await self.at_path()
        client.transport.sendto(MESSAGE, self.path())
        self.assertIsInstance(await client.errors.get(), FileNotFoundError)

    async def test_what_does_not_fit_is_kept_and_sent_in_order(self):
        server = await self.at_path()
        client = await self.at_path(remote_addr=self.name(server))
        # The receiver's queue holds ten datagrams or a few more; the loop does not turn meanwhile.
        for number in range(500):
            client.transport.sendto(b"%d" % number)
        self.assertGreater(client.transport.get_write_buffer_size(), 0)
        got = [(await server.received.get())[0] for _ in range(500)]
        self.assertEqual(got, [b"%d" % number for number in range(500)])
        self.assertEqual(client.transport.get_write_buffer_size(), 0)

    async def test_closing_sends_what_is_kept(self):
        server = await self.at_path()
        client = await self.at_path(remote_addr=self.name(server))
        for number in range(500):
            client.transport.sendto(b"%d" % number)
        client.transport.close()
        got = [(await server.received.get())[0] for _ in range(500)]
        self.assertEqual(got, [b"%d" % number for number in range(500)])
        self.assertIsNone(await client.lost)

    async def test_the_writer_is_paused_while_much_is_kept(self):
        paused, resumed = self.loop.create_future(), self.loop.create_future()

        class Paused(Collector):
            def pause_writing(self):
                paused.set_result(None)

            def resume_writing(self):
                resumed.set_result(None)

        server = await self.at_path()
        client = await self.at_path(Paused, remote_addr=self.name(server))
        client.transport.set_write_buffer_limits(high=1000, low=100)
        count = 0
        while not paused.done():
            client.transport.sendto(bytes(100))
            count += 1
        self.assertFalse(resumed.done())
        for _ in range(count):
            await server.received.get()
        await resumed

    async def test_the_path_stays_for_its_owner_to_remove(self):
        client = await self.at_path()
        path = self.name(client)
        client.transport.close()
        await client.lost
        self.assertTrue(os.path.exists(path))


if __name__ == "__main__":
    unittest.main()
