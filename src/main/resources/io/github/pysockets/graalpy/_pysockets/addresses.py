"""Socket addresses as scripts write them: checked by family, as tuples of the length that the host expects for it.

The messages are CPython's. Hosts become str in which each char is a byte.
"""

import os as _os

from _pysockets.arguments import c_int, c_unsigned, latin1, bytes_like
from _pysockets.host import number as _number

AF_UNIX = _number("AF_UNIX")
AF_INET = _number("AF_INET")
AF_INET6 = _number("AF_INET6")
AF_NETLINK = _number("AF_NETLINK")
AF_PACKET = _number("AF_PACKET")
AF_RDS = _number("AF_RDS")
AF_CAN = _number("AF_CAN")
AF_TIPC = _number("AF_TIPC")
AF_ALG = _number("AF_ALG")
AF_VSOCK = _number("AF_VSOCK")
AF_QIPCRTR = _number("AF_QIPCRTR")

_CAN_RAW = _number("CAN_RAW")
_CAN_BCM = _number("CAN_BCM")
_CAN_ISOTP = _number("CAN_ISOTP")
_CAN_J1939 = _number("CAN_J1939")

_TIPC_CLUSTER_SCOPE = _number("TIPC_CLUSTER_SCOPE")
_TIPC_ADDRESS_TYPES = (1, 2, 3)

_PACKET_SHAPE = "AF_PACKET address must be a tuple of two to five elements"
_ALG_SHAPE = "AF_ALG address must be a tuple (type, name[, feat[, mask]])"

_SUN_PATH = 108
_IFNAMSIZ = 16


def host_text(host):
    """A host name or address in the form that host calls take. Names outside ASCII are encoded by IDNA."""
    if type(host) is str and host.isascii():
        text = host
    elif issubclass(type(host), str):
        try:
            text = latin1(host.encode("idna")) if not host.isascii() else str(host)
        except UnicodeError:
            raise TypeError("encoding of hostname failed") from None
    elif issubclass(type(host), (bytes, bytearray)):
        text = latin1(host)
    else:
        raise TypeError("str, bytes or bytearray expected, not %s" % type(host).__name__)
    if "\0" in text:
        raise TypeError("host name must not contain null character")
    return text


def checked_address(family, proto, address, caller):
    """The tuple that host calls take for `address`. `caller` is the method's name, for messages."""
    if family == AF_INET:
        if type(address) is tuple and len(address) == 2:
            host, port = address
            if type(host) is str and type(port) is int and 0 <= port <= 65535 and host.isascii() and "\0" not in host:
                return address
        return _inet(address, caller)
    form = _FORMS.get(family)
    if form is None:
        raise OSError("%s(): bad family" % caller)
    return form(address, caller, proto)


def require_addresses(family):
    """Refuses a family that has no addresses here."""
    if family != AF_INET and family not in _FORMS:
        raise OSError("getsockaddrlen: bad family")


def _tuple(address, family, caller):
    if not issubclass(type(address), tuple):
        raise TypeError("%s(): %s address must be tuple, not %s" % (caller, family, type(address).__name__))
    return address


def _port(port, caller):
    try:
        port = c_int(port)
    except OverflowError:
        raise OverflowError("%s(): port must be 0-65535." % caller) from None
    return port


def _require_port(port, caller):
    if not 0 <= port <= 65535:
        raise OverflowError("%s(): port must be 0-65535." % caller)


def _inet(address, caller, proto=0):
    _tuple(address, "AF_INET", caller)
    if len(address) != 2:
        raise TypeError("AF_INET address must be a pair (host, port)")
    host = host_text(address[0])
    port = _port(address[1], caller)
    _require_port(port, caller)
    return host, port


def _inet6(address, caller, proto):
    _tuple(address, "AF_INET6", caller)
    if not 2 <= len(address) <= 4:
        raise TypeError("AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
    host = host_text(address[0])
    port = _port(address[1], caller)
    flowinfo = c_unsigned(address[2]) if len(address) > 2 else 0
    scope_id = c_unsigned(address[3]) if len(address) > 3 else 0
    _require_port(port, caller)
    if flowinfo > 0xFFFFF:
        raise OverflowError("%s(): flowinfo must be 0-1048575." % caller)
    return host, port, flowinfo, scope_id


def _unix(address, caller, proto):
    path = _os.fsencode(address) if issubclass(type(address), str) else bytes_like(address)
    if len(path) > _SUN_PATH or (len(path) == _SUN_PATH and path[0] != 0):
        raise OSError("AF_UNIX path too long")
    return (path,)


def _netlink(address, caller, proto):
    _tuple(address, "AF_NETLINK", caller)
    if len(address) != 2:
        raise TypeError("AF_NETLINK address must be a pair (pid, groups)")
    return c_unsigned(address[0]), c_unsigned(address[1])


def _pair_of_unsigned(family):
    def form(address, caller, proto):
        if not issubclass(type(address), tuple):
            raise TypeError("getsockaddrarg: %s address must be tuple, not %s" % (family, type(address).__name__))
        if len(address) != 2:
            raise TypeError("getsockaddrarg() takes exactly 2 arguments (%d given)" % len(address))
        return c_unsigned(address[0]), c_unsigned(address[1])

    return form


def _packet(address, caller, proto):
    _tuple(address, "AF_PACKET", caller)
    if not 2 <= len(address) <= 5:
        raise TypeError(_PACKET_SHAPE)
    interface = _c_string(address[0], _PACKET_SHAPE)
    try:
        protocol = c_int(address[1])
        packet_type = c_int(address[2]) if len(address) > 2 else 0
        hardware_type = c_int(address[3]) if len(address) > 3 else 0
    except OverflowError:
        raise OverflowError("%s(): address argument out of range" % caller) from None
    hardware_address = bytes_like(address[4]) if len(address) > 4 else b""
    if len(hardware_address) > 8:
        raise ValueError("Hardware address must be 8 bytes or less")
    if not 0 <= protocol <= 0xFFFF:
        raise OverflowError("%s(): proto must be 0-65535." % caller)
    return interface, protocol, packet_type, hardware_type, hardware_address


def _c_string(text, shape):
    if not issubclass(type(text), str):
        raise TypeError(shape)
    if "\0" in text:
        raise ValueError("embedded null character")
    return latin1(text.encode())


def _tipc(address, caller, proto):
    _tuple(address, "AF_TIPC", caller)
    if not 4 <= len(address) <= 5:
        raise TypeError("AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])")
    numbers = tuple(c_unsigned(number) for number in address)
    if numbers[0] not in _TIPC_ADDRESS_TYPES:
        raise TypeError("Invalid address type")
    return numbers if len(numbers) == 5 else numbers + (_TIPC_CLUSTER_SCOPE,)


def _interface(name):
    encoded = _os.fsencode(name)
    if b"\0" in encoded:
        raise ValueError("embedded null byte")
    if len(encoded) >= _IFNAMSIZ:
        raise OSError("AF_CAN interface name too long")
    return latin1(encoded)


def _can(address, caller, proto):
    if proto in (_CAN_RAW, _CAN_BCM):
        _tuple(address, "AF_CAN", caller)
        if len(address) != 1:
            raise TypeError("AF_CAN address must be a tuple (interface, )")
        return _interface(address[0]), 0, 0, 0, 0, 0, proto
    if proto == _CAN_ISOTP:
        _function_arguments(address, 3)
        return _interface(address[0]), c_unsigned(address[1]), c_unsigned(address[2]), 0, 0, 0, proto
    if proto == _CAN_J1939:
        _function_arguments(address, 4)
        name = c_unsigned(address[1], 64)
        signed_name = name - (1 << 64) if name >> 63 else name
        return _interface(address[0]), 0, 0, signed_name, c_unsigned(address[2]), c_unsigned(address[3], 8), proto
    raise OSError("%s(): unsupported CAN protocol" % caller)


def _function_arguments(address, count):
    if not issubclass(type(address), tuple):
        raise SystemError("new style getargs format but argument is not a tuple")
    if len(address) != count:
        raise TypeError("function takes exactly %d arguments (%d given)" % (count, len(address)))


def _alg(address, caller, proto):
    _tuple(address, "AF_ALG", caller)
    if not 2 <= len(address) <= 4:
        raise TypeError(_ALG_SHAPE)
    kind = _c_string(address[0], _ALG_SHAPE)
    name = _c_string(address[1], _ALG_SHAPE)
    features = c_unsigned(address[2]) if len(address) > 2 else 0
    mask = c_unsigned(address[3]) if len(address) > 3 else 0
    # The kernel's fields hold 14 and 64 bytes, the final 0 included.
    if len(kind) >= 14:
        raise ValueError("AF_ALG type too long.")
    if len(name) >= 64:
        raise ValueError("AF_ALG name too long.")
    return kind, name, features, mask


_FORMS = {
    AF_RDS: _inet,
    AF_INET6: _inet6,
    AF_UNIX: _unix,
    AF_NETLINK: _netlink,
    AF_PACKET: _packet,
    AF_TIPC: _tipc,
    AF_CAN: _can,
    AF_ALG: _alg,
    AF_VSOCK: _pair_of_unsigned("AF_VSOCK"),
    AF_QIPCRTR: _pair_of_unsigned("AF_QIPCRTR"),
}
