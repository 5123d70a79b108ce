"""The parts of `_socket`, `select`, `fcntl` and `_ssl`. The loader puts the host object for sockets here, as `calls`."""
