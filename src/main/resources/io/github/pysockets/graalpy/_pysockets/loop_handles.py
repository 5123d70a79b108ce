"""Handles of the event loop: asyncio's own, made with less work."""

from asyncio.events import Handle, TimerHandle


class SoonHandle(Handle):
    """A callback of the next round, made outside debug mode: what only that needs is the same for all."""

    __slots__ = ()
    _repr = _source_traceback = None

    def cancel(self):
        if not self._cancelled:
            self._cancelled = True
            self._callback = self._args = None


class StreamHandle(Handle):
    """The reader of a stream that the host reads.

    _direct: whether what is read goes to the protocol's data_received.
    _tls: the protocol of the TLS connection whose records the host reads, or None.
    """

    __slots__ = ("_transport", "_direct", "_tls")

    def cancel(self):
        self._direct = False
        Handle.cancel(self)


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
