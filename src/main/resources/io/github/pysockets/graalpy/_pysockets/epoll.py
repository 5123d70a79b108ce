"""The class select.epoll."""

from _pysockets.arguments import as_int, c_unsigned, descriptor
from _pysockets.codes import checked, failure
from _pysockets.waiting import (
    CONSTANTS,
    FOREVER,
    INT_MAX,
    LOW_WORD,
    MILLISECOND,
    SECOND,
    WORD,
    calls,
    whole_milliseconds,
)

_new_set = calls.epoll
_adopt = calls.epollAdopt
_fileno = calls.epollFileno
_close = calls.epollClose
_register = calls.epollRegister
_modify = calls.epollModify
_unregister = calls.epollUnregister
_poll = calls.epollPoll

_EPOLL_CLOEXEC = CONSTANTS["EPOLL_CLOEXEC"]
_DEFAULT_EVENTS = CONSTANTS["EPOLLIN"] | CONSTANTS["EPOLLPRI"] | CONSTANTS["EPOLLOUT"]

_DEFAULT_MOST = 1023
"""FD_SETSIZE - 1."""

_USUAL = 2e6
"""Seconds below which no timeout is too large."""

_new_object = object.__new__


class epoll:
    """epoll(sizehint=-1, flags=0): a set of descriptors that the kernel watches. See epoll(7).

    sizehint: without effect; must be positive, or -1.
    flags: 0 or EPOLL_CLOEXEC, which makes no difference: child processes do not inherit it in any case.
    """

    __module__ = "select"
    __slots__ = ("_handle", "_number")

    def __new__(cls, sizehint=-1, flags=0):
        sizehint, flags = as_int(sizehint), as_int(flags)
        if sizehint != -1 and sizehint <= 0:
            raise ValueError("negative sizehint")
        if flags & ~_EPOLL_CLOEXEC:
            raise OSError("invalid flags")
        self = _new_object(cls)
        self._handle = checked(_new_set(_EPOLL_CLOEXEC))
        # Asked of the host at the first fileno().
        self._number = None
        return self

    def __init_subclass__(cls):
        raise TypeError("type 'select.epoll' is not an acceptable base type")

    @classmethod
    def fromfd(cls, fd, /):
        """An epoll object for the descriptor number of one that exists."""
        number = as_int(fd)
        if number == -1:
            return cls()
        self = _new_object(cls)
        self._handle = checked(_adopt(number))
        self._number = number
        return self

    @property
    def closed(self):
        """True if the epoll handler is closed"""
        return self._handle is None

    def fileno(self):
        """The descriptor number of the set itself, which is ready to read when something in it is ready."""
        handle = self._open()
        if self._number is None:
            self._number = _fileno(handle)
        return self._number

    def close(self):
        """Closes the set: close(2). Calls of other threads that wait on it end with EBADF."""
        handle, self._handle = self._handle, None
        if handle is not None:
            _close(handle)

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, exc_type=None, exc_value=None, exc_tb=None, /):
        self.close()

    def register(self, fd, eventmask=_DEFAULT_EVENTS):
        """Adds a descriptor, with the events to wait for; OSError if it is there already, or cannot be watched."""
        self._control(_register, fd, eventmask)

    def modify(self, fd, eventmask):
        """Sets the events of a descriptor that was added before."""
        self._control(_modify, fd, eventmask)

    def _control(self, call, fd, eventmask):
        number = fd if type(fd) is int and 0 <= fd <= INT_MAX else descriptor(fd)
        mask = c_unsigned(eventmask)
        result = call(self._open(), number, mask)
        if result < 0:
            raise failure(result)

    def unregister(self, fd):
        """Takes a descriptor out."""
        number = descriptor(fd)
        result = _unregister(self._open(), number)
        if result < 0:
            raise failure(result)

    def poll(self, timeout=None, maxevents=-1):
        """Waits until a descriptor is ready: a list of (number, events).

        timeout: the most seconds to wait; None or a negative number for without limit.
        maxevents: the most descriptors to tell of; -1 for FD_SETSIZE - 1.
        """
        handle = self._handle
        if handle is None:
            self._open()
        if timeout is None:
            nanos = FOREVER
        elif type(timeout) is int and -1 <= timeout <= 0:
            nanos = timeout
        elif type(timeout) is float and 0.0 < timeout < _USUAL:
            # As whole_milliseconds does it, without the calls.
            nanos = int(-(-timeout * 1e9 // 1e6)) * MILLISECOND
        else:
            nanos = whole_milliseconds(timeout, SECOND)
        if type(maxevents) is not int or not 0 < maxevents <= INT_MAX:
            maxevents = as_int(maxevents)
            if maxevents == -1:
                maxevents = _DEFAULT_MOST
            elif maxevents < 1:
                raise ValueError("maxevents must be greater than 0, got %d" % maxevents)
        # As pairs does it, without the call.
        found = _poll(handle, nanos, maxevents)
        if type(found) is int:
            if found > 0:
                return [(found & LOW_WORD, found >> WORD)]
            if found == 0:
                return []
            raise failure(found)
        flat = iter(found)
        return list(zip(flat, flat))

    def _open(self):
        handle = self._handle
        if handle is None:
            raise ValueError("I/O operation on closed epoll object")
        return handle
