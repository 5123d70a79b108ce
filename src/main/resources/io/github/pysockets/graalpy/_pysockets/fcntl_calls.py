"""fcntl and ioctl, with the constants of Linux. Arguments are checked as CPython checks them."""

import _imp
import sys
from importlib.machinery import BuiltinImporter

from _pysockets.arguments import as_int, c_int, c_unsigned, descriptor, bytes_like
from _pysockets.codes import checked
from _pysockets.descriptors import BASE, calls
from _pysockets.buffers import copy, give, take

_LONGEST = 1024
"""The most bytes of an argument that is copied."""

_INT_BITS = 32

_fcntl = calls.fcntl
_ioctl = calls.ioctl

_own_ioctl = _imp.create_builtin(BuiltinImporter.find_spec("fcntl")).ioctl
"""The interpreter's own function, for descriptors that only it knows."""

_CONSTANTS = {
    "DN_ACCESS": 0x1,
    "DN_MODIFY": 0x2,
    "DN_CREATE": 0x4,
    "DN_DELETE": 0x8,
    "DN_RENAME": 0x10,
    "DN_ATTRIB": 0x20,
    "DN_MULTISHOT": 0x8000_0000,
    "FASYNC": 0x2000,
    "FD_CLOEXEC": 1,
    "FICLONE": 0x4004_9409,
    "FICLONERANGE": 0x4020_940D,
    "F_DUPFD": 0,
    "F_GETFD": 1,
    "F_SETFD": 2,
    "F_GETFL": 3,
    "F_SETFL": 4,
    "F_GETLK": 5,
    "F_GETLK64": 5,
    "F_SETLK": 6,
    "F_SETLK64": 6,
    "F_SETLKW": 7,
    "F_SETLKW64": 7,
    "F_SETOWN": 8,
    "F_GETOWN": 9,
    "F_SETSIG": 10,
    "F_GETSIG": 11,
    "F_OFD_GETLK": 36,
    "F_OFD_SETLK": 37,
    "F_OFD_SETLKW": 38,
    "F_SETLEASE": 1024,
    "F_GETLEASE": 1025,
    "F_NOTIFY": 1026,
    "F_DUPFD_CLOEXEC": 1030,
    "F_SETPIPE_SZ": 1031,
    "F_GETPIPE_SZ": 1032,
    "F_ADD_SEALS": 1033,
    "F_GET_SEALS": 1034,
    "F_RDLCK": 0,
    "F_WRLCK": 1,
    "F_UNLCK": 2,
    "F_EXLCK": 4,
    "F_SHLCK": 8,
    "F_SEAL_SEAL": 1,
    "F_SEAL_SHRINK": 2,
    "F_SEAL_GROW": 4,
    "F_SEAL_WRITE": 8,
    "LOCK_SH": 1,
    "LOCK_EX": 2,
    "LOCK_NB": 4,
    "LOCK_UN": 8,
    "LOCK_MAND": 32,
    "LOCK_READ": 64,
    "LOCK_WRITE": 128,
    "LOCK_RW": 192,
}

globals().update(_CONSTANTS)

__all__ = ["fcntl", "ioctl", *_CONSTANTS]


def _counted(function, args, keywords, most):
    """Refuses a wrong number of arguments, and keywords."""
    if keywords:
        raise TypeError("fcntl.%s() takes no keyword arguments" % function)
    given = len(args)
    if given < 2:
        raise TypeError("%s expected at least 2 arguments, got %d" % (function, given))
    if given > most:
        raise TypeError("%s expected at most %d arguments, got %d" % (function, most, given))


def _signed(value):
    """The low bits of an int, as a C int."""
    low = c_unsigned(value)
    return low - (1 << _INT_BITS) if low >> (_INT_BITS - 1) else low


def _through_copy(function, call, fd, command, data):
    """A call that reads and writes a copy of `data`. Gives the copy."""
    size = len(data)
    if size > _LONGEST:
        raise ValueError("%s string arg too long" % function)
    buffer, view, _ = lent = take(size)
    try:
        view[:size] = data
        checked(call(fd, command, buffer, size))
        return bytes(view[:size])
    finally:
        give(lent)


def fcntl(*args, **keywords):
    """fcntl(fd, cmd, arg=0): perform the operation `cmd` on a file descriptor, or an object that has one: fcntl(2).

    With an int, the result is what the call returns.
    With bytes, at most 1024, the call reads and writes a copy of them, which is the result.
    """
    _counted("fcntl", args, keywords, 3)
    fd, command = descriptor(args[0]), as_int(args[1])
    argument = args[2] if len(args) > 2 else None
    sys.audit("fcntl.fcntl", fd, command, argument)
    if len(args) == 2:
        return checked(_fcntl(fd, command, 0))
    data = None if type(argument) is int else _read_only(argument)
    if data is not None:
        return _through_copy("fcntl", calls.fcntlBytes, fd, command, data)
    return checked(_fcntl(fd, command, _signed(argument)))


def _read_only(argument):
    """The bytes of a str or of a buffer that cannot be written to; None for what is neither."""
    if issubclass(type(argument), str):
        return argument.encode()
    try:
        view = memoryview(argument)
    except TypeError:
        return None
    return bytes_like(view) if view.readonly and view.c_contiguous else None


def ioctl(*args, **keywords):
    """ioctl(fd, request, arg=0, mutate_flag=True): perform the operation `request` on a file descriptor: ioctl(2).

    fd: a number, or an object that has one.

    With an int, the result is what the call returns.
    With bytes, at most 1024, the call reads and writes a copy of them, which is the result.
    With a buffer that can be written to, the call reads and writes that, and the result is what the call returns.
    Where mutate_flag is false, such a buffer is treated as bytes are.
    """
    _counted("ioctl", args, keywords, 4)
    fd, request = descriptor(args[0]), c_unsigned(args[1])
    argument = args[2] if len(args) > 2 else None
    mutate = bool(args[3]) if len(args) > 3 else True
    sys.audit("fcntl.ioctl", fd, request, argument)
    if fd < BASE:
        return _own_ioctl(*args)
    if len(args) == 2:
        return checked(_ioctl(fd, request, 0))
    if issubclass(type(argument), str):
        argument = argument.encode()
    try:
        view = memoryview(argument)
    except TypeError:
        return checked(_ioctl(fd, request, c_int(argument)))
    data = bytes_like(view)
    if view.readonly or not mutate:
        return _through_copy("ioctl", calls.ioctlBytes, fd, request, data)
    return _in_place(fd, request, data)


def _in_place(fd, request, data):
    size = len(data)
    buffer, view, _ = lent = take(size)
    try:
        view[:size] = data
        result = checked(calls.ioctlBytes(fd, request, buffer, size))
        copy(lent, size, data)
        return result
    finally:
        give(lent)


fcntl.__module__ = ioctl.__module__ = "fcntl"
