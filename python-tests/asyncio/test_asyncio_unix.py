"""asyncio's servers and connections on AF_UNIX: paths of each type, stale and taken ones, sockets of one's own."""

import asyncio
import errno
import os
import pathlib
import socket
import unittest

from support.asyncio import AsyncTestCase, close, echo


class UnixCase(AsyncTestCase):
    async def listen(self, path=None, **keywords):
        """A server that echoes lines until the test ends."""

        async def handle(reader, writer):
            await echo(reader, writer)
            await close(writer)

        server = await asyncio.start_unix_server(handle, path, **keywords)
        return await self.at_end.enter_async_context(server)

    async def ask(self, path=None, **keywords):
        """Connects, and has a line echoed. Gives the writer, closed when the test ends."""
        reader, writer = await asyncio.open_unix_connection(path, **keywords)
        self.at_end.push_async_callback(close, writer)
        writer.write(b"line\n")
        self.assertEqual(await reader.readline(), b"line\n")
        return writer


class PathTest(UnixCase):
    async def test_a_path_as_text(self):
        path = self.path()
        await self.listen(path)
        writer = await self.ask(path)
        self.assertEqual(writer.get_extra_info("peername"), path)
        self.assertEqual(writer.get_extra_info("sockname"), "")

    async def test_a_path_object(self):
        path = pathlib.Path(self.path())
        await self.listen(path)
        await self.ask(path)

    async def test_a_path_as_bytes(self):
        path = os.fsencode(self.path())
        await self.listen(path)
        await self.ask(path)

    async def test_an_abstract_name(self):
        name = "\0pysockets-test-%s" % os.path.basename(self.directory())
        server = await self.listen(name)
        self.assertEqual(server.sockets[0].getsockname(), name.encode())
        writer = await self.ask(name)
        self.assertEqual(writer.get_extra_info("peername"), name.encode())

    async def test_a_stale_socket_makes_room(self):
        path = self.path()
        with socket.socket(socket.AF_UNIX) as stale:
            stale.bind(path)
        await self.listen(path)
        await self.ask(path)

    async def test_a_file_that_is_no_socket_is_in_the_way(self):
        path = self.path()
        with open(path, "w"):
            pass
        with self.assertRaises(OSError) as caught:
            await self.listen(path)
        self.assertEqual(caught.exception.errno, errno.EADDRINUSE)
        self.assertEqual(caught.exception.strerror, "Address %r is already in use" % path)
        self.assertTrue(os.path.exists(path))

    async def test_a_path_in_a_directory_that_is_not_there(self):
        with self.assertRaises(FileNotFoundError):
            await self.listen(os.path.join(self.path("nowhere"), "socket"))

    async def test_connecting_to_a_path_that_is_not_there(self):
        with self.assertRaises(FileNotFoundError):
            await self.ask(self.path())

    async def test_connecting_where_nobody_listens_any_more(self):
        path = self.path()
        with socket.socket(socket.AF_UNIX) as stale:
            stale.bind(path)
        with self.assertRaises(ConnectionRefusedError):
            await self.ask(path)

    async def test_a_path_that_is_too_long(self):
        with self.assertRaisesRegex(OSError, "AF_UNIX path too long"):
            await self.listen(self.path("x" * 200))


class SocketTest(UnixCase):
    """A socket instead of a path."""

    def bound(self, kind=socket.SOCK_STREAM):
        sock = self.own(socket.socket(socket.AF_UNIX, kind))
        sock.bind(self.path())
        return sock

    async def test_a_server_on_a_bound_socket(self):
        sock = self.bound()
        server = await self.listen(sock=sock)
        self.assertEqual(server.sockets[0].getsockname(), sock.getsockname())
        await self.ask(sock.getsockname())

    async def test_a_connection_on_a_connected_socket(self):
        path = self.path()
        await self.listen(path)
        sock = socket.socket(socket.AF_UNIX)
        sock.connect(path)
        writer = await self.ask(sock=sock)
        self.assertEqual(writer.get_extra_info("socket").fileno(), sock.fileno())

    async def test_both_ends_of_a_pair(self):
        left, right = socket.socketpair()
        serving = asyncio.create_task(self.serve_socket(right))
        (await self.ask(sock=left)).close()
        await serving

    async def serve_socket(self, sock):
        reader, writer = await asyncio.open_unix_connection(sock=sock)
        await echo(reader, writer)
        await close(writer)

    async def test_path_and_socket_are_refused_together(self):
        sock = self.bound()
        with self.assertRaisesRegex(ValueError, "^path and sock can not be specified at the same time$"):
            await self.listen(self.path(), sock=sock)
        with self.assertRaisesRegex(ValueError, "^path and sock can not be specified at the same time$"):
            await self.ask(self.path(), sock=sock)

    async def test_neither_path_nor_socket(self):
        with self.assertRaisesRegex(ValueError, "^path was not specified, and no sock specified$"):
            await self.listen()
        with self.assertRaisesRegex(ValueError, "^no path and sock were specified$"):
            await self.ask()

    async def test_sockets_of_other_kinds_are_refused(self):
        for sock in (self.own(socket.socket()), self.bound(socket.SOCK_DGRAM)):
            with self.subTest(sock=sock):
                with self.assertRaisesRegex(ValueError, "^A UNIX Domain Stream Socket was expected, got <socket"):
                    await self.listen(sock=sock)
                with self.assertRaisesRegex(ValueError, "^A UNIX Domain Stream Socket was expected, got <socket"):
                    await self.ask(sock=sock)


class ServerTest(UnixCase):
    async def test_it_serves_once_it_is_told_to(self):
        path = self.path()
        server = await self.listen(path, start_serving=False)
        self.assertFalse(server.is_serving())
        with self.assertRaises(ConnectionRefusedError):
            await self.ask(path)
        await server.start_serving()
        self.assertTrue(server.is_serving())
        await self.ask(path)

    async def test_a_cancelled_serve_forever_closes_the_server(self):
        path = self.path()
        server = await self.listen(path)
        serving = asyncio.create_task(server.serve_forever())
        writer = await self.ask(path)
        await close(writer)
        serving.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await serving
        self.assertFalse(server.is_serving())
        with self.assertRaises(ConnectionRefusedError):
            await self.ask(path)

    async def test_credentials_of_the_peer(self):
        path = self.path()
        await self.listen(path)
        writer = await self.ask(path)
        sock = writer.get_extra_info("socket")
        self.assertEqual(len(sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)), 12)


if __name__ == "__main__":
    unittest.main()
