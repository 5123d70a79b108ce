"""What is changed in asyncio's event loop for Unix.

Pipe transports close their pipe when they are dropped, at the latest after their loop was closed. The default policy
makes loops of this package where that was chosen.
"""

import warnings
from functools import partial

from _pysockets import default_loop
from _pysockets.dropped import follow, forget


def apply(module):
    """Changes the transports that read a pipe and that write one, and the policy."""
    if default_loop.is_ours:
        module.DefaultEventLoopPolicy._loop_factory = staticmethod(default_loop.make)
    for cls in module._UnixReadPipeTransport, module._UnixWritePipeTransport:
        _patch(cls)


def _patch(cls):
    begin, end = cls.__init__, cls._call_connection_lost

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        begin(self, loop, pipe, protocol, waiter, extra)
        name = type(self).__name__
        self._followed = follow(partial(_close, pipe, name, self._fileno, getattr(self, "_buffer", None)))

    def _call_connection_lost(self, exc):
        followed = self.__dict__.pop("_followed", None)
        if followed is not None:
            forget(followed)
        return end(self, exc)

    cls.__init__, cls._call_connection_lost = __init__, _call_connection_lost


def _close(pipe, name, fd, buffer):
    """What __del__ of a transport does. A dropped one is no longer polled, or its loop would keep it."""
    size = "" if buffer is None else f" bufsize={len(buffer)}"
    warnings.warn(f"unclosed transport <{name} fd={fd} idle{size}>", ResourceWarning)
    pipe.close()
