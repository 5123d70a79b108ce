"""Lets a signal end the main thread's blocking call, whatever that call is. Evaluates to a function; see SignalRelay.

GraalPy's `signal` module keeps and runs the handlers. Its two functions that set and tell a handler are wrapped here, so
that the relay stands in front of each handler that is a Python function, and the script does not see it.
"""


def install(attach, release, delivered, step_by):
    import sys

    import _signal

    def step():
        """Does nothing, for GraalPy to run the handlers that are due in. Tells whether one of them has raised an exception."""
        codes = sys.modules.get("_pysockets.codes")
        return codes is not None and bool(codes.raised)

    step_by(step)

    set_handler, get_handler = _signal.signal, _signal.getsignal
    handlers = {}
    wakeup = Wakeup()

    def signal(signalnum, handler, /):
        before = getsignal(signalnum)
        release(signalnum)
        try:
            if callable(handler):
                set_handler(signalnum, announced(handler))
                handlers[signalnum] = handler
            else:
                set_handler(signalnum, handler)
                handlers.pop(signalnum, None)
        finally:
            if signalnum in handlers:
                attach(signalnum)
        return before

    def announced(handler):
        def deliver(signalnum, frame):
            place = delivered(signalnum)
            if place == "later":
                return None
            wakeup.tell(signalnum)
            if place == "python":
                return handler(signalnum, frame)
            # Called from Java, which Python's exceptions do not pass through unharmed: the waiting call will raise it.
            try:
                handler(signalnum, frame)
            except BaseException as exception:
                from _pysockets.codes import raised

                raised.append(exception)

        return deliver

    def getsignal(signalnum, /):
        return handlers[signalnum] if signalnum in handlers else get_handler(signalnum)

    _signal.signal, _signal.getsignal = signal, getsignal
    # What signal.py has not copied yet it copies from here.
    for module in {_signal, sys.modules.get("signal", _signal)}:
        module.set_wakeup_fd = wakeup.set_wakeup_fd

    if getsignal(_signal.SIGINT) is _signal.default_int_handler:
        signal(_signal.SIGINT, _signal.default_int_handler)


class Wakeup:
    """The descriptor that gets the number of each signal that has a handler, for a select or an event loop to wake up.

    GraalPy has the function and does nothing by it. Here the number is written when the handler is about to run.
    """

    def __init__(self):
        self.fd, self.warns = -1, True

    def set_wakeup_fd(self, fd, /, *, warn_on_full_buffer=True):
        """Sets the descriptor, which must not block, or -1 for none. Returns the one before."""
        import operator
        import os
        import threading

        fd = operator.index(fd)
        if threading.current_thread() is not threading.main_thread():
            raise ValueError("set_wakeup_fd only works in main thread of the main interpreter")
        if fd != -1:
            os.fstat(fd)
            if os.get_blocking(fd):
                raise ValueError("the fd %i must be in non-blocking mode" % fd)
        before = self.fd
        self.fd, self.warns = fd, bool(warn_on_full_buffer)
        return before

    def tell(self, signalnum):
        if self.fd == -1:
            return
        import os
        import sys

        try:
            os.write(self.fd, bytes([signalnum]))
        except BlockingIOError:
            if self.warns:
                print("Exception ignored when trying to write to the signal wakeup fd: it is full", file=sys.stderr)
        except Exception as failure:
            print("Exception ignored when trying to write to the signal wakeup fd:", failure, file=sys.stderr)


install
