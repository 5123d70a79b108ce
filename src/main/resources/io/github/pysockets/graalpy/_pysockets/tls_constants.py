"""The numbers, flags and version of _ssl, with their values in CPython on Linux with OpenSSL 3.

The HAS_ constants say what this module can do on Java's TLS, not what OpenSSL could.
"""

from _pysockets.codes import checked as _checked
from _pysockets.host import named_numbers as _named_numbers
from _pysockets.tls_host import connections as _connections

# For programs that compare versions: the first OpenSSL whose behavior this module has.
OPENSSL_VERSION_NUMBER = 0x30000000
OPENSSL_VERSION_INFO = (3, 0, 0, 0, 0)
OPENSSL_VERSION = "OpenSSL 3.0.0 (as PySockets gives it on Java's TLS)"
_OPENSSL_API_VERSION = OPENSSL_VERSION_INFO
_DEFAULT_CIPHERS = (
    "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM"
)

HAS_ALPN = True
HAS_ECDH = True
HAS_NPN = False
HAS_SNI = True
HAS_SSLv2 = False
HAS_SSLv3 = False
HAS_TLSv1 = False
HAS_TLSv1_1 = False
HAS_TLSv1_2 = True
HAS_TLSv1_3 = True
# This channel binding consists of the Finished messages, which Java's TLS does not show.
HAS_TLS_UNIQUE = False

# The host gives the numbers, those of the Java class SslConstants.
globals().update(_named_numbers(_checked(_connections.constants())))
del _checked, _connections, _named_numbers

# "import *" would leave out what begins with one underscore.
__all__ = [name for name in dir() if not name.startswith("__")]
