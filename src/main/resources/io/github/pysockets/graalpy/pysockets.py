"""What PySockets has for Python programs beyond the modules of the standard library: a faster event loop for asyncio.

    with asyncio.Runner(loop_factory=pysockets.new_event_loop) as runner:
        runner.run(main())
"""

import asyncio as _asyncio

from _pysockets.event_loop import EventLoop

__all__ = ("EventLoop", "EventLoopPolicy", "new_event_loop")


def new_event_loop():
    """A new event loop, which the caller closes."""
    return EventLoop()


class EventLoopPolicy(_asyncio.DefaultEventLoopPolicy):
    """The default policy, with loops of this module: for asyncio.set_event_loop_policy()."""

    _loop_factory = EventLoop
