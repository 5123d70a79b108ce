"""Views of host buffers by host calls, for GraalPy 25.0, which cannot make a memoryview of such a buffer.

Few bytes come as a str in which each char is a byte. That takes some nanoseconds for each byte. So more bytes go
through a file in memory that both sides have mapped: the host copies them there, and a slice of the mapping copies them
again. In a context that may not open files all come as str.
"""

import os as _os
from mmap import mmap

from _pysockets import exports

_buffers = exports.buffers()
_size = _buffers.size
_text = _buffers.text
_set = _buffers.set


def _checked(result):
    """As codes.checked, whose module is imported after this one."""
    if type(result) is int and result < 0:
        raise BufferError("host buffer: code %d" % result)
    return result


_MOST_AS_TEXT = 64
"""Bytes above which the file is quicker than the str."""

_PIECE = 1 << 20
"""The most bytes that the file holds."""


class BufferView:
    """Stands for the memoryview of a host buffer: has what this package uses of one."""

    __slots__ = ("_buffer", "_put", "_mapped", "nbytes")

    def __init__(self, buffer):
        self._buffer = buffer
        self._put = None
        # None before it is needed; False where there is none.
        self._mapped = None
        self.nbytes = _checked(_size(buffer))

    def __getitem__(self, part):
        """The bytes of a slice without a step, as bytes."""
        start = part.start or 0
        stop = self.nbytes if part.stop is None else part.stop
        count = stop - start
        if count > _MOST_AS_TEXT:
            mapped = self._mapped
            if mapped is None:
                mapped = self._map()
            if mapped is not False:
                if count > _PIECE:
                    return b"".join([self[at : min(at + _PIECE, stop)] for at in range(start, stop, _PIECE)])
                if self._put(self._buffer, start, stop) == 1:
                    return mapped[:count]
        return _checked(_text(self._buffer, start, stop)).encode("latin-1")

    def __setitem__(self, part, data):
        _checked(_set(self._buffer, part.start or 0, data))

    def _map(self):
        # Once: where there is no file now, there is none later.
        self._mapped = False
        size = min(self.nbytes, _PIECE)
        file = _checked(_buffers.file(size))
        if file is None:
            return False
        try:
            fd = _os.open(file.path(), _os.O_RDWR | _os.O_CLOEXEC)
            try:
                self._mapped = mmap(fd, size)
            finally:
                _os.close(fd)
            self._put = file.put
        except OSError:
            # This context's files are not the host's.
            file.close()
        return self._mapped
