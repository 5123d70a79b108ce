"""Arguments as C takes them: which values stand for a C int, a size or a buffer, and the errors for all others."""

from operator import index

_INT_MAX = 0x7FFF_FFFF
_INT_MIN = -0x8000_0000
_LONG_MAX = 0x7FFF_FFFF_FFFF_FFFF
_LONG_MIN = -0x8000_0000_0000_0000


def c_int(value):
    """A C int (format unit "i")."""
    value = int(index(value))
    if _INT_MIN <= value <= _INT_MAX:
        return value
    if value > _LONG_MAX or value < _LONG_MIN:
        raise OverflowError("Python int too large to convert to C long")
    raise OverflowError(
        "signed integer is greater than maximum" if value > 0 else "signed integer is less than minimum"
    )


def positional(function, args, keywords, least, most):
    """Refuses a wrong number of arguments, and keywords where C takes none."""
    if keywords:
        raise TypeError("%s() takes no keyword arguments" % function)
    given = len(args)
    if least <= given <= most:
        return args
    if least == most:
        bound, limit = "exactly", most
    elif given < least:
        bound, limit = "at least", least
    else:
        bound, limit = "at most", most
    raise TypeError(
        "%s() takes %s %d argument%s (%d given)" % (function, bound, limit, "" if limit == 1 else "s", given)
    )


def as_int(value):
    """A C int, for the calls of CPython that have another message for a value that does not fit."""
    value = int(index(value))
    if not _INT_MIN <= value <= _INT_MAX:
        raise OverflowError("Python int too large to convert to C int")
    return value


def c_size(value):
    """A C ssize_t (format unit "n")."""
    value = int(index(value))
    if value > _LONG_MAX or value < _LONG_MIN:
        raise OverflowError("Python int too large to convert to C ssize_t")
    return value


def c_unsigned(value, bits=32):
    """An unsigned C number (format units "I", "k", "K", "B"). Its range is not checked: the low bits count."""
    return int(index(value)) & ((1 << bits) - 1)


def descriptor(value):
    """A descriptor number: an int, or what has a fileno() method."""
    if issubclass(type(value), int):
        return descriptor_number(value)
    try:
        fileno = value.fileno
    except AttributeError:
        raise TypeError("argument must be an int, or have a fileno() method.") from None
    return descriptor_number(fileno())


def descriptor_number(number):
    """A number that fileno() has given, if a descriptor can have it."""
    if not issubclass(type(number), int):
        raise TypeError("fileno() returned a non-integer")
    number = as_int(number)
    if number < 0:
        raise ValueError("file descriptor cannot be a negative integer (%s)" % number)
    return number


def bytes_like(data):
    """`data` as bytes or a memoryview with one-byte items, whose length is the number of bytes."""
    if type(data) is bytes:
        return data
    try:
        view = memoryview(data)
    except TypeError:
        raise TypeError("a bytes-like object is required, not '%s'" % type(data).__name__) from None
    if not view.c_contiguous:
        raise BufferError("memoryview: underlying buffer is not C-contiguous")
    return view.cast("B") if view.format != "B" or view.ndim != 1 else view


def writable(buffer, function, position=1):
    """`buffer` as a memoryview of bytes to write to. `function` and `position` are for the error."""
    try:
        view = memoryview(buffer)
        refused = view.readonly or not view.c_contiguous
    except (TypeError, ValueError):
        refused = True
    if refused:
        kind = "None" if buffer is None else type(buffer).__name__
        raise TypeError(
            "%s() argument %d must be read-write bytes-like object, not %s" % (function, position, kind)
        )
    return view.cast("B") if view.format != "B" or view.ndim != 1 else view


def latin1(data):
    """Bytes as a str in which each char is a byte: the form in which few bytes cross to the host fastest."""
    return bytes(data).decode("latin-1")


def string(value, function, position):
    """A str argument (format unit "s"): its UTF-8 bytes as `latin1` gives them."""
    if not issubclass(type(value), str):
        kind = "None" if value is None else type(value).__name__
        raise TypeError("%s() argument %d must be str, not %s" % (function, position, kind))
    if "\0" in value:
        raise ValueError("embedded null character")
    return latin1(value.encode())
