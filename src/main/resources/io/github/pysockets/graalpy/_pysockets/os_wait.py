"""Functions of `os` that wait for child processes. The wait can be ended as every other."""

import sys as _sys

from _pysockets.arguments import as_int, c_int
from _pysockets.os_host import with_buffer
from _pysockets.struct_sequences import struct_sequence

_WNOHANG = 1
_ANY_CHILD = -1
_SIGINFO_SIZE = 128
_RUSAGE_AT = 8
_RUSAGE_SIZE = 144
_MILLION = 1_000_000

waitid_result = struct_sequence(
    "waitid_result",
    "waitid_result: Result from waitid.",
    "si_pid",
    "si_uid",
    "si_signo",
    "si_status",
    "si_code",
)


def _numbers(data, size):
    """The signed numbers in a struct."""
    order = _sys.byteorder
    return [int.from_bytes(data[at : at + size], order, signed=True) for at in range(0, len(data), size)]


def waitid(_module, idtype, id, options, /):
    """Wait for a child process, and return what became of it: a waitid_result, or None with WNOHANG. See waitid(2)."""
    idtype, id, options = c_int(idtype), c_int(id), c_int(options)
    waits = not options & _WNOHANG
    _, info = with_buffer("WAITID", bytes(_SIGINFO_SIZE), idtype, id, options, waits)
    signo, _, code, _, pid, uid, status, *_ = _numbers(info, 4)
    return waitid_result((pid, uid, signo, status, code)) if pid else None


def _wait4(pid, options):
    """A tuple (pid, status, bytes of struct rusage)."""
    waits = not options & _WNOHANG
    found, data = with_buffer("WAIT4", bytes(_RUSAGE_AT + _RUSAGE_SIZE), pid, options, 0, waits)
    return found, _numbers(data[:4], 4)[0], data[_RUSAGE_AT:]


def _usage(data):
    from resource import struct_rusage

    seconds, micros, system_seconds, system_micros, *counts = _numbers(data, 8)
    return struct_rusage((seconds + micros / _MILLION, system_seconds + system_micros / _MILLION, *counts))


def wait(_module, /):
    """Wait for any child process to end: a tuple (pid, status). See wait(2)."""
    return _wait4(_ANY_CHILD, 0)[:2]


def wait3(_module, /, options):
    """Wait for any child process to end: a tuple (pid, status, resource usage). See wait3(2)."""
    return wait4(_module, _ANY_CHILD, options)


def wait4(_module, /, pid, options):
    """Wait for a child process to end: a tuple (pid, status, resource usage). See wait4(2)."""
    pid, options = as_int(pid), as_int(options)
    found, status, usage = _wait4(pid, options)
    return found, status, _usage(usage)
