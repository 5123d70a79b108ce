"""Control of files and descriptors: fcntl(2), ioctl(2), flock(2).

Runs in the namespace of the interpreter's own module of this name, whose `flock` and `lockf` stay.
"""

from _pysockets.fcntl_calls import *
