"""Functions of `os` that make descriptors other than files: events, memory, pipes, processes."""

import errno as _errno
import sys as _sys

from _pysockets.arguments import as_int, c_int, descriptor
from _pysockets.buffers import give, take
from _pysockets.codes import checked, failure
from _pysockets.host import descriptor_calls as _descriptors
from _pysockets.os_arguments import signed, text, unsigned
from _pysockets.os_host import process_calls as _calls
from operator import index

_CLOEXEC = 0x80000
_MFD_CLOEXEC = 1
_COUNTER_SIZE = 8
_COUNTER_MOST = 0xFFFF_FFFF_FFFF_FFFF


def eventfd(_module, /, initval, flags=_CLOEXEC):
    """Make a file descriptor that counts events: eventfd(2)."""
    return checked(_calls.eventfd(unsigned(initval), as_int(flags)))


def eventfd_read(_module, /, fd):
    """Return the count of an eventfd and set it to 0, or take 1 from it where it is a semaphore.

    Waits until it is not 0, unless the descriptor does not block.
    """
    fd = descriptor(fd)
    lent = take(_COUNTER_SIZE)
    try:
        count = checked(_descriptors.read(fd, lent[0], _COUNTER_SIZE))
        if count != _COUNTER_SIZE:
            raise failure(-_errno.EINVAL)
        return int.from_bytes(bytes(lent[1][:_COUNTER_SIZE]), _sys.byteorder)
    finally:
        give(lent)


def eventfd_write(_module, /, fd, value):
    """Add to the count of an eventfd. Waits where that would be too much, unless the descriptor does not block."""
    fd = descriptor(fd)
    if not issubclass(type(value), int):
        raise TypeError("an integer is required")
    if value < 0:
        raise ValueError("value must be positive")
    if value > _COUNTER_MOST:
        raise OverflowError("int too big to convert")
    checked(_descriptors.write(fd, int(value).to_bytes(_COUNTER_SIZE, _sys.byteorder)))


def memfd_create(_module, /, name, flags=_MFD_CLOEXEC):
    """Make a file in memory and return its file descriptor: memfd_create(2)."""
    return checked(_calls.memfd(text(name), signed(int(index(flags)) & 0xFFFF_FFFF)))


def pipe2(_module, flags, /):
    """Make a pipe: a tuple (descriptor to read, descriptor to write). See pipe2(2)."""
    return checked(_calls.pipe(as_int(flags)))


def pidfd_open(_module, /, pid, flags=0):
    """Return a file descriptor that stands for a process: pidfd_open(2)."""
    return checked(_calls.pidfd(c_int(pid), signed(unsigned(index(flags)))))
