"""Runs a program the way the python command does. Evaluates to an object with the steps that ScriptRunner calls.

    prepare  makes `sys` and `__main__` ready and returns a callable that runs the program
    failed   reports what the program raised and returns the exit status
    inspect  is a dialog with what the program left, if `inspects` says that there is one
    finish   does what is due when the main thread has ended, and returns the final exit status
"""

import builtins
import functools
import importlib.machinery
import io
import operator
import os
import sys


class Launch:
    """The steps. The other methods are the kinds of program: each returns a callable that runs one."""

    interrupted = False
    """Whether the program ended by a KeyboardInterrupt that it did not catch."""

    skips_line = False
    inspected = False

    def prepare(
        self,
        kind,
        text,
        command_line,
        implementation_options,
        flags=(),
        skips_line=False,
        handles_faults=False,
        reserved="",
    ):
        """Makes `sys` and `__main__` ready, and returns a callable that runs the program.

        kind: the name of the method for the program. text: what the command line gives of it.
        flags: the items of sys.flags. skips_line: whether -x was given. handles_faults: whether python would
        have called faulthandler.enable(). reserved: the descriptors that were kept from the JVM for the program.
        """
        sys.orig_argv = list(command_line)
        sys._xoptions = dict(map(implementation_option, implementation_options))
        if flags:
            set_flags(flags)
        self.skips_line = skips_line
        if handles_faults:
            import faulthandler

            faulthandler.enable()
        for fd in reserved.split():
            os.close(int(fd))
        self.main = main = sys.modules["__main__"]
        main.__builtins__ = builtins
        return getattr(self, kind)(main, text)

    def script(self, main, path):
        """A Python file, or what `container` takes."""
        path = os.path.abspath(path)
        if os.path.isdir(path):
            return self.container(path)
        try:
            with open(path, "rb") as file:
                source = file.read()
        except OSError as error:
            say(f"{sys.executable}: can't open file {path!r}: [Errno {error.errno}] {error.strerror}")
            raise SystemExit(2) from None
        if ends_like_zip(source):
            return self.container(path)
        first_on_path(os.path.dirname(os.path.realpath(path)))
        if self.skips_line:
            # The line's end stays, so that the others keep their numbers.
            source = source[max(source.find(b"\n"), 0) :]
        main.__file__ = path
        main.__cached__ = None
        main.__loader__ = importlib.machinery.SourceFileLoader("__main__", path)
        return runner(main, source, path)

    def container(self, path):
        """A folder or zip archive with a __main__.py."""
        import runpy

        first_on_path(path, always=True)
        return functools.partial(runpy._run_module_as_main, "__main__", False)

    def code(self, main, text):
        """The text behind -c."""
        first_on_path("")
        return runner(main, text + "\n", "<string>")

    def module(self, main, name):
        """A module or package."""
        import runpy

        first_on_path(os.getcwd())
        return functools.partial(runpy._run_module_as_main, name)

    def stdin(self, main, text):
        """What standard input gives: a dialog at a terminal, otherwise a program."""
        first_on_path("")
        if is_dialog():
            banner = "" if sys.flags.quiet else None
            return functools.partial(dialog, main, banner)
        return runner(main, sys.stdin.buffer.read() if sys.stdin is not None else b"", "<stdin>")

    def inspects(self):
        """Whether a dialog follows the program. A program may ask for it by a variable."""
        wanted = sys.flags.inspect or (os.environ.get("PYTHONINSPECT") and not sys.flags.ignore_environment)
        return bool(wanted) and not self.inspected and is_dialog()

    def inspect(self):
        """The dialog after the program."""
        self.interrupted, self.inspected = False, True
        return functools.partial(dialog, self.main, "")

    def failed(self, error):
        """Reports what the program raised, and returns the exit status."""
        if isinstance(error, SystemExit) and not self.inspects():
            return exit_status(error.code)
        sys.last_exc = error
        sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__
        try:
            flush(sys.stdout)
            sys.excepthook(type(error), error, error.__traceback__)
        except SystemExit as ending:
            return exit_status(ending.code)
        except BaseException as second:
            say("Error in sys.excepthook:")
            sys.__excepthook__(type(second), second, second.__traceback__)
            say("\nOriginal exception was:")
            sys.__excepthook__(type(error), error, error.__traceback__)
        self.interrupted = isinstance(error, KeyboardInterrupt)
        return 130 if self.interrupted else 1

    def finish(self, status):
        """Waits for threads, runs exit functions, flushes. Returns the exit status: `status`, or 120 on failure."""
        threading = sys.modules.get("threading")
        if threading is not None:
            report_of(threading._shutdown, threading)
        import atexit

        report_of(atexit._run_exitfuncs, atexit)
        written = [flush(stream) for stream in (sys.stdout, sys.stderr)]
        return status if all(written) else 120


def set_flags(values):
    """Makes sys.flags those of the command line: GraalPy's own are few, and of a type that makes no more."""
    names = tuple(
        "debug inspect interactive optimize dont_write_bytecode no_user_site no_site ignore_environment verbose"
        " bytes_warning quiet hash_randomization isolated dev_mode utf8_mode warn_default_encoding safe_path"
        " int_max_str_digits".split()
    )

    def fixed(*args, **keywords):
        raise TypeError("cannot create 'sys.flags' instances")

    def shown(self):
        return "sys.flags(%s)" % ", ".join("%s=%r" % item for item in zip(names, self))

    body = {name: property(operator.itemgetter(index)) for index, name in enumerate(names)}
    body.update(
        __slots__=(),
        __repr__=shown,
        __module__="sys",
        __match_args__=names,
        n_fields=len(names),
        n_sequence_fields=len(names),
        n_unnamed_fields=0,
    )
    flags = type("flags", (tuple,), body)
    sys.flags = flags(values)
    flags.__new__ = fixed


def is_dialog():
    """Whether standard input is a dialog: a terminal, or whatever else where -i says so."""
    return bool(sys.flags.interactive) or (sys.stdin is not None and sys.stdin.isatty())


def dialog(main, banner):
    """A dialog in the namespace of `main`."""
    import code

    try:
        import readline  # noqa: F401  gives the prompt its line editing
    except ImportError:
        pass
    code.interact(banner, local=main.__dict__, exitmsg="")


def first_on_path(entry, always=False):
    """Makes the program's folder the first entry of sys.path, in place of the one that GraalPy has guessed."""
    if not (sys.flags.safe_path or sys.flags.isolated):
        sys.path[0] = entry
    elif always:
        sys.path.insert(0, entry)


def implementation_option(text):
    """An item of sys._xoptions for the value of one -X."""
    name, equals, value = text.partition("=")
    return name, value if equals else True


def runner(main, source, name):
    """A callable that runs source code as `__main__`. `name` is the file's, for tracebacks."""
    code = importlib.machinery.SourceFileLoader.source_to_code(None, source, name)
    return functools.partial(exec, code, main.__dict__)


def ends_like_zip(content):
    """Whether the end record of a zip archive is where it has to be: within the last 66 KB."""
    if b"PK\5\6" not in content[-66_000:]:
        return False
    import zipfile

    return zipfile.is_zipfile(io.BytesIO(content))


def exit_status(code):
    """The exit status for the argument of sys.exit(); prints one that is neither None nor an int."""
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF if -(2**31) <= code < 2**31 else 0xFF
    flush(sys.stdout)
    say(code)
    return 1


def say(text):
    """Prints to standard error, if there is one that works: a failure to do so could be reported nowhere."""
    try:
        print(text, file=sys.stderr or io.StringIO())
    except (OSError, ValueError):
        pass


def report_of(step, owner):
    """Calls a step of the shutdown. What it raises is shown and changes nothing, as when python ends."""
    try:
        step()
    except BaseException as error:
        say(f"Exception ignored in: {owner!r}")
        sys.__excepthook__(type(error), error, error.__traceback__)


def flush(stream):
    """Flushes a stream. Reports a failure, but of standard error, and returns whether there was none."""
    try:
        if stream is not None and not stream.closed:
            stream.flush()
    except BaseException as error:
        if stream is not sys.stderr:
            report_of(functools.partial(reraise, error), stream)
        return False
    return True


def reraise(error):
    """Raises, for where an expression is needed."""
    raise error


Launch()
