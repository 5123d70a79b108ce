"""Views of host buffers, for Python to read their bytes: memoryviews, or a replacement where there are none."""

from _pysockets import exports


def view(buffer):
    """A view of a host buffer, whose slices are bytes-like."""
    try:
        return memoryview(buffer)
    except TypeError:
        if exports.buffers() is None:
            raise
        from _pysockets.memoryview_fallback import BufferView

        return BufferView(buffer)
