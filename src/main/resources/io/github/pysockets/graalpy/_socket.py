"""Sockets, as the standard library's socket module builds on them.

Names that begin with an underscore are this module's own.
"""

from _pysockets import sockets as _sockets
from _pysockets.addresses import AF_INET as _AF_INET
from _pysockets.addresses import AF_UNIX as _AF_UNIX
from _pysockets.arguments import c_int as _c_int
from _pysockets.arguments import c_size as _c_size
from _pysockets.arguments import positional as _positional
from _pysockets.codes import checked as _checked
from _pysockets.codes import failure as _failure
from _pysockets.codes import gaierror, herror
from _pysockets.constants import ABSENT as _ABSENT
from _pysockets.constants import CONSTANTS as _CONSTANTS
from _pysockets.constants import of_select as _of_select
from _pysockets.host import calls as _calls
from _pysockets.host import descriptor_calls as _descriptor_calls
from _pysockets.host import number as _number
from _pysockets.inet import *
from _pysockets.legacy_ssl import ssl
from _pysockets.names import *
from _pysockets.os_patches import apply as _apply_os_patches
from _pysockets.sockets import socket
from _pysockets.timeouts import nanoseconds as _nanoseconds
from _pysockets.timeouts import seconds as _seconds
from _pysockets.tls_errors import SSLError as sslerror

globals().update((name, value) for name, value in _CONSTANTS.items() if not _of_select(name))

_apply_os_patches()

error = OSError
timeout = TimeoutError
has_ipv6 = True

_INT_MAX = 0x7FFF_FFFF
_ECONNRESET = _number("ECONNRESET")

SocketType = socket


# Functions that work on descriptors


def close(fd, /):
    """Closes a descriptor: close(2)."""
    result = _descriptor_calls.close(_c_int(fd))
    if result < 0 and result != -_ECONNRESET:
        raise _failure(result)


def dup(fd, /):
    """A further descriptor for the same open socket: dup(2). Child processes do not inherit it."""
    return _checked(_descriptor_calls.duplicate(_c_int(fd)))


def socketpair(family=-1, type=1, proto=0, /):
    """Two sockets that are connected to each other: socketpair(2). The family is AF_UNIX unless given.

    Where there is no AF_UNIX it is AF_INET.
    """
    family, type, proto = _c_int(family), _c_int(type), _c_int(proto)
    if family == -1:
        family = _AF_UNIX if "AF_UNIX" in _CONSTANTS else _AF_INET
    pair = []
    for handle in _checked(_calls.socketpair(family, type, proto)):
        sock = socket.__new__(socket)
        sock._begin(handle, family, type, proto)
        pair.append(sock)
    return tuple(pair)


def getdefaulttimeout():
    """The timeout of new sockets in seconds; None, the default, for no limit."""
    return _seconds(_sockets.default_timeout)


def setdefaulttimeout(timeout, /):
    """Sets the timeout of new sockets: see socket.settimeout."""
    nanos = _nanoseconds(timeout)
    _checked(_calls.setdefaulttimeout(nanos))
    _sockets.default_timeout = nanos


def CMSG_LEN(*args, **keywords):
    """CMSG_LEN(length): the size of an item of ancillary data with `length` bytes of data, without padding: cmsg(3)."""
    return _control_size("CMSG_LEN", _calls.controlLength, 0, args, keywords)


def CMSG_SPACE(*args, **keywords):
    """CMSG_SPACE(length): the size of an item of ancillary data with `length` bytes of data, with padding: cmsg(3)."""
    return _control_size("CMSG_SPACE", _calls.controlSpace, 1, args, keywords)


def _control_size(name, size_of, shortest, args, keywords):
    (length,) = _positional(name, args, keywords, 1, 1)
    length = _c_size(length)
    # The kernel counts these sizes in a C int.
    if not 0 <= length <= _INT_MAX - _checked(size_of(shortest)):
        raise OverflowError("%s() argument out of range" % name)
    return _checked(size_of(length))


for _absent in _ABSENT:
    globals().pop(_absent, None)
