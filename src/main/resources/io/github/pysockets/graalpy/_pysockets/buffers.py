"""Buffers that host calls receive into.

A buffer is lent for one call: taken from a pool, filled by the host, copied out, given back. Taking and giving back are
single list operations, which no other thread can come between.

What is lent is a tuple (host buffer, memoryview of it, file in memory). The memoryview and the file last as long as the
buffer: making new ones for every call would cost more than the call.
"""

from io import BytesIO as _BytesIO

from _pysockets.buffer_views import view
from _pysockets.codes import checked
from _pysockets.host import calls

_new_buffer = calls.buffer

SMALL = 64 * 1024
"""Bytes in a buffer of the common size."""

_MOST = 64 * 1024 * 1024
"""Bytes above which a stream is received in more than one call: more than any kernel keeps for one socket."""

_ADDRESSABLE = 1 << 47
"""Bytes that no process can have, so that no buffer of that size could be made."""

_KEPT_LARGE = 4

small = []
"""Buffers of the common size that are not lent now."""

_large = []


def make(size=SMALL):
    """A new buffer, as it is lent."""
    buffer = checked(_new_buffer(size))
    return buffer, view(buffer), _BytesIO()


def take(size):
    """A buffer of at least `size` bytes."""
    if size <= SMALL:
        try:
            return small.pop()
        except IndexError:
            return make()
    try:
        lent = _large.pop()
    except IndexError:
        lent = None
    if lent is None or lent[1].nbytes < size:
        lent = make(1 << (size - 1).bit_length() if size <= _MOST else size)
    return lent


def give(lent):
    """Takes a buffer back."""
    size = lent[1].nbytes
    if size == SMALL:
        small.append(lent)
    elif len(_large) < _KEPT_LARGE and size <= _MOST:
        _large.append(lent)


def bounded(size):
    """How many bytes one receiving call asks for when its caller asks for `size`."""
    if size > _ADDRESSABLE:
        raise MemoryError
    return size if size <= _MOST else _MOST


def copy(lent, count, target, start=0):
    """Copies `count` bytes of a lent buffer, from `start` on, into `target`: a bytearray or memoryview of bytes.

    They go through the file, because assigning one memoryview to another goes byte by byte.
    """
    _, data, file = lent
    file.seek(0)
    file.write(data[start : start + count])
    file.seek(0)
    file.readinto(target if len(target) == count else memoryview(target)[:count])
