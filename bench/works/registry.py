"""The works by name, and those that this Python cannot do.

A work is a generator function that is decorated by @work. It is given the Peer and the parameter, prepares, yields one
Work, and cleans up.
"""

import contextlib
import importlib

WORKS = {}
MISSING = {}
NOTES = {}


def work(name, lacks=None, note=None):
    """@param lacks: what this Python would need for it and does not have; note: what the table should say of it."""

    def register(function):
        if lacks:
            MISSING[name] = lacks
        else:
            WORKS[name] = contextlib.contextmanager(function)
            if note:
                NOTES[name] = note
        return function

    return register


def lacks(owner, name):
    """What to say where the module or object has no such thing, otherwise None."""
    return None if hasattr(owner, name) else "no %s" % name


def optional(name):
    """The module, or None where this Python has none."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


class Work(object):
    """What is to be measured.

    batch(count) does as much of it as `count` says and returns a pair: the operations done and the bytes carried.
    prepare(count) is called before each batch, outside the measured time. `most` is the largest count allowed.
    """

    def __init__(self, batch, prepare=None, most=None):
        self.batch = batch
        self.prepare = prepare
        self.most = most


class Driven(object):
    """A work that the peer drives: drive(seconds) lets it, for that long, and returns the operations done."""

    def __init__(self, drive):
        self.drive = drive


class Reading(object):
    """No work but a figure: read() returns a pair like a batch's."""

    def __init__(self, read):
        self.read = read
