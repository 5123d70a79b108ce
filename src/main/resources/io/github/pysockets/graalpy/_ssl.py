"""TLS, as the standard library's ssl module builds on it. See the ssl module for documentation.

The parts are in `_pysockets`; the protocol is done by Java.
"""

from _pysockets.tls_bios import MemoryBIO
from _pysockets.tls_certificates import Certificate, _test_decode_cert
from _pysockets.tls_constants import *
from _pysockets.tls_contexts import _SSLContext
from _pysockets.tls_errors import (
    SSLCertVerificationError,
    SSLEOFError,
    SSLError,
    SSLSyscallError,
    SSLWantReadError,
    SSLWantWriteError,
    SSLZeroReturnError,
)
from _pysockets.tls_oids import nid2obj, txt2obj
from _pysockets.tls_random import RAND_add, RAND_bytes, RAND_status
from _pysockets.tls_sessions import SSLSession
from _pysockets.tls_sockets import _SSLSocket
from _pysockets.tls_trust import get_default_verify_paths
