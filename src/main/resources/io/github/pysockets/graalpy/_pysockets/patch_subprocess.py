"""Pipes to child processes are among what is looked for when it may have been dropped.

The interpreter closes a dropped file by itself, once it was collected.
"""

from _pysockets.dropped import follow


def apply(module):
    """Changes Popen."""
    cls = module.Popen
    begin = cls.__init__

    def __init__(self, *args, **keywords):
        begin(self, *args, **keywords)
        for stream in self.stdin, self.stdout, self.stderr:
            if stream is not None:
                try:
                    stream._followed = follow(None)
                except AttributeError:
                    # One without a buffer.
                    pass

    __init__.__doc__ = begin.__doc__
    cls.__init__ = __init__
