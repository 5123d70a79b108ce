"""Files of sockets that are written to: what was written is sent although the file is dropped without flush.

A dropped object has lost its data by the time that it is found. So the file that a program gets has none: what is
written to it goes to the buffer of a second file, which is known here until the first is closed or dropped. The second
must not refer to the program's socket, from which there may be a way to the first file. Both use the same host object
through sockets of their own: see `file_twins`.
"""

import atexit
import io
from functools import partial
from sys import modules
from weakref import ref

from _pysockets.dropped import follow, forget
from _pysockets.file_twins import CallingTwin, PlainTwin, ReadingTwin, UsedTwin
from _pysockets.sockets import socket

_open = set()
"""The second files, whose data is sent when the program ends."""


_later = set()
"""What tells that the last method of a dropped file was dropped."""


def file_of(module, sock, mode, buffering, encoding, errors, newline):
    """The result of `makefile(sock, ...)`, for a mode that writes, with a buffer. module: the module `socket`."""
    size = io.DEFAULT_BUFFER_SIZE if buffering is None or buffering < 0 else buffering
    reads = "r" in mode
    raw_mode = "rw" if reads else "w"
    twin = _twin_of(module, sock)
    raw = module.SocketIO(twin, raw_mode)
    inner = io.BufferedWriter(raw, size)
    if reads and type(sock) is not module.socket:
        raw = module.SocketIO(ReadingTwin(sock), raw_mode)
    outer = io.BufferedRWPair(raw, raw, size) if reads else io.BufferedWriter(raw, size)
    _pass_on(outer, inner, ())
    if "b" not in mode:
        buffer, outer = outer, io.TextIOWrapper(outer, encoding, errors, newline)
        outer.mode = mode
        inner = io.TextIOWrapper(inner, outer.encoding, outer.errors, newline)
        _pass_on(outer, inner, (buffer,))
        outer.reconfigure = partial(_reconfigure, outer, inner)
    sock._io_refs += 1
    if sock._watching is not None:
        sock._watching.files += 1
    _open.add(inner)
    outer._sock = sock
    outer._followed = follow(partial(_drop, inner, twin, ref(outer.write), ref(outer.flush)), sock)
    return outer


def _pass_on(outer, inner, below):
    """Lets what writes to a file of the program's write to the second file.

    below: the program's files that are closed with it.
    """
    outer.write = inner.write
    outer.flush = inner.flush
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


def _twin_of(module, sock):
    """What the second file sends by."""
    if type(sock) is module.socket:
        return UsedTwin(sock)
    send = type(sock).send
    tls = modules.get("ssl")
    if tls is not None and send is tls.SSLSocket.send:
        from _pysockets.tls_file_twins import TlsTwin

        return TlsTwin(sock)
    return PlainTwin(sock) if send is socket.send else CallingTwin(sock)


def _drop(inner, twin, *methods):
    """Called when a file was dropped: its end comes with the last of its methods that the program has kept."""
    for each in methods:
        method = each()
        if method is not None:
            _later.add(ref(method, partial(_drop_again, inner, twin, methods)))
            return
    _finish(inner, twin)


def _drop_again(inner, twin, methods, dropped):
    _later.discard(dropped)
    _drop(inner, twin, *methods)


def _finish(inner, twin):
    """Sends what a dropped file has, and closes it. Does not wait for the peer."""
    _open.discard(inner)
    twin.waits = False
    try:
        inner.flush()
    except BlockingIOError:
        twin.waits = True
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
