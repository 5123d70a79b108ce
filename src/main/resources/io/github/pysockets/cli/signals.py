"""The handlers of signals, and what runs them. Evaluates to a function; see the Java class SignalRelay.

GraalPy's own `_signal` keeps and runs handlers too, but in some places fails to, and in none at once. Its functions are
replaced here, and those that it lacks are added.

No handler is run while a function of this file runs, so nothing can happen between two of its lines.
"""


EINVAL = 22

MOST_NANOSECONDS = 0x7FFF_FFFF_FFFF_FFFF
MOST_SECONDS = MOST_NANOSECONDS // 1_000_000_000

NAMES = {
    "SIG_BLOCK": 0,
    "SIG_UNBLOCK": 1,
    "SIG_SETMASK": 2,
    "SIGIOT": 6,
    "SIGCLD": 17,
    "SIGIO": 29,
    "SIGRTMIN": 34,
    "SIGRTMAX": 64,
}
"""Linux's constants that GraalPy lacks."""


def install(relay, thread_kill):
    """Makes the functions of `_signal` those of this file.

    relay: has the methods of SignalRelay. thread_kill: sends a signal to a thread.
    """
    import _queue
    import _signal
    import _thread
    import posix
    import sys
    import time

    known_get_ident = _thread.get_ident
    main_thread = known_get_ident()
    handlers = {}
    """The handler of each signal that the script has set, or Python has at the start."""
    masked = set()
    """The signals that the main thread blocks."""

    def in_main_thread():
        return known_get_ident() == main_thread

    def run_due(frame=None):
        """Runs the handlers of the signals that have come, in the order of their numbers."""
        report_wakeup()
        if relay.take_kept():
            raise_kept()
        try:
            while signalnum := relay.next():
                handler = handlers.get(signalnum)
                if callable(handler):
                    handler(signalnum, frame)
        finally:
            relay.done()

    def run_in_wait():
        """Does so within a call of Java, which would change an exception that passes through it.

        The waiting call will raise it. Tells whether there is one.
        """
        from _pysockets.codes import raised

        try:
            run_due(frame_of_script())
        except BaseException as exception:
            raised.append(exception)
            return True
        return False

    def raise_kept():
        from _pysockets.codes import raised

        if raised:
            raise raised.pop(0)

    def keep(exception):
        from _pysockets.codes import raised

        raised.append(exception)

    def frame_of_script():
        """The frame of the code that waits, without those of our modules."""
        frame = sys._getframe(2)
        while frame is not None and is_ours(frame.f_globals.get("__name__")):
            frame = frame.f_back
        return frame

    def is_ours(name):
        return name in ("_socket", "select", "_ssl", "fcntl") or str(name).startswith("_pysockets")

    def report_wakeup():
        errno = relay.wakeup_failure()
        if errno:
            import os
            error = OSError(errno, os.strerror(errno))
            message = "Exception ignored when trying to write to the signal wakeup fd"
            sys.unraisablehook(sys.UnraisableHookArgs((type(error), error, None, message, None)))

    relay.call(run_due, run_in_wait, keep, lambda: sys._getframe(1))

    def signal(signalnum, handler, /):
        """Set the action for the given signal.

        The action can be SIG_DFL, SIG_IGN, or a callable Python object.
        The previous action is returned.  See getsignal() for possible
        return values.

        *** IMPORTANT NOTICE ***
        A signal handler function is called with two arguments:
        the first is the signal number, the second is the interrupted stack frame.
        """
        signalnum = index(signalnum)
        if not in_main_thread():
            raise ValueError("signal only works in main thread of the main interpreter")
        before = getsignal(signalnum)
        if not callable(handler):
            if handler == _signal.SIG_DFL:
                handler = _signal.SIG_DFL
            elif handler == _signal.SIG_IGN:
                handler = _signal.SIG_IGN
            else:
                raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
        if not route(signalnum, handler):
            raise os_error(EINVAL)
        handlers[signalnum] = handler
        return before

    def route(signalnum, handler):
        """Has a signal come here, or not, as its handler and the mask need it. Returns whether that is possible."""
        if callable(handler) or signalnum in masked:
            return relay.attach(signalnum, True) == "attached"
        return relay.detach(signalnum, handler == _signal.SIG_IGN)

    def os_error(number):
        import os

        return OSError(number, os.strerror(number))

    def getsignal(signalnum, /):
        """Return the current action for the given signal.

        The return value can be:
          SIG_IGN -- if the signal is being ignored
          SIG_DFL -- if the default action for the signal is in effect
          None    -- if an unknown handler is in effect
          anything else -- the callable Python object used as a handler
        """
        signalnum = in_range(index(signalnum))
        if signalnum not in handlers:
            ignored = relay.is_ignored(signalnum)
            handlers[signalnum] = _signal.SIG_IGN if ignored else _signal.SIG_DFL
        return handlers[signalnum]

    def siginterrupt(signalnum, flag, /):
        """Change system call restart behaviour.

        If flag is False, system calls will be restarted when interrupted by
        signal sig, else system calls will be interrupted.
        """
        in_range(index(signalnum))
        bool(flag)

    def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
        """Sets the fd to be written to (with the signal number) when a signal comes in.

        A library can use this to wakeup select or poll.
        The previous fd or -1 is returned.

        The fd must be non-blocking.
        """
        import os

        fd = index(fd)
        if not in_main_thread():
            raise ValueError("set_wakeup_fd only works in main thread of the main interpreter")
        if fd != -1:
            os.fstat(fd)
            if os.get_blocking(fd):
                raise ValueError("the fd %i must be in non-blocking mode" % fd)
        return relay.wakeup(fd, bool(warn_on_full_buffer))

    def awaited(send, signalnum):
        """Sends a signal by a function. If it is to this thread, its handler has run afterwards, as in CPython."""
        if not (in_main_thread() and callable(handlers.get(signalnum))):
            return send()
        count = relay.arrivals(signalnum)
        result = send()
        relay.wait_beyond(signalnum, count)
        run_due(sys._getframe(2))
        return result

    known_raise_signal, known_kill = _signal.raise_signal, posix.kill

    def raise_signal(signalnum, /):
        """Send a signal to the executing process."""
        signalnum = index(signalnum)
        return awaited(lambda: known_raise_signal(signalnum), signalnum)

    def kill(pid, signal, /):
        """Kill a process with a signal."""
        pid, signalnum = index(pid), index(signal)
        if pid != posix.getpid():
            return known_kill(pid, signalnum)
        return awaited(lambda: known_kill(pid, signalnum), signalnum)

    def interrupt_main(signum=_signal.SIGINT, /):
        """Simulate the arrival of the given signal in the main thread,
        where the corresponding signal handler will be executed.
        If *signum* is omitted, SIGINT is assumed.
        A subthread can use this function to interrupt the main thread.

        Note: the default signal handler for SIGINT raises ``KeyboardInterrupt``.
        """
        if callable(getsignal(signum)):
            relay.trip(signum)

    def pthread_kill(thread_id, signalnum, /):
        """Send a signal to a thread."""
        thread_id, signalnum = index(thread_id), index(signalnum)
        sys.audit("signal.pthread_kill", thread_id, signalnum)

        def send():
            failure = thread_kill(thread_id, signalnum)
            if failure:
                raise os_error(failure)

        return awaited(send, signalnum) if thread_id == known_get_ident() else send()

    def pidfd_send_signal(pidfd, signalnum, siginfo=None, flags=0, /):
        """Send a signal to a process referred to by a pid file descriptor."""
        pidfd, signalnum, flags = index(pidfd), index(signalnum), index(flags)
        if siginfo is not None:
            raise TypeError("siginfo must be None")
        failure = relay.send_by_descriptor(pidfd, signalnum, flags)
        if failure:
            raise os_error(failure)

    def pidfd_open(pid, flags=0):
        """Return a file descriptor referring to the process *pid*.

        The descriptor can be used to perform process management without races and
        signals.
        """
        descriptor = relay.open_process(index(pid), index(flags))
        if descriptor < 0:
            raise os_error(-descriptor)
        return descriptor

    def strsignal(signalnum, /):
        """Return the system description of the given signal.

        Returns the description of signal *signalnum*, such as "Interrupt"
        for :const:`SIGINT`. Returns :const:`None` if *signalnum* has no
        description. Raises :exc:`ValueError` if *signalnum* is invalid.
        """
        text = relay.text(in_range(index(signalnum)))
        return None if text is None or "Unknown signal" in text else text

    def valid_signals():
        """Return a set of valid signal numbers on this platform.

        The signal numbers returned by this function can be safely passed to
        functions like `pthread_kill`.
        """
        return set(range(1, _signal.NSIG)) - {32, 33}

    def set_of(signals):
        numbers = set()
        for signalnum in signals:
            signalnum = index(signalnum)
            if not 0 < signalnum < _signal.NSIG:
                raise ValueError("signal number %d out of range [1; %d]" % (signalnum, _signal.NSIG - 1))
            numbers.add(signalnum)
        return numbers & (valid_signals() - {_signal.SIGKILL, _signal.SIGSTOP})

    masks_of_others = {}

    def pthread_sigmask(how, mask, /):
        """Fetch and/or change the signal mask of the calling thread."""
        how, mask = index(how), set_of(mask)
        if how not in (_signal.SIG_BLOCK, _signal.SIG_UNBLOCK, _signal.SIG_SETMASK):
            raise os_error(EINVAL)
        now = masked if in_main_thread() else masks_of_others.setdefault(known_get_ident(), set(masked))
        before = set(now)
        wanted = {_signal.SIG_BLOCK: before | mask, _signal.SIG_UNBLOCK: before - mask, _signal.SIG_SETMASK: mask}[how]
        if now is masked:
            change_mask(wanted)
        else:
            now.clear()
            now.update(wanted)
        return before

    def change_mask(wanted):
        freed = masked - wanted
        for signalnum in wanted - masked:
            masked.add(signalnum)
            relay.block(signalnum, True)
            route(signalnum, getsignal(signalnum))
        for signalnum in sorted(freed):
            masked.discard(signalnum)
            held = relay.is_held(signalnum)
            handler = getsignal(signalnum)
            if not callable(handler):
                route(signalnum, handler)
            relay.block(signalnum, False)
            if held and handler == _signal.SIG_DFL:
                known_kill(posix.getpid(), signalnum)
        if freed:
            run_due(sys._getframe(2))

    def sigpending():
        """Examine pending signals.

        Returns a set of signal numbers pending for delivery to the calling thread.
        """
        return {signalnum for signalnum in masked if relay.is_held(signalnum)}

    def sigwait(sigset, /):
        """Wait for a signal.

        Suspend execution of the calling thread until the delivery of one of the
        signals specified in the signal set sigset.  The function accepts the signal
        and returns the signal number.
        """
        numbers = set_of(sigset)
        for signalnum in numbers - masked:
            route(signalnum, getsignal(signalnum))
        while True:
            signalnum = relay.await_(*numbers)
            if signalnum:
                return signalnum
            run_due(sys._getframe(1))

    def pause():
        """Wait until a signal arrives."""
        relay.await_()
        if in_main_thread():
            run_due(sys._getframe(1))

    known_sleep = time.sleep

    def sleep(seconds, /):
        """sleep(seconds)

        Delay execution for a given number of seconds.  The argument may be
        a floating point number for subsecond precision.
        """
        if not in_main_thread():
            return known_sleep(seconds)
        # GraalPy's begins anew after each signal, and so may never end.
        nanos = nanoseconds(seconds)
        end = time.monotonic_ns() + nanos
        while not relay.sleep(nanos):
            run_due(sys._getframe(1))
            nanos = max(0, end - time.monotonic_ns())

    def nanoseconds(seconds):
        if isinstance(seconds, float):
            if seconds != seconds:
                raise ValueError("Invalid value NaN (not a number)")
            if abs(seconds) > MOST_SECONDS:
                raise OverflowError("timestamp out of range for platform time_t")
            nanos = -int(-seconds * 1_000_000_000 // 1)
        else:
            nanos = index(seconds) * 1_000_000_000
            if nanos > MOST_NANOSECONDS:
                raise OverflowError("timestamp too large to convert to C _PyTime_t")
        if nanos < 0:
            raise ValueError("sleep length must be non-negative")
        return nanos

    class SimpleQueue(_queue.SimpleQueue):
        """Simple, unbounded, reentrant FIFO queue."""

        def get(self, block=True, timeout=None):
            """Remove and return an item from the queue.

            If optional args 'block' is true and 'timeout' is None (the default),
            block if necessary until an item is available. If 'timeout' is
            a non-negative number, it blocks at most 'timeout' seconds and raises
            the Empty exception if no item was available within that time.
            Otherwise ('block' is false), return an item if one is immediately
            available, else raise the Empty exception ('timeout' is ignored
            in that case).
            """
            known_get = super().get
            if not block or not in_main_thread():
                return known_get(block, timeout)
            # GraalPy's does not end for a signal.
            if timeout is None:
                end = float("inf")
            elif timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            else:
                end = time.monotonic() + timeout
            pause = 0.0001
            while True:
                try:
                    return known_get(False)
                except _queue.Empty:
                    left = end - time.monotonic()
                    if left <= 0:
                        raise
                sleep(min(pause, left))
                pause = min(2 * pause, 0.02)

    def in_range(signalnum):
        if not 0 < signalnum < _signal.NSIG:
            raise ValueError("signal number out of range")
        return signalnum

    def index(number):
        import operator

        return operator.index(number)

    for name, number in NAMES.items():
        setattr(_signal, name, number)
    for function in (pthread_kill, pidfd_send_signal, strsignal, valid_signals, pthread_sigmask, sigpending, sigwait):
        put(_signal, function)
    put(_signal, pause)
    put(time, sleep)
    SimpleQueue.__module__, SimpleQueue.__qualname__ = "_queue", "SimpleQueue"
    _queue.SimpleQueue = SimpleQueue
    for function in signal, getsignal, siginterrupt, set_wakeup_fd, raise_signal:
        put(_signal, function)
    put(_thread, interrupt_main)
    import os

    for function in kill, pidfd_open:
        put(posix, function)
        setattr(os, function.__name__, function)

    for number in (_signal.SIGPIPE, _signal.SIGXFSZ):
        # As python does at its start; a JVM does so in its own way.
        handlers[number] = _signal.SIG_IGN
    if relay.attach(_signal.SIGINT, False) == "attached":
        handlers[_signal.SIGINT] = _signal.default_int_handler


def put(module, function):
    """Makes a function one of a module, as those written in C are."""
    function.__module__ = module.__name__
    function.__qualname__ = function.__name__
    setattr(module, function.__name__, function)


install
