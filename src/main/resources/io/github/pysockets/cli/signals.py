"""Lets a signal end any blocking call of the main thread. Evaluates to a function; see the Java class SignalRelay.

GraalPy's `signal` module keeps and runs the handlers. Its functions `signal` and `getsignal` are wrapped here, so that
the relay is called before each handler that is a Python function, and the script does not see it.
"""


def install(attach, release, delivered, step_by):
    """Puts the relay in front of the handlers. The arguments are methods of SignalRelay."""
    import sys

    import _signal

    def step():
        """Gives GraalPy an occasion to run the handlers that are due. Tells whether one of them has raised."""
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
            # Called from Java, which would change an exception that passes through it: the waiting call will raise it.
            try:
                handler(signalnum, frame)
            except BaseException as exception:
                from _pysockets.codes import raised

                raised.append(exception)

        return deliver

    def getsignal(signalnum, /):
        return handlers[signalnum] if signalnum in handlers else get_handler(signalnum)

    _signal.signal, _signal.getsignal = signal, getsignal
    # Where signal.py is not imported yet, it will copy from _signal.
    for module in {_signal, sys.modules.get("signal", _signal)}:
        module.set_wakeup_fd = wakeup.set_wakeup_fd

    if getsignal(_signal.SIGINT) is _signal.default_int_handler:
        signal(_signal.SIGINT, _signal.default_int_handler)


class Wakeup:
    """The descriptor to which the number of each signal with a handler is written, to wake a select or an event loop.

    GraalPy has the function, without effect. Here the number is written just before the handler runs.
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
        """Writes the number of a signal, if there is a descriptor for it."""
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
