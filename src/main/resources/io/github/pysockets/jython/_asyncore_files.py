"""The classes for files of the module asyncore, which Jython's has only where os.name is posix."""

import os
from socket import SO_ERROR, SOL_SOCKET

try:
    from fcntl import F_GETFL, F_SETFL, fcntl
except ImportError:
    # A stack without descriptors of the process has no files to wait for either.
    fcntl = None


def complete(asyncore):
    """Adds the classes where they are missing. They are made anew for each module: a program may import it again."""
    if fcntl is None or not hasattr(asyncore, "dispatcher") or hasattr(asyncore, "file_dispatcher"):
        # A program's own module may have this name.
        return

    class file_wrapper:
        """An open file with those methods of a socket that a dispatcher calls.

        `fd` is a descriptor. It is duplicated, so the caller can close it.
        """

        __module__ = asyncore.__name__

        def __init__(self, fd):
            self.fd = os.dup(fd)

        def recv(self, *args):
            """Reads as os.read() does."""
            return os.read(self.fd, *args)

        def send(self, *args):
            """Writes as os.write() does."""
            return os.write(self.fd, *args)

        read = recv
        write = send

        def getsockopt(self, level, optname, buflen=None):
            """Knows SO_ERROR alone: a file has no error to tell."""
            if level != SOL_SOCKET or optname != SO_ERROR or buflen:
                raise NotImplementedError("Only asyncore specific behaviour implemented.")
            return 0

        def fileno(self):
            """The descriptor; -1 once it is closed."""
            return self.fd

        def close(self):
            """Closes the descriptor. Once is enough."""
            fd, self.fd = self.fd, -1
            if fd != -1:
                os.close(fd)

    class file_dispatcher(asyncore.dispatcher):
        """A dispatcher for a file: a descriptor, or an object with fileno(). The file becomes non-blocking."""

        __module__ = asyncore.__name__

        def __init__(self, fd, map=None):
            asyncore.dispatcher.__init__(self, None, map)
            self.connected = True
            if hasattr(fd, "fileno"):
                fd = fd.fileno()
            self.set_file(fd)
            fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | os.O_NONBLOCK)

        def set_file(self, fd):
            """Dispatches for a descriptor."""
            self.set_socket(file_wrapper(fd))

    asyncore.file_wrapper = file_wrapper
    asyncore.file_dispatcher = file_dispatcher
