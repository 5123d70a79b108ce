"""Buffers that host calls receive into.

A buffer is lent for one call: taken from a pool, filled by the host, copied out, given back. Taking and giving are single list
operations, which no other thread can come between. A long-lived memoryview for each buffer makes the copy a fast one.
"""

from io import BytesIO as _BytesIO

from _pysockets.codes import checked
from _pysockets.host import calls

_new_buffer = calls.buffer

SMALL = 64 * 1024
"""Octets in a buffer of the common size."""

_MOST = 64 * 1024 * 1024
"""Octets above which a stream is received in more than one call: more than any kernel keeps for one socket."""

_ADDRESSABLE = 1 << 47
"""Octets that no process can have, so that no buffer of that size could be made."""

_KEPT_LARGE = 4

_small = []
_large = []


def _make(size):
    buffer = checked(_new_buffer(size))
    return buffer, memoryview(buffer)


def take(size):
    """A pair (host buffer, its memoryview) of at least `size` octets."""
    if size <= SMALL:
        try:
            return _small.pop()
        except IndexError:
            return _make(SMALL)
    try:
        lent = _large.pop()
    except IndexError:
        lent = None
    if lent is None or lent[1].nbytes < size:
        lent = _make(1 << (size - 1).bit_length() if size <= _MOST else size)
    return lent


def give(lent):
    """Takes a pair back."""
    if lent[1].nbytes == SMALL:
        _small.append(lent)
    elif len(_large) < _KEPT_LARGE and lent[1].nbytes <= _MOST:
        _large.append(lent)


def bounded(size):
    """How many octets one receiving call asks for when its caller asks for `size`."""
    if size > _ADDRESSABLE:
        raise MemoryError
    return size if size <= _MOST else _MOST


def copy(view, count, target, start=0):
    """Copies the first `count` octets of a lent memoryview into the memoryview `target`, from `start` on."""
    _BytesIO(view[:count]).readinto(target[start : start + count])
