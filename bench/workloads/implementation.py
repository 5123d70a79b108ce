"""What this Python is, and its clocks."""

import platform
import sys
import time

# Python 2 has no such clocks. Jython's time.time ticks by milliseconds, its time.clock is the JVM's steady clock.
wall = getattr(time, "perf_counter", None) or time.clock

_NAME = sys.implementation.name if hasattr(sys, "implementation") else platform.python_implementation()


def cpu():
    """Processor time of this process in seconds, all threads; None where Python does not tell.

    GraalPy's process_time tells of the time that has passed.
    """
    return None if _NAME == "graalpy" or not hasattr(time, "process_time") else time.process_time()


def is_jython():
    return _NAME == "Jython"


def is_jythons_own():
    """Whether the sockets are Jython's own."""
    if not is_jython():
        return False
    import _socket

    return not hasattr(_socket, "socketpair")


def is_on_jvm():
    return _NAME == "graalpy" or is_jython()


def python_name():
    version = sys.version.split()[0]
    return "%s %s" % ({"cpython": "CPython", "graalpy": "GraalPy"}.get(_NAME, _NAME), version)
