"""The parts of `_socket`, `select`, `fcntl` and `_ssl`.

`calls` is the host object for sockets: the loader puts it here.
"""
