"""Identifiers of threads as CPython has them. Evaluates to a function; see the Java class PythonThreads.

GraalPy counts its threads: 3, 31, ... Here `get_ident` gives the pthread_t, and `get_native_id` the kernel's
identifier, because programs pass them to functions of C by ctypes, and to pthread_kill.
"""


def install(threads):
    """Makes the functions of `_thread` and `sys` those of this file. The argument has the methods of PythonThreads.

    Returns the function that sends a signal to a thread.
    """
    import _thread
    import sys

    known_ident, known_start, allocate_lock = _thread.get_ident, _thread.start_new_thread, _thread.allocate_lock
    idents = {}
    """The identifiers of threads, by those that GraalPy has for them."""

    def get_ident():
        """The C library's identifier of this thread, its pthread_t: pthread_self(3)."""
        try:
            return idents[known_ident()]
        except KeyError:
            return idents.setdefault(known_ident(), threads.identify())

    def get_native_id():
        """The kernel's number of this thread: gettid(2)."""
        return threads.native_id()

    def start_new_thread(function, args, kwargs={}, /):
        """Runs a function in a thread of its own. Gives the thread's identifier."""
        if not callable(function):
            raise TypeError("first arg must be callable")
        if not isinstance(args, tuple):
            raise TypeError("2nd arg must be a tuple")
        if not isinstance(kwargs, dict):
            raise TypeError("optional 3rd arg must be a dictionary")
        started = allocate_lock()
        started.acquire()
        made = []

        def run():
            known = known_ident()
            try:
                try:
                    made.append(threads.start())
                    idents[known] = made[0]
                finally:
                    started.release()
                function(*args, **kwargs)
            except SystemExit:
                pass
            except BaseException as error:
                report(function, error)
            finally:
                idents.pop(known, None)
                threads.end()

        known_start(run, ())
        started.acquire()
        return made[0]

    def report(function, error):
        # As in CPython, the traceback begins where the thread does.
        traceback = error.__traceback__ and error.__traceback__.tb_next
        message = "Exception ignored in thread started by"
        sys.unraisablehook(sys.UnraisableHookArgs((type(error), error, traceback, message, function)))

    known_frames = sys._current_frames

    def _current_frames():
        """The current frame of each thread, by the thread's identifier."""
        frames = {idents.get(known, known): frame for known, frame in known_frames().items() if frame}
        frames[get_ident()] = sys._getframe(1)
        return frames

    for function in get_ident, get_native_id, start_new_thread:
        put(_thread, function)
    _thread.start_new = start_new_thread
    put(sys, _current_frames)
    locks = _thread.LockType, _thread.RLock
    threads.keep_deadlines(*(getattr(lock, name) for lock in locks for name in ("acquire", "acquire_lock")))
    return threads.kill


def put(module, function):
    """Makes a function one of a module, as those written in C are."""
    function.__module__ = module.__name__
    function.__qualname__ = function.__name__
    setattr(module, function.__name__, function)


install
