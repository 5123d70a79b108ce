"""ASN.1 objects: their OIDs, and OpenSSL's numbers (NID) and names for them."""

from _pysockets.arguments import as_int as _as_int
from _pysockets.codes import checked as _checked
from _pysockets.tls_host import materials as _materials

_by_number = _materials.objectByNumber
_by_text = _materials.objectByText

_SHOWN = 100


def txt2obj(txt, name=False):
    """(nid, short name, long name, oid) of an OID or, where `name` is true, also of a short or long name."""
    if not issubclass(type(txt), str):
        raise TypeError("txt2obj() argument 'txt' must be str, not %s" % _kind(txt))
    if "\0" in txt:
        raise ValueError("embedded null character")
    found = _checked(_by_text(txt, bool(name)))
    if found is not None:
        return found
    if _is_identifier(txt):
        raise ValueError("Unknown object")
    raise ValueError("unknown object '%s'" % txt[:_SHOWN])


def nid2obj(nid, /):
    """(nid, short name, long name, oid) of an OpenSSL number."""
    nid = _as_int(nid)
    if nid < 0:
        raise ValueError("NID must be positive.")
    found = _checked(_by_number(nid)) if nid else None
    if found is None:
        raise ValueError("unknown NID %d" % nid if nid else "Unknown object")
    return found


def _is_identifier(text):
    numbers = text.split(".")
    return len(numbers) > 1 and all(number.isascii() and number.isdigit() for number in numbers)


def _kind(value):
    return "None" if value is None else type(value).__name__
