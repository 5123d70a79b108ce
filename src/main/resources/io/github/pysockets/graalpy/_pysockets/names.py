"""Names of hosts, services, protocols and network interfaces: functions of `_socket`."""

import os as _os
import sys as _sys

from _pysockets.arguments import c_int as _c_int
from _pysockets.arguments import c_unsigned as _c_unsigned
from _pysockets.arguments import latin1 as _latin1
from _pysockets.arguments import string as _string
from _pysockets.codes import checked as _checked
from _pysockets.host import names as _names

__all__ = [
    "getaddrinfo",
    "gethostbyaddr",
    "gethostbyname",
    "gethostbyname_ex",
    "gethostname",
    "getnameinfo",
    "getprotobyname",
    "getservbyname",
    "getservbyport",
    "if_indextoname",
    "if_nameindex",
    "if_nametoindex",
    "sethostname",
]

_LONGEST_LABEL = 64

_type = type
"""For functions that have an argument of that name."""

_ANY = object()
"""Stands for an argument that was left out, where None is refused."""

_UNKNOWN = -1
"""The result of a host call for a service or protocol that does not exist."""


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """The addresses of a host and service, a list of (family, type, proto, canonical name, address): getaddrinfo(3).

    host: a name or numeric address, or None. port: a number, a service name, or None. Raises gaierror.
    """
    if host is None:
        host_bytes = None
    elif issubclass(_type(host), str):
        host_bytes = _idna(host)
    elif issubclass(_type(host), bytes):
        host_bytes = _latin1(host)
    else:
        raise TypeError("getaddrinfo() argument 1 must be string or None")
    if _type(port) is int:
        service = str(port)
    elif issubclass(_type(port), str):
        service = _latin1(port.encode())
    elif issubclass(_type(port), bytes):
        service = _latin1(port)
    elif port is None:
        service = None
    else:
        raise OSError("Int or String expected")
    family, type, proto, flags = _c_int(family), _c_int(type), _c_int(proto), _c_int(flags)
    _sys.audit("socket.getaddrinfo", host, port, family, type, proto)
    # C takes what stands before a 0 byte.
    return list(_checked(_names.getaddrinfo(_c_text(host_bytes), _c_text(service), family, type, proto, flags)))


def _idna(host):
    """A host name encoded by IDNA. Names that the codec would leave as they are do without it, for it is large."""
    if host.isascii():
        labels = host.split(".")
        if len(labels[-1]) < _LONGEST_LABEL and all(0 < len(label) < _LONGEST_LABEL for label in labels[:-1]):
            return str(host)
    return _latin1(host.encode("idna"))


def _c_text(text):
    return text if text is None else text.partition("\0")[0]


def getnameinfo(sockaddr, flags, /):
    """The (host, service) of an address (host, port[, flowinfo[, scope id]]): getnameinfo(3). Raises gaierror."""
    flags = _c_int(flags)
    if not issubclass(type(sockaddr), tuple):
        raise TypeError("getnameinfo() argument 1 must be a tuple")
    if not 2 <= len(sockaddr) <= 4 or not issubclass(type(sockaddr[0]), str):
        raise TypeError("getnameinfo(): illegal sockaddr argument")
    host = sockaddr[0]
    if "\0" in host:
        raise ValueError("embedded null character")
    port = _c_int(sockaddr[1])
    flowinfo = _c_unsigned(sockaddr[2]) if len(sockaddr) > 2 else 0
    scope_id = _c_unsigned(sockaddr[3]) if len(sockaddr) > 3 else 0
    if flowinfo > 0xFFFFF:
        raise OverflowError("getnameinfo(): flowinfo must be 0-1048575.")
    _sys.audit("socket.getnameinfo", sockaddr)
    return _checked(_names.getnameinfo(_latin1(host.encode()), port, flowinfo, scope_id, len(sockaddr), flags))


def _host_argument(host, function):
    """A host argument (format unit "et" with idna)."""
    if issubclass(type(host), str):
        text = _idna(host)
    elif issubclass(type(host), (bytes, bytearray)):
        text = _latin1(host)
    else:
        kind = "None" if host is None else type(host).__name__
        raise TypeError("%s() argument 1 must be str, bytes or bytearray, not %s" % (function, kind))
    if "\0" in text:
        raise TypeError(
            "%s() argument 1 must be encoded string without null bytes, not %s" % (function, type(host).__name__)
        )
    return text


def gethostbyname(host, /):
    """The IPv4 address of a host, such as '192.0.2.7'. Raises gaierror."""
    name = _host_argument(host, "gethostbyname")
    _sys.audit("socket.gethostbyname", host)
    return _checked(_names.gethostbyname(name))


def gethostbyname_ex(host, /):
    """The names and IPv4 addresses of a host: (name, aliases, addresses). See gethostbyname(3).

    Raises gaierror and herror.
    """
    name = _host_argument(host, "gethostbyname_ex")
    _sys.audit("socket.gethostbyname", host)
    return _host_entry(_names.gethostbynameEx(name))


def gethostbyaddr(host, /):
    """The names and addresses of the host with an address: (name, aliases, addresses). See gethostbyaddr(3).

    Raises gaierror and herror.
    """
    name = _host_argument(host, "gethostbyaddr")
    _sys.audit("socket.gethostbyaddr", host)
    return _host_entry(_names.gethostbyaddr(name))


def _host_entry(result):
    name, aliases, addresses = _checked(result)
    return name, list(aliases), list(addresses)


def _protocol(name, function):
    return None if name is _ANY else _string(name, function, 2)


def getservbyname(servicename, protocolname=_ANY, /):
    """The port of a service, for one protocol or any: getservbyname(3). Raises OSError where there is none."""
    service = _string(servicename, "getservbyname", 1)
    protocol = _protocol(protocolname, "getservbyname")
    _sys.audit("socket.getservbyname", servicename, None if protocol is None else protocolname)
    port = _names.getservbyname(service, protocol)
    if port == _UNKNOWN:
        raise OSError("service/proto not found")
    return _checked(port)


def getservbyport(port, protocolname=_ANY, /):
    """The name of the service at a port, for one protocol or any: getservbyport(3). Raises OSError for none."""
    port = _c_int(port)
    protocol = _protocol(protocolname, "getservbyport")
    if not 0 <= port <= 65535:
        raise OverflowError("getservbyport: port must be 0-65535.")
    _sys.audit("socket.getservbyport", port, None if protocol is None else protocolname)
    service = _names.getservbyport(port, protocol)
    if service is None:
        raise OSError("port/proto not found")
    return _checked(service)


def getprotobyname(name, /):
    """The number of a protocol: getprotobyname(3). Raises OSError where there is none."""
    number = _names.getprotobyname(_string(name, "getprotobyname", 1))
    if number == _UNKNOWN:
        raise OSError("protocol not found")
    return _checked(number)


def gethostname():
    """The name of this host: gethostname(2)."""
    _sys.audit("socket.gethostname")
    return _checked(_names.gethostname())


def sethostname(name, /):
    """Sets the name of this host: sethostname(2)."""
    encoded = bytes(name) if issubclass(type(name), bytes) else _os.fsencode(name)
    _sys.audit("socket.sethostname", encoded)
    _checked(_names.sethostname(encoded))


# Network interfaces


def if_nameindex():
    """The network interfaces, a list of (index, name): if_nameindex(3)."""
    return list(_checked(_names.interfaces()))


def if_nametoindex(oname, /):
    """The index of the network interface with a name: if_nametoindex(3)."""
    name = _os.fsencode(oname)
    if b"\0" in name:
        raise ValueError("embedded null byte")
    index = _checked(_names.interfaceIndex(name))
    if index == 0:
        raise OSError("no interface with this name")
    return index


def if_indextoname(index, /):
    """The name of the network interface with an index: if_indextoname(3)."""
    if not issubclass(type(index), int):
        raise TypeError("an integer is required")
    if index < 0:
        raise OverflowError("can't convert negative value to unsigned int")
    if index > 0xFFFF_FFFF_FFFF_FFFF:
        raise OverflowError("Python int too large to convert to C unsigned long")
    return _checked(_names.interfaceName(index & 0xFFFF_FFFF))
