"""The host's calls on processes, and the buffers that they read and write."""

from _pysockets.buffers import give, take
from _pysockets.codes import checked
from _pysockets.host import exports

process_calls = checked(exports.processes())
"""Host calls on processes."""


def call(name, a=0, b=0, c=0):
    """A call that takes numbers alone: what it returns."""
    return checked(process_calls.call(name, a, b, c, None, 0))


def with_buffer(name, data, a=0, b=0, c=0, waits=False):
    """A call with a buffer that holds `data`: a tuple of what it returns, and the buffer's bytes then."""
    size = len(data)
    lent = take(size)
    try:
        lent[1][:size] = data
        made = process_calls.callUntilDone if waits else process_calls.call
        return checked(made(name, a, b, c, lent[0], size)), bytes(lent[1][:size])
    finally:
        give(lent)
