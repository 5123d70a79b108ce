"""The host objects for TLS."""

from _pysockets.codes import checked as _checked
from _pysockets.host import calls as _socket_calls

connections = _checked(_socket_calls.tls())
contexts = _checked(connections.contexts())
materials = _checked(connections.materials())
