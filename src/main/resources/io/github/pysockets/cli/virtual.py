"""Prepares a script for a network in memory. Evaluates to a function; see the Java class HostProgram."""


def prepare(seed, host):
    """Makes the chance that a script takes from `random` part of the run: the same seed gives the same run.

    seed: that of the network. host: the name of the script's host, so that each has other numbers.
    """
    import random

    random.seed("%d %s" % (seed, host))


prepare
