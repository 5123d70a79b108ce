"""A question to a context of GraalPy 25.0 before its first script runs."""


def opens_host_files():
    """Whether this context may open files, and they are the host's."""
    import os

    try:
        os.close(os.open("/proc/self/fd", os.O_RDONLY | os.O_CLOEXEC))
    except OSError:
        return False
    return True
