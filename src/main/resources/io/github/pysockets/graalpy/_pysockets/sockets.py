"""The class of sockets.

Arguments are checked here as CPython checks them; what is left of a call is one host call.
"""

import sys
from operator import index

from _pysockets import transfer
from _pysockets.addresses import AF_INET, checked_address, require_addresses
from _pysockets.arguments import as_int, c_int, positional
from _pysockets.codes import UNUSUAL, checked, errno_of, failure
from _pysockets.constants import ABSENT
from _pysockets.host import calls
from _pysockets.host import number as _number
from _pysockets.timeouts import BLOCKING, nanoseconds, seconds
from _pysockets.unclosed import forget, watch

# Each bound once: a host call then costs a third of what it costs with its name looked up.
_socket = calls.socket
_adopt = calls.adopt
_unopened = checked(calls.unopened())
_fileno = calls.fileno
_close = calls.close
_detach = calls.detach
_settimeout = calls.settimeout
_bind = calls.bind
_listen = calls.listen
_connect = calls.connect
_accept = calls.accept
_accept_socket = calls.acceptSocket
_shutdown = calls.shutdown
_getsockname = calls.getsockname
_getpeername = calls.getpeername
_audit = sys.audit

_SOCK_STREAM = _number("SOCK_STREAM")
_SOCK_NONBLOCK = _number("SOCK_NONBLOCK")
_SOCK_CLOEXEC = _number("SOCK_CLOEXEC")
_ECONNRESET = _number("ECONNRESET")
_new_object = object.__new__

default_timeout = BLOCKING
"""The timeout of new sockets in nanoseconds."""


class _ReadOnly:
    """An attribute that scripts can only read, as members of C structs are."""

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

    A socket has one of three modes. Without a timeout its calls wait until they are done. With a timeout of 0 they
    never wait, and raise BlockingIOError instead. With any other they raise TimeoutError after that many seconds.

    Methods raise OSError, of the subclass for the errno, where the call of the operating system fails.
    """

    __module__ = "_socket"
    __slots__ = ("_handle", "_fd", "_family", "_type", "_proto", "_nanos", "_watching", "_files")

    family = _ReadOnly("_family", "the socket family")
    type = _ReadOnly("_type", "the socket type")
    proto = _ReadOnly("_proto", "the socket protocol")

    @property
    def timeout(self):
        """the socket timeout in seconds; None for none"""
        return seconds(self._nanos)

    def __new__(cls, *args, **kwargs):
        # Set here for sockets without __init__. A __getattr__ for missing ones would cost time at every access.
        self = _new_object(cls)
        self._handle = _unopened
        self._fd = -1
        self._family = self._type = self._proto = 0
        self._nanos = BLOCKING
        self._watching = None
        # The open files of makefile().
        self._files = None
        return self

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        # An int that is no C int needs no check here: the host call refuses it.
        family, type, proto = int(index(family)), int(index(type)), int(index(proto))
        _audit("socket.__new__", self, family, type, proto)
        if fileno is None:
            if family == -1:
                family = AF_INET
            if type == -1:
                type = _SOCK_STREAM
            if proto == -1:
                proto = 0
            try:
                handle = _socket(family, type, proto)
            except TypeError:
                handle = UNUSUAL
            if handle.__class__ is int:
                # Raises for the first that is no C int.
                as_int(family), as_int(type), as_int(proto)
                raise failure(handle)
        else:
            fd = c_int(fileno)
            if fd < 0:
                raise ValueError("negative file descriptor")
            handle, family, actual_type, proto = checked(_adopt(fd, as_int(family), as_int(type), as_int(proto)))
            if type == -1:
                type = actual_type
        if self._handle is not _unopened:
            socket.close(self)
        self._begin(handle, family, type, proto)

    def _begin(self, handle, family, type, proto, holding=None):
        """Makes this the object of an open socket. holding: what the host gives for `handle`, if it is known."""
        self._handle = handle
        # Asked of the host at the first fileno().
        self._fd = None
        self._family = family
        self._type = type & ~(_SOCK_NONBLOCK | _SOCK_CLOEXEC)
        self._proto = proto
        self._nanos = 0 if type & _SOCK_NONBLOCK else default_timeout
        self._watching = watch(self, handle, holding)

    def __repr__(self):
        return "<socket object, fd=%d, family=%d, type=%d, proto=%d>" % (
            socket.fileno(self),
            self._family,
            self._type,
            self._proto,
        )

    # Descriptor

    def fileno(self):
        """The descriptor number, or -1 once the socket is closed."""
        fd = self._fd
        if fd is None:
            fd = self._fd = _fileno(self._handle)
        return fd

    def close(self):
        """Closes the socket: close(2). Calls of other threads that wait on it end with EBADF."""
        if self._watching is not None:
            forget(self._watching)
            self._watching = None
        self._fd = -1
        result = _close(self._handle)
        # A peer that reset the connection is no failure of close.
        if result < 0 and result != -_ECONNRESET:
            raise failure(result)

    def detach(self):
        """Gives the descriptor number and leaves the descriptor open. The socket object is closed."""
        if self._watching is not None:
            forget(self._watching)
            self._watching = None
        self._fd = -1
        return _detach(self._handle)

    # Modes

    def setblocking(self, flag, /):
        """Makes calls wait without limit (true) or not at all (false)."""
        self._set_nanos(BLOCKING if flag else 0)

    def getblocking(self):
        """Whether calls may wait, with a limit or without."""
        return self._nanos != 0

    def settimeout(self, timeout, /):
        """Sets the most seconds that a call waits: a number, 0 for not at all, None for without limit."""
        self._set_nanos(nanoseconds(timeout))

    def _set_nanos(self, nanos):
        self._nanos = nanos
        result = _settimeout(self._handle, nanos)
        if result < 0:
            raise failure(result)

    def gettimeout(self):
        """The most seconds that a call waits; None for without limit."""
        return seconds(self._nanos)

    # Connections

    def bind(self, address, /):
        """Gives the socket an address of its own: bind(2). For AF_INET that is (host, port)."""
        host_address = checked_address(self._family, self._proto, address, "bind")
        _audit("socket.bind", self, address)
        result = _bind(self._handle, host_address)
        if result < 0:
            raise failure(result)

    def listen(self, backlog=128, /):
        """Makes the socket take connections: listen(2).

        At most about `backlog` of them wait to be accepted; less than 0 counts as 0.
        """
        result = _listen(self._handle, max(0, c_int(backlog)))
        if result < 0:
            raise failure(result)

    def _accept(self):
        """Waits for the next connection: a tuple (descriptor, address of the other side). See accept(2)."""
        require_addresses(self._family)
        result = _accept(self._handle)
        if type(result) is int:
            raise failure(result)
        return result

    def _accept_as(self, cls):
        """As _accept, but gives an object of the class, made without __init__, in place of the descriptor."""
        family, kind, proto = self._family, self._type, self._proto
        if family != AF_INET:
            require_addresses(family)
        result = _accept_socket(self._handle)
        if result.__class__ is int:
            raise failure(result)
        handle, holding, address = result
        made = _new_object(cls)
        _audit("socket.__new__", made, family, kind, proto)
        made._files = None
        made._begin(handle, family, kind, proto, holding)
        return made, address

    def _accepted(self, handle, holding):
        """An object of this one's class, made without __init__, for a connection accepted here, which never waits."""
        made = socket.__new__(type(self))
        _audit("socket.__new__", made, self._family, self._type, self._proto)
        made._begin(handle, self._family, self._type | _SOCK_NONBLOCK, self._proto, holding)
        return made

    def connect(self, address, /):
        """Connects to an address: connect(2). For AF_INET that is (host, port)."""
        host_address = checked_address(self._family, self._proto, address, "connect")
        _audit("socket.connect", self, address)
        result = _connect(self._handle, host_address)
        if result < 0:
            raise failure(result)

    def connect_ex(self, address, /):
        """As connect, but gives the errno where connect(2) fails, and 0 for success.

        Other failures, such as an unknown host, still raise.
        """
        host_address = checked_address(self._family, self._proto, address, "connect_ex")
        _audit("socket.connect", self, address)
        result = _connect(self._handle, host_address)
        return errno_of(result) if result < 0 else 0

    def shutdown(self, how, /):
        """Ends receiving (SHUT_RD), sending (SHUT_WR) or both (SHUT_RDWR): shutdown(2)."""
        result = _shutdown(self._handle, as_int(how))
        if result < 0:
            raise failure(result)

    # Data

    recv = transfer.recv
    recv_into = transfer.recv_into
    recvfrom = transfer.recvfrom
    recvfrom_into = transfer.recvfrom_into
    send = transfer.send
    sendall = transfer.sendall
    sendto = transfer.sendto

    def sendmsg(self, *args, **keywords):
        """sendmsg(buffers[, ancdata[, flags[, address]]]): sends one message. See sendmsg(2).

        Gives how many of its bytes were sent.

        buffers: iterable of bytes-like objects, sent one after the other.
        ancdata: iterable of (level, type, bytes-like data), the ancillary data.
        address: receiver, for a socket that is not connected.
        """
        from _pysockets.messages import sendmsg

        return sendmsg(self, *positional("sendmsg", args, keywords, 1, 4))

    def sendmsg_afalg(self, *args, **kwargs):
        """sendmsg_afalg([buffers], *, op[, iv[, assoclen[, flags]]]): sends to an AF_ALG operation socket.

        op: ALG_OP_*. iv: initialization vector. assoclen: bytes of associated data.
        """
        from _pysockets.messages import sendmsg_afalg

        return sendmsg_afalg(self, *args, **kwargs)

    def recvmsg(self, *args, **keywords):
        """recvmsg(bufsize[, ancbufsize[, flags]]): receives one message. See recvmsg(2).

        Gives (data, ancillary data, flags, address of the sender). The ancillary data is a list of (level, type, data).
        ancbufsize: bytes of room for ancillary data, headers included; CMSG_SPACE says how many an item takes.
            What does not fit is cut off.
        """
        from _pysockets.messages import recvmsg

        return recvmsg(self, *positional("recvmsg", args, keywords, 1, 3))

    def recvmsg_into(self, *args, **keywords):
        """recvmsg_into(buffers[, ancbufsize[, flags]]): as recvmsg, into an iterable of writable buffers.

        They are filled one after the other. Gives the number of bytes in place of the data.
        """
        from _pysockets.messages import recvmsg_into

        return recvmsg_into(self, *positional("recvmsg_into", args, keywords, 1, 3))

    # Addresses, options

    def getsockname(self):
        """The socket's own address: getsockname(2)."""
        require_addresses(self._family)
        return checked(_getsockname(self._handle))

    def getpeername(self):
        """The address of the other side: getpeername(2)."""
        require_addresses(self._family)
        return checked(_getpeername(self._handle))

    def getsockopt(self, *args, **keywords):
        """getsockopt(level, option[, buflen]): reads an option. See getsockopt(2).

        Gives an int, or with `buflen` the option's bytes, at most so many.
        """
        from _pysockets.options import getsockopt

        return getsockopt(self, *positional("getsockopt", args, keywords, 2, 3))

    def setsockopt(self, *args):
        """Sets an option: setsockopt(2).

        setsockopt(level, option, value): the value is an int or bytes-like.
        setsockopt(level, option, None, optlen): for an option that is a length alone.
        """
        from _pysockets.options import setsockopt

        setsockopt(self, *args)


for _absent in ABSENT.intersection(vars(socket)):
    delattr(socket, _absent)
