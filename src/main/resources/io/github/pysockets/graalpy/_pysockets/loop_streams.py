"""Stream transports of the event loop: asyncio's own, read by the host and written by one host call.

The loop gives a transport what the host has read, see `_take`. `write` hands bytes to the host, which sends them at
once. What the kernel has no room for goes the way of asyncio's own transports, as all does that is unusual.
"""

from collections import deque

from asyncio import protocols
from asyncio.selector_events import _HAS_SENDMSG, _SelectorSocketTransport
from asyncio.trsock import TransportSocket

from _pysockets import exports
from _pysockets.codes import checked, failure
from _pysockets.loop_handles import StreamHandle

_stream = exports.stream


def _write(transport):
    return transport._write_sendmsg if _HAS_SENDMSG else transport._write_send


def _read(transport):
    if isinstance(transport._protocol, protocols.BufferedProtocol):
        return transport._read_ready__get_buffer
    return transport._read_ready__data_received


def _ignore(transport, value):
    pass


class StreamTransport(_SelectorSocketTransport):
    """A transport on a connected socket.

    _send: the host call that sends; None while bytes are waiting, or writing is not to be.
    _handle: the handle of the reader, while it reads.
    _held: what the host has read and the protocol is not to have yet.
    _receiver: the protocol that has `data_received`: of a TLS connection, the program's.
    _tls: the protocol of a TLS connection whose records the host opens.
    """

    # What most transports never need is made when it is needed: an idle connection is to take little.
    _send = None
    _handle = None
    _held = ()
    _receiver = None
    _tls = None

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        self._host_send = checked(_stream(sock._handle)).send
        super().__init__(loop, sock, protocol, waiter, extra, server)
        self._buffer = ()
        self._forget_extra(loop)
        self._settle()

    @property
    def _extra(self):
        """What get_extra_info() tells. It is made again where only its usual items were kept."""
        info = self._info
        if info is None:
            self._info = info = {
                "peername": self._peername,
                "socket": TransportSocket(self._sock),
                "sockname": self._sockname,
            }
        return info

    @_extra.setter
    def _extra(self, info):
        self._info = info

    def _forget_extra(self, loop):
        """Keeps the addresses alone. Connections of one server share their own."""
        info = self._info
        if len(info) == 3:
            self._peername = info["peername"]
            own = info["sockname"]
            if own == loop._last_sockname:
                own = loop._last_sockname
            else:
                loop._last_sockname = own
            self._sockname = own
            self._info = None

    # The usual limits are the same for all.
    _high_water, _low_water = 64 * 1024, 16 * 1024

    def _set_write_buffer_limits(self, high=None, low=None):
        if high is not None or low is not None or "_high_water" in self.__dict__:
            super()._set_write_buffer_limits(high, low)

    # Asyncio's own keeps two of its methods here, so that each transport has objects for them.
    _write_ready = property(_write, _ignore)
    _read_ready_cb = property(_read, _ignore)

    def _buffering(self):
        """Makes the queue of what is to be sent later."""
        if not self._buffer:
            self._buffer = deque()

    def _settle(self):
        """Sets whether `write` can send at once."""
        usual = not (self._buffer or self._eof or self._conn_lost or self._empty_waiter is not None)
        self._send = self._host_send if usual else None

    # Reading

    def _add_reader(self, fd, callback, *args):
        if not self.is_reading():
            return
        if self._held:
            self._loop.call_soon(self._take_held)
            return
        self._handle = self._loop._add_stream_reader(self)
        self._read_by_host()

    def _read_by_host(self):
        """Has the host read this stream, unless the protocol has a buffer of its own to read into."""
        handle = self._handle
        if handle is not None and not handle._cancelled:
            handle._tls = tls = self._tls
            if tls is not None:
                handle._direct = tls._opening
                self._loop._selector.read_tls(self._sock_fd, tls._host, handle)
            else:
                buffered = isinstance(self._protocol, protocols.BufferedProtocol)
                handle._direct = not buffered
                self._loop._selector.read(self._sock_fd, None if buffered else self._sock, handle)

    def _read_tls(self, protocol):
        """Has the host read the records of a TLS connection, and open them as the protocol says."""
        self._tls = protocol
        self._receiver = protocol._app_protocol
        self._read_by_host()

    def set_protocol(self, protocol):
        super().set_protocol(protocol)
        if self._tls is not None:
            self._tls = None
        self._receiver = protocol
        self._read_by_host()

    def _read_ready(self):
        if self._held:
            self._take_held()
        elif self._tls is not None:
            self._tls._records_came()
        else:
            super()._read_ready()

    def _hold(self, data):
        """Keeps what was read before the protocol paused reading, until it reads again."""
        if not self._closing:
            if not self._held:
                self._held = deque()
            self._held.append(data)

    def _take_held(self):
        """Gives the protocol what was kept, and then goes on reading."""
        while self._held and self.is_reading():
            self._take(self._held.popleft())
        if not self._held and self.is_reading() and (self._handle is None or self._handle._cancelled):
            self._add_reader(self._sock_fd, self._read_ready)

    def _take(self, data):
        """Gives the protocol what the host has read: bytes, none of them at the end; or a code for what has failed."""
        if self._conn_lost:
            return
        if type(data) is int:
            try:
                raise failure(data)
            except (BlockingIOError, InterruptedError):
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                self._fatal_error(exc, "Fatal read error on socket transport")
                return
        if not data:
            self._read_ready__on_eof()
            return
        if isinstance(self._protocol, protocols.BufferedProtocol):
            self._fill(data)
            return
        try:
            self._protocol.data_received(data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._data_received_failed(exc)

    def _data_received_failed(self, exc):
        if self._tls is not None:
            self._tls._plain_failed(exc)
            return
        self._fatal_error(exc, "Fatal error: protocol.data_received() call failed.")

    def _fill(self, data):
        """Copies into the buffers of a protocol that has them only since the host has read."""
        try:
            protocols._feed_data_to_buffered_proto(self._protocol, data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, "Fatal error: protocol.buffer_updated() call failed.")

    # Writing

    def write(self, data):
        send = self._send
        if send is None or data.__class__ is not bytes:
            self._buffering()
            super().write(data)
            self._settle()
            return
        count = send(data)
        if count != len(data):
            self._write_rest(data, count)

    def _write_rest(self, data, count):
        """Keeps what was not sent. `count` is how many bytes were, or a code."""
        if count < 0:
            try:
                raise failure(count)
            except (BlockingIOError, InterruptedError):
                count = 0
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                self._fatal_error(exc, "Fatal write error on socket transport")
                return
        self._loop._add_writer(self._sock_fd, self._write_ready)
        self._buffering()
        self._buffer.append(memoryview(data)[count:])
        self._send = None
        self._maybe_pause_protocol()

    def _write_sendmsg(self):
        super()._write_sendmsg()
        self._settle()

    def _write_send(self):
        super()._write_send()
        self._settle()

    def writelines(self, list_of_data):
        self._buffering()
        super().writelines(list_of_data)
        self._settle()

    def write_eof(self):
        super().write_eof()
        self._settle()

    def _make_empty_waiter(self):
        waiter = super()._make_empty_waiter()
        self._settle()
        return waiter

    def _reset_empty_waiter(self):
        super()._reset_empty_waiter()
        self._settle()

    # End

    def close(self):
        super().close()
        self._held = ()
        self._settle()

    def _force_close(self, exc):
        super()._force_close(exc)
        self._held = ()
        self._settle()

    def _call_connection_lost(self, exc):
        # While the socket is known.
        self._extra
        super()._call_connection_lost(exc)
        self._receiver = self._tls = None


# As asyncio's own in what it prints.
StreamTransport._read_ready.__qualname__ = "_SelectorSocketTransport._read_ready"
StreamTransport.__name__ = StreamTransport.__qualname__ = "_SelectorSocketTransport"
StreamTransport.__module__ = "asyncio.selector_events"
