"""The workloads by name, and those that this Python cannot do.

A workload is a generator function that is decorated by @workload. It is given the Peer and the parameter, prepares,
yields one Repeated, Driven or Reading, and cleans up.
"""

import contextlib
import importlib

WORKLOADS = {}
MISSING = {}
NOTES = {}


def workload(name, lacks=None, note=None):
    """@param lacks: what this Python would need for it and does not have; note: what the table should say of it."""

    def register(function):
        if lacks:
            MISSING[name] = lacks
        else:
            WORKLOADS[name] = contextlib.contextmanager(function)
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


class Repeated(object):
    """What is done in batches, and measured.

    batch(count) does as much of it as `count` says and returns a pair: the operations done and the bytes carried.
    prepare(count) is called before each batch, outside the measured time. `most` is the largest count allowed.
    """

    def __init__(self, batch, prepare=None, most=None):
        self.batch = batch
        self.prepare = prepare
        self.most = most


class Driven(object):
    """A workload that the peer drives: drive(seconds) lets it, for that long, and returns the operations done."""

    def __init__(self, drive):
        self.drive = drive


class Reading(object):
    """No workload but a figure: read() returns a pair like a batch's."""

    def __init__(self, read):
        self.read = read
