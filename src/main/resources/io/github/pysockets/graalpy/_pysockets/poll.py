"""The objects that select.poll() gives."""

from _pysockets.arguments import descriptor
from _pysockets.codes import checked, failure
from _pysockets.host import number
from _pysockets.waiting import CONSTANTS, FOREVER, INT_MAX, MILLISECOND, calls, pairs, whole_milliseconds

_new_set = calls.pollSet
_register = calls.pollRegister
_modify = calls.pollModify
_unregister = calls.pollUnregister
_poll = calls.poll

_ENOENT = number("ENOENT")
_USHRT_MAX = 0xFFFF
_ULONG_MAX = 0xFFFF_FFFF_FFFF_FFFF
_DEFAULT_EVENTS = CONSTANTS["POLLIN"] | CONSTANTS["POLLPRI"] | CONSTANTS["POLLOUT"]
_new_object = object.__new__


def _event_mask(mask):
    """An unsigned C short."""
    if not issubclass(type(mask), int):
        raise TypeError("an integer is required")
    if mask < 0:
        raise ValueError("value must be positive")
    if mask > _USHRT_MAX:
        raise OverflowError(
            "Python int too large for C unsigned short"
            if mask <= _ULONG_MAX
            else "Python int too large to convert to C unsigned long"
        )
    return int(mask)


class poll:
    """Descriptors to wait for with poll(2)."""

    __module__ = "select"
    __slots__ = ("_set",)

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'select.poll' instances")

    def __init_subclass__(cls):
        raise TypeError("type 'select.poll' is not an acceptable base type")

    def register(self, fd, eventmask=_DEFAULT_EVENTS, /):
        """Adds a descriptor, with the events to wait for. For one that is there already, sets its events."""
        checked(_register(self._set, descriptor(fd), _event_mask(eventmask)))

    def modify(self, fd, eventmask, /):
        """Sets the events of a descriptor that was added before; FileNotFoundError if it was not."""
        if not checked(_modify(self._set, descriptor(fd), _event_mask(eventmask))):
            raise failure(-_ENOENT)

    def unregister(self, fd, /):
        """Takes a descriptor out; KeyError if it is not there."""
        number = descriptor(fd)
        if not checked(_unregister(self._set, number)):
            raise KeyError(number)

    def poll(self, timeout=None, /):
        """Waits until a descriptor is ready: a list of (number, events), in the order in which they were added.

        timeout: the most milliseconds to wait; None or a negative number for without limit.
        """
        if timeout is None or issubclass(type(timeout), float) and -1 < timeout < 0:
            nanos = FOREVER
        elif type(timeout) is int and 0 <= timeout <= INT_MAX:
            nanos = timeout * MILLISECOND
        else:
            nanos = whole_milliseconds(timeout, MILLISECOND)
        return pairs(_poll(self._set, nanos))


def new():
    """A poll object. Calling the class makes none, as in CPython."""
    made = _new_object(poll)
    made._set = checked(_new_set())
    return made
