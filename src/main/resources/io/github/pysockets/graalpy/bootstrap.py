"""Puts the Python side of PySockets into an interpreter: a finder of the modules in the jar."""


def makers(has_views):
    """The functions by which the host makes Python values: of tuples, of bytes, of a path, and of an unsigned int.

    Those of tuples get a number as their last argument, which means nothing. GraalPy looks whether the last argument
    that a host gives is made of keywords, and a look at a Python object takes longer than all the rest of the call.

    has_views: whether this interpreter can make a memoryview of a host buffer.
    """

    def fallback(buffer):
        from _pysockets.buffer_views import view

        return view(buffer)

    view = memoryview if has_views else fallback

    def make_tuple(*items):
        return items[:-1]

    def make_pair(first, second, _):
        return first, second

    def make_triple(first, second, third, _):
        return first, second, third

    def make_bytes(buffer):
        return bytes(view(buffer)[:])

    def make_path(buffer):
        return bytes(view(buffer)[:]).decode("utf-8", "surrogateescape")

    def make_unsigned(bits):
        return bits & 0xFFFF_FFFF_FFFF_FFFF

    return make_tuple, make_pair, make_triple, make_bytes, make_path, make_unsigned


PATCHED = ("socket", "subprocess", "multiprocessing.connection", "asyncio.selector_events", "asyncio.streams",
           "asyncio.unix_events")
"""Modules of the standard library that something is changed in once they are imported."""


def install(exports, sources, probe):
    """Makes `_socket`, `select` and `_ssl` importable, and extends `fcntl`.

    exports: the host object whose functions the modules call.
    sources: host object with has(name), text(name) and beginning(name), for modules of ours.
    probe: host object with buffer(), keep(value) and keeps(), to find out what this context may do.

    Returns None, or a word that says why it cannot.
    """
    import sys

    try:
        memoryview(probe.buffer())
    except TypeError:
        # GraalPy 25.0 cannot in any context, and has a replacement: see memoryview_fallback.
        if sys.implementation.version >= (25, 1):
            return "buffers"
    probe.keep([])
    if not probe.keeps():
        return "scoped"

    from _imp import create_builtin
    from importlib._bootstrap import module_from_spec
    from importlib.machinery import BuiltinImporter, ModuleSpec

    def code(spec):
        begin = sources.beginning(spec.name)
        if begin is not None:
            try:
                begin()
            except KeyError as end:
                # All contexts of the engine share this code.
                return end.__traceback__.tb_next.tb_frame.f_code
        return compile(sources.text(spec.name), spec.origin, "exec", dont_inherit=True)

    def is_absent(name):
        from _pysockets.constants import ABSENT

        return name in ABSENT

    class JarModules:
        """Finder, loader and source of the modules in the jar."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            if name in PATCHED:
                return patched_spec(name, path, target)
            if name not in ("_socket", "select", "fcntl", "_ssl", "pysockets") and not name.startswith("_pysockets"):
                return None
            if not sources.has(name) or name == "fcntl" and is_absent(name):
                return None
            return ModuleSpec(name, JarModules, origin="<%s>" % name, is_package=name == "_pysockets")

        @staticmethod
        def create_module(spec):
            # Ours runs in the namespace of the interpreter's own module, whose other functions stay.
            builtin = BuiltinImporter.find_spec(spec.name) if spec.name == "fcntl" else None
            return None if builtin is None else create_builtin(builtin)

        @staticmethod
        def exec_module(module):
            exec(code(module.__spec__), module.__dict__)

        @staticmethod
        def get_source(name):
            return sources.text(name)

    class Patching:
        """Loads a module of the standard library, then applies our patch for it."""

        def __init__(self, loader):
            self.loader = loader

        def create_module(self, spec):
            return self.loader.create_module(spec)

        def exec_module(self, module):
            module.__spec__.loader = module.__loader__ = self.loader
            self.loader.exec_module(module)
            name = "_pysockets.patch_" + module.__name__.replace(".", "_")
            __import__(name)
            sys.modules[name].apply(module)

    def patched_spec(name, path, target):
        for finder in sys.meta_path:
            if finder is not JarModules:
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    spec.loader = Patching(spec.loader)
                    return spec
        return None

    package = module_from_spec(JarModules.find_spec("_pysockets"))
    package.exports = exports
    # Of two threads that install at once, one gets its package in.
    if sys.modules.setdefault("_pysockets", package) is not package:
        return "installed"
    sys.meta_path.insert(0, JarModules)
    obstacle = "imported"
    try:
        # Only checked now that imports would find ours, so that no other module can get in between.
        if sys.modules.keys().isdisjoint(("_socket", "select", "_ssl")):
            JarModules.exec_module(package)
            if exports.descriptors().base() == 0:
                from _pysockets import os_names

                os_names.announce()
            if exports.clock() is not None:
                from _pysockets import clock

                clock.apply()
            obstacle = None
    finally:
        if obstacle is not None:
            sys.meta_path.remove(JarModules)
            del sys.modules["_pysockets"]
    return obstacle
