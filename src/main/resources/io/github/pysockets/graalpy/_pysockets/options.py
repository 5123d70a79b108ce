"""The forms of value that socket options take: getsockopt and setsockopt."""

import sys

from _pysockets.addresses import AF_VSOCK
from _pysockets.arguments import c_int, c_unsigned, bytes_like
from _pysockets.codes import checked
from _pysockets.errnos import own
from _pysockets.host import calls
from _pysockets.host import number as _number
from _pysockets.buffers import give, take

_getsockopt = calls.getsockopt
_set_int = calls.setsockoptInt
_set_bytes = calls.setsockoptBytes
_set_length = calls.setsockoptLength

_SO_ERROR = _number("SOL_SOCKET"), _number("SO_ERROR")
"""The option whose value is an errno."""

_INT_SIZE = 4
_LONGEST = 1024
_VSOCK_SIZE = 8
"""Bytes of every option of AF_VSOCK, all of which are 64-bit numbers."""


def getsockopt(sock, level, option, buflen=0):
    """An option as an int, or where `buflen` is not 0 as bytes."""
    level, option, buflen = c_int(level), c_int(option), c_int(buflen)
    if buflen == 0:
        if sock._family == AF_VSOCK:
            return int.from_bytes(_read(sock, level, option, _VSOCK_SIZE, _VSOCK_SIZE), sys.byteorder)
        return int.from_bytes(_read(sock, level, option, _INT_SIZE, _INT_SIZE), sys.byteorder, signed=True)
    if sock._family == AF_VSOCK:
        raise OSError("getsockopt string buffer not allowed")
    if not 0 < buflen <= _LONGEST:
        raise OSError("getsockopt buflen out of range")
    return _read(sock, level, option, buflen, None)


def _read(sock, level, option, size, keep):
    """The bytes of an option: `keep` of them, or all where that is None."""
    buffer, view, _ = lent = take(size)
    try:
        count = checked(_getsockopt(sock._handle, level, option, buffer, size))
        value = bytes(view[: count if keep is None else keep])
    finally:
        give(lent)
    if (level, option) == _SO_ERROR and len(value) == _INT_SIZE:
        errno = int.from_bytes(value, sys.byteorder, signed=True)
        return own(errno).to_bytes(_INT_SIZE, sys.byteorder, signed=True)
    return value


def setsockopt(sock, *args):
    """Sets an option from an int, from bytes, or from None and a length."""
    if sock._family == AF_VSOCK and len(args) == 3:
        level, option, value = c_int(args[0]), c_int(args[1]), c_unsigned(args[2], 64)
        checked(_set_bytes(sock._handle, level, option, value.to_bytes(_VSOCK_SIZE, sys.byteorder)))
        return
    if len(args) == 4 and args[2] is None:
        try:
            level, option, length = c_int(args[0]), c_int(args[1]), c_int(args[3])
        except (TypeError, OverflowError):
            raise _wrong_count(args) from None
        checked(_set_length(sock._handle, level, option, length))
        return
    if len(args) != 3:
        raise _wrong_count(args)
    level, option, value = c_int(args[0]), c_int(args[1]), args[2]
    number = _as_int(value)
    if number is None:
        checked(_set_bytes(sock._handle, level, option, bytes_like(value)))
    else:
        checked(_set_int(sock._handle, level, option, number))


def _wrong_count(args):
    return TypeError("setsockopt() takes exactly 3 arguments (%d given)" % len(args))


def _as_int(value):
    try:
        return c_int(value)
    except (TypeError, OverflowError):
        return None
