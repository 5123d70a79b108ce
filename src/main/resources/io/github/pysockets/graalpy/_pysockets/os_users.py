"""Functions of `os` by which a server gives up its rights: users and groups of the process."""

import sys as _sys

from _pysockets.os_arguments import identity, items, text
from _pysockets.os_host import call, with_buffer

_SIZE = 4
_NGROUPS_MAX = 65536


def _ids(name):
    _, data = with_buffer(name, bytes(3 * _SIZE))
    return tuple(int.from_bytes(data[at : at + _SIZE], _sys.byteorder) for at in range(0, len(data), _SIZE))


def getresuid(_module, /):
    """Return the real, effective and saved user ids of this process."""
    return _ids("GETRESUID")


def getresgid(_module, /):
    """Return the real, effective and saved group ids of this process."""
    return _ids("GETRESGID")


def setuid(_module, uid, /):
    """Set the user id of this process."""
    call("SETUID", identity(uid, "uid"))


def setgid(_module, gid, /):
    """Set the group id of this process."""
    call("SETGID", identity(gid, "gid"))


def seteuid(_module, euid, /):
    """Set the effective user id of this process."""
    call("SETEUID", identity(euid, "uid"))


def setegid(_module, egid, /):
    """Set the effective group id of this process."""
    call("SETEGID", identity(egid, "gid"))


def setreuid(_module, ruid, euid, /):
    """Set the real and effective user ids of this process."""
    call("SETREUID", identity(ruid, "uid"), identity(euid, "uid"))


def setregid(_module, rgid, egid, /):
    """Set the real and effective group ids of this process."""
    call("SETREGID", identity(rgid, "gid"), identity(egid, "gid"))


def setresuid(_module, ruid, euid, suid, /):
    """Set the real, effective and saved user ids of this process."""
    call("SETRESUID", identity(ruid, "uid"), identity(euid, "uid"), identity(suid, "uid"))


def setresgid(_module, rgid, egid, sgid, /):
    """Set the real, effective and saved group ids of this process."""
    call("SETRESGID", identity(rgid, "gid"), identity(egid, "gid"), identity(sgid, "gid"))


def setgroups(_module, groups, /):
    """Set the groups of this process."""
    given = items(groups, "setgroups argument must be a sequence")
    if len(given) > _NGROUPS_MAX:
        raise ValueError("too many groups")
    if not all(issubclass(type(group), int) for group in given):
        raise TypeError("groups must be integers")
    numbers = (identity(group, "gid") & 0xFFFF_FFFF for group in given)
    with_buffer("SETGROUPS", b"".join(number.to_bytes(_SIZE, _sys.byteorder) for number in numbers))


def initgroups(_module, username, gid, /):
    """Set the groups of this process to those of a user, and one more."""
    with_buffer("INITGROUPS", text(username) + b"\0", identity(gid, "gid"))
