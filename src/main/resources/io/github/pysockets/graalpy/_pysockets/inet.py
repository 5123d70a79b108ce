"""Byte order, and the text and bytes of addresses: functions of `_socket`."""

import sys as _sys

from _pysockets.addresses import AF_INET as _AF_INET
from _pysockets.addresses import AF_INET6 as _AF_INET6
from _pysockets.arguments import bytes_like as _bytes_like
from _pysockets.arguments import c_int as _c_int
from _pysockets.arguments import string as _string
from _pysockets.codes import checked as _checked
from _pysockets.codes import failure as _failure
from _pysockets.host import names as _names
from _pysockets.host import number as _number

__all__ = ["htonl", "htons", "inet_aton", "inet_ntoa", "inet_ntop", "inet_pton", "ntohl", "ntohs"]

_EAFNOSUPPORT = _number("EAFNOSUPPORT")
_LITTLE = _sys.byteorder == "little"


def _swap(number, size):
    return int.from_bytes(number.to_bytes(size, "little"), "big") if _LITTLE else number


def _short(number, function):
    number = _c_int(number)
    if number < 0:
        raise OverflowError("%s: can't convert negative Python int to C 16-bit unsigned integer" % function)
    if number > 0xFFFF:
        raise OverflowError("%s: Python int too large to convert to C 16-bit unsigned integer" % function)
    return _swap(number, 2)


def _long(number):
    if not issubclass(type(number), int):
        raise TypeError("expected int, %s found" % type(number).__name__)
    if number < 0:
        raise OverflowError("can't convert negative value to unsigned int")
    if number > 0xFFFF_FFFF_FFFF_FFFF:
        raise OverflowError("Python int too large to convert to C unsigned long")
    if number > 0xFFFF_FFFF:
        raise OverflowError("int larger than 32 bits")
    return _swap(int(number), 4)


def ntohs(x, /):
    """A 16-bit number of the network's byte order in the host's: byteorder(3)."""
    return _short(x, "ntohs")


def htons(x, /):
    """A 16-bit number of the host's byte order in the network's: byteorder(3)."""
    return _short(x, "htons")


def ntohl(x, /):
    """A 32-bit number of the network's byte order in the host's: byteorder(3)."""
    return _long(x)


def htonl(x, /):
    """A 32-bit number of the host's byte order in the network's: byteorder(3)."""
    return _long(x)


def inet_aton(ip_addr, /):
    """The 4 bytes of an IPv4 address in any of its text forms: inet_aton(3)."""
    packed = _checked(_names.inetAton(_string(ip_addr, "inet_aton", 1)))
    if packed is None:
        raise OSError("illegal IP address string passed to inet_aton")
    return packed


def inet_ntoa(packed_ip, /):
    """The text of the 4 bytes of an IPv4 address: inet_ntoa(3)."""
    packed = _bytes_like(packed_ip)
    if len(packed) != 4:
        raise OSError("packed IP wrong length for inet_ntoa")
    return _checked(_names.inetNtop(packed))


def inet_pton(address_family, ip_string, /):
    """The bytes of an address of AF_INET or AF_INET6: inet_pton(3)."""
    family = _c_int(address_family)
    text = _string(ip_string, "inet_pton", 2)
    if family not in (_AF_INET, _AF_INET6):
        raise _failure(-_EAFNOSUPPORT)
    packed = _checked(_names.inetPton(family == _AF_INET6, text))
    if packed is None:
        raise OSError("illegal IP address string passed to inet_pton")
    return packed


def inet_ntop(address_family, packed_ip, /):
    """The text of the bytes of an address of AF_INET or AF_INET6: inet_ntop(3)."""
    family = _c_int(address_family)
    packed = _bytes_like(packed_ip)
    if family not in (_AF_INET, _AF_INET6):
        raise ValueError("unknown address family %d" % family)
    if len(packed) != (4 if family == _AF_INET else 16):
        raise ValueError("invalid length of packed IP address string")
    return _checked(_names.inetNtop(packed))
