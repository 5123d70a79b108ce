"""Timeouts as Python has them: None or seconds, and nanoseconds towards the host."""

from operator import index

_NANOS = 1_000_000_000
_MOST = 0x7FFF_FFFF_FFFF_FFFF
BLOCKING = -1


def nanoseconds(timeout):
    """The nanoseconds of a timeout given in seconds, rounded up; BLOCKING for None."""
    if timeout is None:
        return BLOCKING
    if isinstance(timeout, float):
        if timeout != timeout:
            raise ValueError("Invalid value NaN (not a number)")
        scaled = timeout * _NANOS
        if not -_MOST <= scaled < _MOST:
            raise OverflowError("timestamp out of range for platform time_t")
        nanos = int(scaled)
        if nanos < scaled:
            nanos += 1
        # Less than a nanosecond below zero is below zero.
        if timeout < 0:
            nanos = -1
    else:
        nanos = int(index(timeout)) * _NANOS
        if not -_MOST <= nanos <= _MOST:
            raise OverflowError("timestamp too large to convert to C _PyTime_t")
    if nanos < 0:
        raise ValueError("Timeout value out of range")
    return nanos


def seconds(nanos):
    """The timeout that so many nanoseconds are."""
    return None if nanos < 0 else nanos / _NANOS
