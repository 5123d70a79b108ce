"""An event loop of asyncio whose waiting, timers and reading of streams are the host's.

It is the standard loop with its slow parts replaced. Each round is one host call, which waits, reads the streams that
are ready, and gives what is ready and due. The queue of callbacks is a deque as in the standard loop: that is Java
already, and cheaper to reach than anything of the host.
"""

import errno
import socket

from asyncio import SelectorEventLoop, constants, format_helpers, trsock
from asyncio.base_events import _format_handle
from asyncio.futures import Future, _PyFuture
from asyncio.log import logger
from contextvars import copy_context
from selectors import EVENT_READ

from _socket import socket as _host_socket

from _pysockets import exports
from _pysockets.buffers import make
from _pysockets.codes import checked, failure
from _pysockets.loop_datagrams import DatagramTransport
from _pysockets.loop_handles import HostTimerHandle, SoonHandle, StreamHandle
from _pysockets.loop_selector import HostSelector
from _pysockets.loop_streams import StreamTransport

_ROOM = 256 * 1024
"""Bytes that one round reads: as many as the standard loop reads from one stream at once."""

_new_object = object.__new__
_accept = socket.socket.accept


class EventLoop(SelectorEventLoop):
    """The standard event loop, faster.

    _last_sockname: the own address of the last connection.
    _timed: whether a round has to be told the time. False means that there was no timer lately.
    """

    _timed = True
    _last_sockname = None

    def __init__(self):
        buffer, self._view, _ = make(_ROOM)
        calls = checked(exports.eventLoop(buffer))
        self._round = calls.round
        self._untimed_round = calls.untimedRound
        self._set_timer = calls.timer
        self._cancel_timer = calls.cancel
        self._accept = calls.accept
        self._new_timers = []
        super().__init__(HostSelector(calls))

    # Callbacks

    def call_soon(self, callback, *args, context=None):
        if self._debug or self._closed:
            handle = super().call_soon(callback, *args, context=context)
            if handle._source_traceback:
                del handle._source_traceback[-1]
            return handle
        # As Handle() does it, without the calls.
        handle = _new_object(SoonHandle)
        handle._context = copy_context() if context is None else context
        handle._loop = self
        handle._callback = callback
        handle._args = args
        handle._cancelled = False
        self._ready.append(handle)
        return handle

    def create_future(self):
        if self._debug or Future is not _PyFuture:
            return Future(loop=self)
        # As Future() does it, without the calls.
        future = _new_object(Future)
        future._loop = self
        future._callbacks = []
        return future

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        timer = self._call_at(self.time() + delay, callback, args, context)
        if timer._source_traceback:
            del timer._source_traceback[-1]
        return timer

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        timer = self._call_at(when, callback, args, context)
        if timer._source_traceback:
            del timer._source_traceback[-1]
        return timer

    def _call_at(self, when, callback, args, context):
        if self._debug or self._closed:
            self._check_closed()
            self._check_thread()
            self._check_callback(callback, "call_at")
            timer = HostTimerHandle(when, callback, args, self, context)
            if timer._source_traceback:
                del timer._source_traceback[-1]
        else:
            # As in call_soon.
            timer = _new_object(HostTimerHandle)
            timer._context = copy_context() if context is None else context
            timer._loop = self
            timer._callback = callback
            timer._args = args
            timer._cancelled = False
            timer._repr = None
            timer._source_traceback = None
            timer._when = when
        self._timed = True
        timer._when_float = when if when.__class__ is float else float(when)
        timer._timer = None
        self._new_timers.append(timer)
        timer._scheduled = True
        return timer

    def _set_new_timers(self):
        """Hands the timers over that were set since the last round and are not cancelled yet."""
        timers, self._new_timers = self._new_timers, []
        for timer in timers:
            if not timer._cancelled:
                timer._timer = set_by = self._set_timer(timer._when_float, timer)
                if set_by.__class__ is int:
                    raise failure(set_by)

    def _timer_handle_cancelled(self, handle):
        if handle._scheduled:
            handle._scheduled = False
            if handle._timer is not None:
                self._cancel_timer(handle._timer)
                handle._timer = None

    # Rounds

    def _run_once(self):
        ready = self._ready
        if self._new_timers:
            self._set_new_timers()
        waits = not ready and not self._stopping
        if self._timed:
            found = self._round(self.time(), self._clock_resolution, waits)
        else:
            found = self._untimed_round(waits)
        streams = datagrams = timers = ()
        if found.__class__ is not int:
            events, count, others = found[0], found[1], found[2]
            middle = 3 + 2 * events
            end = middle + 3 * count
            if events:
                self._process_found(found[3:middle])
            if count:
                streams = found[middle:end]
            if others:
                start, end = end, end + 4 * others
                datagrams = found[start:end]
            if end < len(found):
                timers = found[end:]
                for timer in timers:
                    timer._scheduled = False
                    timer._timer = None
        elif found < 0:
            raise failure(found)
        else:
            self._timed = found == 0
        # What callbacks add now is for the next round.
        todo = len(ready)
        if self._debug:
            self._run_debugging(todo, streams, datagrams, timers)
            return
        popleft = ready.popleft
        handle = None
        try:
            for _ in range(todo):
                handle = popleft()
                if not handle._cancelled:
                    args = handle._args
                    try:
                        if args:
                            handle._context.run(handle._callback, *args)
                        else:
                            handle._context.run(handle._callback)
                    except (SystemExit, KeyboardInterrupt):
                        raise
                    except BaseException as exc:
                        _report(handle, exc)
            if streams:
                view = self._view
                streams = iter(streams)
                for handle, start, end in zip(streams, streams, streams):
                    if end > start and handle._direct:
                        transport = handle._transport
                        data = bytes(view[start:end])
                        try:
                            handle._context.run(transport._receiver.data_received, data)
                        except (SystemExit, KeyboardInterrupt):
                            raise
                        except BaseException as exc:
                            handle._context.run(transport._data_received_failed, exc)
                    else:
                        self._give(handle, start, end)
            if datagrams:
                datagrams = iter(datagrams)
                for handle, sender, start, end in zip(datagrams, datagrams, datagrams, datagrams):
                    self._give_datagram(handle, sender, start, end)
            if timers:
                timers = iter(timers)
                for handle in timers:
                    if not handle._cancelled:
                        try:
                            handle._context.run(handle._callback, *handle._args)
                        except (SystemExit, KeyboardInterrupt):
                            raise
                        except BaseException as exc:
                            _report(handle, exc)
        except BaseException:
            self._put_back(streams, datagrams, timers)
            raise
        # They refer to what the callback has.
        handle = args = None

    def _process_found(self, flat):
        """Readies the callbacks of descriptors: see the host's LoopRound."""
        keys = self._selector._fd_to_key
        flat = iter(flat)
        found = []
        for fd, interest in zip(flat, flat):
            key = keys.get(fd)
            if key is not None:
                found.append((key, interest & key.events))
        self._process_events(found)

    def _give(self, handle, start, end):
        """Gives a transport what the host has read of its stream, whatever that is and has become."""
        transport = handle._transport
        tls = handle._tls
        if tls is not None and (end > start or start > end == 0):
            if tls is not transport._tls:
                # The connection has ended, or begun anew.
                return
            if end == 0:
                handle._context.run(tls._records_came)
            else:
                handle._context.run(tls._take_plain, bytes(self._view[start:end]))
            return
        data = bytes(self._view[start:end]) if end >= start else end
        if handle._cancelled:
            transport._hold(data)
            if transport.is_reading():
                # It has paused and resumed meanwhile.
                transport._handle._context.run(transport._take_held)
        else:
            handle._context.run(transport._take, data)

    def _give_datagram(self, handle, sender, start, end):
        """Gives a transport a datagram that the host has received."""
        data = bytes(self._view[start:end]) if end >= start else end
        try:
            handle._context.run(handle._transport._take, data, sender)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            _report(handle, exc)

    def _put_back(self, streams, datagrams, timers):
        """Keeps for the next round what did not run in this one, because a callback ended it."""
        streams = iter(streams)
        for handle, start, end in zip(streams, streams, streams):
            if handle._tls is not None and (end > start or start > end == 0):
                if end:
                    handle._tls._keep(bytes(self._view[start:end]))
            else:
                handle._transport._hold(bytes(self._view[start:end]) if end >= start else end)
            self._add_callback(handle)
        datagrams = iter(datagrams)
        for handle, sender, start, end in zip(datagrams, datagrams, datagrams, datagrams):
            handle._transport._hold(bytes(self._view[start:end]) if end >= start else end, sender)
            self._add_callback(handle)
        for timer in timers:
            self._add_callback(timer)

    def _run_debugging(self, todo, streams, datagrams, timers):
        """Runs what is ready in debug mode: each is timed."""
        popleft = self._ready.popleft
        try:
            for _ in range(todo):
                handle = popleft()
                if not handle._cancelled:
                    self._run_timed(handle, handle._run)
            streams = iter(streams)
            for handle, start, end in zip(streams, streams, streams):
                self._run_timed(handle, self._give, handle, start, end)
            datagrams = iter(datagrams)
            for handle, sender, start, end in zip(datagrams, datagrams, datagrams, datagrams):
                self._run_timed(handle, self._give_datagram, handle, sender, start, end)
            timers = iter(timers)
            for handle in timers:
                if not handle._cancelled:
                    self._run_timed(handle, handle._run)
        except BaseException:
            self._put_back(streams, datagrams, timers)
            raise

    def _run_timed(self, handle, run, *args):
        try:
            self._current_handle = handle
            began = self.time()
            run(*args)
            took = self.time() - began
            if took >= self.slow_callback_duration:
                logger.warning("Executing %s took %.3f seconds", _format_handle(handle), took)
        finally:
            self._current_handle = None

    # Descriptors

    def _add_stream_reader(self, transport):
        """As `_add_reader`, for a descriptor that the host reads."""
        self._check_closed()
        handle = StreamHandle(transport, self)
        fd = transport._sock_fd
        try:
            key = self._selector.get_key(fd)
        except KeyError:
            self._selector.register_reader(fd, handle)
        else:
            reader, writer = key.data
            self._selector.modify(fd, key.events | EVENT_READ, (handle, writer))
            if reader is not None:
                reader.cancel()
        return handle

    def _read_from_self(self):
        # One call where the standard loop makes a second, to see that there is no more.
        data = b""
        try:
            data = self._ssock.recv(4096)
        except (InterruptedError, BlockingIOError):
            return
        if data:
            self._process_self_data(data)

    # Servers

    def _accept_connection(
        self,
        protocol_factory,
        sock,
        sslcontext=None,
        server=None,
        backlog=100,
        ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT,
        ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT,
    ):
        cls = socket.socket
        if self._debug or type(sock) is not cls or cls.accept is not _accept or sock._nanos or backlog < 1:
            super()._accept_connection(
                protocol_factory, sock, sslcontext, server, backlog, ssl_handshake_timeout, ssl_shutdown_timeout
            )
            return
        found = checked(self._accept(sock._handle, backlog))
        code = found[0]
        found = iter(found[1:])
        for handle, holding, peer in zip(found, found, found):
            made = sock._accepted(handle, holding)
            made._io_refs = 0
            made._closed = False
            extra = {"peername": peer}
            if sslcontext:
                self.create_task(
                    self._accept_connection2(
                        protocol_factory, made, extra, sslcontext, server, ssl_handshake_timeout, ssl_shutdown_timeout
                    )
                )
            else:
                self.call_soon(self._begin_accepted, protocol_factory, made, extra, server)
        if code:
            self._accept_failed(
                code, protocol_factory, sock, sslcontext, server, backlog, ssl_handshake_timeout, ssl_shutdown_timeout
            )

    def _accept_failed(self, code, protocol_factory, sock, sslcontext, server, backlog, *timeouts):
        """Does what the standard loop does where accept() raises."""
        try:
            raise failure(code)
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            pass
        except OSError as exc:
            if exc.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                raise
            self.call_exception_handler(
                {
                    "message": "socket.accept() out of system resource",
                    "exception": exc,
                    "socket": trsock.TransportSocket(sock),
                }
            )
            self._remove_reader(sock.fileno())
            self.call_later(
                constants.ACCEPT_RETRY_DELAY,
                self._start_serving,
                protocol_factory,
                sock,
                sslcontext,
                server,
                backlog,
                *timeouts,
            )

    def _begin_accepted(self, protocol_factory, sock, extra, server):
        """Makes protocol and transport of a connection. The standard loop has a task for it.

        What it raises is told in debug mode only, as there.
        """
        try:
            protocol = protocol_factory()
            self._make_socket_transport(sock, protocol, extra=extra, server=server)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            if self._debug:
                self.call_exception_handler(
                    {"message": "Error on transport creation for incoming connection", "exception": exc}
                )

    # Transports

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        if not isinstance(sock, _host_socket):
            return super()._make_socket_transport(sock, protocol, waiter, extra=extra, server=server)
        self._ensure_fd_no_transport(sock)
        return StreamTransport(self, sock, protocol, waiter, extra, server)

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        if not isinstance(sock, _host_socket):
            return super()._make_datagram_transport(sock, protocol, address, waiter, extra)
        self._ensure_fd_no_transport(sock)
        return DatagramTransport(self, sock, protocol, address, waiter, extra)

    def _make_ssl_transport(
        self,
        rawsock,
        protocol,
        sslcontext,
        waiter=None,
        *,
        server_side=False,
        server_hostname=None,
        extra=None,
        server=None,
        ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT,
        ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT,
    ):
        from _pysockets.loop_tls import HostTlsProtocol

        self._ensure_fd_no_transport(rawsock)
        ssl_protocol = HostTlsProtocol(
            self,
            protocol,
            sslcontext,
            waiter,
            server_side,
            server_hostname,
            ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout,
        )
        self._make_socket_transport(rawsock, ssl_protocol, extra=extra, server=server)
        return ssl_protocol._app_transport

    async def start_tls(
        self,
        transport,
        protocol,
        sslcontext,
        *,
        server_side=False,
        server_hostname=None,
        ssl_handshake_timeout=None,
        ssl_shutdown_timeout=None,
    ):
        import ssl

        if type(transport) is not StreamTransport or not isinstance(sslcontext, ssl.SSLContext):
            return await super().start_tls(
                transport,
                protocol,
                sslcontext,
                server_side=server_side,
                server_hostname=server_hostname,
                ssl_handshake_timeout=ssl_handshake_timeout,
                ssl_shutdown_timeout=ssl_shutdown_timeout,
            )
        from _pysockets.loop_tls import HostTlsProtocol

        waiter = self.create_future()
        tls = HostTlsProtocol(
            self,
            protocol,
            sslcontext,
            waiter,
            server_side,
            server_hostname,
            ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout,
            call_connection_made=False,
        )
        # Nothing is to come before the connection is made, which tells the host of it.
        transport.pause_reading()
        transport.set_protocol(tls)
        made = self.call_soon(tls.connection_made, transport)
        resumed = self.call_soon(transport.resume_reading)
        try:
            await waiter
        except BaseException:
            transport.close()
            made.cancel()
            resumed.cancel()
            raise
        return tls._app_transport


def _report(handle, exc):
    """What Handle._run does with what a callback has raised."""
    source = format_helpers._format_callback_source(handle._callback, handle._args)
    context = {
        "message": f"Exception in callback {source}",
        "exception": exc,
        "handle": handle,
    }
    if handle._source_traceback:
        context["source_traceback"] = handle._source_traceback
    handle._loop.call_exception_handler(context)
