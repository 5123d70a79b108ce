"""Says which Python runs this, 2.7 or 3: its implementation, its version, and with --tests the folder of its tests."""

import platform
import sys

if __name__ == "__main__":
    print(platform.python_implementation())
    print(platform.python_version())
    if "--tests" in sys.argv:
        import test

        print(test.__path__[0])
