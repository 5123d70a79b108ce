"""Functions that are put into `os`, `posix` and `fcntl`.

Programs with sockets expect them there, and the interpreter's own are missing or know nothing of our descriptors.
"""

import os
import posix
import sys
from importlib import import_module
from types import MethodType

from _pysockets import descriptors
from _pysockets.codes import NOT_OWN, failure
from _pysockets.constants import ABSENT
from _pysockets.host import number

_IOV_MAX = 1024
"""Linux's limit for the buffers of one sendmsg."""

_EBADF = number("EBADF")

_FOR_NUMBERS_APART = (
    "close",
    "dup",
    "fstat",
    "get_blocking",
    "get_inheritable",
    "read",
    "set_blocking",
    "set_inheritable",
    "write",
)
"""Functions of `os` that get a form for our descriptors where `os` has numbers of its own.

Those of the interpreter would take our number for none or for another file's.
"""

_applied = []


def apply():
    """Puts all of them in their places, once."""
    if _applied:
        return
    _applied.append(True)
    _patch_sysconf()
    if descriptors.BASE:
        for name in _FOR_NUMBERS_APART:
            _put(_for_ours(name, getattr(descriptors, name)))
        _put(_dup2())
    else:
        _put(descriptors.sendfile)
        _put(_ours_first("close", descriptors.calls.close))
        _put(_ours_first("dup", descriptors.calls.duplicate))
    _extend_fcntl()


def _put(function):
    """Makes a function one of `os`, as a method of the module.

    A plain function would become a method when a class has it as an attribute; the functions of CPython's `os` do not.
    """
    name = function.__name__
    known = getattr(posix, name, None)
    function.__qualname__ = name
    function.__module__ = "posix"
    function.__doc__ = getattr(known, "__doc__", None) or function.__doc__
    bound = MethodType(function, posix)
    setattr(posix, name, bound)
    setattr(os, name, bound)


def put_all(home, names):
    """Puts functions and types of one of our modules into `os`."""
    module = import_module("_pysockets." + home)
    for name in names:
        value = getattr(module, name)
        if isinstance(value, type):
            setattr(posix, name, value)
            setattr(os, name, value)
        else:
            _put(value)


def _for_ours(name, ours):
    """The function `name` of `os`; for numbers from BASE on it is `ours`."""
    base = descriptors.BASE
    known = getattr(posix, name)

    def function(module, /, *args, **keywords):
        fd = args[0] if args else keywords.get("fd")
        if issubclass(type(fd), int) and fd >= base:
            return ours(module, *args, **keywords)
        return known(*args, **keywords)

    function.__name__ = name
    function.__doc__ = ours.__doc__
    return function


def _dup2():
    """`os.dup2`, which refuses our numbers: it cannot give a file a number of the other kind."""
    base = descriptors.BASE
    known = posix.dup2

    def dup2(_module, /, fd, fd2, inheritable=True):
        if (issubclass(type(fd), int) and fd >= base) or (issubclass(type(fd2), int) and fd2 >= base):
            raise failure(-_EBADF)
        return known(fd, fd2, inheritable)

    return dup2


def _ours_first(name, call):
    """The function `name` of `os`, which first asks whether the descriptor is one of ours."""
    known = getattr(posix, name)

    def function(_module, /, *args, **keywords):
        fd = args[0] if len(args) == 1 and not keywords else keywords.get("fd")
        if issubclass(type(fd), int) and 0 <= fd <= 0x7FFF_FFFF:
            result = call(int(fd))
            if result >= 0:
                return result if name == "dup" else None
            if result != NOT_OWN:
                raise failure(result)
        return known(*args, **keywords)

    function.__name__ = name
    function.__doc__ = getattr(descriptors, name).__doc__
    return function


def _extend_fcntl():
    """`fcntl` gets its functions when it is imported; here, where it was imported before."""
    imported = sys.modules.get("fcntl")
    if "fcntl" not in ABSENT and imported is not None and not hasattr(imported, "fcntl"):
        from _pysockets import fcntl_calls

        for name in fcntl_calls.__all__:
            setattr(imported, name, getattr(fcntl_calls, name))


def _patch_sysconf():
    """asyncio asks for SC_IOV_MAX as soon as sockets have sendmsg, and does not import without an answer."""
    if "SC_IOV_MAX" in getattr(os, "sysconf_names", ()):
        return
    known = getattr(os, "sysconf", None)

    def sysconf(name, /):
        if name == "SC_IOV_MAX":
            return _IOV_MAX
        if known is None:
            raise ValueError("unrecognized configuration name")
        return known(name)

    if known is not None:
        sysconf.__doc__ = known.__doc__
    os.sysconf = sysconf
