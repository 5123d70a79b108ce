"""The system's log: see syslog(3)."""

import operator
import os
import sys

_native = _native  # noqa: F821  given by the loader, and taken away from the module afterwards
_open, _write, _close, _mask = _native.openlog, _native.syslog, _native.closelog, _native.setlogmask
_opened = False

LOG_EMERG, LOG_ALERT, LOG_CRIT, LOG_ERR, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG = range(8)
LOG_KERN, LOG_USER, LOG_MAIL, LOG_DAEMON, LOG_AUTH, LOG_SYSLOG, LOG_LPR, LOG_NEWS, LOG_UUCP, LOG_CRON, LOG_AUTHPRIV = (
    range(0, 88, 8)
)
LOG_LOCAL0, LOG_LOCAL1, LOG_LOCAL2, LOG_LOCAL3, LOG_LOCAL4, LOG_LOCAL5, LOG_LOCAL6, LOG_LOCAL7 = range(128, 192, 8)
LOG_PID, LOG_CONS, LOG_ODELAY, LOG_NDELAY, LOG_NOWAIT, LOG_PERROR = 1, 2, 4, 8, 16, 32


def _int(value):
    number = operator.index(value)
    if not -(2**31) <= number < 2**31:
        raise OverflowError("Python int too large to convert to C int")
    return number


def _latin(text, name):
    if not isinstance(text, str):
        raise TypeError(f"{name} must be str, not {type(text).__name__}")
    data = text.encode("utf-8")
    if b"\0" in data:
        raise ValueError("embedded null character")
    return data.decode("latin-1")


def openlog(ident=None, logoption=0, facility=LOG_USER):
    """Sets name, LOG_ options and facility for what is logged from here on: openlog(3)."""
    global _opened
    logoption, facility = _int(logoption), _int(facility)
    if ident is None:
        ident = os.path.basename(sys.argv[0]) if getattr(sys, "argv", None) else ""
    sys.audit("syslog.openlog", ident, logoption, facility)
    _open(_latin(ident, "openlog() argument 'ident'"), logoption, facility)
    _opened = True


def syslog(*args):
    """Logs a text, as LOG_INFO where no priority is given: syslog(3)."""
    if not 1 <= len(args) <= 2:
        raise TypeError("syslog.syslog requires 1 to 2 arguments")
    priority = _int(args[0]) if len(args) == 2 else LOG_INFO
    message = _latin(args[-1], f"syslog() argument {len(args)}")
    sys.audit("syslog.syslog", priority, args[-1])
    if not _opened:
        openlog()
    _write(priority, message)


def closelog():
    """Closes the connection to the logger, and forgets what openlog has set: closelog(3)."""
    global _opened
    sys.audit("syslog.closelog")
    if _opened:
        _close()
        _opened = False


def setlogmask(maskpri, /):
    """Sets which priorities are logged, 0 for no change. Gives the earlier mask: setlogmask(3)."""
    maskpri = _int(maskpri)
    sys.audit("syslog.setlogmask", maskpri)
    return _mask(maskpri)


def LOG_MASK(pri, /):
    """The bit of one priority in the mask of setlogmask."""
    return 1 << _int(pri)


def LOG_UPTO(pri, /):
    """The bits of a priority and all more urgent ones."""
    return (1 << (_int(pri) + 1)) - 1
