"""The host objects that the other modules call, and the functions by which they make Python values."""

from _pysockets import calls
from _pysockets.buffer_views import view


def _tuple(*items):
    return items


def _bytes(buffer):
    return bytes(view(buffer)[:])


def _path(buffer):
    return bytes(view(buffer)[:]).decode("utf-8", "surrogateescape")


def _unsigned(bits):
    return bits & 0xFFFF_FFFF_FFFF_FFFF


def named_numbers(words):
    """The dict {NAME: value} of words NAME=value, the form in which the host gives constants and codes."""
    return {name: int(value) for name, _, value in (word.partition("=") for word in words.split())}


def _required(result, failure):
    """As codes.checked, which this module comes before: without the host's codes no failure can be named."""
    if type(result) is int:
        raise ImportError(failure)
    return result


names = _required(calls.attach(_tuple, _bytes, _path, _unsigned), "the host objects are attached to already")
"""Host calls for names; `calls` are those for sockets."""

codes = named_numbers(_required(calls.codes(), "the host does not give its codes"))
"""The numbers of the Java class Codes, by name."""
