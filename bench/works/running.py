"""Runs works in whole batches and takes the time of the batches alone."""

import importlib

import implementation
from registry import WORKS, Driven, Reading

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


def import_works():
    for name in MODULES:
        importlib.import_module(name)


class Runner(object):
    """Keeps the work that was run last ready to go on."""

    def __init__(self, peer):
        self._peer = peer
        self._asked = None
        self._open = None
        self._work = None
        self._count = 1

    def run(self, name, parameter, seconds):
        if self._asked != (name, parameter):
            self.close()
            opened = WORKS[name](self._peer, parameter)
            self._work = opened.__enter__()
            self._open = opened
            self._asked = (name, parameter)
            self._count = 1
        if isinstance(self._work, Driven):
            return self._drive(seconds)
        if isinstance(self._work, Reading):
            operations, octets = self._work.read()
            return {"operations": operations, "bytes": octets, "wall": 0, "cpu": None}
        return self._repeat(seconds)

    def close(self):
        if self._open:
            opened, self._open, self._asked, self._work = self._open, None, None, None
            opened.__exit__(None, None, None)

    def _drive(self, seconds):
        wall, cpu = implementation.wall(), implementation.cpu()
        operations = self._work.drive(seconds)
        return _result(operations, 0, implementation.wall() - wall, _since(cpu))

    def _repeat(self, seconds):
        work, operations, octets, wall, cpu = self._work, 0, 0, 0.0, 0.0
        while wall < seconds:
            if work.prepare:
                work.prepare(self._count)
            cpu_before, before = implementation.cpu(), implementation.wall()
            done, carried = work.batch(self._count)
            taken = implementation.wall() - before
            wall += taken
            cpu = None if cpu_before is None else cpu + _since(cpu_before)
            operations += done
            octets += carried
            self._adapt(taken)
        return _result(operations, octets, wall, cpu)

    def _adapt(self, taken):
        if taken < SHORTEST:
            self._count = min(self._count * 2, self._work.most or self._count * 2)
        elif taken > LONGEST and self._count > 1:
            self._count //= 2


def _since(cpu):
    return None if cpu is None else implementation.cpu() - cpu


def _result(operations, octets, wall, cpu):
    return {"operations": operations, "bytes": octets, "wall": wall, "cpu": cpu}
