"""Further functions of `os` about the process and its files."""

import errno as _errno
import sys as _sys

from _pysockets.arguments import as_int, c_size, descriptor
from _pysockets.codes import checked, failure
from _pysockets.buffers import give, take
from _pysockets.os_arguments import path as _path
from _pysockets.os_host import call, process_calls, with_buffer
from _pysockets.struct_sequences import struct_sequence

_MOST_RANDOM = (1 << 25) - 1
_TICKS = 100
"""Clock ticks of a second, as user programs see them on x86-64 and aarch64."""

_GRND_NONBLOCK = 1

times_result = struct_sequence(
    "times_result",
    "times_result: Result from os.times().",
    "user",
    "system",
    "children_user",
    "children_system",
    "elapsed",
)


def getrandom(_module, /, size, flags=0):
    """Return random bytes of the kernel: getrandom(2)."""
    size, flags = c_size(size), as_int(flags)
    if size < 0:
        raise failure(-_errno.EINVAL)
    size = min(size, _MOST_RANDOM)
    lent = take(size)
    try:
        ask = process_calls.call if flags & _GRND_NONBLOCK or not size else process_calls.callUntilDone
        count = checked(ask("GETRANDOM", flags, 0, 0, lent[0], size))
        return bytes(lent[1][:count])
    finally:
        give(lent)


def times(_module, /):
    """Return the times that this process and its children have used: a times_result. See times(2)."""
    _, data = with_buffer("TIMES", bytes(40))
    ticks = (int.from_bytes(data[at : at + 8], _sys.byteorder, signed=True) for at in range(0, 40, 8))
    return times_result(tick / _TICKS for tick in ticks)


def sync(_module, /):
    """Write everything to the disks: sync(2)."""
    call("SYNC")


def unshare(_module, /, flags):
    """Give the calling thread namespaces and the like of its own: unshare(2)."""
    call("UNSHARE", as_int(flags))


def setns(_module, /, fd, nstype=0):
    """Move the calling thread into another namespace: setns(2)."""
    call("SETNS", descriptor(fd), as_int(nstype))


def _at(function, name, path, a=0, b=0):
    with_buffer(function, _path(path, name) + b"\0", a, b)


def _require_no_folder(name, dir_fd):
    if dir_fd is not None:
        raise NotImplementedError("%s: dir_fd unavailable on this platform" % name)


def chroot(_module, /, path):
    """Make a folder the root of the file system, for this process: chroot(2)."""
    try:
        _at("CHROOT", "chroot", path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


def mkfifo(_module, /, path, mode=0o666, *, dir_fd=None):
    """Make a named pipe: mkfifo(3)."""
    mode = as_int(mode)
    _require_no_folder("mkfifo", dir_fd)
    _at("MKFIFO", "mkfifo", path, mode)


def mknod(_module, /, path, mode=0o600, device=0, *, dir_fd=None):
    """Make a node of the file system: mknod(2)."""
    mode, device = as_int(mode), _device(device)
    _require_no_folder("mknod", dir_fd)
    _at("MKNOD", "mknod", path, mode, device)


def _device(device):
    from operator import index

    device = int(index(device))
    if device < 0:
        raise OverflowError("can't convert negative int to unsigned")
    if device >> 64:
        raise OverflowError("int too big to convert")
    return device - (1 << 64) if device >> 63 else device


def major(_module, device, /):
    """Return the major number of a device."""
    device = _device(device)
    return (device >> 8 & 0xFFF) | (device >> 32 & 0xFFFF_F000)


def minor(_module, device, /):
    """Return the minor number of a device."""
    device = _device(device)
    return (device & 0xFF) | (device >> 12 & 0xFFFF_FF00)


def makedev(_module, major, minor, /):
    """Return the device with these numbers."""
    major, minor = as_int(major), as_int(minor)
    return (major & 0xFFF) << 8 | (major & 0xFFFF_F000) << 32 | (minor & 0xFF) | (minor & 0xFFFF_FF00) << 12
