"""The versions of TLS that a context's settings allow. Versions are numbers, as in records."""

import warnings

from _pysockets.arguments import as_int as _as_int
from _pysockets.tls_constants import *

_ADJUSTABLE = PROTOCOL_TLS, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER
_DEPRECATED = {PROTO_SSLv3: "SSLv3", PROTO_TLSv1: "TLSv1", PROTO_TLSv1_1: "TLSv1_1"}
_LONG_MAX = 0x7FFF_FFFF_FFFF_FFFF


def checked_version(protocol, value, far, meaning):
    """A version for one end of a context's range.

    `far` is the constant for the other end of the range: PROTO_MAXIMUM_SUPPORTED for a minimum. It stands for the
    version `meaning`.
    """
    value = _c_int(value)
    if protocol not in _ADJUSTABLE:
        raise ValueError(
            "The context's protocol doesn't support modification of highest and lowest version."
        )
    if value in _DEPRECATED:
        # The caller's caller is a script, by way of ssl.SSLContext.
        warnings.warn("ssl.TLSVersion.%s is deprecated" % _DEPRECATED[value], DeprecationWarning, stacklevel=4)
    elif not (PROTO_MINIMUM_SUPPORTED <= value <= PROTO_MAXIMUM_SUPPORTED or PROTO_TLSv1_2 <= value <= PROTO_TLSv1_3):
        raise ValueError("Unsupported TLS/SSL version %#x" % (value & 0xFFFF_FFFF))
    return meaning if value == far else value


def _c_int(value):
    try:
        return _as_int(value)
    except OverflowError:
        if abs(value) > _LONG_MAX:
            raise OverflowError("Python int too large to convert to C long") from None
        raise OverflowError("Option is too long") from None
