"""The exceptions of the ssl module. Imported by `import socket` too, so kept small."""


class SSLError(OSError):
    """A failure of TLS. `library` and `reason` are OpenSSL's names for it; None where OpenSSL has none."""

    def __str__(self):
        text = self.strerror
        return text if issubclass(type(text), str) else str(self.args)


class SSLZeroReturnError(SSLError):
    """The other side has ended the connection properly."""


class SSLWantReadError(SSLError):
    """The call would have to wait until there is more to read."""


class SSLWantWriteError(SSLError):
    """The call would have to wait until more can be written."""


class SSLSyscallError(SSLError):
    """A call of the operating system failed."""


class SSLEOFError(SSLError):
    """The connection ended without notice from the other side."""


class SSLCertVerificationError(SSLError, ValueError):
    """The other side's certificate is not accepted. `verify_code` and `verify_message` say why."""


for _error in (
    SSLError,
    SSLZeroReturnError,
    SSLWantReadError,
    SSLWantWriteError,
    SSLSyscallError,
    SSLEOFError,
    SSLCertVerificationError,
):
    _error.__module__ = "ssl"
del _error
