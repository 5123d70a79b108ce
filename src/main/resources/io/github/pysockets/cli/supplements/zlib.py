"""A decompressor that goes on after flush(): GraalPy's raises from there on. wsproto flushes after each message."""

_decompressobj = decompressobj  # noqa: F821  what this runs in has it


class Decompress:
    """What decompressobj() gives."""

    def __init__(self, own):
        self._own = own
        self.decompress = own.decompress

    def flush(self, length=16384, /):
        """Gives what is left to give, however much that is."""
        own = self._own
        if length > 0 and not own.eof:
            return own.decompress(own.unconsumed_tail)
        return own.flush(length)

    def copy(self):
        """A second one, in the same state."""
        return Decompress(self._own.copy())

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()

    eof = property(lambda self: self._own.eof)
    unused_data = property(lambda self: self._own.unused_data)
    unconsumed_tail = property(lambda self: self._own.unconsumed_tail)


def decompressobj(*args, **keywords):
    """A decompressor for data that comes in pieces."""
    return Decompress(_decompressobj(*args, **keywords))


Decompress.__module__ = "zlib"
