"""Sockets, as the module of this name of CPython 2.7.

The functions are those of the BSD socket interface; see the manual pages of Linux, socket(7) first. Objects of
`socket`, which `SocketType` is too, have its calls as methods. Errors are `error`, an IOError, and its subclasses
`herror` and `gaierror` for names and `timeout`.
"""

import warnings as _warnings
from errno import EBADF, EINTR

import _socket
from _socket import *

from _sslbasics import (
    RAND_add,
    RAND_egd,
    RAND_status,
    SSL_ERROR_EOF,
    SSL_ERROR_INVALID_ERROR_CODE,
    SSL_ERROR_SSL,
    SSL_ERROR_SYSCALL,
    SSL_ERROR_WANT_CONNECT,
    SSL_ERROR_WANT_READ,
    SSL_ERROR_WANT_WRITE,
    SSL_ERROR_WANT_X509_LOOKUP,
    SSL_ERROR_ZERO_RETURN,
)
from _sslbasics import SSLError as sslerror


def ssl(sock, keyfile=None, certfile=None):
    """Starts TLS on a connected socket, as its client, and returns an object with read() and write().

    Deprecated: nothing is verified. Use ssl.wrap_socket, or a context of the module ssl.
    """
    from ssl import sslwrap_simple

    _warnings.warn("socket.ssl() is deprecated.  Use ssl.wrap_socket() instead.", DeprecationWarning, 2)
    return sslwrap_simple(sock, keyfile, certfile)


__all__ = ["getfqdn", "create_connection"] + [name for name in dir(_socket) if not name.startswith("_")]

_realsocket = socket

_delegate_methods = "recv", "recvfrom", "recv_into", "recvfrom_into", "send", "sendto"
"""Methods that each object binds once: calling them costs no more than calling those of `_socket.socket`."""


class _closedsocket(object):
    """Stands for the socket of an object that was closed."""

    __slots__ = ()

    def _dummy(*_args):
        raise error(EBADF, "Bad file descriptor")

    __getattr__ = _dummy
    _reuse = None
    recv = recvfrom = recv_into = recvfrom_into = send = sendto = _dummy


def _use(sock, *unsent):
    """Makes the caller one more user of a socket; returns the function that gives it up.

    CPython counts references. Here the users are counted: the socket is closed when the last has given it up, or was
    dropped. `unsent` is a list of str that is to be sent before, where the user is dropped. Objects that only look like
    sockets may have the methods `_reuse` and `_drop`, as PyPy asks of them.
    """
    reuse = getattr(sock, "_reuse", None)
    if reuse is None:
        return None
    if isinstance(sock, _realsocket):
        return reuse(*unsent)
    reuse()
    return sock._drop


class _socketobject(object):
    __doc__ = _realsocket.__doc__

    __slots__ = ("_sock", "_drop_sock", "__weakref__") + _delegate_methods

    def __init__(self, family=AF_INET, type=SOCK_STREAM, proto=0, _sock=None):
        if _sock is None:
            _sock = _realsocket(family, type, proto)
        self._sock = _sock
        self._drop_sock = _use(_sock)
        for name in _delegate_methods:
            setattr(self, name, getattr(_sock, name))

    def close(self):
        """close()

        Closes the object. The connection ends once all files that makefile() made are closed too.
        """
        self._sock = closed = _closedsocket()
        for name in _delegate_methods:
            setattr(self, name, closed._dummy)
        drop, self._drop_sock = self._drop_sock, None
        if drop is not None:
            drop()

    def accept(self):
        """accept() -> (socket, address)

        Waits for a connection, and returns it with its peer's address.
        """
        accepted, address = self._sock.accept()
        return _socketobject(_sock=accepted), address

    def dup(self):
        """dup() -> socket

        Another object for the same socket, which stays open until both are closed.
        """
        return _socketobject(_sock=self._sock)

    def makefile(self, mode="r", bufsize=-1):
        """makefile([mode[, bufsize]]) -> file

        A file for the socket, which stays open until both are closed. `bufsize` is as for open(): 0 for unbuffered, 1
        for lines, more for that many bytes, negative for the default.
        """
        return _fileobject(self._sock, mode, bufsize)

    @property
    def family(self):
        """The address family."""
        return self._sock.family

    @property
    def type(self):
        """The type."""
        return self._sock.type

    @property
    def proto(self):
        """The protocol."""
        return self._sock.proto


def _delegate(name):
    def method(self, *args):
        return getattr(self._sock, name)(*args)

    method.__name__ = name
    method.__doc__ = getattr(_realsocket, name).__doc__
    setattr(_socketobject, name, method)


for _name in (
    "bind",
    "connect",
    "connect_ex",
    "fileno",
    "getpeername",
    "getsockname",
    "getsockopt",
    "gettimeout",
    "listen",
    "sendall",
    "setblocking",
    "setsockopt",
    "settimeout",
    "shutdown",
):
    _delegate(_name)

socket = SocketType = _socketobject

_DEFAULT_BUFFER = 8192


class _fileobject(object):
    """A file for a socket: what makefile() returns.

    `sock` may be any object with recv() and sendall(). With `close`, closing the file closes it.
    """

    default_bufsize = _DEFAULT_BUFFER
    name = "<socket>"

    __slots__ = (
        "mode",
        "bufsize",
        "softspace",
        "_sock",
        "_drop_sock",
        "_close",
        "_rbufsize",
        "_rbuf",
        "_wbufsize",
        "_wbuf",
        "_wbuf_len",
        "__weakref__",
    )

    def __init__(self, sock, mode="rb", bufsize=-1, close=False):
        self._sock = sock
        self.mode = mode
        if bufsize < 0:
            bufsize = self.default_bufsize
        self.bufsize = bufsize
        self.softspace = False
        # How much readline() asks for at once. Unbuffered files never take more than they return.
        self._rbufsize = {0: 1, 1: self.default_bufsize}.get(bufsize, bufsize)
        self._wbufsize = bufsize
        self._rbuf = ""
        self._wbuf = []
        self._wbuf_len = 0
        self._close = close
        self._drop_sock = _use(sock, self._wbuf)

    @property
    def closed(self):
        """Whether the file was closed."""
        return self._sock is None

    def close(self):
        """Sends what was not sent yet, and closes the file."""
        sock, drop = self._sock, self._drop_sock
        try:
            if sock:
                self.flush()
        finally:
            self._sock = self._drop_sock = None
            try:
                if self._close and sock is not None:
                    sock.close()
            finally:
                if drop is not None:
                    drop()

    def fileno(self):
        """The descriptor number of the socket."""
        return self._sock.fileno()

    # Writing

    def flush(self):
        """Sends what was written. After an error, what may not have been sent is still there for the next time."""
        if not self._wbuf:
            return
        data = "".join(self._wbuf)
        del self._wbuf[:]
        self._wbuf_len = 0
        size = max(self._rbufsize, self.default_bufsize)
        at = 0
        view = memoryview(data)
        try:
            while at < len(data):
                self._sock.sendall(view[at : at + size])
                at += size
        finally:
            if at < len(data):
                self._wbuf.append(data[at:])
                self._wbuf_len = len(data) - at

    def write(self, data):
        """Writes a str; anything else is first made one."""
        data = str(data)
        if not data:
            return
        self._wbuf.append(data)
        self._wbuf_len += len(data)
        if self._wbufsize == 1:
            if "\n" in data:
                self.flush()
        elif self._wbuf_len >= self._wbufsize:
            self.flush()

    def writelines(self, list):
        """Writes each of some str."""
        for line in list:
            line = str(line)
            if line:
                self._wbuf.append(line)
                self._wbuf_len += len(line)
        if self._wbufsize <= 1 or self._wbuf_len >= self._wbufsize:
            self.flush()

    # Reading

    def _recv(self, size):
        """recv(), repeated where a signal has ended it."""
        while True:
            try:
                return self._sock.recv(size)
            except error as failure:
                if failure.args[0] != EINTR:
                    raise

    def read(self, size=-1):
        """Reads so many bytes, or all until the end. Returns fewer only at the end."""
        if 0 <= size <= len(self._rbuf):
            data, self._rbuf = self._rbuf[:size], self._rbuf[size:]
            return data
        parts, self._rbuf = [self._rbuf], ""
        left = size - len(parts[0])
        try:
            while size < 0 or left > 0:
                data = self._recv(max(self._rbufsize, self.default_bufsize) if size < 0 else left)
                if not data:
                    break
                parts.append(data)
                left -= len(data)
        except BaseException:
            self._rbuf = "".join(parts)
            raise
        return "".join(parts)

    def readline(self, size=-1):
        """Reads up to the end of a line, and at most so many bytes."""
        parts, have = [], 0
        data, self._rbuf = self._rbuf, ""
        try:
            while True:
                end = data.find("\n") + 1 or None
                if size >= 0 and size - have <= (end or len(data)):
                    end = size - have
                if end is not None:
                    parts.append(data[:end])
                    self._rbuf = data[end:]
                    return "".join(parts)
                parts.append(data)
                have += len(data)
                data = self._recv(self._rbufsize)
                if not data:
                    return "".join(parts)
        except BaseException:
            self._rbuf = "".join(parts)
            raise

    def readlines(self, sizehint=0):
        """Reads the rest as a list of lines; with a hint, about so many bytes."""
        lines, total = [], 0
        for line in self:
            lines.append(line)
            total += len(line)
            if sizehint and total >= sizehint:
                break
        return lines

    def __iter__(self):
        return self

    def next(self):
        """The next line."""
        line = self.readline()
        if not line:
            raise StopIteration
        return line


def getfqdn(name=""):
    """The full name of a host, by default of this one: the first of its names that has a dot."""
    name = name.strip()
    if not name or name == "0.0.0.0":
        name = gethostname()
    try:
        host, aliases, _ = gethostbyaddr(name)
    except error:
        return name
    for candidate in [host] + aliases:
        if "." in candidate:
            return candidate
    return host


_GLOBAL_DEFAULT_TIMEOUT = object()


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None):
    """Connects to a (host, port), trying each address of the host, and returns the socket.

    `timeout` is in seconds, and counts for each address. `source_address` is a (host, port) to connect from.
    """
    host, port = address
    failure = None
    for family, kind, proto, _, where in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket(family, kind, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(where)
            return sock
        except error as reason:
            failure = reason
            if sock is not None:
                sock.close()
    if failure is not None:
        raise failure
    raise error("getaddrinfo returns an empty list")
