"""A writer of DER (ITU-T X.690) and PEM (RFC 7468): as much of them as keys, certificates and revocation lists need."""

import base64
import datetime
import textwrap


def tagged(tag, *parts):
    """One element: its tag, its length, and the parts as its content."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    encoded = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(encoded))) + encoded + content


def sequence(*parts):
    return tagged(0x30, *parts)


def set_of(*parts):
    return tagged(0x31, *sorted(parts))


def explicit(number, *parts):
    """A context tag around whole elements."""
    return tagged(0xA0 | number, *parts)


def implicit(number, content):
    """A context tag in the place of an element's own."""
    return tagged(0x80 | number, content)


def integer(value):
    return tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def boolean(value):
    return tagged(0x01, b"\xff" if value else b"\x00")


def null():
    return tagged(0x05)


def octet_string(content):
    return tagged(0x04, content)


def bit_string(content, unused=0):
    return tagged(0x03, bytes((unused,)), content)


def flags(*numbers):
    """A bit string in which the named bits are set; bit 0 is the highest of the first byte."""
    encoded = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        encoded[number // 8] |= 0x80 >> number % 8
    return bit_string(bytes(encoded), 7 - max(numbers) % 8)


def utf8(text):
    return tagged(0x0C, text.encode("utf-8"))


def printable(text):
    return tagged(0x13, text.encode("ascii"))


def ia5(text):
    return tagged(0x16, text.encode("ascii"))


def oid_content(dotted):
    first, second, *rest = (int(part) for part in dotted.split("."))
    encoded = bytearray()
    for number in (40 * first + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(0x80 | number & 0x7F)
        encoded += bytes(reversed(groups))
    return bytes(encoded)


def oid(dotted):
    return tagged(0x06, oid_content(dotted))


def time(moment):
    """A moment as X.509 wants it: two digits of the year until 2049, four from then on (RFC 5280, 4.1.2.5)."""
    moment = moment.astimezone(datetime.timezone.utc)
    text = "%04d%02d%02d%02d%02d%02dZ" % moment.timetuple()[:6]
    if 1950 <= moment.year < 2050:
        return tagged(0x17, text[2:].encode("ascii"))
    return tagged(0x18, text.encode("ascii"))


def pem(label, der, headers=""):
    """PEM text; `headers` are whole lines of the old encapsulated headers (RFC 1421)."""
    lines = textwrap.wrap(base64.b64encode(der).decode("ascii"), 64)
    middle = (headers + "\n" if headers else "") + "\n".join(lines)
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n" % (label, middle, label)
