"""An event loop of asyncio whose waiting, timers and reading of streams are the host's.

It is the standard loop with its slow parts replaced. Each round is one host call, which waits, reads the streams that
are ready, and gives what is ready and due. The queue of callbacks is a deque as in the standard loop: that is Java
already, and cheaper to reach than anything of the host.
"""

from asyncio import SelectorEventLoop, constants, format_helpers, sslproto
from asyncio.base_events import _format_handle
from asyncio.events import Handle
from asyncio.log import logger
from contextvars import copy_context
from selectors import EVENT_READ

from _socket import socket as _host_socket

from _pysockets import exports
from _pysockets.buffers import make
from _pysockets.codes import checked, failure
from _pysockets.loop_handles import HostTimerHandle, StreamHandle
from _pysockets.loop_selector import HostSelector
from _pysockets.loop_streams import StreamTransport

_ROOM = 256 * 1024
"""Bytes that one round reads: as many as the standard loop reads from one stream at once."""

_new_object = object.__new__


class EventLoop(SelectorEventLoop):
    """The standard event loop, faster."""

    def __init__(self):
        buffer, self._view, _ = make(_ROOM)
        calls = checked(exports.eventLoop(buffer))
        self._round = calls.round
        self._set_timer = calls.timer
        self._cancel_timer = calls.cancel
        super().__init__(HostSelector(calls))

    # Callbacks

    def call_soon(self, callback, *args, context=None):
        if self._debug or self._closed:
            handle = super().call_soon(callback, *args, context=context)
            if handle._source_traceback:
                del handle._source_traceback[-1]
            return handle
        # As Handle() does it, without the calls.
        handle = _new_object(Handle)
        handle._context = copy_context() if context is None else context
        handle._loop = self
        handle._callback = callback
        handle._args = args
        handle._cancelled = False
        handle._repr = None
        handle._source_traceback = None
        self._ready.append(handle)
        return handle

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
        timer._timer = set_by = self._set_timer(when if when.__class__ is float else float(when), timer)
        if set_by.__class__ is int:
            raise failure(set_by)
        timer._scheduled = True
        return timer

    def _timer_handle_cancelled(self, handle):
        if handle._scheduled:
            handle._scheduled = False
            self._cancel_timer(handle._timer)
            handle._timer = None

    # Rounds

    def _run_once(self):
        ready = self._ready
        found = self._round(self.time(), self._clock_resolution, not ready and not self._stopping)
        streams = timers = ()
        if found.__class__ is not int:
            events, count = found[0], found[1]
            middle = 2 + 2 * events
            end = middle + 3 * count
            if events:
                self._process_found(found[2:middle])
            if count:
                streams = found[middle:end]
            if end < len(found):
                timers = found[end:]
                for timer in timers:
                    timer._scheduled = False
                    timer._timer = None
        elif found < 0:
            raise failure(found)
        # What callbacks add now is for the next round.
        todo = len(ready)
        if self._debug:
            self._run_debugging(todo, streams, timers)
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
                            handle._context.run(transport._protocol.data_received, data)
                        except (SystemExit, KeyboardInterrupt):
                            raise
                        except BaseException as exc:
                            handle._context.run(transport._data_received_failed, exc)
                    else:
                        self._give(handle, start, end)
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
            self._put_back(streams, timers)
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
        data = bytes(self._view[start:end]) if end >= start else end
        if handle._cancelled:
            transport._hold(data)
            if transport.is_reading():
                # It has paused and resumed meanwhile.
                transport._handle._context.run(transport._take_held)
        else:
            handle._context.run(transport._take, data)

    def _put_back(self, streams, timers):
        """Keeps for the next round what did not run in this one, because a callback ended it."""
        streams = iter(streams)
        for handle, start, end in zip(streams, streams, streams):
            transport = handle._transport
            transport._hold(bytes(self._view[start:end]) if end >= start else end)
            self._add_callback(handle)
        for timer in timers:
            self._add_callback(timer)

    def _run_debugging(self, todo, streams, timers):
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
            timers = iter(timers)
            for handle in timers:
                if not handle._cancelled:
                    self._run_timed(handle, handle._run)
        except BaseException:
            self._put_back(streams, timers)
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

    def _add_stream_reader(self, fd, callback):
        """As `_add_reader`, for a stream that the host reads."""
        self._check_closed()
        handle = StreamHandle(callback, (), self, None)
        try:
            key = self._selector.get_key(fd)
        except KeyError:
            self._selector.register(fd, EVENT_READ, (handle, None))
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

    # Transports

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        if not isinstance(sock, _host_socket):
            return super()._make_socket_transport(sock, protocol, waiter, extra=extra, server=server)
        self._ensure_fd_no_transport(sock)
        return StreamTransport(self, sock, protocol, waiter, extra, server)

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
        self._ensure_fd_no_transport(rawsock)
        ssl_protocol = sslproto.SSLProtocol(
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
