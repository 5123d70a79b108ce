"""The ResourceWarning for each socket that is dropped without close.

The host closes the descriptor of a dropped socket by itself. The warning comes from here, when the interpreter notices
that the object is gone. Its text is CPython's, with the object's repr, made of what the host has kept of the socket.
"""

import warnings
from weakref import ref

from _pysockets.host import calls

_holding = calls.holding
_last_words = calls.lastWords
_close_dropped = calls.closeDropped

_watched = set()
_add = _watched.add

forget = _watched.discard
"""Ends a watch, of a socket that was closed as it should be."""


class Watch(ref):
    """A weak reference to a socket, with what tells of the socket once it is gone.

    files: how many files of the socket may hold unsent data.
    transport: the name of the class of asyncio's transport that uses it, and a weak reference to the event loop.
    """

    __slots__ = ("holding", "cls", "files", "transport")


def watch(sock, handle, holding=None):
    """Watches an open socket; None where objects of its class cannot be watched.

    holding: what the host gives for `handle`, if it is known.
    """
    try:
        watching = Watch(sock, _dropped)
    except TypeError:
        return None
    watching.holding = _holding(handle) if holding is None else holding
    watching.cls = sock.__class__
    watching.files = 0
    watching.transport = None
    _add(watching)
    return watching


def _dropped(watching):
    # The interpreter may call this for a socket whose watch was ended.
    if watching not in _watched:
        return
    forget(watching)
    words = _last_words(watching.holding)
    if not watching.files:
        # Otherwise the last file closes it, after what was written has been sent.
        _close_dropped(watching.holding)
    if type(words) is int:
        return
    text = _text(watching.cls, *words) if watching.transport is None else _transport_text(*watching.transport, words[0])
    warnings.warn("unclosed " + text, ResourceWarning, stacklevel=2)


def _text(cls, fd, family, kind, proto, local, peer):
    """The repr that the socket had."""
    text = "<%s.%s fd=%i, family=%s, type=%s, proto=%i" % (cls.__module__, cls.__qualname__, fd, family, kind, proto)
    if local:
        text += ", laddr=%s" % str(local)
    if peer:
        text += ", raddr=%s" % str(peer)
    return text + ">"


def _transport_text(name, loop, fd):
    """The repr of a transport that its event loop does not know any more."""
    loop = loop()
    state = "" if loop is None or loop.is_closed() else " read=idle write=<idle, bufsize=0>"
    return "transport <%s fd=%i%s>" % (name, fd, state)
