"""Runs these tests in the Python 2.7 that reads this file, CPython or ./pysockets --jython:

    python2.7 python-tests/python2/run.py [OPTION]... [test_tcp | test_tcp.CLASS | test_tcp.CLASS.METHOD]...

Without a name all of them run. The options are those of `python -m unittest`, such as -v.

Each folder but `support` is put on sys.path, so a test module is imported by its own name, as in ../run.py.
"""

import glob
import os
import sys
import unittest
import warnings


def main(*arguments):
    # A folder of the name of a module is no package here, and is not in its way.
    warnings.filterwarnings("ignore", "Not importing directory", ImportWarning)
    sys.dont_write_bytecode = True
    here = os.path.dirname(os.path.abspath(__file__))
    files = sorted(glob.glob(os.path.join(here, "*", "test_*.py")))
    sys.path[:0] = sorted(set(os.path.dirname(each) for each in files))
    if not any(word.startswith("test_") for word in arguments):
        arguments += tuple(os.path.splitext(os.path.basename(each))[0] for each in files)
    unittest.main(module=None, argv=[sys.argv[0]] + list(arguments))


if __name__ == "__main__":
    main(*sys.argv[1:])
