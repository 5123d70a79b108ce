"""Which event loop asyncio makes where nobody has said which."""

is_ours = False
"""Whether it is the one of this package. Set before asyncio is imported."""


def make():
    """A loop of this package. Imported late, because it needs asyncio."""
    from _pysockets.event_loop import EventLoop

    return EventLoop()
