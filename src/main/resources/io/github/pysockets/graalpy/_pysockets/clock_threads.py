"""Threads that the stack's clock knows: time stands still while one of them runs."""

import _thread
import sys

from _pysockets.codes import checked
from _pysockets.host import clock_calls
from _pysockets.locks import allocate_lock

_start = _thread.start_new_thread
_get_ident = _thread.get_ident

_announce = clock_calls.announce
_begin = clock_calls.begin
_end = clock_calls.end

_sentinels = {}
"""The lock that is released when a thread ends, by the thread's identifier."""


def set_sentinel():
    """A lock that is released when the calling thread ends."""
    sentinel = _sentinels[_get_ident()] = allocate_lock()
    return sentinel


def start_new_thread(function, args, kwargs={}, /):
    """Runs a function in a thread of its own. Gives the thread's identifier."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    # From here on the clock waits for it. A thread that began later than it was started would miss its time.
    announced = checked(_announce())

    def run():
        checked(_begin(announced))
        try:
            function(*args, **kwargs)
        except SystemExit:
            pass
        except BaseException as error:
            _report(function, error)
        finally:
            _release_sentinel()
            _end(announced)

    try:
        return _start(run, ())
    except BaseException:
        _end(announced)
        raise


def _release_sentinel():
    sentinel = _sentinels.pop(_get_ident(), None)
    if sentinel is not None and sentinel.locked():
        sentinel.release()


def _report(function, error):
    # As in CPython, the traceback begins where the thread does.
    traceback = error.__traceback__ and error.__traceback__.tb_next
    message = "Exception ignored in thread started by"
    sys.unraisablehook(sys.UnraisableHookArgs((type(error), error, traceback, message, function)))
