"""The name `ssl` of the socket module: a function there since Python 1.6, and none in Python 3."""


class _LegacySsl:
    """ssl(sock[, keyfile, certfile]): a TLS connection over a connected socket, as its client. It verifies nothing.

    keyfile, certfile: PEM files with the client's own key and certificate; both, or neither.
    Gives an object with the methods read([n]), write(s), server() and issuer(). Raises sslerror.
    """

    # After `import ssl`, a `from socket import *` puts this in that module's place. So it is that module too.

    __slots__ = ()

    def __call__(self, sock, keyfile=None, certfile=None):
        from _pysockets.legacy_ssl_connection import SSL

        return SSL(sock, keyfile, certfile)

    def __getattr__(self, name):
        # Code that looks through all names of a module asks for these. That is no reason to import the ssl module.
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_module(), name)

    def __setattr__(self, name, value):
        setattr(_module(), name, value)

    def __delattr__(self, name):
        delattr(_module(), name)

    def __dir__(self):
        return dir(_module())

    def __repr__(self):
        return "<function ssl of the socket module, and the module ssl>"


def _module():
    import ssl

    return ssl


ssl = _LegacySsl()
