"""Access to the Unix group database: see getgrnam(3)."""

import collections
import operator
import os

_native = _native  # noqa: F821  given by the loader, and taken away from the module afterwards
_groups = _native.groups
_group_by_name = _native.group_by_name
_group_by_number = _native.group_by_number

_LARGEST = 2**32 - 1


class struct_group(collections.namedtuple("struct_group", "gr_name gr_passwd gr_gid gr_mem")):
    """grp.struct_group: Results from getgr*() routines."""

    __slots__ = ()

    def __repr__(self):
        return "grp." + super().__repr__()


def _group(fields):
    name, password, number, *members = fields
    return struct_group(_text(name), _text(password), number, [_text(member) for member in members])


def _text(latin):
    """The text for a string of the C library, which came with a character for each byte."""
    return os.fsdecode(latin.encode("latin-1"))


def _found(answer, name):
    """The group for an answer: its fields, or an errno, or None for an unknown one."""
    if answer is None:
        raise KeyError(name)
    if isinstance(answer, int):
        raise OSError(answer, os.strerror(answer))
    return _group(answer)


def getgrnam(name):
    """Return the group database entry for the given group name.  If name is not valid, raise KeyError."""
    if not isinstance(name, str):
        raise TypeError(f"getgrnam() argument 'name' must be str, not {type(name).__name__}")
    data = os.fsencode(name)
    if b"\0" in data:
        raise ValueError("embedded null byte")
    return _found(_group_by_name(data.decode("latin-1")), f"getgrnam(): name not found: {name!r}")


def getgrgid(id):
    """Return the group database entry for the given numeric group ID.  If id is not valid, raise KeyError."""
    try:
        number = operator.index(id)
    except TypeError:
        raise TypeError(f"gid should be integer, not {type(id).__name__}") from None
    if number > _LARGEST or number < -1:
        raise OverflowError("gid is greater than maximum" if number >= 2**63 else "gid is less than minimum")
    return _found(_group_by_number(number & _LARGEST), f"getgrgid(): gid not found: {number}")


def getgrall():
    """Return a list of all available group database entries, in arbitrary order."""
    return [_group(fields) for fields in _groups()]
