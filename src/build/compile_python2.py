"""Compiles Python 2.7 modules to classes of Jython: python SOURCES TARGET.

Each SOURCES/x.py becomes TARGET/x$py.class. Jython's own compileall would write the time of the source into the class,
and the same sources would not give the same jar.
"""

import os
import sys

from java.io import FileInputStream, FileOutputStream
from org.python.core import imp

sources, target = sys.argv[1:]
for name in sorted(os.listdir(sources)):
    if name.endswith(".py"):
        module = name[:-3]
        shown = "io/github/pysockets/jython/" + name
        text = FileInputStream(os.path.join(sources, name))
        try:
            compiled = imp.compileSource(module, text, shown, imp.NO_MTIME)
        finally:
            text.close()
        out = FileOutputStream(os.path.join(target, module + "$py.class"))
        try:
            out.write(compiled)
        finally:
            out.close()
