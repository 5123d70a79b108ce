"""Source text with names of characters that GraalPy's parser does not know, the aliases of Unicode among them."""

import re
import unicodedata
from importlib.util import decode_source

_LITERAL = re.compile(
    r"""\#[^\n]*
    | (?P<prefix>[A-Za-z]{0,2})
      (?P<body>\"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3} | "(?:\\.|[^\\\n"])*" | '(?:\\.|[^\\\n'])*')""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:N\{([^{}]*)\}|.)", re.DOTALL)


def _without_names(source):
    """The text with characters by number in place of those by name. Lines keep their numbers."""
    text = source if isinstance(source, str) else decode_source(source)
    return _LITERAL.sub(_literal, text)


def _literal(match):
    prefix = match["prefix"]
    if prefix is None or "r" in prefix.lower() or "b" in prefix.lower():
        return match[0]
    return prefix + _ESCAPE.sub(_escape, match["body"])


def _escape(match):
    if match[1] is None:
        return match[0]
    try:
        return "\\U%08x" % ord(unicodedata.lookup(match[1]))
    except (KeyError, TypeError):
        return match[0]
