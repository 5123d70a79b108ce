"""Runs the workloads of the benchmark that Python can do, when it is asked to.

    worker.py TCPHOST TCPPORT UNIXPATH UDPPORT CERTFILE

The arguments are the line that the peer prints. Everything else goes by lines on standard input and output; those that
this program prints are JSON. It says first what it is and what it can do:

    {"hello": "CPython 3.12.1", "workloads": ["call-cost", ...], "missing": {"epoll": "why"}}

Then it is told what to do, and answers each line by one. A note is there where this Python does another thing.

    run WORKLOAD SECONDS [PARAMETER]    {"workload": ..., "parameter": ..., "operations": N, "bytes": N,
                                         "wall": seconds, "cpu": seconds or null, "note": "..."},
                                        or {"workload": ..., "error": "why"}
    close WORKLOAD                      {"closed": WORKLOAD}
    quit

It runs under Python 2.7 as well, for Jython, and under any Python 3.
"""

import json
import os
import sys
import traceback

# Jython would leave a compiled file next to each module.
sys.dont_write_bytecode = True

# An embedded Python does not look for modules in the folder of the script.
sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))

import limits  # noqa: E402
import running  # noqa: E402
from implementation import python_name  # noqa: E402
from peering import Peer  # noqa: E402
from registry import MISSING, NOTES, WORKLOADS  # noqa: E402


def say(answer):
    sys.stdout.write(json.dumps(answer, separators=(",", ":"), sort_keys=True) + "\n")
    sys.stdout.flush()


def run(runner, name, seconds, parameter=None):
    answer = {"workload": name, "parameter": parameter}
    try:
        if name not in WORKLOADS:
            raise ValueError(MISSING.get(name, "unknown workload"))
        answer.update(runner.run(name, parameter, seconds))
        if name in NOTES:
            answer["note"] = NOTES[name]
    except Exception as failure:
        traceback.print_exc()
        answer["error"] = "%s: %s" % (type(failure).__name__, failure)
        close(runner)
    say(answer)


def close(runner):
    """Ends the workload that was run last. A failure at that is none of the next one's."""
    try:
        runner.close()
    except Exception:
        traceback.print_exc()


def main(arguments):
    limits.raise_descriptors()
    running.import_workloads()
    runner = running.Runner(Peer(*arguments))
    say({"hello": python_name(), "workloads": sorted(WORKLOADS), "missing": MISSING})
    while True:
        words = sys.stdin.readline().split()
        if words[:1] == ["run"]:
            run(runner, words[1], float(words[2]), *[int(word) for word in words[3:]])
        elif words[:1] == ["close"]:
            close(runner)
            say({"closed": words[1]})
        else:
            break
    close(runner)


if __name__ == "__main__":
    main(sys.argv[1:])
