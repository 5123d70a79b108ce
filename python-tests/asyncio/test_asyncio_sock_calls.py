"""The `sock_*` calls of asyncio's loops, `add_reader` and `add_writer`: by each selector, on TCP, UDP and AF_UNIX."""

import asyncio
import contextlib
import errno
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6
from support.asyncio import AsyncTestCase, WaitingByEpoll, WaitingByPoll, WaitingBySelect
from support.streams import MESSAGE, SHORT, fill, pattern, reset

BIG = pattern(1 << 20)


class SockCallCase(AsyncTestCase):
    """Makes sockets that do not block."""

    def non_blocking(self, family=socket.AF_INET, kind=socket.SOCK_STREAM):
        sock = self.own(socket.socket(family, kind))
        sock.setblocking(False)
        return sock

    def pair_in_loop(self, *arguments):
        pair = self.pair(*arguments)
        for sock in pair:
            sock.setblocking(False)
        return pair

    def bound(self):
        sock = self.non_blocking()
        sock.bind((HOST, 0))
        return sock

    def listener_in_loop(self, *arguments):
        listener = self.listener(*arguments)
        listener.setblocking(False)
        return listener

    def datagram_in_loop(self, family=socket.AF_INET):
        sock = self.non_blocking(family, socket.SOCK_DGRAM)
        sock.bind(self.path() if family == socket.AF_UNIX else (HOST6 if family == socket.AF_INET6 else HOST, 0))
        return sock

    async def receive_all(self, sock):
        parts = []
        while part := await self.loop.sock_recv(sock, 1 << 16):
            parts.append(part)
        return b"".join(parts)

    async def started(self, coroutine):
        """A task that has reached its first wait."""
        task = asyncio.create_task(coroutine)
        await self.turns(1)
        self.assertFalse(task.done())
        return task

    async def cancelled(self, coroutine):
        """Starts it, cancels it while it waits, and sees it end."""
        task = await self.started(coroutine)
        task.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await task


class ConnectionCases:
    """sock_connect and sock_accept."""

    async def connected(self, listener):
        client = self.non_blocking(listener.family)
        accepting = asyncio.create_task(self.loop.sock_accept(listener))
        self.assertIsNone(await self.loop.sock_connect(client, listener.getsockname()))
        server, address = await accepting
        return client, self.own(server), address

    async def test_connect_and_accept(self):
        listener = self.listener_in_loop()
        client, server, address = await self.connected(listener)
        self.assertEqual(address, client.getsockname())
        self.assertEqual(client.getpeername(), listener.getsockname())
        self.assertEqual(server.gettimeout(), 0)

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    async def test_connect_and_accept_over_ipv6(self):
        client, server, address = await self.connected(self.listener_in_loop(socket.AF_INET6))
        self.assertEqual(address, client.getsockname())

    async def test_connect_and_accept_over_unix(self):
        client, server, address = await self.connected(self.listener_in_loop(socket.AF_UNIX, self.path()))
        self.assertEqual(address, "")
        await self.loop.sock_sendall(client, MESSAGE)
        self.assertEqual(await self.loop.sock_recv(server, 100), MESSAGE)

    async def test_connect_looks_a_name_up(self):
        listener = self.listener_in_loop()
        client = self.non_blocking()
        await self.loop.sock_connect(client, ("localhost", listener.getsockname()[1]))
        self.assertEqual(client.getpeername(), listener.getsockname())

    async def test_connect_where_nobody_listens(self):
        # Bound, so that nobody else gets the port, and not listening.
        address = self.bound().getsockname()
        with self.assertRaises(ConnectionRefusedError) as caught:
            await self.loop.sock_connect(self.non_blocking(), address)
        self.assertEqual(caught.exception.errno, errno.ECONNREFUSED)
        self.assertEqual(caught.exception.strerror, "Connect call failed %s" % (address,))

    async def test_connect_to_a_path_that_is_not_there(self):
        with self.assertRaises(FileNotFoundError):
            await self.loop.sock_connect(self.non_blocking(socket.AF_UNIX), self.path())

    async def test_accept_that_is_cancelled_leaves_the_connection_to_the_next(self):
        listener = self.listener_in_loop()
        await self.cancelled(self.loop.sock_accept(listener))
        await self.connected(listener)

    async def test_accept_that_times_out(self):
        listener = self.listener_in_loop()
        with self.assertRaises(TimeoutError):
            await asyncio.wait_for(self.loop.sock_accept(listener), SHORT)
        self.assertFalse(self.loop.remove_reader(listener))
        listener.close()
        again = self.listener_in_loop()
        await self.connected(again)

    async def test_several_accepts_one_after_another(self):
        listener = self.listener_in_loop()
        clients = [self.non_blocking() for _ in range(5)]
        await asyncio.gather(*(self.loop.sock_connect(client, listener.getsockname()) for client in clients))
        accepted = [self.own((await self.loop.sock_accept(listener))[0]) for _ in clients]
        self.assertEqual(
            sorted(sock.getpeername() for sock in accepted), sorted(client.getsockname() for client in clients)
        )


class StreamCases:
    """sock_recv, sock_recv_into, sock_sendall."""

    async def test_receive_what_is_there(self):
        left, right = self.pair_in_loop()
        left.send(MESSAGE)
        self.assertEqual(await self.loop.sock_recv(right, 100), MESSAGE)

    async def test_receive_what_comes_later(self):
        left, right = self.pair_in_loop()
        receiving = await self.started(self.loop.sock_recv(right, 100))
        left.send(MESSAGE)
        self.assertEqual(await receiving, MESSAGE)

    async def test_receive_no_more_than_asked_for(self):
        left, right = self.pair_in_loop()
        left.send(MESSAGE)
        self.assertEqual(await self.loop.sock_recv(right, 3), MESSAGE[:3])
        self.assertEqual(await self.loop.sock_recv(right, 100), MESSAGE[3:])

    async def test_receive_the_end(self):
        left, right = self.pair_in_loop()
        receiving = await self.started(self.loop.sock_recv(right, 100))
        left.shutdown(socket.SHUT_WR)
        self.assertEqual(await receiving, b"")

    async def test_receive_into(self):
        left, right = self.pair_in_loop()
        buffer = bytearray(10)
        receiving = await self.started(self.loop.sock_recv_into(right, memoryview(buffer)[2:8]))
        left.send(MESSAGE)
        self.assertEqual(await receiving, 6)
        self.assertEqual(buffer, b"\0\0" + MESSAGE[:6] + b"\0\0")

    async def test_receive_the_end_into(self):
        left, right = self.pair_in_loop()
        left.close()
        self.assertEqual(await self.loop.sock_recv_into(right, bytearray(10)), 0)

    async def test_receive_from_a_connection_that_was_reset(self):
        near, far = self.tcp_pair()
        near.setblocking(False)
        receiving = await self.started(self.loop.sock_recv(near, 100))
        reset(far)
        with self.assertRaises(ConnectionResetError):
            await receiving

    async def test_a_cancelled_receive_takes_nothing(self):
        left, right = self.pair_in_loop()
        await self.cancelled(self.loop.sock_recv(right, 100))
        self.assertFalse(self.loop.remove_reader(right))
        receiving = await self.started(self.loop.sock_recv(right, 100))
        left.send(MESSAGE)
        self.assertEqual(await receiving, MESSAGE)

    async def test_a_cancelled_receive_into_takes_nothing(self):
        left, right = self.pair_in_loop()
        untouched, buffer = bytearray(30), bytearray(30)
        await self.cancelled(self.loop.sock_recv_into(right, untouched))
        left.send(MESSAGE)
        self.assertEqual(await self.loop.sock_recv_into(right, buffer), len(MESSAGE))
        self.assertEqual(buffer[: len(MESSAGE)], MESSAGE)
        self.assertEqual(untouched, bytes(30))

    async def test_the_next_receive_may_start_before_the_cancelled_one_is_gone(self):
        left, right = self.pair_in_loop()
        task = await self.started(self.loop.sock_recv(right, 100))
        task.cancel()
        asyncio.create_task(self.loop.sock_sendall(left, MESSAGE))
        self.assertEqual(await self.loop.sock_recv(right, 100), MESSAGE)

    async def test_send_more_than_fits(self):
        for data in (BIG, bytearray(BIG), memoryview(BIG)):
            with self.subTest(type=type(data).__name__):
                left, right = self.pair_in_loop()
                receiving = asyncio.create_task(self.receive_all(right))
                self.assertIsNone(await self.loop.sock_sendall(left, data))
                left.close()
                self.assertTrue(await receiving == BIG)

    async def test_send_more_than_fits_and_receive_it_into_a_buffer(self):
        near, far = self.tcp_pair()
        near.setblocking(False)
        far.setblocking(False)
        sending = asyncio.create_task(self.loop.sock_sendall(near, BIG))
        buffer = bytearray(len(BIG))
        count = 0
        while count < len(BIG):
            count += await self.loop.sock_recv_into(far, memoryview(buffer)[count:])
        await sending
        self.assertTrue(buffer == BIG)

    async def test_send_both_ways_at_once(self):
        near, far = self.tcp_pair()
        near.setblocking(False)
        far.setblocking(False)

        async def send(sock):
            await self.loop.sock_sendall(sock, BIG)
            sock.shutdown(socket.SHUT_WR)

        _, _, *got = await asyncio.gather(send(near), send(far), self.receive_all(near), self.receive_all(far))
        self.assertTrue(got == [BIG, BIG])

    async def test_send_nothing(self):
        left, right = self.pair_in_loop()
        self.assertIsNone(await self.loop.sock_sendall(left, b""))
        left.close()
        self.assertEqual(await self.loop.sock_recv(right, 100), b"")

    async def test_send_to_a_peer_that_is_gone(self):
        left, right = self.pair_in_loop()
        right.close()
        with self.assertRaises(BrokenPipeError):
            await self.loop.sock_sendall(left, MESSAGE)

    async def test_a_peer_that_goes_ends_a_send_that_waits(self):
        left, right = self.pair_in_loop()
        sending = await self.started(self.loop.sock_sendall(left, BIG * 4))
        right.close()
        with self.assertRaises(ConnectionError):
            await sending

    async def test_a_cancelled_send_that_had_no_room_sends_nothing(self):
        left, right = self.pair_in_loop()
        fill(left)
        await self.cancelled(self.loop.sock_sendall(left, b"lost"))
        self.assertFalse(self.loop.remove_writer(left))
        receiving = asyncio.create_task(self.receive_all(right))
        await self.loop.sock_sendall(left, b"sent")
        left.shutdown(socket.SHUT_WR)
        self.assertEqual((await receiving).strip(b"."), b"sent")


class DatagramCases:
    """sock_recvfrom, sock_recvfrom_into, sock_sendto."""

    async def test_send_and_receive_from(self):
        for family in (socket.AF_INET, socket.AF_UNIX) + (socket.AF_INET6,) * HAS_IPV6:
            with self.subTest(family=family.name):
                left, right = self.datagram_in_loop(family), self.datagram_in_loop(family)
                self.assertEqual(await self.loop.sock_sendto(left, MESSAGE, right.getsockname()), len(MESSAGE))
                self.assertEqual(await self.loop.sock_recvfrom(right, 100), (MESSAGE, left.getsockname()))

    async def test_receive_from_what_comes_later(self):
        left, right = self.datagram_in_loop(), self.datagram_in_loop()
        receiving = await self.started(self.loop.sock_recvfrom(right, 100))
        await self.loop.sock_sendto(left, MESSAGE, right.getsockname())
        self.assertEqual(await receiving, (MESSAGE, left.getsockname()))

    async def test_a_datagram_is_cut_to_what_was_asked_for(self):
        left, right = self.datagram_in_loop(), self.datagram_in_loop()
        await self.loop.sock_sendto(left, MESSAGE, right.getsockname())
        self.assertEqual((await self.loop.sock_recvfrom(right, 5))[0], MESSAGE[:5])

    async def test_receive_from_into(self):
        left, right = self.datagram_in_loop(), self.datagram_in_loop()
        buffer = bytearray(100)
        receiving = await self.started(self.loop.sock_recvfrom_into(right, buffer))
        await self.loop.sock_sendto(left, MESSAGE, right.getsockname())
        self.assertEqual(await receiving, (len(MESSAGE), left.getsockname()))
        self.assertEqual(buffer.rstrip(b"\0"), MESSAGE)

    async def test_receive_from_into_a_part_of_a_buffer(self):
        left, right = self.datagram_in_loop(), self.datagram_in_loop()
        buffer = bytearray(100)
        await self.loop.sock_sendto(left, MESSAGE, right.getsockname())
        self.assertEqual(await self.loop.sock_recvfrom_into(right, buffer, 5), (5, left.getsockname()))
        self.assertEqual(buffer.rstrip(b"\0"), MESSAGE[:5])

    async def test_send_waits_for_room_at_the_receiver(self):
        left, right = self.datagram_in_loop(socket.AF_UNIX), self.datagram_in_loop(socket.AF_UNIX)
        # A connected sender is woken when the receiver makes room, any other only when its own buffer has room.
        left.connect(right.getsockname())
        count = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                left.send(b"%d" % count)
                count += 1
        sending = await self.started(self.loop.sock_sendto(left, MESSAGE, right.getsockname()))
        got = [(await self.loop.sock_recvfrom(right, 100))[0] for _ in range(count + 1)]
        self.assertEqual(await sending, len(MESSAGE))
        self.assertEqual(got, [b"%d" % number for number in range(count)] + [MESSAGE])

    async def test_a_cancelled_receive_from_takes_nothing(self):
        left, right = self.datagram_in_loop(), self.datagram_in_loop()
        await self.cancelled(self.loop.sock_recvfrom(right, 100))
        await self.loop.sock_sendto(left, MESSAGE, right.getsockname())
        self.assertEqual(await self.loop.sock_recvfrom(right, 100), (MESSAGE, left.getsockname()))


class CallbackCases:
    """add_reader, add_writer and their removal."""

    async def test_a_reader_is_called_until_it_is_removed(self):
        left, right = self.pair_in_loop()
        got, done = [], self.loop.create_future()

        def read(sock, word):
            got.append((sock.recv(1), word))
            if len(got) == len(MESSAGE):
                done.set_result(None)

        self.loop.add_reader(right, read, right, "word")
        left.send(MESSAGE)
        await done
        self.assertEqual(b"".join(byte for byte, _ in got), MESSAGE)
        self.assertEqual({word for _, word in got}, {"word"})
        self.assertTrue(self.loop.remove_reader(right))
        self.assertFalse(self.loop.remove_reader(right))
        left.send(MESSAGE)
        await self.turns()
        self.assertEqual(right.recv(100), MESSAGE)

    async def test_a_writer_is_called_once_there_is_room(self):
        left, right = self.pair_in_loop()
        called = asyncio.Event()
        fill(left)
        self.loop.add_writer(left, called.set)
        await self.turns()
        self.assertFalse(called.is_set())
        while True:
            try:
                right.recv(1 << 20)
            except BlockingIOError:
                break
        await called.wait()
        self.assertTrue(self.loop.remove_writer(left))
        self.assertFalse(self.loop.remove_writer(left))

    async def test_a_number_stands_for_its_socket(self):
        left, right = self.pair_in_loop()
        called = asyncio.Event()
        self.loop.add_reader(right.fileno(), called.set)
        left.send(MESSAGE)
        await called.wait()
        self.assertTrue(self.loop.remove_reader(right))

    async def test_reader_and_writer_of_one_socket(self):
        left, right = self.pair_in_loop()
        readable, writable = asyncio.Event(), asyncio.Event()
        self.loop.add_reader(right, readable.set)
        self.loop.add_writer(right, writable.set)
        await writable.wait()
        self.assertFalse(readable.is_set())
        self.loop.remove_writer(right)
        left.send(MESSAGE)
        await readable.wait()
        self.assertTrue(self.loop.remove_reader(right))

    async def test_a_second_reader_takes_the_place_of_the_first(self):
        left, right = self.pair_in_loop()
        first, second = asyncio.Event(), asyncio.Event()
        self.loop.add_reader(right, first.set)
        self.loop.add_reader(right, second.set)
        left.send(MESSAGE)
        await second.wait()
        self.assertFalse(first.is_set())
        self.loop.remove_reader(right)

    async def test_the_end_of_a_stream_calls_the_reader(self):
        left, right = self.pair_in_loop()
        called = asyncio.Event()
        self.loop.add_reader(right, called.set)
        left.close()
        await called.wait()
        self.loop.remove_reader(right)
        self.assertEqual(right.recv(1), b"")

    async def test_a_descriptor_of_a_transport_is_refused(self):
        (_, writer), _ = await self.stream_pair()
        descriptor = writer.get_extra_info("socket").fileno()
        with self.assertRaisesRegex(RuntimeError, "File descriptor %d is used by transport" % descriptor):
            self.loop.add_reader(descriptor, print)
        with self.assertRaisesRegex(RuntimeError, "is used by transport"):
            await self.loop.sock_recv(writer.get_extra_info("socket")._sock, 1)

    async def test_a_negative_descriptor_is_refused(self):
        with self.assertRaisesRegex(ValueError, "^Invalid file descriptor: -1$"):
            self.loop.add_reader(-1, print)

    async def test_a_closed_socket_is_refused(self):
        left, _ = self.pair_in_loop()
        left.close()
        with self.assertRaisesRegex(ValueError, "^Invalid file descriptor: -1$"):
            self.loop.add_writer(left, print)

    async def test_many_sockets_at_once(self):
        pairs = [self.pair_in_loop() for _ in range(100)]
        receiving = [asyncio.create_task(self.loop.sock_recv(right, 100)) for _, right in pairs]
        await self.turns(1)
        for number in reversed(range(len(pairs))):
            pairs[number][0].send(b"%d" % number)
        self.assertEqual(await asyncio.gather(*receiving), [b"%d" % number for number in range(len(pairs))])


class DebugCases:
    """In debug mode a socket that would block the loop is refused."""

    async def test_a_blocking_socket_is_refused(self):
        self.loop.set_debug(True)
        self.addCleanup(self.loop.set_debug, False)
        self.loop.slow_callback_duration = 1000
        left, right = self.pair()
        udp = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        for name, arguments in {
            "sock_connect": (left, (HOST, 1)),
            "sock_accept": (left,),
            "sock_sendall": (left, b""),
            "sock_recv": (left, 1),
            "sock_recv_into": (left, bytearray(1)),
            "sock_recvfrom": (udp, 1),
            "sock_recvfrom_into": (udp, bytearray(1)),
            "sock_sendto": (udp, b"", (HOST, 1)),
        }.items():
            with self.subTest(name), self.assertRaisesRegex(ValueError, "^the socket must be non-blocking$"):
                await getattr(self.loop, name)(*arguments)


class SelectTest(
    WaitingBySelect, ConnectionCases, StreamCases, DatagramCases, CallbackCases, DebugCases, SockCallCase
):
    pass


class PollTest(WaitingByPoll, StreamCases, CallbackCases, SockCallCase):
    pass


class EpollTest(WaitingByEpoll, ConnectionCases, StreamCases, DatagramCases, CallbackCases, DebugCases, SockCallCase):
    pass


if __name__ == "__main__":
    unittest.main()
