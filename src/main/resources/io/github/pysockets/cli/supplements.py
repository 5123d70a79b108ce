"""Supplies what GraalPy lacks and well-known libraries of servers need. Evaluates to a function.

Nothing of it is read before it is needed: a finder has the names of the modules, and a text of each in the jar.
"""


def install(text, native):
    """Makes the modules importable.

    text: a function that gives the source of a module. native: the host object with the calls of the C library, or None
    where those of Linux cannot be called.
    """
    import sys
    from codecs import lookup_error, register_error
    from importlib.machinery import BuiltinImporter, ModuleSpec, SourceFileLoader

    names = {"encodings.charmap", "zlib", "zoneinfo._tzpath"}
    if native is not None:
        names |= {"grp", "syslog", "resource"}

    class Supplements:
        """Finder and loader."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            return ModuleSpec(name, Supplements, origin="<pysockets/%s>" % name) if name in names else None

        @staticmethod
        def create_module(spec):
            # Ours runs in the namespace of the interpreter's own module, if it has one, whose other functions stay.
            builtin = BuiltinImporter.find_spec(spec.name)
            return None if builtin is None else BuiltinImporter.create_module(builtin)

        @staticmethod
        def exec_module(module):
            module._native = native
            source = text(module.__name__)
            exec(compile(source, module.__spec__.origin, "exec", dont_inherit=True), module.__dict__)
            del module._native

    sys.meta_path.insert(0, Supplements)

    own_handler = lookup_error("surrogateescape")

    def surrogateescape(error):
        # GraalPy's handler is called for every run of such characters, each time with a copy of the whole text.
        if not isinstance(error, (UnicodeEncodeError, UnicodeDecodeError)) or len(error.object) < 512:
            return own_handler(error)
        return function("surrogates", "_escape")(error, own_handler)

    def source_to_code(self, data, path, *, _optimize=-1):
        if _optimize == -1:
            # GraalPy's compile takes the option -O for less than it is: assert statements would stay.
            _optimize = min(sys.flags.optimize, 2)
        try:
            return own_compile(self, data, path, _optimize=_optimize)
        except SyntaxError as error:
            if "unknown Unicode character name" not in str(error):
                raise
            source = function("character_names", "_without_names")(data)
            return own_compile(self, source, path, _optimize=_optimize)

    def function(name, of):
        if name not in loaded:
            loaded[name] = {}
            exec(compile(text(name), "<pysockets/%s>" % name, "exec", dont_inherit=True), loaded[name])
        return loaded[name][of]

    loaded = {}
    register_error("surrogateescape", surrogateescape)
    own_compile = SourceFileLoader.source_to_code
    SourceFileLoader.source_to_code = source_to_code


install
