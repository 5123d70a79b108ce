"""Negative results of host calls, and the exceptions that they stand for. The numbers are those of the Java class Codes."""

import errno as _errno

from _pysockets.host import calls

_error_text = calls.errorText

LOWEST_ERRNO = -9_999
TIMED_OUT = -10_001
INTERRUPTED = -10_002
NO_MEMORY = -10_003
FAMILY_MISMATCHED = -10_004
AMBIGUOUS_WILDCARD = -10_005
MULTIPLE_ADDRESSES = -10_006
NOT_A_PAIR = -10_007
UNUSUAL = -10_009
NOT_OWN = -10_010
CONCURRENT_POLL = -10_011
OUT_OF_RANGE = -10_012
WRONG_TYPE = -10_013
BUFFER_CHANGED = -10_014
TOO_DEEP = -10_015
NOT_PERMITTED = -10_020
NOT_KNOWN = -10_021
GAI_ERROR = -20_000
HOST_ERROR = -30_000

_WITHOUT_ERRNO = {
    FAMILY_MISMATCHED: "address family mismatched",
    AMBIGUOUS_WILDCARD: "wildcard resolved to multiple address",
    MULTIPLE_ADDRESSES: "sockaddr resolved to multiple addresses",
    NOT_A_PAIR: "IPv4 sockaddr must be 2 tuple",
}


class herror(OSError):
    """A name look-up failed: (h_errno, text). See hstrerror(3)."""


class gaierror(OSError):
    """A name look-up failed: (EAI code, text). See gai_strerror(3)."""


herror.__module__ = gaierror.__module__ = "socket"


raised = []
"""Exceptions of signal handlers that ran while a host call waited: each ends the call that it interrupted."""

_texts = {}


def _text(code):
    """The platform's text for a code. Asked once for each: an event loop meets EAGAIN all the time."""
    text = _texts.get(code)
    if text is None:
        text = _error_text(code)
        if type(text) is int:
            # The host has failed at that too.
            return "Unknown error %d" % -code
        _texts[code] = text
    return text


def failure(code):
    """The exception that a negative result stands for, to be raised by the caller."""
    if code >= LOWEST_ERRNO:
        return OSError(-code, _text(code))
    if code == TIMED_OUT:
        return TimeoutError("timed out")
    if code == INTERRUPTED:
        if raised:
            return raised.pop(0)
        return InterruptedError(_errno.EINTR, _text(-_errno.EINTR))
    if code == NO_MEMORY:
        return MemoryError()
    if code == NOT_OWN:
        return OSError(_errno.EBADF, _text(-_errno.EBADF) + ", or not one of the script's own")
    if code == NOT_PERMITTED:
        return OSError(_errno.EPERM, _text(-_errno.EPERM) + " to a script without foreign descriptors")
    if code == NOT_KNOWN:
        return OSError(_errno.ENOPROTOOPT, _text(-_errno.ENOPROTOOPT) + ", or not known to be harmless")
    if code == CONCURRENT_POLL:
        return RuntimeError("concurrent poll() invocation")
    if code == OUT_OF_RANGE:
        return ValueError("filedescriptor out of range in select()")
    if code == WRONG_TYPE:
        return TypeError("an argument is of a type that the call has no use for")
    if code == BUFFER_CHANGED:
        return BufferError("the buffer became shorter while its bytes were sent")
    if code == TOO_DEEP:
        return RecursionError("maximum recursion depth exceeded")
    if code in _WITHOUT_ERRNO:
        return OSError(_WITHOUT_ERRNO[code])
    if code <= HOST_ERROR:
        return herror(HOST_ERROR - code, _text(code))
    if code <= GAI_ERROR:
        return gaierror(code - GAI_ERROR, _text(code))
    return SystemError("internal error %d of the socket module" % code)


def checked(result):
    """`result`, unless it is a negative int: then the exception that it stands for is raised."""
    if type(result) is int and result < 0:
        raise failure(result)
    return result


def errno_of(code):
    """The errno that `connect_ex` gives for a negative result; the exception is raised for what has none."""
    if code >= LOWEST_ERRNO:
        return -code
    if code == TIMED_OUT:
        return _errno.EAGAIN
    raise failure(code)
