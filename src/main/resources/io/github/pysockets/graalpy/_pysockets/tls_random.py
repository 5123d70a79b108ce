"""Random bytes, from the operating system."""

import os

from _pysockets.arguments import as_int as _as_int
from _pysockets.arguments import bytes_like as _bytes_like


def RAND_bytes(n, /):
    """`n` bytes that cannot be predicted."""
    n = _as_int(n)
    if n < 0:
        raise ValueError("num must be positive")
    return os.urandom(n)


def RAND_status():
    """Whether there is enough entropy: always, the operating system sees to that."""
    return True


def RAND_add(string, entropy, /):
    """Only checks its arguments: the operating system has enough entropy of its own."""
    if not issubclass(type(string), str):
        _bytes_like(string)
    if not issubclass(type(entropy), (int, float)) and not hasattr(entropy, "__float__"):
        raise TypeError("must be real number, not %s" % type(entropy).__name__)
