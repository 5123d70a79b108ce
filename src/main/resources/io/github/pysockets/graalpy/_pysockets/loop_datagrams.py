"""Datagram transports of the event loop: asyncio's own, whose datagrams the host receives."""

from collections import deque

from asyncio.selector_events import _SelectorDatagramTransport

from _pysockets.codes import failure


class DatagramTransport(_SelectorDatagramTransport):
    """A transport on a socket for datagrams.

    _held: tuples (datagram or code, sender) that the protocol is to get next.
    """

    _held = ()

    def _add_reader(self, fd, callback, *args):
        if self.is_reading():
            loop = self._loop
            handle = loop._add_stream_reader(self)
            loop._selector.read_datagrams(fd, self._sock, handle)
            if self._held:
                loop.call_soon(self._read_ready)

    def _hold(self, data, sender):
        if not self._held:
            self._held = deque()
        self._held.append((data, sender))

    def _read_ready(self):
        while self._held and self.is_reading():
            self._take(*self._held.popleft())

    def _take(self, data, sender):
        """Gives the protocol a datagram, or what a code stands for."""
        if self._conn_lost or self._closing:
            return
        if self._paused:
            self._hold(data, sender)
            return
        if type(data) is not int:
            self._protocol.datagram_received(data, None if sender.__class__ is int else sender)
            return
        try:
            raise failure(data)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as exc:
            self._protocol.error_received(exc)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, "Fatal read error on datagram transport")


# As asyncio's own in what it prints.
DatagramTransport._read_ready.__qualname__ = "_SelectorDatagramTransport._read_ready"
DatagramTransport.__name__ = DatagramTransport.__qualname__ = "_SelectorDatagramTransport"
DatagramTransport.__module__ = "asyncio.selector_events"
