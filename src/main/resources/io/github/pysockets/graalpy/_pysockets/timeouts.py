"""Timeouts: None or seconds in Python, nanoseconds in host calls."""

from operator import index

_NANOS = 1_000_000_000
_MOST = 0x7FFF_FFFF_FFFF_FFFF
BLOCKING = -1


def scaled(timeout, unit):
    """The nanoseconds of a timeout that is counted in units of `unit` nanoseconds, rounded away from 0."""
    if issubclass(type(timeout), float):
        if timeout != timeout:
            raise ValueError("Invalid value NaN (not a number)")
        exact = timeout * unit
        if not -_MOST <= exact < _MOST:
            raise OverflowError("timestamp out of range for platform time_t")
        nanos = int(exact)
        if nanos != exact:
            nanos += 1 if exact > 0 else -1
        # A tiny float becomes 0 when it is scaled, but only 0 itself means not to wait.
        return nanos or (timeout > 0) - (timeout < 0)
    nanos = int(index(timeout)) * unit
    if not -_MOST <= nanos <= _MOST:
        raise OverflowError("timestamp too large to convert to C _PyTime_t")
    return nanos


def nanoseconds(timeout):
    """The nanoseconds of a timeout given in seconds, rounded up; BLOCKING for None."""
    if timeout is None:
        return BLOCKING
    nanos = scaled(timeout, _NANOS)
    if nanos < 0:
        raise ValueError("Timeout value out of range")
    return nanos


def seconds(nanos):
    """The timeout in seconds that `nanos` stands for; None for BLOCKING."""
    return None if nanos < 0 else nanos / _NANOS
