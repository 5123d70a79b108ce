"""Views of host buffers by calls of the host, for GraalPy 25.0, which cannot make a memoryview of one.

Few octets come as a str in which each char is an octet. That takes some nanoseconds for each, so many go through a file in memory:
the host writes it, and os.read copies in bulk. In a context that may not open files all come as str.
"""

import os as _os

from _pysockets import calls

_buffers = calls.buffers()
_size = _buffers.size
_text = _buffers.text
_set = _buffers.set
_read = _os.read
_lseek = _os.lseek

_MOST_AS_TEXT = 4096
"""Octets above which the file is quicker than the str."""

_may_open_files = True


class HostView:
    """Stands for the memoryview of a host buffer: what this package asks of one."""

    __slots__ = ("_buffer", "_file", "_put", "_fd", "nbytes")

    def __init__(self, buffer):
        self._buffer = buffer
        self._file = self._put = self._fd = None
        self.nbytes = _size(buffer)

    def __getitem__(self, part):
        """The octets of a slice without a step, as bytes."""
        start = part.start or 0
        stop = self.nbytes if part.stop is None else part.stop
        if stop - start > _MOST_AS_TEXT and _may_open_files:
            if self._fd is None:
                self._open()
            if self._fd is not None and self._put(self._buffer, start, stop):
                _lseek(self._fd, 0, 0)
                octets = _read(self._fd, stop - start)
                if len(octets) == stop - start:
                    return octets
        return _text(self._buffer, start, stop).encode("latin-1")

    def __setitem__(self, part, octets):
        _set(self._buffer, part.start or 0, octets)

    def _open(self):
        global _may_open_files
        file = _buffers.file()
        if file is None:
            _may_open_files = False
            return
        try:
            self._fd = _os.open(file.path(), _os.O_RDONLY | _os.O_CLOEXEC)
            self._file = file
            self._put = file.put
        except OSError:
            # This context has no files, or others than the host.
            _may_open_files = False
            file.close()
        finally:
            file.unlink()
