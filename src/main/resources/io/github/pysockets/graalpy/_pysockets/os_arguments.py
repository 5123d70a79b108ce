"""Arguments of functions of `os` as C takes them, beyond those of sockets."""

from operator import index
from os import fspath as _fspath
from sys import getfilesystemencoding as _encoding

_LONG_MAX = 0x7FFF_FFFF_FFFF_FFFF
_UNSIGNED_MAX = 0xFFFF_FFFF


def c_long(value):
    """A C long or off_t."""
    value = int(index(value))
    if not -_LONG_MAX - 1 <= value <= _LONG_MAX:
        raise OverflowError("Python int too large to convert to C long")
    return value


def unsigned(value):
    """An unsigned C int."""
    if not issubclass(type(value), int):
        raise TypeError("an integer is required")
    if value < 0:
        raise ValueError("value must be positive")
    if value > 2 * _LONG_MAX + 1:
        raise OverflowError("Python int too large to convert to C unsigned long")
    if value > _UNSIGNED_MAX:
        raise OverflowError("Python int too large for C unsigned int")
    return int(value)


def signed(bits):
    """The C int of these 32 bits."""
    return bits - (1 << 32) if bits >> 31 else bits


def text(value):
    """The bytes of a file name or of another text of the system."""
    value = _fspath(value)
    if issubclass(type(value), str):
        value = value.encode(_encoding(), "surrogateescape")
    if b"\0" in value:
        raise ValueError("embedded null byte")
    return bytes(value)


def path(value, function):
    """As `text`, with the error for an argument of that name."""
    try:
        return text(value)
    except TypeError:
        kind = "None" if value is None else type(value).__name__
        raise TypeError(
            "%s: path should be string, bytes or os.PathLike, not %s" % (function, kind)
        ) from None


def identity(value, kind):
    """A uid or gid, as `kind` says. -1 stands for none."""
    try:
        value = int(index(value))
    except TypeError:
        raise TypeError("%s should be integer, not %s" % (kind, type(value).__name__)) from None
    if value > _LONG_MAX:
        raise OverflowError("%s is greater than maximum" % kind)
    if not -1 <= value <= _UNSIGNED_MAX:
        raise OverflowError("%s is less than minimum" % kind)
    return value


def items(value, message):
    """The items of a sequence."""
    kind = type(value)
    if issubclass(kind, dict) or not hasattr(kind, "__getitem__"):
        raise TypeError(message)
    return tuple(value)
