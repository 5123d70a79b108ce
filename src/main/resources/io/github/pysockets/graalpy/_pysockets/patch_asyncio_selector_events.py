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
            watching.transport = _of(type(self).__name__, loop)

    cls.__init__ = __init__


def _of(name, loop):
    """(name, weak reference to the loop): one for all transports of a class and a loop."""
    known = loop.__dict__.setdefault("_pysockets_transports", {})
    found = known.get(name)
    if found is None:
        found = known[name] = name, ref(loop)
    return found
