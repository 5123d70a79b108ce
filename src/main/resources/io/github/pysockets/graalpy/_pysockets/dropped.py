"""Objects of the standard library that close something when they are dropped.

CPython calls their `__del__` at once; this interpreter never does. So each of them keeps a token of the host, which
tells when the object was collected, and what there is to close is known here. That must not refer to the object.
"""

from itertools import count as _count

from _pysockets.codes import checked
from _pysockets.host import calls

_follow = calls.follow
_forget = calls.forget
_dropped = calls.dropped

_numbers = _count(1)
_closers = {}
"""What closes what an object leaves behind, by the object's number."""


def follow(closer, sock=None):
    """What an object keeps in an attribute of its own in order that `closer()` is called once it was dropped.

    sock: the socket that the object uses. While a call waits for that, the object is not looked for.
    """
    number = next(_numbers)
    watching = getattr(sock, "_watching", None)
    followed = checked(_follow(number, None if watching is None else watching.holding)), number
    _closers[number] = closer
    return followed


def forget(followed):
    """Ends it, for an object that was closed as it should be."""
    token, number = followed
    _closers.pop(number, None)
    _forget(token)


def _close_dropped():
    """Closes what objects have left behind that were collected since the last time."""
    while True:
        number = _dropped()
        if type(number) is not int or number < 0:
            return
        closer = _closers.pop(number, None)
        if closer is not None:
            try:
                closer()
            except BaseException:
                # As in __del__: there is nobody to tell.
                pass


checked(calls.whenDropped(_close_dropped))
