"""What programs that use sockets expect of other modules, where the interpreter lacks it or knows nothing of our descriptors."""

import os
import posix
import sys
from types import MethodType

from _pysockets import descriptors
from _pysockets.codes import NOT_OWN, failure

_IOV_MAX = 1024
"""Linux's limit for the buffers of one sendmsg."""

_OF_NUMBERS_APART = (
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
"""What of `os` works on our descriptors where `os` has numbers of its own, and would take ours for none or for any."""

_EBADF = -9

_supplied = []


def supply():
    """Puts all of it in its place, once."""
    if _supplied:
        return
    _supplied.append(True)
    _supply_sysconf()
    if descriptors.BASE:
        for name in _OF_NUMBERS_APART:
            _put(_for_ours(name, getattr(descriptors, name)))
        _put(_dup2())
    else:
        _put(descriptors.sendfile)
        _put(_ours_first("close", descriptors.calls.close))
        _put(_ours_first("dup", descriptors.calls.duplicate))
    _extend_fcntl()


def _put(function):
    """Makes a function one of `os`. As a method of the module, for it is not to bind when it is made an attribute of a class."""
    name = function.__name__
    known = getattr(posix, name, None)
    function.__qualname__ = name
    function.__module__ = "posix"
    function.__doc__ = getattr(known, "__doc__", None) or function.__doc__
    supplied = MethodType(function, posix)
    setattr(posix, name, supplied)
    setattr(os, name, supplied)


def _for_ours(name, ours):
    """The function `name` of `os`, which for numbers from BASE on is `ours`."""
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
    """`os.dup2`, which does not lead from one kind of number to the other."""
    base = descriptors.BASE
    known = posix.dup2

    def dup2(_module, /, fd, fd2, inheritable=True):
        if (issubclass(type(fd), int) and fd >= base) or (issubclass(type(fd2), int) and fd2 >= base):
            raise failure(_EBADF)
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
    """`fcntl` is extended when it is imported; here for the case that it was before."""
    imported = sys.modules.get("fcntl")
    if imported is not None and not hasattr(imported, "fcntl"):
        from _pysockets import controls

        for name in controls.__all__:
            setattr(imported, name, getattr(controls, name))


def _supply_sysconf():
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
