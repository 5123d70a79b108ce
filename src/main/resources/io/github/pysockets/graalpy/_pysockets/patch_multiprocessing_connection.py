"""Connections of multiprocessing close their descriptor when they are dropped."""

import os
from functools import partial

from _pysockets.dropped import follow, forget


def apply(module):
    """Changes the class of which both kinds of connections are made."""
    cls = module._ConnectionBase
    begin, end = cls.__init__, cls.close

    def __init__(self, handle, readable=True, writable=True):
        begin(self, handle, readable, writable)
        self._followed = follow(partial(os.close, self._handle))

    def close(self):
        """Close the connection"""
        followed = self.__dict__.pop("_followed", None)
        if followed is not None:
            forget(followed)
        end(self)

    cls.__init__, cls.close = __init__, close
