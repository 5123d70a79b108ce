"""What CPython does when a Popen is dropped: Popen.__del__, which this interpreter does not call.

A child that still runs keeps its pipes. The next Popen takes it from the system's table if it has ended by then, and
the pipes with it. The interpreter closes a dropped file by itself, once it was collected.
"""

import os
import warnings
from functools import partial
from weakref import ref

from _pysockets.dropped import follow

_children = {}
"""The child of each Popen that has not been seen to end, by a weak reference to that Popen."""


class Child:
    """What outlives a Popen: those of its attributes that its end needs.

    In the module's list of children that nobody waits for, this stands for the Popen.
    """

    __slots__ = ("pid", "stdin", "stdout", "stderr", "returncode", "watch")

    def __init__(self):
        self.watch = None

    def _internal_poll(self, _deadstate=None):
        """Whether the child of a Popen that was dropped has ended. If so, nobody needs the pipes any more."""
        try:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
        except OSError:
            self.returncode = _deadstate
        else:
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        if self.returncode is not None:
            self.stdin = self.stdout = self.stderr = None
        return self.returncode


def apply(module):
    """Changes Popen."""
    cls = module.Popen
    begin = cls.__init__

    def __init__(self, *args, **keywords):
        begin(self, *args, **keywords)
        child = _child_of(self)
        for stream in child.stdin, child.stdout, child.stderr:
            if stream is not None:
                try:
                    stream._followed = follow(None)
                except AttributeError:
                    # One without a buffer.
                    pass
        if child.returncode is None:
            child.watch = ref(self, partial(_dropped, module))
            _children[child.watch] = child

    __init__.__doc__ = begin.__doc__
    cls.__init__ = __init__
    for name in "pid", "stdin", "stdout", "stderr":
        setattr(cls, name, _attribute(name))
    cls.returncode = _exit_status()


def _attribute(name):
    def get(popen):
        return getattr(_child_of(popen), name)

    def put(popen, value):
        setattr(_child_of(popen), name, value)

    def delete(popen):
        delattr(_child_of(popen), name)

    return property(get, put, delete)


def _exit_status():
    plain = _attribute("returncode")

    def put(popen, status):
        plain.fset(popen, status)
        if status is not None:
            _children.pop(popen._child.watch, None)

    return plain.setter(put)


def _child_of(popen):
    try:
        return popen._child
    except AttributeError:
        child = popen._child = Child()
        return child


def _dropped(module, watch):
    # The interpreter may call this for one whose watch was ended.
    child = _children.pop(watch, None)
    if child is None:
        return
    child.watch = None
    if module._active is not None:
        module._active.append(child)
    warnings.warn("subprocess %s is still running" % child.pid, ResourceWarning)
