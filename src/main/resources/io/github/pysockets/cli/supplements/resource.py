"""What GraalPy's `resource` lacks, or has for another system: see setrlimit(2) and prlimit(2).

Runs in that module's namespace.
"""

import operator as _operator
import os as _os
import sys as _sys

_prlimit = _native.prlimit  # noqa: F821  given by the loader

# GraalPy's numbers are those of another system.
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE = range(8)
RLIMIT_MEMLOCK, RLIMIT_AS = 8, 9
RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME = range(11, 16)
RLIMIT_OFILE = RLIMIT_NOFILE
RLIM_INFINITY = -1

_LIMITS = 16


def _resource(number):
    number = _operator.index(number)
    if not 0 <= number < _LIMITS:
        raise ValueError("invalid resource specified")
    return number


def _limits(limits):
    limits = tuple(limits)
    if len(limits) != 2:
        raise ValueError("expected a tuple of 2 integers")
    numbers = [_operator.index(limit) for limit in limits]
    if any(not -(2**63) <= number < 2**63 for number in numbers):
        raise OverflowError("Python int too large to convert to C long")
    return numbers


def _call(pid, resource, limits):
    answer = _prlimit(pid, resource, *limits)
    if not isinstance(answer, int):
        return tuple(answer)
    if answer == 22:
        raise ValueError("current limit exceeds maximum limit")
    if answer == 1:
        raise ValueError("not allowed to raise maximum limit")
    raise OSError(answer, _os.strerror(answer))


def getrlimit(resource, /):
    return _call(0, _resource(resource), ())


def setrlimit(resource, limits, /):
    resource = _resource(resource)
    _sys.audit("resource.setrlimit", resource, limits)
    _call(0, resource, _limits(limits))


def prlimit(pid, resource, limits=None, /):
    pid = _operator.index(pid)
    if not -(2**31) <= pid < 2**31:
        raise OverflowError("signed integer is greater than maximum")
    resource = _resource(resource)
    if pid == _os.getpid():
        # The kernel takes the number of this process for another one's in all threads but the first.
        pid = 0
    _sys.audit("resource.prlimit", pid, resource, limits)
    answer = _prlimit(pid, resource, *(() if limits is None else _limits(limits)))
    if not isinstance(answer, int):
        return tuple(answer)
    if answer == 22:
        raise ValueError("current limit exceeds maximum limit")
    raise OSError(answer, _os.strerror(answer))
