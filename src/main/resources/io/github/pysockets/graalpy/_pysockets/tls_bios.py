"""MemoryBIO: queues of bytes in memory, for TLS without a socket."""

from _pysockets.arguments import as_int as _as_int
from _pysockets.arguments import bytes_like as _bytes_like
from _pysockets.codes import UNUSUAL as _UNUSUAL
from _pysockets.codes import checked as _checked
from _pysockets.buffers import SMALL as _SMALL
from _pysockets.buffers import make as _make
from _pysockets.buffers import small as _small
from _pysockets.tls_errors import SSLError
from _pysockets.tls_host import materials as _materials

_queue = _materials.queue
_append = _materials.append
_take = _materials.take
_take_all = _materials.takeAll
_take_bytes = _materials.takeBytes
_pending = _materials.pending
_end = _materials.end
_at_end = _materials.atEnd

_new_object = object.__new__

_INT_MAX = 0x7FFF_FFFF


class MemoryBIO:
    """A queue of bytes in memory, from which a TLS connection reads its records or to which it writes them."""

    __slots__ = ("_handle", "_ended")

    def __new__(cls):
        self = _new_object(cls)
        self._handle = _checked(_queue())
        self._ended = False
        return self

    def __reduce__(self):
        raise TypeError("cannot pickle '_ssl.MemoryBIO' object")

    @property
    def pending(self):
        """How many bytes there are to read."""
        return _checked(_pending(self._handle))

    @property
    def eof(self):
        """Whether write_eof() was called and all is read."""
        return self._ended and _checked(_at_end(self._handle))

    def read(self, size=-1, /):
        """Reads at most `size` bytes; all that are there where it is negative. Gives b'' where there are none."""
        size = _as_int(size)
        if size > _SMALL:
            return _checked(_take_bytes(self._handle, size))
        try:
            lent = _small.pop()
        except IndexError:
            lent = _make()
        count = _take_all(self._handle, lent[0]) if size < 0 else _take(self._handle, lent[0], size)
        data = bytes(lent[1][:count]) if count >= 0 else None
        _small.append(lent)
        if data is not None:
            return data
        return _checked(_take_bytes(self._handle, _INT_MAX) if count == _UNUSUAL else count)

    def write(self, b, /):
        """Appends bytes. Gives their number."""
        data = b if type(b) is bytes else _bytes_like(b)
        if self._ended:
            raise _without_number("cannot write() after write_eof()")
        return _checked(_append(self._handle, data))

    def write_eof(self):
        """Ends the stream: a reader gets its end after the bytes that are there."""
        self._ended = True
        _checked(_end(self._handle))


def _without_number(text):
    # With a single argument, as CPython raises this one.
    return SSLError(text)


MemoryBIO.__module__ = "_ssl"
