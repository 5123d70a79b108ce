"""The files that sockets make close when they are dropped.

A file counts as a user of its socket. `close()` of the socket does not end the connection before the last file is
closed, and programs drop files.
"""

from functools import partial
from weakref import ref

from _pysockets.dropped import follow, forget


def apply(module):
    """Changes the class SocketIO, through which all files of a socket go, and makefile()."""
    _patch_files(module.SocketIO)
    _patch_makefile(module, module.socket)


def _patch_files(cls):
    begin, end = cls.__init__, cls.close

    def __init__(self, sock, mode):
        begin(self, sock, mode)
        try:
            socket = ref(sock)
        except TypeError:
            return
        self._followed = follow(partial(_release, socket), sock)

    def close(self):
        followed = self.__dict__.pop("_followed", None)
        if followed is not None:
            forget(followed)
        end(self)

    _put(cls, __init__)
    _put(cls, close)


def _release(sock):
    """What close() of a file does."""
    found = sock()
    if found is not None:
        found._decref_socketios()


def _patch_makefile(module, cls):
    known = cls.makefile

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        if type(mode) is str and "w" in mode and buffering != 0:
            from _pysockets.written_files import file_of

            return file_of(module, known, self, mode, buffering, encoding, errors, newline)
        return known(self, mode, buffering, encoding=encoding, errors=errors, newline=newline)

    _put(cls, makefile)


def _put(cls, function):
    """Replaces a method of a class of the standard library."""
    known = getattr(cls, function.__name__)
    function.__doc__ = known.__doc__
    function.__module__ = known.__module__
    function.__qualname__ = known.__qualname__
    setattr(cls, function.__name__, function)
