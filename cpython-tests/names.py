"""Names of cases: MODULE.CLASS.METHOD, where MODULE may be in a package, as test_asyncio.test_events is."""


def module_of(name):
    """The module of a case, a class or a module, each by its name.

    Modules and packages of CPython's tests begin with "test_", and their classes do not.
    """
    parts = name.split(".")
    count = next((count for count, part in enumerate(parts) if not part.startswith("test_")), len(parts))
    return ".".join(parts[:max(count, 1)])


def is_module(name):
    """Whether a name is a module's, and neither a class's nor a case's."""
    return module_of(name) == name
