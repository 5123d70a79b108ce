"""The authorities that a context trusts."""

import os

from _pysockets.arguments import bytes_like as _bytes_like
from _pysockets.tls_codes import checked as _checked
from _pysockets.tls_files import checked_path as _checked_path
from _pysockets.tls_files import contents as _contents
from _pysockets.tls_host import contexts as _contexts

_add_file = _contexts.addFile
_add_text = _contexts.addText
_add_der = _contexts.addDer
_add_directory = _contexts.addDirectory
_add_system = _contexts.addSystem
_use_host = _contexts.useHostTrust

_FILE_VARIABLE = "SSL_CERT_FILE"
_FOLDER_VARIABLE = "SSL_CERT_DIR"
_HOMES = "/usr/lib/ssl", "/etc/ssl", "/etc/pki/tls", "/usr/local/ssl"


def load(context, cafile, capath, cadata):
    """Adds the certificates of a file, of a directory in c_rehash(1)'s form, and of a str in PEM or bytes in DER."""
    if cafile is None and capath is None and cadata is None:
        raise TypeError("cafile, capath and cadata cannot be all omitted")
    if cafile is not None:
        cafile = _checked_path(cafile, "cafile")
    if capath is not None:
        capath = _checked_path(capath, "capath")
    if cadata is not None:
        _load_data(context, cadata)
    if cafile is not None:
        _checked(_add_file(context, _contents(cafile)))
    if capath is not None:
        _checked(_add_directory(context, _reader(capath)))


def _load_data(context, data):
    if issubclass(type(data), str):
        if not data.isascii():
            raise TypeError("cadata should be an ASCII string or a bytes-like object")
        add, data = _add_text, data.encode("ascii")
    else:
        try:
            memoryview(data)
        except TypeError:
            raise TypeError("cadata should be an ASCII string or a bytes-like object") from None
        add, data = _add_der, _bytes_like(data)
    if not len(data):
        raise ValueError("Empty certificate data")
    _checked(add(context, data))


def _reader(folder):
    """A function for the host to read files of a directory. It gives a file's bytes or None, and raises nothing."""

    def read(name):
        try:
            with open(os.path.join(folder, name.encode("ascii")), "rb") as file:
                return file.read()
        except Exception:
            return None

    return read


def load_defaults(context):
    """Trusts what the application has set, or else the system's authorities and those of OpenSSL's variables."""
    if _checked(_use_host(context)):
        return
    file, folder = os.environ.get(_FILE_VARIABLE), os.environ.get(_FOLDER_VARIABLE)
    if not folder:
        _checked(_add_system(context))
    # As with OpenSSL, a file that cannot be read is no failure here.
    if file:
        try:
            _checked(_add_file(context, _contents(file)))
        except OSError:
            pass
    for part in (folder or "").split(os.pathsep):
        if part:
            _checked(_add_directory(context, _reader(os.fsencode(part))))


def get_default_verify_paths():
    """Where the system's certificates are: (variable for a file, file, variable for a directory, directory)."""
    home = next((place for place in _HOMES if os.path.isdir(place + "/certs")), _HOMES[0])
    return _FILE_VARIABLE, home + "/cert.pem", _FOLDER_VARIABLE, home + "/certs"
