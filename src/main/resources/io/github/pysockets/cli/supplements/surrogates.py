"""The error handler "surrogateescape" for long texts: one call does all that is left of the text."""

import re

_FIRST, _LAST = "\udc80", "\udcff"
_CHARACTERS = [chr(byte if byte < 0x80 else 0xDC00 + byte) for byte in range(256)]
_BYTES = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}

_NOT_ASCII = re.compile(f"[^\0-\x7f{_FIRST}-{_LAST}]")
_OTHER_SURROGATE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_ESCAPES = re.compile(f"([{_FIRST}-{_LAST}]+)")

_VALID_UTF_8 = re.compile(
    rb"(?:[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)


def _escape(error, own_handler):
    encoding = error.encoding.lower().replace("_", "-")
    functions = _DECODERS if isinstance(error, UnicodeDecodeError) else _ENCODERS
    if encoding not in functions:
        return own_handler(error)
    result, length = functions[encoding](error.object[error.start :])
    return (result, error.start + length) if length else own_handler(error)


def _from_ascii(data):
    return "".join(map(_CHARACTERS.__getitem__, data)), len(data)


def _from_utf_8(data):
    parts, at = [], 0
    for match in _VALID_UTF_8.finditer(data):
        parts.extend(map(_CHARACTERS.__getitem__, data[at : match.start()]))
        parts.append(match.group().decode("utf-8"))
        at = match.end()
    parts.extend(map(_CHARACTERS.__getitem__, data[at:]))
    return "".join(parts), len(data)


def _to_ascii(text):
    text = _before(_NOT_ASCII, text)
    return text.translate(_BYTES).encode("latin-1"), len(text)


def _to_utf_8(text):
    text = _before(_OTHER_SURROGATE, text)
    parts = _ESCAPES.split(text)
    for index, part in enumerate(parts):
        parts[index] = part.translate(_BYTES).encode("latin-1") if index % 2 else part.encode("utf-8")
    return b"".join(parts), len(text)


def _before(pattern, text):
    """The text up to a character that cannot be encoded."""
    match = pattern.search(text)
    return text if match is None else text[: match.start()]


_DECODERS = {"ascii": _from_ascii, "us-ascii": _from_ascii, "utf-8": _from_utf_8, "utf8": _from_utf_8}
_ENCODERS = {"ascii": _to_ascii, "us-ascii": _to_ascii, "utf-8": _to_utf_8, "utf8": _to_utf_8}
