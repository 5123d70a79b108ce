"""Runs a script as __main__, with its output put aside. Evaluates to a function."""

import contextlib
import io
import runpy
import sys
import traceback


def run(path):
    """Gives (exit status, standard output, standard error)."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    arguments, sys.argv = sys.argv, [path]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            runpy.run_path(path, run_name="__main__")
    except SystemExit as ending:
        status = ending.code or 0
    except BaseException:
        status = 1
        err.write(traceback.format_exc())
    finally:
        sys.argv = arguments
    return status, out.getvalue(), err.getvalue()


run
