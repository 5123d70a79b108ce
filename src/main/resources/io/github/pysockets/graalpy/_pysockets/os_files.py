"""Functions of `os` that move bytes between buffers and descriptors, and between descriptors."""

import errno as _errno
import sys as _sys

from _pysockets.arguments import as_int, bytes_like, c_size, descriptor
from _pysockets.buffers import bounded, copy, give, take
from _pysockets.codes import checked, failure
from _pysockets.host import descriptor_calls as _calls
from _pysockets.os_arguments import c_long, items, signed, unsigned
from operator import index

_read = _calls.read
_write = _calls.write
_pread = _calls.pread
_pwrite = _calls.pwrite

_IOV_MAX = 1024
_OWN_POSITION = -1
_F_GETLK, _F_SETLK, _F_SETLKW = 5, 6, 7
_F_RDLCK, _F_WRLCK, _F_UNLCK = 0, 1, 2
_SEEK_CUR = 1
_FLOCK_SIZE = 32
_ULOCK, _LOCK, _TLOCK, _TEST = range(4)


def _target(buffer):
    """A buffer to read into, as a memoryview of bytes."""
    try:
        view = memoryview(buffer)
    except TypeError:
        raise TypeError("a bytes-like object is required, not '%s'" % type(buffer).__name__) from None
    if view.readonly:
        is_view = issubclass(type(buffer), memoryview)
        raise BufferError("memoryview: underlying buffer is not writable" if is_view else "Object is not writable.")
    return bytes_like(view)


def _scattered(function, fd, buffers, call):
    """Reads into buffers, one after the other. `call` reads a number of bytes into a lent buffer."""
    targets = [_target(buffer) for buffer in items(buffers, "%s() arg 2 must be a sequence" % function)]
    if len(targets) > _IOV_MAX:
        checked(_calls.isInheritable(fd))
        raise failure(-_errno.EINVAL)
    size = bounded(sum(target.nbytes for target in targets))
    lent = take(size)
    try:
        count = checked(call(lent[0], size))
        start = 0
        for target in targets:
            part = min(target.nbytes, count - start)
            if part > 0:
                copy(lent, part, target, start)
                start += part
        return count
    finally:
        give(lent)


def _gathered(function, fd, buffers):
    """The bytes of all buffers, one after the other."""
    parts = [bytes_like(part) for part in items(buffers, "%s() arg 2 must be a sequence" % function)]
    if len(parts) > _IOV_MAX:
        checked(_calls.isInheritable(fd))
        raise failure(-_errno.EINVAL)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def readv(_module, fd, buffers, /):
    """Read from a file descriptor into writable buffers, one after the other, and return the number of bytes.

    See readv(2).
    """
    fd = as_int(fd)
    return _scattered("readv", fd, buffers, lambda into, size: _read(fd, into, size))


def writev(_module, fd, buffers, /):
    """Write the contents of buffers to a file descriptor, one after the other, and return the number of bytes.

    See writev(2).
    """
    fd = as_int(fd)
    return checked(_write(fd, _gathered("writev", fd, buffers)))


def preadv(_module, fd, buffers, offset, flags=0, /):
    """Read from a position of a file into writable buffers, and return the number of bytes: preadv2(2)."""
    fd, offset, flags = as_int(fd), c_long(offset), as_int(flags)
    if offset == _OWN_POSITION and flags == 0:
        return _scattered("preadv", fd, buffers, lambda into, size: _read(fd, into, size))
    return _scattered("preadv", fd, buffers, lambda into, size: _pread(fd, into, size, offset, flags))


def pwritev(_module, fd, buffers, offset, flags=0, /):
    """Write the contents of buffers to a position of a file, and return the number of bytes: pwritev2(2)."""
    fd, offset, flags = as_int(fd), c_long(offset), as_int(flags)
    data = _gathered("pwritev", fd, buffers)
    if offset == _OWN_POSITION and flags == 0:
        return checked(_write(fd, data))
    return checked(_pwrite(fd, data, offset, flags))


def pread(_module, fd, length, offset, /):
    """Read at most `length` bytes from a position of a file, without moving its own position: pread(2)."""
    fd, length, offset = as_int(fd), c_size(length), c_long(offset)
    if length < 0:
        raise failure(-_errno.EINVAL)
    parts = []
    while True:
        size = bounded(length)
        lent = take(size)
        try:
            count = checked(_pread(fd, lent[0], size, offset, 0))
            parts.append(bytes(lent[1][:count]))
        finally:
            give(lent)
        length -= count
        offset += count
        if length == 0 or count < size:
            return parts[0] if len(parts) == 1 else b"".join(parts)


def pwrite(_module, fd, buffer, offset, /):
    """Write bytes to a position of a file, without moving its own position, and return how many: pwrite(2)."""
    fd, data, offset = as_int(fd), bytes_like(buffer), c_long(offset)
    return checked(_pwrite(fd, data, offset, 0))


def _count(count):
    count = c_size(count)
    if count < 0:
        raise ValueError("negative value for 'count' not allowed")
    return count


def _position(offset):
    """An offset as the host takes it. One that is negative is refused by the kernel."""
    if offset is None:
        return _OWN_POSITION
    offset = c_long(offset)
    return offset if offset >= 0 else _OWN_POSITION - 1


def splice(_module, /, src, dst, count, offset_src=None, offset_dst=None, flags=0):
    """Move at most `count` bytes between two file descriptors, one of which is a pipe: splice(2).

    An offset is a position in a file; None stands for the file's own position, which then moves.
    Returns how many were moved, 0 at the end.
    """
    src, dst, count = as_int(src), as_int(dst), _count(count)
    source, target, flags = _position(offset_src), _position(offset_dst), signed(unsigned(index(flags)))
    return checked(_calls.splice(src, source, dst, target, count, flags))


def copy_file_range(_module, /, src, dst, count, offset_src=None, offset_dst=None):
    """Copy at most `count` bytes from one file to another, within the kernel: copy_file_range(2).

    An offset is a position in a file; None stands for the file's own position, which then moves.
    Returns how many were copied, 0 at the end.
    """
    src, dst, count = as_int(src), as_int(dst), _count(count)
    return checked(_calls.copyRange(src, _position(offset_src), dst, _position(offset_dst), count))


def posix_fadvise(_module, fd, offset, length, advice, /):
    """Announce how a range of a file will be used: posix_fadvise(2)."""
    checked(_calls.advise(as_int(fd), c_long(offset), c_long(length), as_int(advice)))


def posix_fallocate(_module, fd, offset, length, /):
    """Make sure that a range of a file has its place on the disk: posix_fallocate(3)."""
    checked(_calls.allocate(as_int(fd), c_long(offset), c_long(length)))


def fdatasync(_module, /, fd):
    """Wait until the contents of a file are on the disk: fdatasync(2)."""
    checked(_calls.syncData(descriptor(fd)))


def lockf(_module, fd, command, length, /):
    """Set, test or remove a lock on a range of a file that begins at its position: lockf(3).

    command: F_LOCK, F_TLOCK, F_ULOCK or F_TEST. length: in bytes; 0 for all to the end.
    """
    fd, command, length = as_int(fd), as_int(command), c_long(length)
    _sys.audit("os.lockf", fd, command, length)
    if command not in (_ULOCK, _LOCK, _TLOCK, _TEST):
        raise failure(-_errno.EINVAL)
    kind = {_ULOCK: _F_UNLCK, _TEST: _F_RDLCK}.get(command, _F_WRLCK)
    call = {_LOCK: _F_SETLKW, _TEST: _F_GETLK}.get(command, _F_SETLK)
    order = _sys.byteorder
    lent = take(_FLOCK_SIZE)
    try:
        lock = lent[1]
        lock[:_FLOCK_SIZE] = b"".join(
            number.to_bytes(size, order, signed=True)
            for number, size in ((kind, 2), (_SEEK_CUR, 2), (0, 4), (0, 8), (length, 8), (0, 8))
        )
        checked(_calls.fcntlBytes(fd, call, lent[0], _FLOCK_SIZE))
        if command == _TEST and int.from_bytes(bytes(lock[:2]), order) != _F_UNLCK:
            raise failure(-_errno.EACCES)
    finally:
        give(lent)
