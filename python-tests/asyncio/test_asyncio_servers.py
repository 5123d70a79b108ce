"""asyncio's servers, and what a program of many tasks needs: addresses, transports, cancellation, threads, names."""

import asyncio
import concurrent.futures
import errno
import signal
import socket
import threading
import unittest

from support import HAS_IPV6, HOST, HOST6, LIMIT
from support.asyncio import AsyncTestCase, close, echo
from support.streams import MESSAGE, SHORT, pattern


class Recording(asyncio.Protocol):
    """Keeps what happens on a connection."""

    def __init__(self):
        loop = asyncio.get_running_loop()
        self.data = bytearray()
        self.connected = loop.create_future()
        self.ended = loop.create_future()
        self.lost = loop.create_future()

    def connection_made(self, transport):
        self.transport = transport
        self.connected.set_result(transport)

    def data_received(self, data):
        self.data += data

    def eof_received(self):
        self.ended.set_result(None)

    def connection_lost(self, failure):
        self.lost.set_result(failure)


class ServerCase(AsyncTestCase):
    async def create(self, protocol=Recording, host=HOST, port=0, **keywords):
        """A server of `create_server` until the test ends."""
        server = await self.loop.create_server(protocol, host, port, **keywords)
        return await self.at_end.enter_async_context(server)

    async def connect(self, address, protocol=Recording, **keywords):
        """The protocol of a connection to this address, closed when the test ends."""
        transport, made = await self.loop.create_connection(protocol, *address[:2], **keywords)
        self.at_end.push_async_callback(self.gone, transport, made)
        return made

    async def gone(self, transport, protocol):
        transport.abort()
        await protocol.lost

    def address(self, server):
        return server.sockets[0].getsockname()


class AddressTest(ServerCase):
    """Where a server listens."""

    async def test_on_a_port_of_the_kernels_choice(self):
        server = await self.create()
        self.assertEqual(len(server.sockets), 1)
        self.assertGreater(self.address(server)[1], 0)
        await self.connect(self.address(server))

    async def test_on_several_addresses(self):
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = probe.getsockname()[1]
        server = await self.create(host=[HOST, "127.0.0.2"], port=port)
        self.assertEqual({sock.getsockname() for sock in server.sockets}, {(HOST, port), ("127.0.0.2", port)})
        for sock in server.sockets:
            await self.connect(sock.getsockname())

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    async def test_on_both_families(self):
        server = await self.create(host=[HOST, HOST6])
        self.assertEqual({sock.family for sock in server.sockets}, {socket.AF_INET, socket.AF_INET6})
        for sock in server.sockets:
            await self.connect(sock.getsockname())

    async def test_on_all_addresses(self):
        server = await self.create(host=None, family=socket.AF_INET)
        self.assertEqual(self.address(server)[0], "0.0.0.0")
        await self.connect((HOST, self.address(server)[1]))

    async def test_by_name(self):
        server = await self.create(host="localhost", family=socket.AF_INET)
        self.assertEqual(self.address(server)[0], HOST)

    async def test_an_address_in_use(self):
        server = await self.create()
        with self.assertRaises(OSError) as caught:
            await self.create(port=self.address(server)[1])
        self.assertEqual(caught.exception.errno, errno.EADDRINUSE)
        self.assertIn(
            "error while attempting to bind on address %r: " % (self.address(server),), str(caught.exception)
        )
        self.assertRegex(str(caught.exception).lower(), "address already in use")

    async def test_a_port_can_be_shared(self):
        first = await self.create(reuse_port=True)
        second = await self.create(port=self.address(first)[1], reuse_port=True)
        self.assertEqual(self.address(first), self.address(second))

    async def test_the_address_is_reused_at_once(self):
        server = await self.create()
        client = await self.connect(self.address(server))
        self.assertNotEqual(server.sockets[0].getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), 0)
        address = self.address(server)
        server.close()
        again = await self.create(port=address[1])
        self.assertEqual(self.address(again), address)
        client.transport.abort()

    async def test_on_a_bound_socket(self):
        sock = socket.socket()
        sock.bind((HOST, 0))
        server = await self.create(host=None, port=None, sock=sock)
        self.assertEqual(self.address(server), sock.getsockname())
        self.assertEqual(sock.gettimeout(), 0)
        await self.connect(sock.getsockname())

    async def test_a_datagram_socket_is_refused(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        with self.assertRaisesRegex(ValueError, "^A Stream Socket was expected, got <socket.socket "):
            await self.create(host=None, port=None, sock=sock)

    async def test_its_sockets_are_for_looking_only(self):
        server = await self.create()
        sock = server.sockets[0]
        self.assertEqual((sock.family, sock.type), (socket.AF_INET, socket.SOCK_STREAM))
        self.assertFalse(hasattr(sock, "accept"))
        self.assertEqual(sock.gettimeout(), 0)


class LifeTest(ServerCase):
    """Starting, serving and closing."""

    async def test_it_serves_once_it_is_told_to(self):
        server = await self.create(start_serving=False)
        self.assertFalse(server.is_serving())
        with self.assertRaises(ConnectionRefusedError):
            await self.connect(self.address(server))
        await server.start_serving()
        self.assertTrue(server.is_serving())
        await self.connect(self.address(server))

    async def test_a_closed_server_takes_no_more_connections(self):
        server = await self.create()
        address = self.address(server)
        server.close()
        await server.wait_closed()
        self.assertEqual(server.sockets, ())
        self.assertFalse(server.is_serving())
        with self.assertRaises(ConnectionRefusedError):
            await self.connect(address)

    async def test_connections_outlive_the_server(self):
        served = self.loop.create_future()

        async def handle(reader, writer):
            served.set_result(None)
            await echo(reader, writer)

        server = await self.serve_streams(handle)
        reader, writer = await self.connect_streams(self.address(server))
        await served
        server.close()
        writer.write(b"line\n")
        self.assertEqual(await reader.readline(), b"line\n")

    async def test_waiting_for_its_end_waits_for_its_connections(self):
        server = await self.create()
        client = await self.connect(self.address(server))
        client.transport.write(MESSAGE)
        await client.connected
        while not server._active_count:
            await asyncio.sleep(0)
        server.close()
        waiting = asyncio.create_task(server.wait_closed())
        await self.turns()
        self.assertFalse(waiting.done())
        client.transport.close()
        await waiting

    async def test_a_cancelled_serve_forever_closes_it(self):
        server = await self.create()
        serving = asyncio.create_task(server.serve_forever())
        await self.turns()
        self.assertTrue(server.is_serving())
        with self.assertRaisesRegex(RuntimeError, "is already being awaited on serve_forever"):
            await server.serve_forever()
        serving.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await serving
        self.assertFalse(server.is_serving())
        with self.assertRaisesRegex(RuntimeError, "^server <Server sockets=.*> is closed$"):
            await server.serve_forever()

    async def test_it_knows_its_loop(self):
        self.assertIs((await self.create()).get_loop(), self.loop)

    async def test_an_accepted_socket_can_be_handed_to_the_loop(self):
        listener = self.listener()
        listener.setblocking(False)
        client = await self.connect(listener.getsockname())
        accepted, _ = await self.loop.sock_accept(listener)
        transport, server = await self.loop.connect_accepted_socket(Recording, accepted)
        self.at_end.push_async_callback(self.gone, transport, server)
        client.transport.write(MESSAGE)
        client.transport.write_eof()
        await server.ended
        self.assertEqual(server.data, MESSAGE)

    async def test_out_of_turn_closing_of_all_that_is_open(self):
        made = []

        def protocol():
            made.append(Recording())
            return made[-1]

        server = await self.create(protocol)
        clients = [await self.connect(self.address(server)) for _ in range(20)]
        while len(made) < 20:
            await asyncio.sleep(0)
        await asyncio.gather(*(each.connected for each in made))
        for each in made:
            each.transport.abort()
        self.assertEqual(await asyncio.gather(*(each.lost for each in made)), [None] * 20)
        for client in clients:
            await client.lost


class TransportTest(ServerCase):
    """Protocols, below the streams."""

    async def pair(self, protocol=Recording):
        made = self.loop.create_future()

        def keep():
            made.set_result(protocol())
            return made.result()

        server = await self.create(keep)
        client = await self.connect(self.address(server))
        far = await made
        self.at_end.push_async_callback(self.gone, await far.connected, far)
        return client, far

    async def test_data_and_end(self):
        client, server = await self.pair()
        client.transport.writelines([b"one ", b"two"])
        client.transport.write_eof()
        await server.ended
        self.assertEqual(server.data, b"one two")
        # A protocol that does not ask otherwise is closed by the end of its peer.
        self.assertIsNone(await server.lost)
        self.assertIsNone(await client.lost)

    async def test_a_buffered_protocol_gets_its_data_in_its_own_buffer(self):
        class Buffered(asyncio.BufferedProtocol):
            def __init__(self):
                self.buffer = bytearray(1000)
                self.data = bytearray()
                self.connected = asyncio.get_running_loop().create_future()
                self.lost = asyncio.get_running_loop().create_future()

            def connection_made(self, transport):
                self.connected.set_result(transport)

            def get_buffer(self, hint):
                return self.buffer

            def buffer_updated(self, count):
                self.data += self.buffer[:count]

            def connection_lost(self, failure):
                self.lost.set_result(failure)

        client, server = await self.pair(Buffered)
        data = pattern(100_000)
        client.transport.write(data)
        client.transport.close()
        self.assertIsNone(await server.lost)
        self.assertTrue(server.data == data)

    async def test_the_limits_of_writing_are_told(self):
        events = []

        class Limited(Recording):
            def pause_writing(self):
                events.append("pause")

            def resume_writing(self):
                events.append("resume")

        server, client = await self.pair(Limited)
        client.transport.set_write_buffer_limits(high=4000, low=1000)
        self.assertEqual(client.transport.get_write_buffer_limits(), (1000, 4000))
        server.transport.pause_reading()
        while not events:
            client.transport.write(bytes(1 << 16))
        self.assertEqual(events, ["pause"])
        server.transport.resume_reading()
        while len(events) < 2:
            await asyncio.sleep(0)
        self.assertEqual(events, ["pause", "resume"])

    async def test_abort_drops_what_was_not_sent(self):
        client, server = await self.pair()
        server.transport.pause_reading()
        while not client.transport.get_write_buffer_size():
            client.transport.write(bytes(1 << 16))
        client.transport.abort()
        self.assertEqual(client.transport.get_write_buffer_size(), 0)
        self.assertIsNone(await client.lost)

    async def test_a_transport_that_nobody_closed_warns(self):
        client, _ = await self.pair()
        # The loop holds a transport that reads.
        client.transport.pause_reading()
        sock = client.transport.get_extra_info("socket")
        with self.assertWarnsRegex(ResourceWarning, "^unclosed transport <_SelectorSocketTransport "):
            client.transport.__del__()
        self.assertEqual(sock.fileno(), -1)


class ManyTasksTest(ServerCase):
    async def test_1200_tasks_share_50_connections(self):
        connections, each = 50, 24
        server = await self.serve_streams(echo)

        async def deliver(reader, waiting):
            async for line in reader:
                waiting.pop(line).set_result(None)

        async def ask(writer, waiting, number):
            question = b"question %d\n" % number
            waiting[question] = answered = self.loop.create_future()
            writer.write(question)
            await answered
            return number

        asking, delivering, writers = [], [], []
        for number in range(connections):
            reader, writer = await self.connect_streams(self.address(server))
            waiting = {}
            writers.append(writer)
            delivering.append(asyncio.create_task(deliver(reader, waiting)))
            asking += [asyncio.create_task(ask(writer, waiting, number * each + count)) for count in range(each)]
        self.assertEqual(len(asking), 1200)
        self.assertEqual(await asyncio.gather(*asking), list(range(1200)))
        for writer in writers:
            writer.close()
        await asyncio.gather(*delivering)

    async def test_100_clients_connect_at_once(self):
        server = await self.serve_streams(echo, backlog=128)

        async def ask(number):
            reader, writer = await asyncio.open_connection(*self.address(server))
            try:
                writer.write(b"%d\n" % number)
                return await reader.readline()
            finally:
                await close(writer)

        answers = await asyncio.gather(*map(ask, range(100)))
        self.assertEqual(answers, [b"%d\n" % number for number in range(100)])

    async def test_1000_tasks_that_wait_are_cancelled(self):
        # Ten tasks wait at one gate behind each of these readers.
        pairs = [socket.socketpair() for _ in range(100)]
        for left, right in pairs:
            self.own(left)
            self.own(right).setblocking(False)
        reading = [asyncio.create_task(self.loop.sock_recv(right, 1)) for _, right in pairs]
        behind = [asyncio.create_task(asyncio.wait([task])) for task in reading for _ in range(9)]
        tasks = reading + behind
        self.assertEqual(len(tasks), 1000)
        await self.turns()
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        self.assertEqual({type(result) for result in results}, {asyncio.CancelledError})
        for left, right in pairs:
            self.assertFalse(self.loop.remove_reader(right))
            left.send(b"x")
            self.assertEqual(right.recv(1), b"x")


class CancellationTest(ServerCase):
    async def test_connecting(self):
        # The queue of the listener is full, so that nothing answers the next connection.
        listener = self.own(socket.socket())
        listener.bind((HOST, 0))
        listener.listen(0)
        filling = [self.own(socket.socket()) for _ in range(5)]
        for sock in filling:
            sock.setblocking(False)
            sock.connect_ex(listener.getsockname())
        connecting = asyncio.create_task(self.connect(listener.getsockname()))
        await self.turns(5)
        self.assertFalse(connecting.done())
        connecting.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await connecting

    async def test_a_group_of_tasks_ends_with_its_first_error(self):
        (reader, _), (other, writer) = await self.stream_pair()

        async def fail():
            await other.readline()
            raise ValueError("of a task")

        with self.assertRaises(ExceptionGroup) as caught:
            async with asyncio.TaskGroup() as group:
                waiting = group.create_task(reader.readline())
                group.create_task(fail())
                await self.turns()
                self.write_from(reader)
        self.assertEqual([repr(failure) for failure in caught.exception.exceptions], ["ValueError('of a task')"])
        self.assertTrue(waiting.cancelled())

    def write_from(self, reader):
        reader._transport.write(b"line\n")

    async def test_a_timeout_inside_a_timeout(self):
        (reader, _), _ = await self.stream_pair()
        with self.assertRaises(TimeoutError):
            async with asyncio.timeout(SHORT):
                async with asyncio.timeout(LIMIT):
                    await reader.readline()

    async def test_a_shielded_read_goes_on(self):
        (reader, _), (_, writer) = await self.stream_pair()
        reading = asyncio.create_task(reader.readline())
        with self.assertRaises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(reading), SHORT)
        writer.write(b"line\n")
        self.assertEqual(await reading, b"line\n")

    async def test_the_first_of_several_reads(self):
        pairs = [await self.stream_pair() for _ in range(5)]
        reading = [asyncio.create_task(near[0].readline()) for near, _ in pairs]
        await self.turns()
        pairs[3][1][1].write(b"line\n")
        done, pending = await asyncio.wait(reading, timeout=LIMIT, return_when=asyncio.FIRST_COMPLETED)
        self.assertEqual([task.result() for task in done], [b"line\n"])
        self.assertEqual(done, {reading[3]})
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)


class ThreadsTest(ServerCase):
    """A loop that waits, and other threads."""

    async def test_another_thread_wakes_the_loop(self):
        woken = self.loop.create_future()
        threading.Thread(target=self.loop.call_soon_threadsafe, args=(woken.set_result, "woken")).start()
        self.assertEqual(await woken, "woken")

    async def test_another_thread_wakes_it_many_times(self):
        count, done = 0, self.loop.create_future()

        def wake():
            nonlocal count
            count += 1
            if count == 500:
                done.set_result(None)

        def waking():
            for _ in range(500):
                self.loop.call_soon_threadsafe(wake)

        thread = self.peer(waking)
        await done
        thread.join()

    async def test_a_coroutine_for_another_thread(self):
        server = await self.serve_streams(echo)

        async def ask():
            reader, writer = await asyncio.open_connection(*self.address(server))
            writer.write(b"line\n")
            try:
                return await reader.readline()
            finally:
                await close(writer)

        asking = asyncio.to_thread(lambda: asyncio.run_coroutine_threadsafe(ask(), self.loop).result(LIMIT))
        self.assertEqual(await asking, b"line\n")

    async def test_blocking_calls_in_an_executor(self):
        server = await self.serve_streams(echo)

        def ask(number):
            with socket.create_connection(self.address(server), LIMIT) as sock, sock.makefile("rb") as file:
                sock.sendall(b"%d\n" % number)
                return file.readline()

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = await asyncio.gather(*(self.loop.run_in_executor(pool, ask, number) for number in range(20)))
        self.assertEqual(answers, [b"%d\n" % number for number in range(20)])

    def test_a_loop_on_each_of_several_threads(self):
        async def ask():
            async def handle(reader, writer):
                await echo(reader, writer)
                await close(writer)

            async with await asyncio.start_server(handle, HOST, 0) as server:
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(b"line\n")
                line = await reader.readline()
                await close(writer)
                return line

        peers = [self.peer(asyncio.run, ask()) for _ in range(4)]
        self.assertEqual([peer.join() for peer in peers], [b"line\n"] * 4)


class NamesTest(AsyncTestCase):
    """Name look-ups do not hold the loop."""

    async def test_getaddrinfo(self):
        infos = await self.loop.getaddrinfo("localhost", 80, family=socket.AF_INET, type=socket.SOCK_STREAM)
        self.assertIn((socket.AF_INET, socket.SOCK_STREAM, 6, "", (HOST, 80)), infos)

    async def test_getaddrinfo_of_what_is_no_number(self):
        with self.assertRaises(socket.gaierror) as caught:
            await self.loop.getaddrinfo("localhost", 80, flags=socket.AI_NUMERICHOST)
        self.assertEqual(caught.exception.errno, socket.EAI_NONAME)

    async def test_getnameinfo(self):
        flags = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
        self.assertEqual(await self.loop.getnameinfo((HOST, 80), flags), (HOST, "80"))

    async def test_many_at_once(self):
        asked = [self.loop.getaddrinfo(HOST, port, type=socket.SOCK_STREAM) for port in range(1, 31)]
        answers = await asyncio.gather(*asked)
        self.assertEqual([infos[0][4][1] for infos in answers], list(range(1, 31)))


class LoopTest(unittest.TestCase):
    """Loops as such."""

    def test_its_own_descriptors_are_closed_with_it(self):
        loop = asyncio.SelectorEventLoop()
        waker = loop._ssock
        self.assertGreater(waker.fileno(), -1)
        loop.close()
        self.assertEqual(waker.fileno(), -1)

    def test_a_closed_loop_refuses(self):
        loop = asyncio.SelectorEventLoop()
        loop.close()
        left, right = socket.socketpair()
        with left, right:
            for call in (loop.add_reader, loop.add_writer):
                with self.assertRaisesRegex(RuntimeError, "^Event loop is closed$"):
                    call(left, print)
            self.assertFalse(loop.remove_reader(left))
            self.assertFalse(loop.remove_writer(left))

    def test_run_hands_back_the_result_many_times(self):
        async def number(n):
            await asyncio.sleep(0)
            return n

        self.assertEqual([asyncio.run(number(n)) for n in range(10)], list(range(10)))

    def test_a_stopped_loop_can_go_on(self):
        loop = asyncio.SelectorEventLoop()
        self.addCleanup(loop.close)
        left, right = socket.socketpair()
        self.addCleanup(left.close)
        self.addCleanup(right.close)
        got = []

        def read():
            got.append(right.recv(1))
            loop.stop()

        loop.add_reader(right, read)
        for byte in (b"a", b"b"):
            left.send(byte)
            loop.run_forever()
        loop.remove_reader(right)
        self.assertEqual(got, [b"a", b"b"])

    def test_timers_run_in_their_order_while_it_waits(self):
        async def main():
            loop = asyncio.get_running_loop()
            order, done = [], loop.create_future()
            start = loop.time()
            for number, delay in enumerate((0.03, 0.01, 0.02)):
                loop.call_at(start + delay, order.append, number)
            loop.call_at(start + 0.04, done.set_result, None)
            await done
            self.assertGreaterEqual(loop.time() - start + loop._clock_resolution, 0.04)
            return order

        self.assertEqual(asyncio.run(main()), [1, 2, 0])

    def test_what_was_not_closed_is_warned_of(self):
        loop = asyncio.SelectorEventLoop()
        with self.assertWarnsRegex(ResourceWarning, "unclosed event loop"):
            loop.__del__()
        self.assertTrue(loop.is_closed())


@unittest.skipUnless(hasattr(signal, "setitimer"), "this Python has no signal.setitimer")
class SignalTest(AsyncTestCase):
    """Signals wake a loop that waits, through a socket of its own."""

    async def test_a_handler_of_the_loop(self):
        if threading.current_thread() is not threading.main_thread():
            self.skipTest("signal handlers are set and run by the main thread only")
        handled = self.loop.create_future()
        try:
            self.loop.add_signal_handler(signal.SIGALRM, handled.set_result, "handled")
        except (PermissionError, RuntimeError) as refusal:
            self.skipTest("the application that runs this Python keeps signals to itself: %s" % refusal)
        self.at_end.callback(self.loop.remove_signal_handler, signal.SIGALRM)
        self.addCleanup(signal.setitimer, signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        self.assertEqual(await handled, "handled")


if __name__ == "__main__":
    unittest.main()
