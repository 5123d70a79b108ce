"""The groups of users that the system knows: group(5)."""

import collections
import operator
import os

_native = _native  # noqa: F821  given by the loader, and taken away from the module afterwards
_groups = _native.groups
_group_by_name = _native.group_by_name
_group_by_number = _native.group_by_number

_LARGEST = 2**32 - 1


class struct_group(collections.namedtuple("struct_group", "gr_name gr_passwd gr_gid gr_mem")):
    """A group as a tuple of its name, password, number and the names of its members: group(5)."""

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
    """The group of a name: getgrnam(3). KeyError if there is none."""
    if not isinstance(name, str):
        raise TypeError(f"getgrnam() argument 'name' must be str, not {type(name).__name__}")
    data = os.fsencode(name)
    if b"\0" in data:
        raise ValueError("embedded null byte")
    return _found(_group_by_name(data.decode("latin-1")), f"getgrnam(): name not found: {name!r}")


def getgrgid(id):
    """The group of a number: getgrgid(3). KeyError if there is none."""
    try:
        number = operator.index(id)
    except TypeError:
        raise TypeError(f"gid should be integer, not {type(id).__name__}") from None
    if number > _LARGEST or number < -1:
        raise OverflowError("gid is greater than maximum" if number >= 2**63 else "gid is less than minimum")
    return _found(_group_by_number(number & _LARGEST), f"getgrgid(): gid not found: {number}")


def getgrall():
    """All groups, in the system's order: getgrent(3)."""
    return [_group(fields) for fields in _groups()]
