"""Puts the Python side of PySockets into an interpreter: modules that are imported from the jar, each when it is first asked for."""


def install(calls, sources, probe):
    """Makes `_socket`, `select` and `_ssl` importable, and extends `fcntl`.

    calls: the host object that socket calls go to.
    sources: host object; text(name) is the text of a module of ours, or None where the name is not ours.
    probe: a host buffer, to find out whether this context may read one.

    Returns None, or a word that says what stands in the way.
    """
    import sys

    if "_pysockets" in sys.modules:
        return "installed"
    if not sys.modules.keys().isdisjoint(("_socket", "select", "_ssl")):
        return "imported"
    try:
        memoryview(probe)
    except TypeError:
        # GraalPy 25.0 cannot in any context, and does without: see host_views.
        if sys.implementation.version >= (25, 1):
            return "buffers"

    from _imp import create_builtin
    from importlib.machinery import BuiltinImporter, ModuleSpec

    class JarModules:
        """Finder, loader and source of the modules in the jar."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            if name not in ("_socket", "select", "fcntl", "_ssl") and not name.startswith("_pysockets"):
                return None
            text = sources.text(name)
            if text is None:
                return None
            spec = ModuleSpec(name, JarModules, origin="<%s>" % name, is_package=name == "_pysockets")
            spec.loader_state = text
            return spec

        @staticmethod
        def create_module(spec):
            # What has a module of the interpreter's to build on is run in that one.
            builtin = BuiltinImporter.find_spec(spec.name) if spec.name == "fcntl" else None
            return None if builtin is None else create_builtin(builtin)

        @staticmethod
        def exec_module(module):
            spec = module.__spec__
            code = compile(spec.loader_state, spec.origin, "exec", dont_inherit=True)
            spec.loader_state = None
            exec(code, module.__dict__)

        @staticmethod
        def get_source(name):
            return sources.text(name)

    sys.meta_path.insert(0, JarModules)
    import _pysockets

    _pysockets.calls = calls
    return None
