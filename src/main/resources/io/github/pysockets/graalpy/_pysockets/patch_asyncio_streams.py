"""A client's StreamWriter of asyncio closes its transport when it is dropped."""

import warnings
from functools import partial
from weakref import ref

from _pysockets.dropped import follow, forget


def apply(module):
    """Changes the class StreamWriter."""
    cls = module.StreamWriter
    begin, end = cls.__init__, cls.close

    def __init__(self, transport, protocol, reader, loop):
        begin(self, transport, protocol, reader, loop)
        try:
            self._followed = follow(partial(_close, ref(transport), ref(loop)), getattr(transport, "_sock", None))
        except TypeError:
            # Of a class without weak references.
            pass

    def close(self):
        followed = self.__dict__.pop("_followed", None)
        if followed is not None:
            forget(followed)
        return end(self)

    cls.__init__, cls.close = __init__, close


def _close(transport_of, loop_of):
    """What StreamWriter.__del__ does."""
    transport, loop = transport_of(), loop_of()
    if transport is None or loop is None or transport.is_closing():
        return
    if loop.is_closed():
        warnings.warn("loop is closed", ResourceWarning)
        return
    loop.call_soon_threadsafe(transport.close)
    warnings.warn(f"unclosed <StreamWriter transport={transport!r}>", ResourceWarning)
