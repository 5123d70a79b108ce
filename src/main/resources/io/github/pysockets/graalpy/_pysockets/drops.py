"""Sockets that are dropped without close: the ResourceWarning for each.

The host closes the descriptor of a dropped socket by itself. The warning comes from here, when the interpreter notices that the object
is gone, with the text that CPython gives: the object's repr, made of what the host has put aside.
"""

import warnings
from weakref import ref

from _pysockets.codes import checked
from _pysockets.host import calls

_holding = calls.holding
_last_words = calls.lastWords
_close_dropped = calls.closeDropped

_watched = set()
_add = _watched.add

forget = _watched.discard
"""Ends a watch: the socket was closed as it should be."""


class Watch(ref):
    """A weak reference to a socket, and what to ask about the socket afterwards."""

    __slots__ = ("holding", "cls")


def watch(sock, handle):
    """Watches an open socket; None where objects of its class cannot be watched."""
    try:
        watching = Watch(sock, _dropped)
    except TypeError:
        return None
    watching.holding = checked(_holding(handle))
    watching.cls = type(sock)
    _add(watching)
    return watching


def _dropped(watching):
    # The interpreter may still tell of a socket whose watch was ended.
    if watching not in _watched:
        return
    forget(watching)
    words = _last_words(watching.holding)
    _close_dropped(watching.holding)
    if type(words) is int:
        return
    text = _text(watching.cls, *words)
    warnings.warn("unclosed " + text, ResourceWarning, stacklevel=2)


def _text(cls, fd, family, kind, proto, local, peer):
    """What the repr of the socket was."""
    text = "<%s.%s fd=%i, family=%s, type=%s, proto=%i" % (cls.__module__, cls.__qualname__, fd, family, kind, proto)
    if local:
        text += ", laddr=%s" % str(local)
    if peer:
        text += ", raddr=%s" % str(peer)
    return text + ">"
