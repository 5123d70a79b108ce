"""The constants of the host's stack, by name."""

from _pysockets.codes import checked
from _pysockets.host import exports, named_numbers

CONSTANTS = named_numbers(checked(exports.constants()))

ABSENT = frozenset(checked(exports.absent()).split())
"""The functions, methods and types of our modules that the stack has no use for: they are left out."""


def of_select(name):
    """Whether a constant is one of the module select; the others are those of socket."""
    return name.startswith(("POLL", "EPOLL", "PIPE_BUF"))
