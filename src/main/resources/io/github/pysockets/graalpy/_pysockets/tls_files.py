"""Files of certificates and keys.

Python reads them, so that TLS reaches no file that the script itself does not.
"""

import os


def contents(path):
    """The bytes of a file. Failures are those of open() without the file's name, as in CPython's ssl."""
    path = os.fsencode(path)
    if b"\0" in path:
        raise ValueError("embedded null byte")
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as failure:
        if failure.errno is None:
            raise
        raise OSError(failure.errno, failure.strerror) from None


def checked_path(path, name):
    """`path` as bytes; `name` is the argument's, for the error."""
    try:
        path = os.fsencode(path)
    except TypeError:
        raise TypeError("%s should be a valid filesystem path" % name) from None
    if b"\0" in path:
        raise ValueError("embedded null byte")
    return path
