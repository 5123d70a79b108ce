"""The files that sockets make close when they are dropped.

A file counts as a user of its socket. `close()` of the socket does not end the connection before the last file is
closed, and programs drop files. So a socket knows its open files. From its own close on they are followed; before, a
dropped file changes nothing that anybody could see.
"""

from functools import partial
from io import text_encoding
from weakref import ref

from _pysockets.dropped import follow, forget

_LETTERS = frozenset("rwb")

_FEW = 16
"""So many files are kept before the first search for dropped ones among them."""


def apply(module):
    """Changes the class SocketIO, through which all files of a socket go, and the methods that make them and wait
    for their end.
    """
    _patch_files(module.SocketIO)
    _patch_socket(module, module.socket)


def _patch_files(cls):
    end = cls.close
    cls._known = cls._followed = None

    def close(self):
        known, followed = self._known, self._followed
        if known is not None:
            self._known = None
            known.files.discard(known)
        elif followed is not None:
            self._followed = None
            forget(followed)
        end(self)

    _put(cls, close)


class _Known(ref):
    """How a socket knows an open file."""

    __slots__ = ("files",)


def _patch_socket(module, cls):
    make = cls.makefile

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        if not _LETTERS.issuperset(mode):
            # Which the original refuses.
            return make(self, mode, buffering, encoding=encoding, errors=errors, newline=newline)
        if "b" not in mode:
            encoding = text_encoding(encoding)
        if buffering != 0 and "w" in mode:
            from _pysockets.written_files import file_of

            return file_of(module, self, mode, buffering, encoding, errors, newline)
        file = make(self, mode, buffering, encoding=encoding, errors=errors, newline=newline)
        if buffering == 0:
            _know(self, file)
        elif "w" not in mode:
            _know(self, file.raw if "b" in mode else file.buffer.raw)
        return file

    accept_number = cls._accept
    accept_and_adopt = cls.accept

    def accept(self):
        if module.socket is not cls or type(self)._accept is not accept_number:
            # A program has its own idea of it.
            return accept_and_adopt(self)
        made, address = self._accept_as(cls)
        made._io_refs = 0
        made._closed = False
        return made, address

    # One frame where the library has two: a connection pays for each.
    end, real_close = module._socket.socket.close, cls._real_close

    def close(self):
        self._closed = True
        if self._io_refs <= 0:
            if type(self)._real_close is real_close:
                end(self)
            else:
                self._real_close()
        elif self._files:
            _follow(self)

    for function in makefile, accept, close:
        _put(cls, function)


def _know(sock, raw):
    known = _Known(raw)
    files = sock._files
    if files is None:
        files = sock._files = set()
    elif len(files) >= _FEW and len(files) & (len(files) - 1) == 0:
        _release_dropped(sock, files)
    known.files = files
    files.add(known)
    raw._known = known
    if sock._closed:
        _follow(sock)


def _release_dropped(sock, files):
    for known in [each for each in files if each() is None]:
        files.discard(known)
        sock._decref_socketios()


def _follow(sock):
    """Has the files of a closed socket close when they are dropped."""
    files, sock._files = sock._files, None
    _release_dropped(sock, files)
    release = partial(_release, ref(sock))
    for known in files:
        raw = known()
        if raw is not None:
            raw._known, raw._followed = None, follow(release, sock)


def _release(sock):
    """What close() of a file does."""
    found = sock()
    if found is not None:
        found._decref_socketios()


def _put(cls, function):
    """Replaces a method of a class of the standard library."""
    known = getattr(cls, function.__name__)
    function.__doc__ = known.__doc__
    function.__module__ = known.__module__
    function.__qualname__ = known.__qualname__
    setattr(cls, function.__name__, function)
