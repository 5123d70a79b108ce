"""What idle connections take of memory: of a JVM's heap, otherwise of the process's resident memory.

Of a JVM the resident memory tells little: the heap's pages stay with it once they were used, garbage or not.
"""

import gc

from implementation import is_on_jvm
from idling import idle_connections
from registry import Reading, optional, workload

STATUS = "/proc/self/status"
WARM_UP = 200


def _resident():
    with open(STATUS) as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    raise LookupError("no VmRSS in " + STATUS)


def _heap():
    java = optional("java")
    if hasattr(java, "type"):
        runtime = java.type("java.lang.Runtime").getRuntime()
    else:
        runtime = optional("java.lang").Runtime.getRuntime()
    return runtime.totalMemory() - runtime.freeMemory()


_used = _heap if is_on_jvm() else _resident


def _in_use():
    """Bytes: the least of some looks, each after garbage is collected."""
    looks = []
    for _ in range(4):
        gc.collect()
        looks.append(_used())
    return min(looks)


def _why_not():
    try:
        _used()
    except Exception as failure:
        return "the JVM does not tell of its heap here" if is_on_jvm() else str(failure)
    return None


@workload("idle-memory", lacks=_why_not(), note="of the JVM's heap" if is_on_jvm() else None)
def idle_memory(peer, parameter):
    """The parameter is the number of connections. They are made and looked at once; asking again gives the same figure.

    Memory that was used is seldom given back, so that what a second set of connections takes would not show. For the
    same reason the figure is useful only where the worker has done nothing else before.
    """
    with idle_connections(peer, WARM_UP):
        # What the first connections of all bring with them, such as compiled code, is no part of the others' cost.
        pass
    before = _in_use()
    with idle_connections(peer, parameter) as connections:
        figure = len(connections), max(0, _in_use() - before)
    yield Reading(lambda: figure)
