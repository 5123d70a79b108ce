"""The certificates, with their keys, that a context shows to others."""

from _pysockets.tls_codes import checked as _checked
from _pysockets.tls_files import checked_path as _checked_path
from _pysockets.tls_files import contents as _contents
from _pysockets.tls_host import contexts as _contexts
from _pysockets.tls_host import materials as _materials

_add_identity = _contexts.addIdentity
_needs_password = _materials.needsPassword

_LONGEST = 1024
"""The most bytes of a password."""


def load(context, level, certfile, keyfile, password):
    """Loads a certificate chain and its key from PEM files. They have to reach the security level `level`."""
    certfile = _checked_path(certfile, "certfile")
    if keyfile is not None:
        keyfile = _checked_path(keyfile, "keyfile")
    if password is not None and not callable(password):
        password = _bytes(password, "password should be a string or callable")
    certificates = _contents(certfile)
    key = None if keyfile is None else _contents(keyfile)
    secret = _secret(password) if _checked(_needs_password(certificates if key is None else key)) else None
    _checked(_add_identity(context, certificates, key, secret, level))


def _secret(password):
    if password is None:
        from getpass import getpass

        password = getpass("Enter PEM pass phrase:").encode()
    elif callable(password):
        password = _bytes(password(), "password callback must return a string")
    if len(password) > _LONGEST:
        raise ValueError("password cannot be longer than %d bytes" % _LONGEST)
    return password


def _bytes(password, refusal):
    if issubclass(type(password), str):
        return password.encode()
    if issubclass(type(password), (bytes, bytearray)):
        return bytes(password)
    raise TypeError(refusal)
