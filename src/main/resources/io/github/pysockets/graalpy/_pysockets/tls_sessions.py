"""Sessions: what a client keeps of a connection to resume it, which makes the next handshake faster."""

from _pysockets.codes import checked as _checked
from _pysockets.tls_host import connections as _connections

_session_of = _connections.session
_is_of = _connections.isSessionOf

_new_object = object.__new__


class SSLSession:
    """What a handshake has negotiated. With it, the next connection does without the costly half of its handshake."""

    __slots__ = ("_handle", "_id", "_time", "_timeout", "_hint", "_has_ticket")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create '_ssl.SSLSession' instances")

    __hash__ = None

    def __eq__(self, other):
        return self._id == other._id if issubclass(type(other), SSLSession) else NotImplemented

    def __reduce__(self):
        raise TypeError("cannot pickle '_ssl.SSLSession' object")

    @property
    def id(self):
        """Bytes that no other session has."""
        return self._id

    @property
    def time(self):
        """When it was made, in seconds since the epoch."""
        return self._time

    @property
    def timeout(self):
        """For how many seconds it can be used."""
        return self._timeout

    @property
    def ticket_lifetime_hint(self):
        """For how many seconds the server intends to keep it."""
        return self._hint

    @property
    def has_ticket(self):
        """Whether the client shows a ticket to resume it, rather than an id that the server knows."""
        return self._has_ticket


SSLSession.__module__ = "_ssl"


def session_of(end):
    """The session of a connection; None where there is none yet."""
    told = _checked(_session_of(end))
    if told is None:
        return None
    session = _new_object(SSLSession)
    session._handle, session._id, session._time, session._timeout, session._hint, session._has_ticket = told
    return session


def checked_session(value, context):
    """The host object of a session that the context `context` made."""
    if not issubclass(type(value), SSLSession):
        raise TypeError("Value is not a SSLSession.")
    if not _checked(_is_of(value._handle, context)):
        raise ValueError("Session refers to a different SSLContext.")
    return value._handle
