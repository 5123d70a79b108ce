"""Views of host buffers by host calls, for GraalPy 25.0, which cannot make a memoryview of such a buffer.

Few bytes come as a str in which each char is a byte. That takes some nanoseconds for each byte, so many bytes go
through a file in memory: the host writes it, and os.read copies in bulk. In a context that may not open files all come
as str.
"""

import os as _os

from _pysockets import exports

_buffers = exports.buffers()
_size = _buffers.size
_text = _buffers.text
_set = _buffers.set
_read = _os.read
_lseek = _os.lseek
_close = _os.close


def _checked(result):
    """As codes.checked, whose module is imported after this one."""
    if type(result) is int and result < 0:
        raise BufferError("host buffer: code %d" % result)
    return result


_MOST_AS_TEXT = 4096
"""Bytes above which the file is quicker than the str."""

_PIECE = 1 << 20
"""Bytes that the file holds."""


class BufferView:
    """Stands for the memoryview of a host buffer: has what this package uses of one."""

    __slots__ = ("_buffer", "_file", "_put", "_fd", "nbytes")

    def __init__(self, buffer):
        self._buffer = buffer
        self._file = self._put = self._fd = None
        self.nbytes = _checked(_size(buffer))

    def __getitem__(self, part):
        """The bytes of a slice without a step, as bytes."""
        start = part.start or 0
        stop = self.nbytes if part.stop is None else part.stop
        if stop - start > _MOST_AS_TEXT:
            if self._file is None:
                self._open()
            if self._fd is not None:
                data = self._through_file(start, stop)
                if len(data) == stop - start:
                    return data
        return _checked(_text(self._buffer, start, stop)).encode("latin-1")

    def __setitem__(self, part, data):
        _checked(_set(self._buffer, part.start or 0, data))

    def _through_file(self, start, stop):
        """The bytes, or fewer of them where the file is full or gone."""
        if stop - start <= _PIECE:
            return self._piece(start, stop)
        return b"".join([self._piece(at, min(at + _PIECE, stop)) for at in range(start, stop, _PIECE)])

    def _piece(self, start, stop):
        if self._put(self._buffer, start, stop) != 1:
            return b""
        _lseek(self._fd, 0, 0)
        return _read(self._fd, stop - start)

    def __del__(self):
        if self._fd is not None:
            _close(self._fd)

    def _open(self):
        # Once: where there is no file now, there is none later.
        self._file = file = _checked(_buffers.file()) or False
        if not file:
            return
        try:
            self._fd = _os.open(file.path(), _os.O_RDONLY | _os.O_CLOEXEC)
            self._put = file.put
        except OSError:
            # This context's files are not the host's.
            file.close()
