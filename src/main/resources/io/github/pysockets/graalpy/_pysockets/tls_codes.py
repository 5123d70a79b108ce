"""Negative results of host calls for TLS, and the exceptions that they stand for.

The host gives the numbers, those of the Java class TlsCodes.
"""

from _pysockets.codes import LOWEST_ERRNO as _LOWEST_ERRNO
from _pysockets.codes import TIMED_OUT as _TIMED_OUT
from _pysockets.codes import checked as _checked_by_system
from _pysockets.codes import failure as _failure_of_system
from _pysockets.host import named_numbers as _named_numbers
from _pysockets.host import number as _number
from _pysockets.tls_constants import SSL_ERROR_EOF as _EOF
from _pysockets.tls_constants import SSL_ERROR_SSL as _SSL
from _pysockets.tls_constants import SSL_ERROR_SYSCALL as _SYSCALL
from _pysockets.tls_constants import SSL_ERROR_WANT_READ as _READ
from _pysockets.tls_constants import SSL_ERROR_WANT_WRITE as _WRITE
from _pysockets.tls_constants import SSL_ERROR_ZERO_RETURN as _ZERO
from _pysockets.tls_errors import (
    SSLCertVerificationError,
    SSLEOFError,
    SSLError,
    SSLSyscallError,
    SSLWantReadError,
    SSLWantWriteError,
    SSLZeroReturnError,
)
from _pysockets.tls_host import connections as _connections

_EBADF = _number("EBADF")

_take_failure = _connections.failure

_numbers = _named_numbers(_checked_by_system(_connections.codes()))

WANT_READ = _numbers["WANT_READ"]
WANT_WRITE = _numbers["WANT_WRITE"]
ZERO_RETURN = _numbers["ZERO_RETURN"]
UNEXPECTED_EOF = _numbers["UNEXPECTED_EOF"]
FAILED = _numbers["FAILED"]
BROKEN = _numbers["BROKEN"]

_PLAIN = {
    WANT_READ: (SSLWantReadError, _READ, "The operation did not complete (read)"),
    WANT_WRITE: (SSLWantWriteError, _WRITE, "The operation did not complete (write)"),
    ZERO_RETURN: (SSLZeroReturnError, _ZERO, "TLS/SSL connection has been closed (EOF)"),
}

_NO_END = "EOF occurred in violation of protocol"

_UNKNOWN = None, None, "unknown error", 0, 0, None


def _details():
    """What FAILED stands for: (library, reason, text, number outside a connection, verify code, verify message)."""
    details = _take_failure()
    return details if type(details) is tuple else _UNKNOWN


def error(cls, number, text, library=None, reason=None):
    """An SSLError as the ssl module words it."""
    if library is None:
        words = "%s (_ssl)" % text
    elif reason is None:
        words = "[%s] %s (_ssl)" % (library, text)
    else:
        words = "[%s: %s] %s (_ssl)" % (library, reason, text)
    made = cls(number, words)
    made.reason = reason
    made.library = library
    return made


def failure(code, operation):
    """The exception for a negative result of a connection's call; `operation` is its name for a timeout."""
    plain = _PLAIN.get(code)
    if plain is not None:
        return error(*plain)
    if code == _TIMED_OUT:
        return TimeoutError("The %s operation timed out" % operation)
    if code == UNEXPECTED_EOF:
        return _cut_off()
    if code == BROKEN:
        return error(SSLEOFError, _EOF, _NO_END)
    if code == FAILED:
        return _failed(_details(), _SSL)
    return _failure_of_system(code)


def broken_in_memory():
    """The exception for the handshake of a connection between queues that has failed before."""
    return error(SSLSyscallError, _SYSCALL, "Some I/O error occurred")


def cut_short(code):
    """The exception for a read or a write that a failing system call ended; None for other results.

    OpenSSL takes it for an end without notice.
    """
    if _LOWEST_ERRNO <= code != -_EBADF:
        return error(SSLEOFError, _EOF, _NO_END)
    return None


def _cut_off():
    return error(SSLEOFError, _EOF, _NO_END, "SSL", "UNEXPECTED_EOF_WHILE_READING")


def _failed(details, number):
    library, reason, text, _, verify_code, verify_message = details
    if reason == "UNEXPECTED_EOF_WHILE_READING":
        return _cut_off()
    if reason != "CERTIFICATE_VERIFY_FAILED" or verify_message is None:
        return error(SSLError, number, text, library, reason)
    made = error(SSLCertVerificationError, number, text, library, reason)
    made.verify_code = verify_code
    made.verify_message = verify_message
    return made


def checked(result):
    """`result` of a host call without a connection, unless it is a negative int: then its exception is raised."""
    if type(result) is not int or result >= 0:
        return result
    if result != FAILED:
        raise _failure_of_system(result)
    details = _details()
    raise _failed(details, details[3])
