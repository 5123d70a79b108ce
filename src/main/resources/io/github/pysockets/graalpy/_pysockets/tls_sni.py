"""The callback of servers for the name that a client calls them by: Server Name Indication, RFC 6066, section 3."""

import sys
from operator import index as _index

_GO_ON = -1
_HANDSHAKE_FAILURE = 40
_INTERNAL_ERROR = 80


def listener(context, callback):
    """A function for the host to call. It gives the number of an alert, or -1 to go on, and raises nothing."""

    def named(reference, name):
        sslobj = reference()
        if sslobj is None:
            return _HANDSHAKE_FAILURE
        owner = sslobj.owner
        try:
            # The host's null is not quite None.
            answer = callback(sslobj if owner is None else owner, None if name is None else name, context)
        except BaseException as exception:
            _unraisable(exception, callback)
            return _HANDSHAKE_FAILURE
        if answer is None:
            return _GO_ON
        try:
            # An alert is a single byte.
            return _index(answer) & 0xFF
        except BaseException as exception:
            _unraisable(exception, answer)
            return _INTERNAL_ERROR

    return named


def _unraisable(exception, culprit):
    """Reports an exception that cannot be raised in any caller."""
    what = type(exception), exception, exception.__traceback__, None, culprit
    try:
        sys.unraisablehook(sys.UnraisableHookArgs(what))
    except BaseException:
        pass
