"""Sockets for the two files that stand for one file of a program's: see `written_files`."""

from errno import EAGAIN, EBADF
from os import strerror
from weakref import ref

from _pysockets.host import number
from _pysockets.sockets import socket

_MSG_DONTWAIT = number("MSG_DONTWAIT")

_send = socket.send


class Twin(socket):
    """Another socket object for the host object of a program's socket, which it does not refer to."""

    __slots__ = ("_io_refs",)

    def __new__(cls, sock):
        self = socket.__new__(cls)
        self._handle = sock._handle
        self._family, self._type, self._proto = sock._family, sock._type, sock._proto
        self._fd = None
        self._io_refs = 0
        return self

    def __init__(self, sock):
        pass

    def _decref_socketios(self):
        pass


class ReadingTwin(Twin):
    """For the file that a program has, of a socket whose class may receive in a way of its own."""

    __slots__ = ("_of",)

    def __init__(self, sock):
        self._of = sock

    def recv_into(self, *arguments):
        return self._of.recv_into(*arguments)


class UsedTwin(Twin):
    """For the file that has the data. It counts as a user of the program's socket.

    waits: whether sending may wait for the peer. It may not where the program has dropped its file.
    """

    __slots__ = ("waits", "_watching_of", "_sock")

    def __init__(self, sock):
        self.waits = True
        self._watching_of = sock._watching
        self._sock = ref(sock)

    def send(self, data):
        return _send(self, data) if self.waits else _send(self, data, _MSG_DONTWAIT)

    def _decref_socketios(self):
        """Called when the file is closed, which has been flushed."""
        watching = self._watching_of
        if watching is not None:
            watching.files -= 1
        sock = self._sock()
        if sock is not None:
            sock._decref_socketios()
        elif watching is None or not watching.files:
            socket.close(self)


class CallingTwin(UsedTwin):
    """Of a socket whose class sends in a way of its own. What is left when that socket is gone cannot be sent."""

    __slots__ = ()

    def send(self, data):
        sock = self._sock()
        if sock is None:
            return self._send_alone(data)
        return sock.send(data) if self.waits else self._send_now(sock, data)

    def _send_alone(self, data):
        """Sends after the program's socket is gone."""
        raise OSError(EBADF, strerror(EBADF))

    def _send_now(self, sock, data):
        """Sends without waiting, or raises BlockingIOError for the caller to try in a thread."""
        raise BlockingIOError(EAGAIN, strerror(EAGAIN))


class PlainTwin(CallingTwin):
    """Of a socket of another class than socket.socket, which sends as that does."""

    __slots__ = ()

    def _send_alone(self, data):
        return UsedTwin.send(self, data)

    def _send_now(self, sock, data):
        return sock.send(data, _MSG_DONTWAIT)
