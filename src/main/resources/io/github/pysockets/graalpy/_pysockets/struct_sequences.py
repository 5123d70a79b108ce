"""Types like those that C makes of a struct: tuples whose items have names."""

from operator import itemgetter


def struct_sequence(name, doc, *fields):
    """A type of `os` whose objects are made of a sequence of as many items as there are fields."""
    size = len(fields)
    full_name = "posix." + name

    def __new__(cls, sequence, dict=None):
        items = tuple(sequence)
        if len(items) != size:
            raise TypeError("%s() takes a %d-sequence (%d-sequence given)" % (full_name, size, len(items)))
        return tuple.__new__(cls, items)

    def __repr__(self):
        return "%s(%s)" % (full_name, ", ".join("%s=%r" % pair for pair in zip(fields, self)))

    def __reduce__(self):
        return type(self), (tuple(self), {})

    names = {field: property(itemgetter(at)) for at, field in enumerate(fields)}
    names.update(
        __new__=__new__,
        __repr__=__repr__,
        __reduce__=__reduce__,
        __doc__=doc,
        __module__="posix",
        __slots__=(),
        __match_args__=fields,
        n_fields=size,
        n_sequence_fields=size,
        n_unnamed_fields=0,
    )
    return type(name, (tuple,), names)
