"""Files through asyncio: `loop.sock_sendfile` and `loop.sendfile`, by the system and by reading and sending."""

import asyncio
import io
import os
import socket
import unittest

from support import HOST, requires
from support.asyncio import AsyncTestCase
from support.streams import pattern, read_to_end

CONTENT = pattern(300_000)


class FileCase(AsyncTestCase):
    def file(self, content=CONTENT, mode="rb"):
        path = self.path("file")
        with open(path, "wb") as file:
            file.write(content)
        return self.own(open(path, mode))


class ByTheSystem:
    """Lets the loop choose, and have the system copy where it can."""

    def prepare(self):
        pass


class ByReading:
    """Has the loop read and send, as where the system copies no files."""

    def prepare(self):
        async def refuse(*arguments):
            raise asyncio.SendfileNotAvailableError("refused by the test")

        self.loop._sock_sendfile_native = refuse
        self.loop._sendfile_native = refuse


class SockSendfileCases:
    """sock_sendfile: a socket sends, a thread receives."""

    async def sent(self, file, *arguments, **keywords):
        """(the result of the call, what the peer got)."""
        self.prepare()
        client, server = self.tcp_pair()
        client.setblocking(False)
        receiving = self.peer(read_to_end, server)
        count = await self.loop.sock_sendfile(client, file, *arguments, **keywords)
        client.close()
        return count, await asyncio.to_thread(receiving.join)

    async def test_a_whole_file(self):
        file = self.file()
        count, got = await self.sent(file)
        self.assertEqual(count, len(CONTENT))
        self.assertTrue(got == CONTENT)
        self.assertEqual(file.tell(), len(CONTENT))

    async def test_a_part(self):
        file = self.file()
        count, got = await self.sent(file, 1000, 2000)
        self.assertEqual(count, 2000)
        self.assertTrue(got == CONTENT[1000:3000])
        self.assertEqual(file.tell(), 3000)

    async def test_more_than_there_is(self):
        file = self.file()
        self.assertEqual((await self.sent(file, 299_000, 5000))[0], 1000)
        self.assertEqual(file.tell(), len(CONTENT))

    async def test_an_empty_file(self):
        file = self.file(b"")
        self.assertEqual(await self.sent(file), (0, b""))
        self.assertEqual(file.tell(), 0)

    async def test_between_other_sends(self):
        self.prepare()
        client, server = self.tcp_pair()
        client.setblocking(False)
        receiving = self.peer(read_to_end, server)
        await self.loop.sock_sendall(client, b"before")
        self.assertEqual(await self.loop.sock_sendfile(client, self.file()), len(CONTENT))
        await self.loop.sock_sendall(client, b"after")
        client.close()
        self.assertTrue(await asyncio.to_thread(receiving.join) == b"before" + CONTENT + b"after")

    async def test_a_cancelled_one_ends(self):
        self.prepare()
        client, server = self.tcp_pair()
        client.setblocking(False)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 14)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
        sending = asyncio.create_task(self.loop.sock_sendfile(client, self.file(pattern(8 << 20))))
        # The first bytes have arrived, and no more are read.
        server.setblocking(False)
        await self.loop.sock_recv(server, 1)
        sending.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await sending
        self.assertFalse(self.loop.remove_writer(client))

    async def test_a_peer_that_goes_ends_it(self):
        self.prepare()
        client, server = self.tcp_pair()
        client.setblocking(False)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
        sending = asyncio.create_task(self.loop.sock_sendfile(client, self.file(pattern(8 << 20))))
        server.setblocking(False)
        await self.loop.sock_recv(server, 1)
        server.close()
        with self.assertRaises(ConnectionError):
            await sending


class SockSendfileByTheSystemTest(ByTheSystem, SockSendfileCases, FileCase):
    pass


class SockSendfileByReadingTest(ByReading, SockSendfileCases, FileCase):
    pass


class SockSendfileRefusalTest(FileCase):
    """What sock_sendfile does not take."""

    async def refused(self, kind, text, file, *arguments, sock=None, **keywords):
        if sock is None:
            sock = self.own(socket.socket())
        sock.setblocking(False)
        with self.assertRaisesRegex(kind, text):
            await self.loop.sock_sendfile(sock, file, *arguments, **keywords)

    async def test_a_text_file(self):
        await self.refused(ValueError, "^file should be opened in binary mode$", self.file(mode="r"))

    async def test_a_datagram_socket(self):
        sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        await self.refused(ValueError, "^only SOCK_STREAM type sockets are supported$", self.file(), sock=sock)

    async def test_a_count_that_is_none(self):
        for count in (0, -1):
            with self.subTest(count=count):
                text = r"^count must be a positive integer \(got %d\)$" % count
                await self.refused(ValueError, text, self.file(), 0, count)
        text = r"^count must be a positive integer \(got 1\.5\)$"
        await self.refused(TypeError, text, self.file(), 0, 1.5)

    async def test_an_offset_that_is_none(self):
        text = r"^offset must be a non-negative integer \(got -1\)$"
        await self.refused(ValueError, text, self.file(), -1)

    async def test_a_file_without_a_descriptor_when_the_system_shall_copy(self):
        kind = asyncio.SendfileNotAvailableError
        # The second where Python has no os.sendfile.
        text = r"^not a regular file$|^os\.sendfile\(\) is not available$"
        await self.refused(kind, text, io.BytesIO(CONTENT), fallback=False)

    async def test_a_file_without_a_descriptor_is_read(self):
        client, server = self.tcp_pair()
        client.setblocking(False)
        receiving = self.peer(read_to_end, server)
        self.assertEqual(await self.loop.sock_sendfile(client, io.BytesIO(CONTENT)), len(CONTENT))
        client.close()
        self.assertTrue(await asyncio.to_thread(receiving.join) == CONTENT)


class Receiver(asyncio.Protocol):
    """Keeps what comes; closes after `enough` bytes."""

    enough = None

    def __init__(self):
        loop = asyncio.get_running_loop()
        self.data = bytearray()
        self.lost = loop.create_future()

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.data += data
        if self.enough is not None and len(self.data) >= self.enough:
            self.transport.close()

    def connection_lost(self, failure):
        self.lost.set_result(failure)


class SendfileCases:
    """sendfile: a transport sends."""

    async def connect(self, enough=None):
        """(the transport that sends, the protocol that receives)."""
        self.prepare()
        receiver = Receiver()
        receiver.enough = enough
        server = await self.loop.create_server(lambda: receiver, HOST, 0)
        await self.at_end.enter_async_context(server)
        transport, sender = await self.loop.create_connection(Receiver, *server.sockets[0].getsockname())
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
        self.at_end.push_async_callback(self.gone, transport, sender.lost)
        return transport, receiver

    async def gone(self, transport, lost):
        transport.abort()
        await lost

    async def test_a_whole_file(self):
        transport, receiver = await self.connect()
        file = self.file()
        self.assertEqual(await self.loop.sendfile(transport, file), len(CONTENT))
        transport.close()
        await receiver.lost
        self.assertTrue(receiver.data == CONTENT)
        self.assertEqual(file.tell(), len(CONTENT))

    async def test_a_part(self):
        transport, receiver = await self.connect()
        file = self.file()
        self.assertEqual(await self.loop.sendfile(transport, file, 1000, 100), 100)
        transport.close()
        await receiver.lost
        self.assertEqual(receiver.data, CONTENT[1000:1100])
        self.assertEqual(file.tell(), 1100)

    async def test_between_writes(self):
        transport, receiver = await self.connect()
        before, after = b"before" * 5000, b"after" * 5000
        transport.write(before)
        self.assertEqual(await self.loop.sendfile(transport, self.file()), len(CONTENT))
        transport.write(after)
        transport.close()
        await receiver.lost
        self.assertTrue(receiver.data == before + CONTENT + after)

    async def test_a_transport_that_is_closing(self):
        transport, _ = await self.connect()
        transport.close()
        with self.assertRaisesRegex(RuntimeError, "^Transport is closing$"):
            await self.loop.sendfile(transport, self.file())

    async def test_a_peer_that_closes_in_the_middle(self):
        transport, receiver = await self.connect(enough=1024)
        content = pattern(8 << 20)
        file = self.file(content)
        with self.assertRaises(ConnectionError):
            await self.loop.sendfile(transport, file)
        await receiver.lost
        self.assertTrue(1024 <= len(receiver.data) < len(content))
        self.assertTrue(1024 <= file.tell() < len(content))
        while not transport.is_closing():
            await asyncio.sleep(0)


class SendfileByTheSystemTest(ByTheSystem, SendfileCases, FileCase):
    @requires(os, "sendfile")
    async def test_nothing_is_written_meanwhile(self):
        transport, receiver = await self.connect()
        content = pattern(1 << 20)
        sending = asyncio.create_task(self.loop.sendfile(transport, self.file(content)))
        while not receiver.data:
            await asyncio.sleep(0)
        with self.assertRaisesRegex(RuntimeError, "sendfile is in progress"):
            transport.write(b"more")
        self.assertEqual(await sending, len(content))


class SendfileByReadingTest(ByReading, SendfileCases, FileCase):
    pass


class SendfileRefusalTest(FileCase):
    async def test_a_datagram_transport(self):
        transport, _ = await self.loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=(HOST, 0))
        self.at_end.callback(transport.close)
        file = self.file()
        with self.assertRaisesRegex(RuntimeError, "^sendfile is not supported for transport "):
            await self.loop.sendfile(transport, file)
        self.assertEqual(file.tell(), 0)

    async def test_the_system_copies_or_nobody(self):
        async def refuse(*arguments):
            raise asyncio.SendfileNotAvailableError("refused by the test")

        self.loop._sendfile_native = refuse
        (_, writer), _ = await self.stream_pair()
        file = self.file()
        with self.assertRaisesRegex(asyncio.SendfileNotAvailableError, "^refused by the test$"):
            await self.loop.sendfile(writer.transport, file, fallback=False)
        self.assertEqual(file.tell(), 0)

    @requires(os, "sendfile")
    async def test_the_system_copies_on_demand(self):
        (_, writer), (reader, _) = await self.stream_pair()
        receiving = asyncio.create_task(reader.readexactly(len(CONTENT)))
        count = await self.loop.sendfile(writer.transport, self.file(), fallback=False)
        self.assertEqual(count, len(CONTENT))
        self.assertTrue(await receiving == CONTENT)


if __name__ == "__main__":
    unittest.main()
