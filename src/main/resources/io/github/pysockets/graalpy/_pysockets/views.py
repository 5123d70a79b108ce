"""How Python sees the bytes of a host buffer: by a memoryview, or by what stands for one where the interpreter cannot make it."""

from _pysockets import calls


def view(buffer):
    """A view of a host buffer, whose slices are bytes-like."""
    try:
        return memoryview(buffer)
    except TypeError:
        if calls.buffers() is None:
            raise
        from _pysockets.host_views import HostView

        return HostView(buffer)
