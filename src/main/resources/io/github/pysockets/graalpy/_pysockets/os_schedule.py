"""Functions of `os` for the scheduling of processes: sched(7), getpriority(2)."""

import errno as _errno
import sys as _sys

from _pysockets.arguments import as_int
from _pysockets.codes import failure
from _pysockets.os_host import call, with_buffer
from _pysockets.struct_sequences import struct_sequence

_INT_SIZE = 4
_FIRST_MASK = 128
_LARGEST_MASK = 1 << 20
_INT_MAX = 0x7FFF_FFFF
_NANOS = 1_000_000_000
_HIGHEST = 20
_PRIO_PROCESS = 0

_Sequence = struct_sequence("sched_param", "Currently has only one field: sched_priority", "sched_priority")


class sched_param(_Sequence):
    """What a scheduling policy takes: a priority. See sched_setscheduler(2)."""

    __slots__ = ()

    def __new__(cls, sched_priority):
        return tuple.__new__(cls, (sched_priority,))

    def __reduce__(self):
        return type(self), tuple(self)


sched_param.__module__ = "posix"


def _priority(param):
    """The C int of a sched_param."""
    if type(param) is not sched_param:
        raise TypeError("must have a sched_param object")
    value = param.sched_priority
    if not issubclass(type(value), int):
        from operator import index

        value = index(value)
    if not -_INT_MAX - 1 <= value <= _INT_MAX:
        raise OverflowError("sched_priority out of range")
    return int(value).to_bytes(_INT_SIZE, _sys.byteorder, signed=True)


def sched_yield(_module, /):
    """Let other threads run: sched_yield(2)."""
    call("SCHED_YIELD")


def sched_get_priority_max(_module, /, policy):
    """Return the highest priority of a policy."""
    return call("SCHED_GET_PRIORITY_MAX", as_int(policy))


def sched_get_priority_min(_module, /, policy):
    """Return the lowest priority of a policy."""
    return call("SCHED_GET_PRIORITY_MIN", as_int(policy))


def sched_getscheduler(_module, pid, /):
    """Return the policy of a process, 0 for this one."""
    return call("SCHED_GETSCHEDULER", as_int(pid))


def sched_setscheduler(_module, pid, policy, param, /):
    """Set the policy and the priority of a process, 0 for this one."""
    with_buffer("SCHED_SETSCHEDULER", _priority(param), as_int(pid), as_int(policy))


def sched_getparam(_module, pid, /):
    """Return the priority of a process, 0 for this one, as a sched_param."""
    _, data = with_buffer("SCHED_GETPARAM", bytes(_INT_SIZE), as_int(pid))
    return sched_param(int.from_bytes(data, _sys.byteorder, signed=True))


def sched_setparam(_module, pid, param, /):
    """Set the priority of a process, 0 for this one."""
    with_buffer("SCHED_SETPARAM", _priority(param), as_int(pid))


def sched_rr_get_interval(_module, pid, /):
    """Return the round-robin quantum of a process, 0 for this one, in seconds."""
    _, data = with_buffer("SCHED_RR_GET_INTERVAL", bytes(16), as_int(pid))
    seconds, nanos = (int.from_bytes(part, _sys.byteorder, signed=True) for part in (data[:8], data[8:]))
    return seconds + nanos / _NANOS


def sched_getaffinity(_module, pid, /):
    """Return the set of the processors that a process, 0 for this one, may run on."""
    pid, size = as_int(pid), _FIRST_MASK
    while True:
        try:
            _, data = with_buffer("SCHED_GETAFFINITY", bytes(size), pid)
            break
        except OSError as error:
            # The kernel has more processors than there was room for.
            if error.errno != _errno.EINVAL or size >= _LARGEST_MASK:
                raise
            size *= 2
    mask = int.from_bytes(data, _sys.byteorder)
    return {number for number in range(mask.bit_length()) if mask >> number & 1}


def sched_setaffinity(_module, pid, mask, /):
    """Set which processors a process, 0 for this one, may run on: an iterable of their numbers."""
    pid, bits = as_int(pid), 0
    for number in mask:
        if not issubclass(type(number), int):
            raise TypeError("expected an iterator of ints, but iterator yielded %r" % type(number))
        if number < 0:
            raise ValueError("negative CPU number")
        if number > _INT_MAX - 1:
            raise OverflowError("CPU number too large")
        if number >= 8 * _LARGEST_MASK:
            raise failure(-_errno.EINVAL)
        bits |= 1 << number
    size = max(_FIRST_MASK, (bits.bit_length() + 63) // 64 * 8)
    with_buffer("SCHED_SETAFFINITY", bits.to_bytes(size, _sys.byteorder), pid)


def getpriority(_module, /, which, who):
    """Return the nice value of a process, of a group, or of a user: getpriority(2)."""
    return _HIGHEST - call("GETPRIORITY", as_int(which), as_int(who))


def setpriority(_module, /, which, who, priority):
    """Set the nice value of a process, of a group, or of a user: setpriority(2)."""
    call("SETPRIORITY", as_int(which), as_int(who), as_int(priority))


def nice(_module, increment, /):
    """Add to the nice value of this process, and return the new one."""
    wanted = getpriority(_module, _PRIO_PROCESS, 0) + as_int(increment)
    try:
        setpriority(_module, _PRIO_PROCESS, 0, max(-_HIGHEST, min(wanted, _HIGHEST - 1)))
    except OSError as error:
        raise failure(-_errno.EPERM if error.errno == _errno.EACCES else -error.errno) from None
    return getpriority(_module, _PRIO_PROCESS, 0)
