"""Functions of `os` for descriptors that are known by their number alone.

Arguments are checked as CPython checks them. Each function takes the module that it is put into first: see os_patches.
"""

import os as _os

from _pysockets.arguments import as_int, c_size, bytes_like
from _pysockets.codes import INTERRUPTED, checked, failure, raised
from _pysockets.host import descriptor_calls as calls
from _pysockets.host import number as _number
from _pysockets.buffers import bounded, give, take
from operator import index

BASE = checked(calls.base())
"""Our numbers are the process's plus this.

0 where the interpreter's `os` has the process's numbers, otherwise a number above all of its own.
"""

_close = calls.close
_read = calls.read
_write = calls.write
_sendfile = calls.sendfile

_EINVAL = _number("EINVAL")
_LONG_MAX = 0x7FFF_FFFF_FFFF_FFFF
_MOST = 0x7FFF_F000
_SECOND = 1_000_000_000
_OWN_POSITION = -1


def close(_module, /, fd):
    """Close a file descriptor: close(2)."""
    checked(_close(as_int(fd)))


def dup(_module, fd, /):
    """Return a further file descriptor for the same file, which child processes do not inherit: dup(2)."""
    return checked(calls.duplicate(as_int(fd)))


def read(_module, fd, length, /):
    """Read at most `length` bytes from a file descriptor: read(2)."""
    fd, length = as_int(fd), c_size(length)
    if length < 0:
        raise failure(-_EINVAL)
    size = bounded(length)
    lent = take(size)
    try:
        count = checked(_read(fd, lent[0], size))
        return bytes(lent[1][:count])
    finally:
        give(lent)


def write(_module, fd, data, /):
    """Write bytes to a file descriptor and return how many were written: write(2)."""
    fd, data = as_int(fd), bytes_like(data)[:_MOST]
    return checked(_write(fd, data))


def sendfile(_module, /, out_fd, in_fd, offset, count):
    """Copy at most `count` bytes from the file descriptor in_fd to the file descriptor out_fd: sendfile(2).

    They begin at `offset`, or for None at the file's own position, which moves.
    Returns how many were copied, 0 at the end of the file.
    """
    out_fd, in_fd = as_int(out_fd), as_int(in_fd)
    if offset is None:
        start = _OWN_POSITION
    else:
        start = int(index(offset))
        if not -_LONG_MAX <= start <= _LONG_MAX:
            raise OverflowError("Python int too large to convert to C long")
    count = c_size(count)
    if offset is not None and start < 0:
        raise failure(-_EINVAL)
    result = _sendfile(out_fd, in_fd, start, count)
    if result == INTERRUPTED and not raised:
        # socket.sendfile falls back to send on any OSError, and would wait in it.
        calls.interruptNext()
    return checked(result)


def fstat(_module, /, fd):
    """Return the status of the file behind a file descriptor: fstat(2)."""
    mode, inode, device, links, user, group, size, *times = checked(calls.status(as_int(fd)))
    return _os.stat_result(
        (
            mode,
            inode,
            device,
            links,
            user,
            group,
            size,
            *(nanos // _SECOND for nanos in times),
            *(nanos / _SECOND for nanos in times),
            *times,
        )
    )


def get_inheritable(_module, fd, /):
    """Tell whether child processes get the file descriptor."""
    return bool(checked(calls.isInheritable(as_int(fd))))


def set_inheritable(_module, fd, inheritable, /):
    """Set whether child processes get the file descriptor."""
    fd, inheritable = as_int(fd), as_int(inheritable)
    checked(calls.setInheritable(fd, inheritable != 0))


def get_blocking(_module, fd, /):
    """Tell whether calls on the file descriptor wait: O_NONBLOCK is not set."""
    return bool(checked(calls.isBlocking(as_int(fd))))


def set_blocking(_module, fd, blocking, /):
    """Set whether calls on the file descriptor wait: O_NONBLOCK is set where they do not."""
    checked(calls.setBlocking(as_int(fd), bool(blocking)))
