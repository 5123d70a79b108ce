"""Messages with ancillary data: sendmsg, recvmsg, recvmsg_into and sendmsg_afalg."""

import sys
import warnings

from _pysockets.addresses import AF_ALG, checked_address, require_addresses
from _pysockets.arguments import c_int, c_size, bytes_like, writable
from _pysockets.codes import checked, failure
from _pysockets.host import calls
from _pysockets.buffers import bounded, copy, give, take
from _pysockets.host import number as _number

_sendmsg = calls.sendmsg
_recvmsg = calls.recvmsg
_control_space = calls.controlSpace

_INT_MAX = 0x7FFF_FFFF
_LONGEST_BYTES = 0x7FFF_FFFF_FFFF_FFFF - 33
_IOV_MAX = 1024
_EBADF = _number("EBADF")
_EMSGSIZE = _number("EMSGSIZE")

_PLAIN = frozenset((bytes, bytearray))
"""Types of which every object is a buffer that can be sent."""

_SOL_ALG = _number("SOL_ALG")
_ALG_SET_IV = _number("ALG_SET_IV")
_ALG_SET_OP = _number("ALG_SET_OP")
_ALG_SET_AEAD_ASSOCLEN = _number("ALG_SET_AEAD_ASSOCLEN")
_AFALG_ARGUMENTS = ("msg", "op", "iv", "assoclen", "flags")


def sendmsg(sock, buffers, ancdata=(), flags=0, address=None):
    """Sends one message; see socket.sendmsg."""
    flags = c_int(flags)
    host_address = None
    if address is not None:
        host_address = checked_address(sock._family, sock._proto, address, "sendmsg")
    sys.audit("socket.sendmsg", sock, address)
    data = _gathered(buffers)
    control = _control(ancdata)
    if data is None:
        raise failure(_too_many(sock))
    return checked(_sendmsg(sock._handle, data, control, flags, host_address))


def _sequence(iterable, message):
    try:
        return tuple(iterable)
    except TypeError:
        if hasattr(type(iterable), "__iter__") or hasattr(type(iterable), "__getitem__"):
            raise
        raise TypeError(message) from None


def _gathered(buffers):
    """The bytes of all buffers, one after the other; None where there are more buffers than the kernel takes."""
    given = _sequence(buffers, "sendmsg() argument 1 must be an iterable")
    if len(given) > _IOV_MAX and _PLAIN.issuperset(map(type, given)):
        # All of these could be sent, so not each of perhaps a million has to be looked at.
        return None
    parts = [bytes_like(part) for part in given]
    # One copy in place of a vector of buffers. To the kernel that differs only in the limit for a vector.
    if len(parts) > _IOV_MAX:
        return None
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _too_many(sock):
    """The code for a vector that is too long. The kernel looks whether the socket is open first."""
    return -_EMSGSIZE if sock.fileno() >= 0 else -_EBADF


def _control(ancdata):
    """Ancillary data as the host reads it: a tuple of (level, type, data)."""
    items = []
    for item in _sequence(ancdata, "sendmsg() argument 2 must be an iterable"):
        if issubclass(type(item), bytes) or not hasattr(type(item), "__getitem__") or issubclass(type(item), dict):
            kind = "None" if item is None else type(item).__name__
            raise TypeError("[sendmsg() ancillary data items]() argument must be 3-item sequence, not %s" % kind)
        items.append(_control_item(tuple(item)))
    controlled = 0
    for level, kind, data in items:
        controlled += checked(_control_space(len(data)))
        if controlled > _INT_MAX:
            raise OSError("too much ancillary data")
    return tuple(items)


def _control_item(parts):
    if len(parts) != 3:
        raise TypeError(
            "[sendmsg() ancillary data items]() argument must be sequence of length 3, not %d" % len(parts)
        )
    level, kind = c_int(parts[0]), c_int(parts[1])
    data = bytes_like(parts[2])
    if len(data) > _INT_MAX - 32:
        raise OSError("ancillary data item too large")
    return level, kind, data


def recvmsg(sock, bufsize, ancbufsize=0, flags=0):
    """Receives one message; see socket.recvmsg."""
    bufsize = c_size(bufsize)
    ancbufsize = c_size(ancbufsize)
    flags = c_int(flags)
    if bufsize < 0:
        raise ValueError("negative buffer size in recvmsg()")
    _check_control_size(ancbufsize)
    if bufsize > _LONGEST_BYTES:
        raise OverflowError("byte string is too large")
    size = bounded(bufsize)
    lent = take(size)
    try:
        count, control, message_flags, address = _received(sock, lent, size, ancbufsize, flags)
        return bytes(lent[1][: min(count, size)]), control, message_flags, address
    finally:
        give(lent)


def recvmsg_into(sock, buffers, ancbufsize=0, flags=0):
    """Receives one message into buffers; see socket.recvmsg_into."""
    ancbufsize = c_size(ancbufsize)
    flags = c_int(flags)
    given = _sequence(buffers, "recvmsg_into() argument 1 must be an iterable")
    plain = len(given) > _IOV_MAX and set(map(type, given)) == {bytearray}
    targets = None if plain else [_target(buffer) for buffer in given]
    _check_control_size(ancbufsize)
    if len(given) > _IOV_MAX:
        raise failure(_too_many(sock))
    size = bounded(sum(target.nbytes for target in targets))
    lent = take(size)
    try:
        count, control, message_flags, address = _received(sock, lent, size, ancbufsize, flags)
        _scatter(lent, min(count, size), targets)
        return count, control, message_flags, address
    finally:
        give(lent)


def _target(buffer):
    try:
        return writable(buffer, "recvmsg_into")
    except TypeError:
        raise TypeError(
            "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers"
        ) from None


def _check_control_size(size):
    if not 0 <= size <= _INT_MAX:
        raise ValueError("invalid ancillary data buffer length")


def _received(sock, lent, size, ancbufsize, flags):
    require_addresses(sock._family)
    result = _recvmsg(sock._handle, lent[0], size, ancbufsize, flags)
    if type(result) is int:
        raise failure(result)
    count, control, message_flags, address, damaged = result
    if damaged:
        warnings.warn("received malformed or improperly-truncated ancillary data", RuntimeWarning, stacklevel=4)
    return count, list(control), message_flags, address


def _scatter(lent, received, targets):
    start = 0
    for target in targets:
        count = min(target.nbytes, received - start)
        if count > 0:
            copy(lent, count, target, start)
            start += count


def sendmsg_afalg(sock, *args, **keywords):
    """Sends to an AF_ALG operation socket; see socket.sendmsg_afalg."""
    if sock._family != AF_ALG:
        raise OSError("algset is only supported for AF_ALG")
    if len(args) > 1:
        raise TypeError("sendmsg_afalg() takes at most 1 positional argument (%d given)" % len(args))
    for name in keywords:
        if name not in _AFALG_ARGUMENTS:
            raise TypeError("'%s' is an invalid keyword argument for sendmsg_afalg()" % name)
    msg = args[0] if args else keywords.get("msg", ())
    op = _int_argument(keywords, "op", 2, -1)
    vector = bytes_like(keywords.get("iv", b""))
    associated = _int_argument(keywords, "assoclen", 4, 0)
    flags = c_int(keywords.get("flags", 0))
    if not 0 <= op <= _INT_MAX:
        raise TypeError("Invalid or missing argument 'op'")
    if c_int(associated) < 0:
        raise TypeError("assoclen must be positive")
    order = sys.byteorder
    control = [(_SOL_ALG, _ALG_SET_OP, op.to_bytes(4, order))]
    if len(vector):
        control.append((_SOL_ALG, _ALG_SET_IV, len(vector).to_bytes(4, order) + bytes(vector)))
    if associated:
        control.append((_SOL_ALG, _ALG_SET_AEAD_ASSOCLEN, associated.to_bytes(4, order)))
    data = _gathered(msg)
    if data is None:
        raise failure(_too_many(sock))
    return checked(_sendmsg(sock._handle, data, tuple(control), flags, None))


def _int_argument(keywords, name, position, default):
    value = keywords.get(name, default)
    if not issubclass(type(value), int):
        kind = "None" if value is None else type(value).__name__
        raise TypeError("sendmsg_afalg() argument %d must be int, not %s" % (position, kind))
    return value
