"""Handles of the event loop: asyncio's own, made with less work."""

from asyncio.events import Handle, TimerHandle
from contextvars import copy_context
from selectors import EVENT_READ

_NO_ARGUMENTS = ()


class SoonHandle(Handle):
    """A callback of the next round, made outside debug mode: what only that needs is the same for all."""

    __slots__ = ()
    _repr = _source_traceback = None

    def cancel(self):
        if not self._cancelled:
            self._cancelled = True
            self._callback = self._args = None


class StreamHandle(Handle):
    """The reader of what the host reads: streams and datagrams.

    It is also what a selector has for a descriptor that is waited for to read alone, to keep less for each.

    _transport: whose descriptor it is.
    _direct: whether what is read goes to the protocol's data_received.
    _tls: the protocol of the TLS connection whose records the host reads, or None.
    """

    __slots__ = ("_transport", "_direct", "_tls")

    events = EVENT_READ
    _repr = _source_traceback = None

    def __init__(self, transport, loop):
        self._context = copy_context()
        self._loop = loop
        self._args = _NO_ARGUMENTS
        self._cancelled = self._direct = False
        self._transport = transport
        self._tls = None

    @property
    def _callback(self):
        return None if self._cancelled else self._transport._read_ready

    @property
    def fd(self):
        """The descriptor, as of a selector's key."""
        return self._transport._sock_fd

    fileobj = fd

    @property
    def data(self):
        """The reader and the writer, as of a selector's key."""
        return self, None

    def cancel(self):
        self._cancelled = True
        self._direct = False
        self._args = None


class HostTimerHandle(TimerHandle):
    """A timer that the host keeps.

    _timer: what the host cancels it by, while it is set; None before the round that hands it over.
    _when_float: its time, as the host has it.
    """

    __slots__ = ("_timer", "_when_float")

    def cancel(self):
        if not self._cancelled and not self._loop._debug:
            # As the inherited ones do it together.
            if self._scheduled:
                self._scheduled = False
                if self._timer is not None:
                    self._loop._cancel_timer(self._timer)
                    self._timer = None
            self._cancelled = True
            self._callback = self._args = None
        else:
            TimerHandle.cancel(self)


# As asyncio's own in what they print.
for _class in SoonHandle, StreamHandle:
    _class.__name__ = _class.__qualname__ = "Handle"
    _class.__module__ = "asyncio.events"
HostTimerHandle.__name__ = HostTimerHandle.__qualname__ = "TimerHandle"
HostTimerHandle.__module__ = "asyncio.events"
