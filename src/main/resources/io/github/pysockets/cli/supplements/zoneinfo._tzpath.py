"""Where the system's time zones are. GraalPy's sysconfig does not say, so zoneinfo would find none."""

import sys
import sysconfig
import zoneinfo
from importlib.machinery import PathFinder

if sysconfig.get_config_var("TZPATH") is None:
    sysconfig.get_config_vars()["TZPATH"] = ":".join(
        ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")
    )

# The rest is the standard library's own.
__spec__ = PathFinder.find_spec(__name__, zoneinfo.__path__)
__loader__, __file__ = __spec__.loader, __spec__.origin
__loader__.exec_module(sys.modules[__name__])
