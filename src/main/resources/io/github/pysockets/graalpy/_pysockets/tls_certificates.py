"""Certificates of peers, and their contents as Python values."""

from base64 import b64encode as _b64encode
from operator import index as _index

from _pysockets.tls_codes import checked as _checked
from _pysockets.tls_constants import ENCODING_DER as _DER
from _pysockets.tls_constants import ENCODING_PEM as _PEM
from _pysockets.tls_errors import SSLError
from _pysockets.tls_files import contents as _contents
from _pysockets.tls_host import materials as _materials

_describe = _materials.describe
_names = _materials.names

_new_object = object.__new__
_LINE = 64


def described(der):
    """The contents of a certificate in DER, as the dict that getpeercert() gives."""
    return dict(_checked(_describe(der)))


class Certificate:
    """A certificate (RFC 5280) of a peer or of an authority."""

    __slots__ = ("_der",)

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create '_ssl.Certificate' instances")

    def __eq__(self, other):
        return self._der == other._der if issubclass(type(other), Certificate) else NotImplemented

    def __hash__(self):
        return hash(self._der)

    def __repr__(self):
        return "<_ssl.Certificate '%s'>" % _checked(_names(self._der))[2]

    def __reduce__(self):
        raise TypeError("cannot pickle '_ssl.Certificate' object")

    def public_bytes(self, format=_PEM):
        """The certificate itself: a str in PEM, or bytes in DER."""
        format = _index(format)
        if format == _DER:
            return self._der
        if format == _PEM:
            text = _b64encode(self._der).decode("ascii")
            lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
            return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])
        raise ValueError("Unsupported format")

    def get_info(self):
        """The contents of the certificate, as the dict that getpeercert() gives."""
        return described(self._der)


Certificate.__module__ = "_ssl"


def certificates(encoded):
    """The list of Certificate objects for certificates in DER; None for none."""
    made = []
    for der in encoded:
        certificate = _new_object(Certificate)
        certificate._der = der
        made.append(certificate)
    return made or None


def one_line_names(der):
    """Subject and issuer of a certificate in DER, each in the form /C=DE/O=Company/CN=host.example."""
    return _checked(_names(der))[:2]


def _test_decode_cert(path, /):
    """The contents of the first certificate in a PEM file. For tests."""
    from binascii import Error, a2b_base64

    try:
        text = _contents(path)
    except IsADirectoryError:
        text = b""
    except OSError:
        raise SSLError("Can't open file") from None
    _, _, rest = text.partition(b"-----BEGIN CERTIFICATE-----")
    body, end, _ = rest.partition(b"-----END CERTIFICATE-----")
    try:
        der = a2b_base64(body) if end else b""
    except Error:
        der = b""
    if not der:
        raise SSLError("Error decoding PEM-encoded file")
    try:
        return described(der)
    except SSLError:
        raise SSLError("Error decoding PEM-encoded file") from None
