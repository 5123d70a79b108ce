"""The host objects, and what they need to make Python values."""

from _pysockets import calls
from _pysockets.views import view


def _tuple(*items):
    return items


def _bytes(buffer):
    return bytes(view(buffer)[:])


def _path(buffer):
    return bytes(view(buffer)[:]).decode("utf-8", "surrogateescape")


def _unsigned(bits):
    return bits & 0xFFFF_FFFF_FFFF_FFFF


names = calls.attach(_tuple, _bytes, _path, _unsigned)
if type(names) is int:
    # What tells such numbers cannot be imported before this module.
    raise ImportError("the host objects are attached to already")
"""Host calls for names; `calls` are those for sockets."""
