"""Negative results of host calls for TLS, and the exceptions that they stand for.

The numbers are those of the Java class TlsCodes.
"""

from errno import EBADF as _EBADF

from _pysockets.codes import LOWEST_ERRNO as _LOWEST_ERRNO
from _pysockets.codes import TIMED_OUT as _TIMED_OUT
from _pysockets.codes import failure as _failure_of_system
from _pysockets.tls_constants import SSL_ERROR_EOF as _EOF
from _pysockets.tls_constants import SSL_ERROR_SSL as _SSL
from _pysockets.tls_constants import SSL_ERROR_WANT_READ as _READ
from _pysockets.tls_constants import SSL_ERROR_WANT_WRITE as _WRITE
from _pysockets.tls_constants import SSL_ERROR_ZERO_RETURN as _ZERO
from _pysockets.tls_errors import (
    SSLCertVerificationError,
    SSLEOFError,
    SSLError,
    SSLWantReadError,
    SSLWantWriteError,
    SSLZeroReturnError,
)
from _pysockets.tls_host import connections as _connections

_take_failure = _connections.failure

WANT_READ = -11_001
WANT_WRITE = -11_002
ZERO_RETURN = -11_003
UNEXPECTED_EOF = -11_004
FAILED = -11_005

_PLAIN = {
    WANT_READ: (SSLWantReadError, _READ, "The operation did not complete (read)"),
    WANT_WRITE: (SSLWantWriteError, _WRITE, "The operation did not complete (write)"),
    ZERO_RETURN: (SSLZeroReturnError, _ZERO, "TLS/SSL connection has been closed (EOF)"),
}

_NO_END = "EOF occurred in violation of protocol"

_UNTOLD = None, None, "unknown error", 0, None

_UNNAMED = 0x80009
"""What OpenSSL's failures to read a file of certificates have for an errno, where they have no reason."""

_NUMBERS = {
    "NO_START_LINE": 108,
    "KEY_VALUES_MISMATCH": 116,
    "KEY_TYPE_MISMATCH": 115,
    "NO_CERTIFICATE_OR_CRL_FOUND": 136,
    "EE_KEY_TOO_SMALL": 399,
    "CA_KEY_TOO_SMALL": 397,
    "CA_MD_TOO_WEAK": 398,
}
"""The numbers that OpenSSL has for the reasons of failures that come without a connection."""


def _told():
    """What the host says of the failure."""
    told = _take_failure()
    return told if type(told) is tuple else _UNTOLD


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
    if code == FAILED:
        return _failed(_told(), _SSL)
    return _failure_of_system(code)


def cut_short(code):
    """The exception for a read or a write that a failing system call ended: an end without notice, as OpenSSL has it.

    None for others.
    """
    if _LOWEST_ERRNO <= code != -_EBADF:
        return error(SSLEOFError, _EOF, _NO_END)
    return None


def _cut_off():
    return error(SSLEOFError, _EOF, _NO_END, "SSL", "UNEXPECTED_EOF_WHILE_READING")


def _failed(told, number):
    library, reason, text, verify_code, verify_message = told
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
    told = _told()
    library, reason = told[:2]
    number = 0 if library is None else _UNNAMED if reason is None else _NUMBERS.get(reason, _SSL)
    raise _failed(told, number)
