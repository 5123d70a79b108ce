"""The host objects for TLS."""

from _pysockets.host import calls as _socket_calls

connections = _socket_calls.tls()
contexts = connections.contexts()
materials = connections.materials()
