"""Makes the time of a script that of the stack: `time`, waits for locks, and what is made of them.

Nothing of this is imported where the stack has no clock of its own.
"""

import _thread
import sys
import time
from types import MethodType

from _pysockets.clock_threads import set_sentinel, start_new_thread
from _pysockets.codes import checked
from _pysockets.host import clock_calls
from _pysockets.locks import RLock, allocate_lock, lock
from _pysockets.timeouts import scaled

_SECOND = 1_000_000_000

_monotonic = clock_calls.nanoTime
_wall_time = clock_calls.wallTimeNanos
_sleep = clock_calls.sleep


def apply():
    """Puts all functions in their places."""
    for function in _CLOCKS:
        _put(function)
    for name in "ctime", "gmtime", "localtime":
        _put(_of_now(getattr(time, name), 0))
    for name, arguments in ("asctime", 0), ("strftime", 1):
        _put(_of_now(getattr(time, name), arguments, time.localtime))
    _thread.allocate_lock = _thread.allocate = allocate_lock
    _thread.LockType = lock
    _thread.RLock = RLock
    _thread.start_new_thread = _thread.start_new = start_new_thread
    _thread._set_sentinel = set_sentinel
    # What is written in Java would ask Java's clock and wait by itself. Python's own modules take their other form.
    sys.modules["_datetime"] = None
    sys.modules["_queue"] = None
    _reach_threading()


def _reach_threading():
    """The names that `threading` has taken where it was imported before."""
    threading = sys.modules.get("threading")
    if threading is not None:
        threading._time = time.monotonic
        threading.Lock = threading._allocate_lock = allocate_lock
        threading._CRLock = RLock
        threading._start_new_thread = start_new_thread
        threading._set_sentinel = set_sentinel


def _put(function):
    """Makes a function one of `time`, as a method of the module: as an attribute of a class it stays what it is."""
    name = function.__name__
    function.__qualname__, function.__module__ = name, "time"
    function.__doc__ = getattr(time, name).__doc__
    setattr(time, name, MethodType(function, time))


def _time(_module, /):
    return checked(_wall_time()) / _SECOND


def _time_ns(_module, /):
    return checked(_wall_time())


def _seconds(_module, /):
    return _monotonic() / _SECOND


def _nanoseconds(_module, /):
    return _monotonic()


def _pause(_module, /, *args):
    if len(args) != 1:
        raise TypeError("time.sleep() takes exactly one argument (%d given)" % len(args))
    nanos = scaled(args[0], _SECOND)
    if nanos < 0:
        raise ValueError("sleep length must be non-negative")
    checked(_sleep(nanos))


def _named(name, function):
    def copy(_module, /, *args):
        return function(_module, *args)

    copy.__name__ = name
    return copy


_CLOCKS = [
    _named(name, function)
    for name, function in (
        ("time", _time),
        ("time_ns", _time_ns),
        ("monotonic", _seconds),
        ("monotonic_ns", _nanoseconds),
        ("perf_counter", _seconds),
        ("perf_counter_ns", _nanoseconds),
        ("sleep", _pause),
    )
]


def _of_now(known, position, convert=float):
    """The function `known` of `time`, which is about now where the argument at a position is left out."""

    def function(_module, /, *args):
        if len(args) == position or (len(args) == position + 1 and args[position] is None and convert is float):
            return known(*args[:position], convert(time.time()))
        return known(*args)

    function.__name__ = known.__name__
    return function
