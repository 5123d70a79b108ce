"""The host objects for TLS."""

from _pysockets.codes import checked as _checked
from _pysockets.host import exports as _exports

connections = _checked(_exports.tls())
contexts = _checked(connections.contexts())
materials = _checked(connections.materials())
