"""Negative results of host calls, and the exceptions that they stand for.

The numbers come from the Java class Codes, by their names. What each name means in Python is written here.
"""

from _pysockets.errnos import own as _own
from _pysockets.host import codes as _codes
from _pysockets.host import error_text as _error_text
from _pysockets.host import number as _number

LOWEST_ERRNO = _codes["LOWEST_ERRNO"]
TIMED_OUT = _codes["TIMED_OUT"]
INTERRUPTED = _codes["INTERRUPTED"]
UNUSUAL = _codes["UNUSUAL"]
NOT_OWN = _codes["NOT_OWN"]
_GAI_ERROR = _codes["GAI_ERROR"]
_HOST_ERROR = _codes["HOST_ERROR"]

RANGES = "LOWEST_ERRNO", "GAI_ERROR", "HOST_ERROR"
"""The names that stand for a range of codes: see `failure`."""


class herror(OSError):
    """A name look-up failed: (h_errno, text). See hstrerror(3)."""


class gaierror(OSError):
    """A name look-up failed: (EAI code, text). See gai_strerror(3)."""


herror.__module__ = gaierror.__module__ = "socket"


raised = []
"""Exceptions of signal handlers that ran while a host call waited: each ends the call that it interrupted."""

_texts = {}

_EAGAIN = _number("EAGAIN")
_EINTR = _number("EINTR")
_FREQUENT = frozenset((-_EAGAIN, -_number("EINPROGRESS"), -_number("EALREADY"), -_EINTR))
"""What an event loop meets all the time. Nobody has more to say of it than the platform's text."""


def _text(code):
    """The text for a code. For other errnos than the frequent ones it may depend on the call that has just failed."""
    text = _texts.get(code)
    if text is None:
        text = _error_text(code)
        if type(text) is int:
            # The host has failed at that too.
            return "Unknown error %d" % -code
        if code in _FREQUENT or code < LOWEST_ERRNO:
            _texts[code] = text
    return text


def _interrupted():
    return raised.pop(0) if raised else InterruptedError(_own(_EINTR), _text(-_EINTR))


def _with_errno(name, more):
    number = _number(name)
    return lambda: OSError(_own(number), _text(-number) + more)


def _internal(name):
    return lambda: SystemError("internal error %d of the socket module" % _codes[name])


FAILURES = {
    "TIMED_OUT": lambda: TimeoutError("timed out"),
    "INTERRUPTED": _interrupted,
    "NO_MEMORY": MemoryError,
    "FAMILY_MISMATCHED": lambda: OSError("address family mismatched"),
    "AMBIGUOUS_WILDCARD": lambda: OSError("wildcard resolved to multiple address"),
    "MULTIPLE_ADDRESSES": lambda: OSError("sockaddr resolved to multiple addresses"),
    "NOT_A_PAIR": lambda: OSError("IPv4 sockaddr must be 2 tuple"),
    "DEFECT": _internal("DEFECT"),
    # No failure: the caller makes another host call instead, and raises nothing.
    "UNUSUAL": _internal("UNUSUAL"),
    "NOT_OWN": _with_errno("EBADF", ", or not one of the script's own"),
    "CONCURRENT_POLL": lambda: RuntimeError("concurrent poll() invocation"),
    "OUT_OF_RANGE": lambda: ValueError("filedescriptor out of range in select()"),
    "WRONG_TYPE": lambda: TypeError("an argument is of a type that the call has no use for"),
    "BUFFER_CHANGED": lambda: BufferError("the buffer became shorter while its bytes were sent"),
    "TOO_DEEP": lambda: RecursionError("maximum recursion depth exceeded"),
    "NOT_PERMITTED": _with_errno("EPERM", " to a script without foreign descriptors"),
    "NOT_KNOWN": _with_errno("ENOPROTOOPT", ", or not known to be harmless"),
}
"""What makes the exception for each code that is no errno and of no range, by the code's name."""

_by_number = {number: FAILURES[name] for name, number in _codes.items() if name in FAILURES}


def failure(code):
    """The exception that a negative result stands for, to be raised by the caller."""
    if code >= LOWEST_ERRNO:
        return OSError(_own(-code), _text(code))
    make = _by_number.get(code)
    if make is not None:
        return make()
    if code <= _HOST_ERROR:
        return herror(_HOST_ERROR - code, _text(code))
    if code <= _GAI_ERROR:
        return gaierror(code - _GAI_ERROR, _text(code))
    return SystemError("internal error %d of the socket module" % code)


def checked(result):
    """`result`, unless it is a negative int: then the exception that it stands for is raised."""
    if type(result) is int and result < 0:
        raise failure(result)
    return result


def errno_of(code):
    """The errno that `connect_ex` gives for a negative result; the exception is raised for what has none."""
    if code >= LOWEST_ERRNO:
        if code not in _FREQUENT:
            # Takes what the host has to say of it: no later failure is to get it.
            _error_text(code)
        return _own(-code)
    if code == TIMED_OUT:
        return _own(_EAGAIN)
    raise failure(code)
