"""Socket transports of asyncio that are dropped are named in the warning, as in CPython. Their sockets are closed."""

from weakref import ref


def apply(module):
    """Changes the class of which all transports on sockets are made."""
    cls = module._SelectorTransport
    begin = cls.__init__

    def __init__(self, loop, sock, protocol, extra=None, server=None):
        begin(self, loop, sock, protocol, extra, server)
        watching = getattr(sock, "_watching", None)
        if watching is not None:
            watching.transport = type(self).__name__, ref(loop)

    cls.__init__ = __init__
