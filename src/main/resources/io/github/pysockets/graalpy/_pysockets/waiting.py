"""What `select` shares with poll and epoll objects: host calls that wait, constants, timeouts and results."""

from _pysockets.codes import checked, failure
from _pysockets.constants import ABSENT
from _pysockets.constants import CONSTANTS as _ALL
from _pysockets.constants import of_select
from _pysockets.host import select_calls as calls
from _pysockets.timeouts import scaled

CONSTANTS = {name: value for name, value in _ALL.items() if of_select(name)}
"""The constants of the select module. Without those of poll(2) or epoll(7) the stack has no such calls."""

HAS_POLL = "POLLIN" in CONSTANTS
HAS_EPOLL = "EPOLLIN" in CONSTANTS and "epoll" not in ABSENT

FOREVER = -1
SECOND = 1_000_000_000
MILLISECOND = 1_000_000

INT_MAX = 0x7FFF_FFFF
_INT_MIN = -0x8000_0000

LOW_WORD = 0xFFFF_FFFF
WORD = 32


def duration(timeout, unit, expected):
    """The nanoseconds of a timeout counted in `unit`s, rounded away from 0. `expected` is what the error asks for."""
    try:
        return scaled(timeout, unit)
    except TypeError:
        raise TypeError("timeout must be %s or None" % expected) from None


def whole_milliseconds(timeout, unit):
    """The nanoseconds of a timeout, rounded up to the unit of poll(2) and epoll_wait(2).

    Negative ones are FOREVER.
    """
    millis = -(-duration(timeout, unit, "an integer") // MILLISECOND)
    if not _INT_MIN <= millis <= INT_MAX:
        raise OverflowError("timeout is too large")
    return millis * MILLISECOND if millis >= 0 else FOREVER


def pairs(found):
    """The list of (descriptor, events) that the result of a host call stands for: see the Java class ReadyEvents."""
    if type(found) is not int:
        flat = iter(found)
        return list(zip(flat, flat))
    if found > 0:
        return [(found & LOW_WORD, found >> WORD)]
    if found == 0:
        return []
    raise failure(found)
