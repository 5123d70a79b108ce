"""Sockets that are dropped without close: the ResourceWarning for each.

The host closes the descriptor of a dropped socket by itself. The warning comes from here, when the interpreter notices that the object
is gone, with the text that CPython gives: the object's repr, made of what was put aside.
"""

import warnings
from weakref import ref

from _pysockets.host import calls

_holding = calls.holding
_addresses = calls.addresses
_close_dropped = calls.closeDropped

_watched = set()


class Watch(ref):
    """A weak reference to a socket, and what to say of the socket afterwards."""

    __slots__ = ("holding", "cls", "fd", "family", "type", "proto")


def watch(sock, handle, fd):
    """Watches an open socket; None where objects of its class cannot be watched."""
    try:
        watching = Watch(sock, _dropped)
    except TypeError:
        return None
    watching.holding = _holding(handle)
    watching.cls = sock.__class__
    watching.fd = fd
    _watched.add(watching)
    return watching


def forget(watching):
    """Ends the watch: the socket was closed as it should be."""
    _watched.discard(watching)


def _dropped(watching):
    _watched.discard(watching)
    ends = _addresses(watching.holding)
    _close_dropped(watching.holding)
    warnings.warn("unclosed " + _text(watching, ends), ResourceWarning, stacklevel=2, source=None)


def _text(watching, ends):
    cls = watching.cls
    text = "<%s.%s fd=%i, family=%s, type=%s, proto=%i" % (
        cls.__module__,
        cls.__qualname__,
        watching.fd,
        watching.family,
        watching.type,
        watching.proto,
    )
    if ends[0]:
        text += ", laddr=%s" % str(ends[0])
    if ends[1]:
        text += ", raddr=%s" % str(ends[1])
    return text + ">"
