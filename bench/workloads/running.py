"""Runs workloads in whole batches and takes the time of the batches alone."""

import importlib

import implementation
from registry import WORKLOADS, Driven, Reading

# A batch takes about this long, so that looking at the clock costs nothing and a run ends when it should.
SHORTEST = 0.01
LONGEST = 0.05

MODULES = (
    "calls",
    "round_trips",
    "bulk",
    "connecting",
    "files",
    "waiting",
    "echoing",
    "web",
    "secured",
    "memory",
)


def import_workloads():
    for name in MODULES:
        importlib.import_module(name)


class Runner(object):
    """Keeps the workload that was run last ready to go on."""

    def __init__(self, peer):
        self._peer = peer
        self._asked = None
        self._open = None
        self._workload = None
        self._count = 1

    def run(self, name, parameter, seconds):
        if self._asked != (name, parameter):
            self.close()
            opened = WORKLOADS[name](self._peer, parameter)
            self._workload = opened.__enter__()
            self._open = opened
            self._asked = (name, parameter)
            self._count = 1
        if isinstance(self._workload, Driven):
            return self._drive(seconds)
        if isinstance(self._workload, Reading):
            operations, carried = self._workload.read()
            return {"operations": operations, "bytes": carried, "wall": 0, "cpu": None}
        return self._repeat(seconds)

    def close(self):
        if self._open:
            opened, self._open, self._asked, self._workload = self._open, None, None, None
            opened.__exit__(None, None, None)

    def _drive(self, seconds):
        wall, cpu = implementation.wall(), implementation.cpu()
        operations = self._workload.drive(seconds)
        return _result(operations, 0, implementation.wall() - wall, _since(cpu))

    def _repeat(self, seconds):
        workload, operations, carried, wall, cpu = self._workload, 0, 0, 0.0, 0.0
        while wall < seconds:
            if workload.prepare:
                workload.prepare(self._count)
            cpu_before, before = implementation.cpu(), implementation.wall()
            done, bytes_done = workload.batch(self._count)
            taken = implementation.wall() - before
            wall += taken
            cpu = None if cpu_before is None else cpu + _since(cpu_before)
            operations += done
            carried += bytes_done
            self._adapt(taken)
        return _result(operations, carried, wall, cpu)

    def _adapt(self, taken):
        if taken < SHORTEST:
            self._count = min(self._count * 2, self._workload.most or self._count * 2)
        elif taken > LONGEST and self._count > 1:
            self._count //= 2


def _since(cpu):
    return None if cpu is None else implementation.cpu() - cpu


def _result(operations, carried, wall, cpu):
    return {"operations": operations, "bytes": carried, "wall": wall, "cpu": cpu}
