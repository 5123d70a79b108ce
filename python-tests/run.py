"""Runs these tests in the Python that reads this file, CPython 3.12 or ./pysockets:

    python3.12 python-tests/run.py [OPTION]... [test_tcp | test_tcp.CLASS | test_tcp.CLASS.METHOD]...

Without a name all of them run. The options are those of `python -m unittest`, such as -v or -k PATTERN.

Each folder but `support` is put on sys.path, so a test module is imported by its own name. The folders must not become
packages: a package named socket here would hide the module that it tests. A folder that is none does not hide it.
"""

import pathlib
import sys
import unittest


def main(*arguments):
    here = pathlib.Path(__file__).resolve().parent
    files = sorted(here.glob("*/test_*.py"))
    sys.path[:0] = dict.fromkeys(str(file.parent) for file in files)
    before = ("", *arguments)
    if not any(word.startswith("test_") and last != "-k" for last, word in zip(before, arguments)):
        arguments += tuple(file.stem for file in files)
    unittest.main(module=None, argv=[sys.argv[0], *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
