"""Handles of the event loop: asyncio's own, made with less work."""

from asyncio.events import Handle, TimerHandle


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

    _timer: what the host cancels it by, while it is set.
    """

    __slots__ = ("_timer",)

    def cancel(self):
        if not self._cancelled and not self._loop._debug:
            # As the inherited ones do it together.
            if self._scheduled:
                self._scheduled = False
                self._loop._cancel_timer(self._timer)
                self._timer = None
            self._cancelled = True
            self._callback = self._args = None
        else:
            TimerHandle.cancel(self)


# As asyncio's own in what they print.
StreamHandle.__name__ = StreamHandle.__qualname__ = "Handle"
HostTimerHandle.__name__ = HostTimerHandle.__qualname__ = "TimerHandle"
StreamHandle.__module__ = HostTimerHandle.__module__ = "asyncio.events"
