"""Files of sockets that are written to: what was written is sent although the file is dropped without flush.

A dropped object has lost its data by the time that it is found. So the file that a program gets has none: what is
written to it goes to the buffer of a second file, which is known here until the first is closed or dropped. The second
must not refer to the program's socket, from which there may be a way to the first file. Both use the same host object
through sockets of their own.
"""

import atexit
import io
from functools import partial
from weakref import ref

from _pysockets.dropped import follow, forget
from _pysockets.host import number
from _pysockets.sockets import socket

_MSG_DONTWAIT = number("MSG_DONTWAIT")

_send = socket.send
_open = set()
"""The second files, whose data is sent when the program ends."""


def file_of(module, makefile, sock, mode, buffering, encoding, errors, newline):
    """The result of `makefile(sock, ...)`. module: the module `socket`."""
    outer = makefile(_Twin(sock), mode, buffering, encoding=encoding, errors=errors, newline=newline)
    twin = _UsedTwin(sock)
    size = io.DEFAULT_BUFFER_SIZE if buffering is None or buffering < 0 else buffering
    inner = io.BufferedWriter(module.SocketIO(twin, "w"), size)
    if "b" in mode:
        _pass_on(outer, inner, ())
    else:
        buffer = outer.buffer
        _pass_on(buffer, inner, ())
        inner = io.TextIOWrapper(inner, outer.encoding, outer.errors, newline)
        _pass_on(outer, inner, (buffer,))
        outer.reconfigure = partial(_reconfigure, outer, inner)
    sock._io_refs += 1
    if sock._watching is not None:
        sock._watching.files += 1
    _open.add(inner)
    outer._sock = sock
    outer._followed = follow(partial(_finish, inner, twin), sock)
    return outer


def _pass_on(outer, inner, below):
    """Lets what writes to a file of the program's write to the second file.

    below: the program's files that are closed with it.
    """
    for name in "write", "flush":
        method = partial(getattr(inner, name))
        # Who has the method has the file.
        method.file = outer
        setattr(outer, name, method)
    outer.close = partial(_close_both, outer, inner, below)
    outer.detach = partial(_detach, outer, inner, below)


def _close_both(outer, inner, below):
    _end(outer, inner)
    try:
        inner.close()
    finally:
        # close() would flush the second file, which is closed.
        for file in (outer, *below):
            file.__dict__.pop("flush", None)
        type(outer).close(outer)


def _detach(outer, inner, below):
    inner.flush()
    detached = type(outer).detach(outer)
    _open.discard(inner)
    sock, followed = outer.__dict__.pop("_sock", None), outer.__dict__.pop("_followed", None)
    under = inner.detach()
    for file in below:
        # The buffer of a text file is now what the program closes.
        file._sock = sock
    if followed is not None:
        forget(followed)
        under._kept = sock
    return detached if below else under


def _reconfigure(outer, inner, **changes):
    inner.reconfigure(**changes)
    type(outer).reconfigure(outer, **changes)


def _end(outer, inner):
    _open.discard(inner)
    followed = outer.__dict__.pop("_followed", None)
    if followed is not None:
        forget(followed)


class _Twin(socket):
    """Another socket object for the host object of a program's socket, which it does not refer to."""

    __slots__ = ("_io_refs",)

    def __new__(cls, sock):
        self = socket.__new__(cls)
        self._handle = sock._handle
        self._family, self._type, self._proto = sock._family, sock._type, sock._proto
        self._fd = None
        self._io_refs = 0
        return self

    def __init__(self, sock):
        pass

    def _decref_socketios(self):
        pass


class _UsedTwin(_Twin):
    """One whose file counts as a user of the program's socket."""

    __slots__ = ("_of", "_sock", "_waits")

    def __init__(self, sock):
        self._of = sock._watching
        self._sock = ref(sock)
        self._waits = True

    def send(self, data):
        return _send(self, data) if self._waits else _send(self, data, _MSG_DONTWAIT)

    def _decref_socketios(self):
        """Called when the file is closed, which has been flushed."""
        watching = self._of
        if watching is not None:
            watching.files -= 1
        sock = self._sock()
        if sock is not None:
            sock._decref_socketios()
        elif watching is None or not watching.files:
            socket.close(self)


def _finish(inner, twin):
    """Sends what a dropped file has, and closes it. Does not wait for the peer."""
    _open.discard(inner)
    twin._waits = False
    try:
        inner.flush()
    except BlockingIOError:
        twin._waits = True
        _finish_later(inner)
        return
    except Exception:
        pass
    _close(inner)


def _finish_later(inner):
    import _thread

    try:
        _thread.start_new_thread(_close, (inner,))
    except RuntimeError:
        # A context without threads. What the peer does not take now is lost.
        _close(inner.buffer.raw if isinstance(inner, io.TextIOWrapper) else inner.raw)


def _close(file):
    try:
        file.close()
    except Exception:
        # What close() has done of its work stays done.
        pass


@atexit.register
def _send_all():
    """Runs when the program ends."""
    for inner in list(_open):
        try:
            inner.flush()
        except Exception:
            pass
