"""Has the calls that start a process raise PermissionError. Evaluates to a function.

Without it, GraalPy ends the program with an exception of Java that no Python code can catch.
"""


def install():
    import os
    import posix

    names = "system", "fork", "forkpty", "execv", "execve", "posix_spawn", "posix_spawnp", "spawnv", "spawnve"

    def refusing(name):
        def refuse(*args, **kwargs):
            raise PermissionError(13, "Permission denied: %s() where --allow-net does not name process" % name)

        refuse.__name__ = refuse.__qualname__ = name
        return refuse

    for name in names:
        for module in posix, os:
            if hasattr(module, name):
                setattr(module, name, refusing(name))


install
