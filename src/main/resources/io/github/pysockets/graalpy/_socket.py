"""Sockets, as the standard library's socket module builds on them.

Arguments are checked here as CPython checks them; what is left of a call is one call of the host. Names that begin with an underscore
are this module's own.
"""

import sys as _sys
from operator import index as _index

from _pysockets.addresses import checked_address as _checked_address
from _pysockets.addresses import require_addresses as _require_addresses
from _pysockets.arguments import as_int as _as_int
from _pysockets.arguments import c_int as _c_int
from _pysockets.arguments import c_size as _c_size
from _pysockets.arguments import octets as _bytes
from _pysockets.arguments import positional as _positional
from _pysockets.arguments import writable as _writable
from _pysockets.codes import UNUSUAL as _UNUSUAL
from _pysockets.codes import checked as _checked
from _pysockets.codes import errno_of as _errno_of
from _pysockets.codes import failure as _failure
from _pysockets.codes import gaierror, herror
from _pysockets.drops import forget as _forget
from _pysockets.drops import watch as _watch
from _pysockets.host import calls as _calls
from _pysockets.lending import SMALL as _SMALL
from _pysockets.lending import bounded as _bounded
from _pysockets.lending import copy as _copy
from _pysockets.lending import give as _give
from _pysockets.lending import make as _make
from _pysockets.lending import small as _small_buffers
from _pysockets.lending import take as _take
from _pysockets.names import *
from _pysockets.seed import ssl
from _pysockets.supplements import supply as _supply
from _pysockets.times import BLOCKING as _BLOCKING
from _pysockets.times import nanoseconds as _nanoseconds
from _pysockets.times import seconds as _seconds
from _pysockets.tls_errors import SSLError as sslerror

# Each bound once: that makes a call of the host a third as dear as looking its name up.
_socket = _calls.socket
_adopt = _calls.adopt
_unopened = _checked(_calls.unopened())
_fileno = _calls.fileno
_close = _calls.close
_detach = _calls.detach
_settimeout = _calls.settimeout
_bind = _calls.bind
_listen = _calls.listen
_connect = _calls.connect
_accept = _calls.accept
_shutdown = _calls.shutdown
_recv = _calls.recv
_recv_plain = _calls.recvPlain
_recvfrom = _calls.recvfrom
_send = _calls.send
_send_plain = _calls.sendPlain
_sendall = _calls.sendall
_sendto = _calls.sendto
_getsockname = _calls.getsockname
_getpeername = _calls.getpeername
_audit = _sys.audit
_pop_small = _small_buffers.pop
_push_small = _small_buffers.append

globals().update(
    (name, int(value))
    for name, _, value in (word.partition("=") for word in _checked(_calls.constants()).split())
    # The rest are the select module's.
    if not name.startswith(("POLL", "EPOLL", "PIPE_BUF"))
)

_supply()

error = OSError
timeout = TimeoutError
has_ipv6 = True

_INT_MAX = 0x7FFF_FFFF
_SOCK_NONBLOCK = 0x800
_SOCK_CLOEXEC = 0x80000
_new_object = object.__new__

_default_timeout = _BLOCKING


# Stands for flags that were left out. Telling that from flags that were given is what makes a fast path fast.
_NO_FLAGS = object()


def _sendable(data, flags):
    """Data and flags of a sending call, checked."""
    return (
        data if type(data) is bytes else _bytes(data),
        0 if flags is _NO_FLAGS else _c_int(flags),
    )


class _ReadOnly:
    """An attribute that scripts can read: the type of C struct members."""

    def __init__(self, slot, doc):
        self._slot = slot
        self.__doc__ = doc

    def __set_name__(self, owner, name):
        self._get = owner.__dict__[self._slot].__get__

    def __get__(self, instance, owner=None):
        return self if instance is None else self._get(instance)

    def __set__(self, instance, value):
        raise AttributeError("readonly attribute")

    def __delete__(self, instance):
        raise AttributeError("readonly attribute")


class socket:
    """A socket: one end of a connection, or a place to receive at.

    socket(family=AF_INET, type=SOCK_STREAM, proto=0) makes a new one, which child processes do not inherit: socket(2).
    socket(family=-1, type=-1, proto=-1, fileno=n) takes over the open descriptor n; what is -1 is asked of it.

    A socket has one of three modes. Without a timeout its calls wait until they are done; with a timeout of 0 they never wait, and
    raise BlockingIOError instead; with any other they raise TimeoutError once that many seconds are over.

    Methods raise OSError, of the subclass that goes with the errno, where the call of the operating system fails.
    """

    __slots__ = ("_handle", "_fd", "_family", "_type", "_proto", "_nanos", "_watching")

    family = _ReadOnly("_family", "the socket family")
    type = _ReadOnly("_type", "the socket type")
    proto = _ReadOnly("_proto", "the socket protocol")

    @property
    def timeout(self):
        """the socket timeout in seconds; None for none"""
        return _seconds(self._nanos)

    def __new__(cls, *args, **kwargs):
        # Not by __getattr__ for what is missing: a class that has one pays for it at every access.
        self = _new_object(cls)
        self._handle = _unopened
        self._fd = -1
        self._family = self._type = self._proto = 0
        self._nanos = _BLOCKING
        self._watching = None
        return self

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        # An int that is no C int is found out by the host call, which takes no such number.
        family, type, proto = int(_index(family)), int(_index(type)), int(_index(proto))
        _audit("socket.__new__", self, family, type, proto)
        if fileno is None:
            if family == -1:
                family = 2
            if type == -1:
                type = 1
            if proto == -1:
                proto = 0
            try:
                handle = _socket(family, type, proto)
            except TypeError:
                handle = _UNUSUAL
            if handle.__class__ is int:
                _as_int(family), _as_int(type), _as_int(proto)
                raise _failure(handle)
        else:
            fd = _c_int(fileno)
            if fd < 0:
                raise ValueError("negative file descriptor")
            handle, family, actual_type, proto = _checked(_adopt(fd, _as_int(family), _as_int(type), _as_int(proto)))
            if type == -1:
                type = actual_type
        self._begin(handle, family, type, proto)

    def _begin(self, handle, family, type, proto):
        """Makes this the object of an open socket."""
        if self._handle is not _unopened:
            socket.close(self)
        self._handle = handle
        # Asked of the host when somebody wants to know.
        self._fd = None
        self._family = family
        self._type = type & ~(_SOCK_NONBLOCK | _SOCK_CLOEXEC)
        self._proto = proto
        self._nanos = 0 if type & _SOCK_NONBLOCK else _default_timeout
        self._watching = _watch(self, handle)

    def __repr__(self):
        return "<socket object, fd=%d, family=%d, type=%d, proto=%d>" % (
            socket.fileno(self),
            self._family,
            self._type,
            self._proto,
        )

    # Life

    def fileno(self):
        """The descriptor number, or -1 once the socket is closed."""
        fd = self._fd
        if fd is None:
            fd = self._fd = _fileno(self._handle)
        return fd

    def close(self):
        """Closes the socket: close(2). Calls of other threads that wait on it end with EBADF."""
        handle = self._release()
        result = _close(handle)
        # A peer that reset the connection is no failure of close.
        if result < 0 and result != -104:
            raise _failure(result)

    def detach(self):
        """Lets go of the descriptor without closing it, and gives its number. The socket is closed as far as it knows."""
        return _detach(self._release())

    def _release(self):
        if self._watching is not None:
            _forget(self._watching)
            self._watching = None
        self._fd = -1
        return self._handle

    # Modes

    def setblocking(self, flag, /):
        """Makes calls wait without limit (true) or not at all (false)."""
        self._set_nanos(_BLOCKING if flag else 0)

    def getblocking(self):
        """Whether calls may wait, be it with a limit or without."""
        return self._nanos != 0

    def settimeout(self, timeout, /):
        """Sets the most seconds that a call waits: a number, 0 for not at all, None for without limit."""
        self._set_nanos(_nanoseconds(timeout))

    def _set_nanos(self, nanos):
        self._nanos = nanos
        result = _settimeout(self._handle, nanos)
        if result < 0:
            raise _failure(result)

    def gettimeout(self):
        """The most seconds that a call waits; None for without limit."""
        return _seconds(self._nanos)

    # Connections

    def bind(self, address, /):
        """Gives the socket an address of its own: bind(2). For AF_INET that is (host, port)."""
        checked = _checked_address(self._family, self._proto, address, "bind")
        _audit("socket.bind", self, address)
        result = _bind(self._handle, checked)
        if result < 0:
            raise _failure(result)

    def listen(self, backlog=128, /):
        """Makes the socket take connections: listen(2). At most about `backlog` of them wait to be accepted; less than 0 counts as 0."""
        result = _listen(self._handle, max(0, _c_int(backlog)))
        if result < 0:
            raise _failure(result)

    def _accept(self):
        """Waits for the next connection: a tuple (descriptor, address of the other side). See accept(2)."""
        _require_addresses(self._family)
        result = _accept(self._handle)
        if type(result) is int:
            raise _failure(result)
        return result

    def connect(self, address, /):
        """Connects to an address: connect(2). For AF_INET that is (host, port)."""
        checked = _checked_address(self._family, self._proto, address, "connect")
        _audit("socket.connect", self, address)
        result = _connect(self._handle, checked)
        if result < 0:
            raise _failure(result)

    def connect_ex(self, address, /):
        """As connect, but gives the errno (0 for success) where connect(2) fails. Other failures, such as an unknown host, still raise."""
        checked = _checked_address(self._family, self._proto, address, "connect_ex")
        _audit("socket.connect", self, address)
        result = _connect(self._handle, checked)
        return _errno_of(result) if result < 0 else 0

    def shutdown(self, how, /):
        """Ends receiving (SHUT_RD), sending (SHUT_WR) or both (SHUT_RDWR): shutdown(2)."""
        result = _shutdown(self._handle, _as_int(how))
        if result < 0:
            raise _failure(result)

    # Data

    def recv(self, bufsize, flags=_NO_FLAGS, /):
        """Receives at most `bufsize` bytes: recv(2). Gives b'' once the other side has ended and all is read."""
        if flags is _NO_FLAGS and type(bufsize) is int:
            try:
                lent = _pop_small()
            except IndexError:
                lent = _make()
            try:
                count = _recv_plain(self._handle, lent[0], bufsize)
            except TypeError:
                # A size that is no C long, which the next lines refuse.
                count = _UNUSUAL
            if count >= 0:
                data = bytes(lent[1][:count])
                _push_small(lent)
                return data
            _push_small(lent)
            if count != _UNUSUAL:
                raise _failure(count)
        return self._recv_unusual(bufsize, 0 if flags is _NO_FLAGS else flags)

    def _recv_unusual(self, bufsize, flags):
        """recv for what its fast path leaves out: flags, sizes that no small buffer holds, and arguments that are no plain int."""
        bufsize = _c_size(bufsize)
        flags = _c_int(flags)
        if bufsize < 0:
            raise ValueError("negative buffersize in recv")
        if bufsize == 0:
            return b""
        size = _bounded(bufsize)
        lent = _take(size)
        try:
            count = _recv(self._handle, lent[0], size, flags)
            if count < 0:
                raise _failure(count)
            # With MSG_TRUNC the count may be more than what came.
            return bytes(lent[1][: min(count, size)])
        finally:
            _give(lent)

    def recv_into(self, buffer, nbytes=0, flags=_NO_FLAGS):
        """Receives into a writable buffer, at most `nbytes` bytes or, for 0, what fits. Gives how many came."""
        if flags is _NO_FLAGS and type(nbytes) is int:
            target = buffer if type(buffer) is bytearray else _writable(buffer, "recv_into")
            room = len(target)
            size = nbytes if nbytes else room
            if 0 < size <= room and size <= _SMALL:
                try:
                    lent = _pop_small()
                except IndexError:
                    lent = _make()
                count = _recv_plain(self._handle, lent[0], size)
                if count > 0:
                    # As _copy does it, without the call.
                    _, view, file = lent
                    file.seek(0)
                    file.write(view[:count])
                    file.seek(0)
                    file.readinto(target if count == room else memoryview(target)[:count])
                _push_small(lent)
                if count < 0:
                    raise _failure(count)
                return count
        return self._recv_into_unusual(buffer, nbytes, 0 if flags is _NO_FLAGS else flags)

    def _recv_into_unusual(self, buffer, nbytes, flags):
        """recv_into for what its fast path leaves out: a number of bytes, flags, large buffers."""
        target = _writable(buffer, "recv_into")
        room = len(target)
        size = _c_size(nbytes)
        flags = _c_int(flags)
        if size < 0:
            raise ValueError("negative buffersize in recv_into")
        if size == 0:
            size = room
        if room < size:
            raise ValueError("buffer too small for requested bytes")
        if size == 0:
            return 0
        size = _bounded(size)
        lent = _take(size)
        try:
            count = _recv(self._handle, lent[0], size, flags)
            if count < 0:
                raise _failure(count)
            _copy(lent, min(count, size), target)
            return count
        finally:
            _give(lent)

    def recvfrom(self, bufsize, flags=0, /):
        """Receives at most `bufsize` bytes: a tuple (data, address of the sender). See recvfrom(2)."""
        bufsize = _c_size(bufsize)
        flags = _c_int(flags)
        if bufsize < 0:
            raise ValueError("negative buffersize in recvfrom")
        size = _bounded(bufsize)
        lent = _take(size)
        try:
            count, address = self._received_from(lent, size, flags)
            return bytes(lent[1][: min(count, size)]), address
        finally:
            _give(lent)

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        """As recv_into, and gives a tuple (how many came, address of the sender)."""
        target = _writable(buffer, "recvfrom_into")
        size = _c_size(nbytes)
        flags = _c_int(flags)
        if size < 0:
            raise ValueError("negative buffersize in recvfrom_into")
        room = len(target)
        if size == 0:
            size = room
        elif size > room:
            raise ValueError("nbytes is greater than the length of the buffer")
        size = _bounded(size)
        lent = _take(size)
        try:
            result = self._received_from(lent, size, flags)
            _copy(lent, min(result[0], size), target)
            return result
        finally:
            _give(lent)

    def _received_from(self, lent, size, flags):
        """What the host received into a lent buffer: a tuple (count, address)."""
        _require_addresses(self._family)
        result = _recvfrom(self._handle, lent[0], size, flags)
        if type(result) is int:
            raise _failure(result)
        return result

    def send(self, data, flags=_NO_FLAGS, /):
        """Sends bytes and gives how many went: send(2). Without a timeout that is all; otherwise it may be fewer."""
        if flags is _NO_FLAGS and type(data) is bytes:
            count = _send_plain(self._handle, data)
        else:
            data, flags = _sendable(data, flags)
            count = _send(self._handle, data, flags)
        if count < 0:
            raise _failure(count)
        return count

    def sendall(self, data, flags=_NO_FLAGS, /):
        """Sends all of the bytes. A timeout is for the whole. After an error there is no telling how many went."""
        if flags is _NO_FLAGS and type(data) is bytes:
            result = _sendall(self._handle, data, 0)
        else:
            data, flags = _sendable(data, flags)
            result = _sendall(self._handle, data, flags)
        if result < 0:
            raise _failure(result)

    def sendto(self, *args):
        """sendto(data[, flags], address): sends bytes to an address and gives how many went. See sendto(2)."""
        if len(args) == 2:
            data, address = args
            flags = 0
        elif len(args) == 3:
            data, flags, address = args
        else:
            raise TypeError("sendto() takes 2 or 3 arguments (%d given)" % len(args))
        data, flags = _sendable(data, flags)
        checked = _checked_address(self._family, self._proto, address, "sendto")
        _audit("socket.sendto", self, address)
        count = _sendto(self._handle, data, flags, checked)
        if count < 0:
            raise _failure(count)
        return count

    def sendmsg(self, *args, **keywords):
        """sendmsg(buffers[, ancdata[, flags[, address]]]): sends one message and gives how many of its bytes went: sendmsg(2).

        buffers: iterable of bytes-like objects, sent one after the other.
        ancdata: iterable of (level, type, bytes-like data), the ancillary data.
        address: receiver, for a socket that is not connected.
        """
        from _pysockets.messages import sendmsg

        return sendmsg(self, *_positional("sendmsg", args, keywords, 1, 4))

    def sendmsg_afalg(self, *args, **kwargs):
        """sendmsg_afalg([buffers], *, op[, iv[, assoclen[, flags]]]): sends to an AF_ALG operation socket.

        op: ALG_OP_*. iv: initialization vector. assoclen: bytes of associated data.
        """
        from _pysockets.messages import sendmsg_afalg

        return sendmsg_afalg(self, *args, **kwargs)

    def recvmsg(self, *args, **keywords):
        """recvmsg(bufsize[, ancbufsize[, flags]]): receives one message: (data, ancillary data, flags, address of the sender). See recvmsg(2).

        ancbufsize: bytes of room for ancillary data, headers included; CMSG_SPACE says how many an item takes. What does not fit is cut.
        The ancillary data is a list of (level, type, data).
        """
        from _pysockets.messages import recvmsg

        return recvmsg(self, *_positional("recvmsg", args, keywords, 1, 3))

    def recvmsg_into(self, *args, **keywords):
        """recvmsg_into(buffers[, ancbufsize[, flags]]): as recvmsg, but receives into an iterable of writable buffers, one after the other, and gives how many bytes came first."""
        from _pysockets.messages import recvmsg_into

        return recvmsg_into(self, *_positional("recvmsg_into", args, keywords, 1, 3))

    # Addresses, options

    def getsockname(self):
        """The socket's own address: getsockname(2)."""
        _require_addresses(self._family)
        return _checked(_getsockname(self._handle))

    def getpeername(self):
        """The address of the other side: getpeername(2)."""
        _require_addresses(self._family)
        return _checked(_getpeername(self._handle))

    def getsockopt(self, *args, **keywords):
        """getsockopt(level, option[, buflen]): reads an option: an int, or with `buflen` the option's bytes, at most so many. See getsockopt(2)."""
        from _pysockets.options import getsockopt

        return getsockopt(self, *_positional("getsockopt", args, keywords, 2, 3))

    def setsockopt(self, *args):
        """Sets an option: setsockopt(2).

        setsockopt(level, option, value) with an int or bytes-like value; setsockopt(level, option, None, optlen) for an option that is a
        length alone.
        """
        from _pysockets.options import setsockopt

        setsockopt(self, *args)


SocketType = socket


# Functions that work on descriptors


def close(fd, /):
    """Closes a descriptor: close(2)."""
    result = _calls.closeDescriptor(_c_int(fd))
    if result < 0 and result != -104:
        raise _failure(result)


def dup(fd, /):
    """A further descriptor for the same open socket: dup(2). Child processes do not inherit it."""
    return _checked(_calls.duplicate(_c_int(fd)))


def socketpair(family=-1, type=1, proto=0, /):
    """Two sockets that are connected to each other: socketpair(2). The family is AF_UNIX unless given."""
    family, type, proto = _c_int(family), _c_int(type), _c_int(proto)
    if family == -1:
        family = 1
    pair = []
    for handle in _checked(_calls.socketpair(family, type, proto)):
        sock = socket.__new__(socket)
        sock._begin(handle, family, type, proto)
        pair.append(sock)
    return tuple(pair)


def getdefaulttimeout():
    """The timeout of new sockets in seconds; None, as it is at first, for no limit."""
    return _seconds(_default_timeout)


def setdefaulttimeout(timeout, /):
    """Sets the timeout of new sockets: see socket.settimeout."""
    global _default_timeout
    nanos = _nanoseconds(timeout)
    _checked(_calls.setdefaulttimeout(nanos))
    _default_timeout = nanos


def CMSG_LEN(*args, **keywords):
    """CMSG_LEN(length): bytes that an item of ancillary data with `length` bytes of content takes, without padding: cmsg(3)."""
    return _control_size("CMSG_LEN", _calls.controlLength, 0, args, keywords)


def CMSG_SPACE(*args, **keywords):
    """CMSG_SPACE(length): bytes that an item of ancillary data with `length` bytes of content takes, with padding: cmsg(3)."""
    return _control_size("CMSG_SPACE", _calls.controlSpace, 1, args, keywords)


def _control_size(name, size_of, shortest, args, keywords):
    (length,) = _positional(name, args, keywords, 1, 1)
    length = _c_size(length)
    # The kernel counts these sizes in a C int.
    if not 0 <= length <= _INT_MAX - _checked(size_of(shortest)):
        raise OverflowError("%s() argument out of range" % name)
    return _checked(size_of(length))
