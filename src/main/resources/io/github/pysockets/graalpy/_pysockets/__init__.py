"""The parts of `_socket`, and the host objects that it calls."""
