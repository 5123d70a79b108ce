"""What programs that use sockets expect of other modules, where the interpreter lacks it."""

import os

_IOV_MAX = 1024
"""Linux's limit for the buffers of one sendmsg."""


def supply():
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
