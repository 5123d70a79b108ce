"""The parts of `_socket`, `select`, `fcntl` and `_ssl`.

`exports` is the host object whose functions they call: the loader puts it here.
"""
