"""Waits until one of several descriptors is ready: select(2), poll(2), epoll(7).

A descriptor is given as its number, or as an object that has a fileno() method. Arguments are checked as CPython checks
them; what is left of a call is one call of the host. Names that begin with an underscore are this module's own.
"""

import sys as _sys
from array import array as _array
from itertools import islice as _islice
from types import MethodType as _MethodType

from _pysockets.arguments import descriptor as _descriptor
from _pysockets.arguments import descriptor_number as _descriptor_number
from _pysockets.codes import failure as _failure
from _pysockets.os_patches import apply as _apply_os_patches
from _pysockets.waiting import CONSTANTS as _CONSTANTS
from _pysockets.waiting import FOREVER as _FOREVER
from _pysockets.waiting import HAS_EPOLL as _HAS_EPOLL
from _pysockets.waiting import HAS_POLL as _HAS_POLL
from _pysockets.waiting import INT_MAX as _INT_MAX
from _pysockets.waiting import SECOND as _SECOND
from _pysockets.waiting import calls as _calls
from _pysockets.waiting import duration as _duration

_select_one = _calls.selectOne
_select_many = _calls.select

globals().update(_CONSTANTS)

error = OSError

_apply_os_patches()

_FD_SETSIZE = 1024
_READ, _WRITE, _EXCEPT = 1, 2, 4
_MICROSECOND = 1_000
_USUAL = 2e6
"""Seconds below which no timeout is too large."""


def _fileno(fd):
    """The number of a descriptor that is no plain int."""
    fileno = getattr(fd, "fileno", None)
    number = _descriptor(fd) if fileno is None else fileno()
    return number if type(number) is int and number >= 0 else _descriptor_number(number)


def _numbered(given, fileno):
    """The descriptors of one list, each with its number."""
    if type(given) is not list and type(given) is not tuple:
        try:
            given = iter(given)
        except TypeError:
            raise TypeError("arguments 1-3 must be sequences") from None
        given = list(given)
    if not given:
        return []
    # A fileno() may change the list meanwhile: each item is taken when its turn comes, as in CPython.
    numbered = [(fd, fd if type(fd) is int else fileno(fd)) for fd in _islice(given, _FD_SETSIZE + 1)]
    if len(numbered) > _FD_SETSIZE:
        raise ValueError("too many file descriptors in select()")
    return numbered


def _select_several(rlist, wlist, xlist, nanos, fileno=_fileno):
    """select, for any number of descriptors. `fileno` gives the number of what is no plain int."""
    readers = _numbered(rlist, fileno)
    writers = _numbered(wlist, fileno)
    numbered = readers + writers + _numbered(xlist, fileno)
    numbers = [number for _, number in numbered]
    try:
        packed = _array("i", numbers)
    except OverflowError:
        packed = None
    if packed is None or numbers and min(numbers) < 0:
        for number in numbers:
            # Raises for the first that is no descriptor's.
            _descriptor_number(number)
    found = _select_many(packed, len(readers), len(writers), nanos)
    if type(found) is int:
        if found < 0:
            raise _failure(found)
        return [], [], []
    readable, writable, places = found[0], found[0] + found[1], found[2:]
    ready = [numbered[place][0] for place in places]
    return ready[:readable], ready[readable:writable], ready[writable:]


def select(_module, rlist, wlist, xlist, timeout=None, /):
    """select(rlist, wlist, xlist, timeout=None): waits until a descriptor is ready. See select(2).

    rlist, wlist, xlist: iterables of descriptors to read from, to write to, to watch for urgent data.
    timeout: the most seconds to wait; None for without limit, 0 for not at all.

    Returns three lists, in the same order, of those that are ready; empty ones after the timeout.
    """
    if timeout is None:
        nanos = _FOREVER
    elif type(timeout) is int and timeout == 0:
        nanos = 0
    elif type(timeout) is float and 0.0 < timeout < _USUAL:
        # As in the next branch, without its calls.
        nanos = int(-(-timeout * 1e9 // 1e3)) * _MICROSECOND
    else:
        nanos = _duration(timeout, _SECOND, "a float")
        if nanos < 0:
            raise ValueError("timeout must be non-negative")
        nanos = -(-nanos // _MICROSECOND) * _MICROSECOND
    if (
        type(rlist) is not list
        or type(wlist) is not list
        or type(xlist) is not list
        or len(rlist) + len(wlist) + len(xlist) != 1
    ):
        return _select_several(rlist, wlist, xlist, nanos)
    # Most calls have one descriptor.
    fd = (rlist or wlist or xlist)[0]
    kind = _READ if rlist else _WRITE if wlist else _EXCEPT
    number = fd if type(fd) is int else _fileno(fd)
    if not 0 <= number <= _INT_MAX:
        # Raises.
        _descriptor_number(number)
    if len(rlist) + len(wlist) + len(xlist) != 1:
        # A fileno() has changed the lists.
        return _select_several(
            rlist, wlist, xlist, nanos, lambda other: number if other is fd else _fileno(other)
        )
    found = _select_one(number, kind, nanos)
    if found == 0:
        return [], [], []
    if found < 0:
        raise _failure(found)
    return ([fd], [], []) if kind == _READ else ([], [fd], []) if kind == _WRITE else ([], [], [fd])


# A method of the module, as CPython's is in effect: a class that has such a function as its attribute does not pass its
# objects to it. The selectors module counts on that.
select = _MethodType(select, _sys.modules[__name__])

if _HAS_POLL:
    from _pysockets.poll import new as _new_poll

    def poll(_module, /):
        """poll(): an object to wait with for the descriptors that are registered with it. See poll(2)."""
        return _new_poll()

    poll = _MethodType(poll, _sys.modules[__name__])

if _HAS_EPOLL:
    from _pysockets.epoll import epoll
