"""The locks of `threading` where the stack has a clock of its own: waits for them are waits of the host."""

from _thread import get_ident

from _pysockets.codes import checked, failure
from _pysockets.host import clock_calls
from _pysockets.timeouts import scaled

_SECOND = 1_000_000_000
_UNLIMITED = -1
_FOREVER = -1

_new = clock_calls.lock
_acquire = clock_calls.acquire
_release = clock_calls.release
_is_held = clock_calls.isHeld


def _limit(blocking, timeout):
    """The longest wait in nanoseconds for the arguments of `acquire`."""
    if type(timeout) is int and timeout == _UNLIMITED:
        return _FOREVER if blocking else 0
    nanos = scaled(timeout, _SECOND)
    unlimited = nanos == _UNLIMITED * _SECOND
    if not blocking:
        if not unlimited:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return 0
    if nanos < 0 and not unlimited:
        raise ValueError("timeout value must be positive")
    return _FOREVER if unlimited else nanos


class lock:
    """A lock that belongs to no thread: any may release it. Threads get it in the order in which they asked."""

    __slots__ = "_host", "__weakref__"
    __module__ = "_thread"

    def __init__(self):
        self._host = checked(_new())

    def acquire(self, blocking=True, timeout=-1):
        """Waits until the lock is free, and takes it. Returns False after `timeout` seconds."""
        taken = _acquire(self._host, _limit(blocking, timeout))
        if taken < 0:
            raise failure(taken)
        return taken == 1

    def release(self):
        """Lets the next one have the lock."""
        released = _release(self._host)
        if released != 1:
            raise RuntimeError("release unlocked lock") if released == 0 else failure(released)

    def locked(self):
        """Whether somebody has the lock."""
        return checked(_is_held(self._host)) == 1

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_):
        self.release()

    def _at_fork_reinit(self):
        self._host = checked(_new())

    acquire_lock, release_lock, locked_lock = acquire, release, locked

    def __repr__(self):
        state = "locked" if self.locked() else "unlocked"
        return f"<{state} _thread.lock object at {id(self):#x}>"


def allocate_lock():
    """A new lock that nobody has."""
    return lock()


class RLock:
    """A lock that belongs to a thread, which may take it again."""

    __slots__ = "_block", "_owner", "_count", "__weakref__"
    __module__ = "_thread"

    def __init__(self):
        self._block = lock()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        """Waits until no other thread has the lock, and takes it. Returns False after `timeout` seconds."""
        me = get_ident()
        nanos = _limit(blocking, timeout)
        if self._owner == me:
            self._count += 1
            return True
        taken = _acquire(self._block._host, nanos)
        if taken < 0:
            raise failure(taken)
        if taken:
            self._owner, self._count = me, 1
        return taken == 1

    def release(self):
        """Gives back what one `acquire` has taken."""
        if self._owner != get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()

    __enter__ = acquire

    def __exit__(self, *_):
        self.release()

    def _release_save(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        state, self._count, self._owner = (self._count, self._owner), 0, None
        self._block.release()
        return state

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def _is_owned(self):
        return self._owner == get_ident()

    def _recursion_count(self):
        return self._count if self._is_owned() else 0

    def _at_fork_reinit(self):
        self._block._at_fork_reinit()
        self._owner, self._count = None, 0

    def __repr__(self):
        state = "locked" if self._block.locked() else "unlocked"
        return f"<{state} _thread.RLock object owner={self._owner or 0} count={self._count} at {id(self):#x}>"
