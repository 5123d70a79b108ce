"""The handlers of signals, and what runs them. Evaluates to a function; see the Java class SignalRelay.

GraalPy's own `_signal` keeps and runs handlers too, but in some places fails to, and in none at once. Its functions are
replaced here, and those that it lacks are added.

No handler is run while a function of this file runs, so nothing can happen between two of its lines.
"""


EINVAL = 22

LONG_MAX = 0x7FFF_FFFF_FFFF_FFFF
MOST_NANOSECONDS = LONG_MAX
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

NAMES_OF_MACOS = {"SIG_BLOCK": 1, "SIG_UNBLOCK": 2, "SIG_SETMASK": 3, "SIGIOT": 6, "SIGIO": 23}
"""And those of macOS."""

NAMES_OF_WINDOWS = "SIGABRT", "SIGBREAK", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM"
"""All signals that Windows has."""


def install(relay, thread_kill):
    """Makes the functions of `_signal` those of this file.

    relay: has the methods of SignalRelay; `has_posix_signals` and `has_linux_calls` say what the system has.
    thread_kill: sends a signal to a thread.
    """
    import __graalpython__
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
        """Sets what a signal does: a function of the number and the frame, SIG_DFL or SIG_IGN: signal(2).

        Gives what it did before. ValueError in any thread but the main one.
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
        """What a signal does: a handler, SIG_DFL or SIG_IGN."""
        signalnum = in_range(index(signalnum))
        if signalnum not in handlers:
            ignored = relay.is_ignored(signalnum)
            handlers[signalnum] = _signal.SIG_IGN if ignored else _signal.SIG_DFL
        return handlers[signalnum]

    def siginterrupt(signalnum, flag, /):
        """Checks its arguments: Python itself repeats interrupted calls. See siginterrupt(3)."""
        in_range(index(signalnum))
        bool(flag)

    def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
        """Sets the descriptor that gets the number of each signal as a byte, at once; -1 for none.

        It must not block. Gives the one before.
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

    known_raise_signal, known_kill = _signal.raise_signal, getattr(posix, "kill", None)
    if __graalpython__.posix_module_backend() == "java":
        # That knows no process but the children of this one.

        def known_raise_signal(signalnum):
            if signalnum and not relay.send(signalnum):
                raise os_error(EINVAL)

        def send_or_kill(pid, signalnum, known_kill=known_kill):
            if pid != posix.getpid():
                known_kill(pid, signalnum)
            else:
                known_raise_signal(signalnum)

        known_kill = send_or_kill

    def raise_signal(signalnum, /):
        """Sends this process a signal, and runs its handler: raise(3)."""
        signalnum = index(signalnum)
        return awaited(lambda: known_raise_signal(signalnum), signalnum)

    def kill(pid, signal, /):
        """Sends a signal to a process or group: kill(2). Its handler has run at the end, if it is to this process."""
        pid, signalnum = index(pid), index(signal)
        if pid != posix.getpid():
            return known_kill(pid, signalnum)
        return awaited(lambda: known_kill(pid, signalnum), signalnum)

    def interrupt_main(signum=_signal.SIGINT, /):
        """Has the main thread run the handler of a signal, as if that had come. Without a handler, nothing happens."""
        if callable(getsignal(signum)):
            relay.trip(signum)

    def pthread_kill(thread_id, signalnum, /):
        """Sends one thread of this process a signal: pthread_kill(3)."""
        thread_id, signalnum = index(thread_id) & 0xFFFF_FFFF_FFFF_FFFF, as_int(signalnum)
        sys.audit("signal.pthread_kill", thread_id, signalnum)

        def send():
            # No pointer has the highest bit, so such a number stands for no thread.
            failure = thread_kill(min(thread_id, LONG_MAX), signalnum)
            if failure:
                raise os_error(failure)

        return awaited(send, signalnum) if thread_id == known_get_ident() else send()

    def pidfd_send_signal(pidfd, signalnum, siginfo=None, flags=0, /):
        """Sends a signal by a descriptor of the process: pidfd_send_signal(2)."""
        pidfd, signalnum, flags = as_int(pidfd), as_int(signalnum), as_int(flags)
        if siginfo is not None:
            raise TypeError("siginfo must be None")
        failure = relay.send_by_descriptor(pidfd, signalnum, flags)
        if failure:
            raise os_error(failure)

    def strsignal(signalnum, /):
        """What the C library calls a signal; None where it has no name: strsignal(3)."""
        text = relay.text(in_range(index(signalnum)))
        return None if text is None or "Unknown signal" in text else text

    def valid_signals():
        """The numbers of all signals but those that the C library keeps for itself."""
        if not relay.has_posix_signals:
            return {getattr(_signal, name) for name in NAMES_OF_WINDOWS if hasattr(_signal, name)}
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
        """Blocks signals for this thread, or lets them through again. Gives those that were blocked:
        pthread_sigmask(3).
        """
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
        """The signals that are blocked and have come: sigpending(2)."""
        return {signalnum for signalnum in masked if relay.is_held(signalnum)}

    def sigwait(sigset, /):
        """Takes the first of some signals to come, without its handler. Gives its number: sigwait(3)."""
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

    # GraalPy's timers are Java's: one that was stopped in time could still send its signal.

    def setitimer(which, seconds, interval=0.0, /):
        """Sets a timer, in seconds: setitimer(2). Gives the seconds that were left, and the interval."""
        which, value, interval = as_int(which), microseconds(seconds), microseconds(interval)
        return in_seconds(relay.set_timer(which, value, interval))

    def getitimer(which, /):
        """The seconds that are left of a timer, and its interval: getitimer(2)."""
        return in_seconds(relay.timer(as_int(which)))

    def alarm(seconds, /):
        """Has SIGALRM come in some seconds, 0 for never. Gives the seconds that were left: alarm(2)."""
        left, _ = relay.set_timer(_signal.ITIMER_REAL, (as_int(seconds) & 0xFFFF_FFFF) * 1_000_000, 0)
        # As alarm(2) rounds, but never to 0 where some time is left.
        return (left + 500_000) // 1_000_000 or int(left > 0)

    def in_seconds(micros):
        if len(micros) == 1:
            import os

            raise _signal.ItimerError(micros[0], os.strerror(micros[0]))
        return micros[0] / 1_000_000, micros[1] / 1_000_000

    def as_int(number):
        from _pysockets.arguments import as_int

        return as_int(number)

    def microseconds(seconds):
        if not isinstance(seconds, float):
            seconds = index(seconds)
            if abs(seconds) > MOST_SECONDS:
                raise OverflowError("timestamp too large to convert to C _PyTime_t")
        elif seconds != seconds:
            raise ValueError("Invalid value NaN (not a number)")
        elif abs(seconds) > MOST_SECONDS:
            raise OverflowError("timestamp out of range for platform time_t")
        return -int(-seconds * 1_000_000 // 1)

    known_sleep = time.sleep

    def sleep(seconds, /):
        """Sleeps for some seconds; handlers run meanwhile, and do not make it longer."""
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
        """A queue without a limit, whose get() lets handlers run."""

        def get(self, block=True, timeout=None):
            """Takes the oldest item. Waits for one as `block` and `timeout`, in seconds, say, then raises Empty."""
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

    put(time, sleep)
    SimpleQueue.__module__, SimpleQueue.__qualname__ = "_queue", "SimpleQueue"
    _queue.SimpleQueue = SimpleQueue
    for function in signal, getsignal, set_wakeup_fd, raise_signal, valid_signals:
        put(_signal, function)
    put(_thread, interrupt_main)
    if relay.has_posix_signals:
        for name, number in (NAMES_OF_MACOS if sys.platform == "darwin" else NAMES).items():
            setattr(_signal, name, number)
        for function in siginterrupt, pthread_kill, pthread_sigmask, sigpending, sigwait, pause:
            put(_signal, function)
    if relay.has_linux_calls:
        for function in pidfd_send_signal, strsignal, setitimer, getitimer, alarm:
            put(_signal, function)
    if known_kill is not None:
        import os

        put(posix, kill)
        os.kill = kill

    for name in "SIGPIPE", "SIGXFSZ":
        # As python does at its start; a JVM does so in its own way.
        if hasattr(_signal, name):
            handlers[getattr(_signal, name)] = _signal.SIG_IGN
    if relay.attach(_signal.SIGINT, False) == "attached":
        handlers[_signal.SIGINT] = _signal.default_int_handler


def put(module, function):
    """Makes a function one of a module, as those written in C are."""
    function.__module__ = module.__name__
    function.__qualname__ = function.__name__
    setattr(module, function.__name__, function)


install
