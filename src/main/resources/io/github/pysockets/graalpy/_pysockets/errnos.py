"""Errnos as this interpreter has them.

The host's are Linux's. On another platform the module `errno`, and the subclasses of OSError, go by other numbers for
the same names.
"""

import errno as _errno

from _pysockets.host import exports, named_numbers
from _pysockets.host import number as _number


def differing(names, own):
    """The dict {number of the host: number of this interpreter} of those that differ.

    names: a dict {name: number of the host}; of several names for a number the first that is known counts.
    own: a module with the interpreter's numbers.
    """
    known = {}
    for name, number in names.items():
        if hasattr(own, name):
            known.setdefault(number, getattr(own, name))
    return {number: other for number, other in known.items() if other != number}


_DIFFERING = (
    {}
    # Every platform but Linux has another number for this.
    if _errno.ECONNREFUSED == _number("ECONNREFUSED")
    else differing(named_numbers(exports.errnos()), _errno)
)


def own(number):
    """This interpreter's number for an errno of the host."""
    return _DIFFERING.get(number, number)
