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

    if getsignal(_signal.SIGINT) is _signal.default_int_handler:
        signal(_signal.SIGINT, _signal.default_int_handler)


install
