"""Makes Ed25519 keys (RFC 8032) for the tests of TLS, with as little care for secrecy as `keys`."""

import hashlib
import os

from support import der
from support.keys import Key

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_X = 0x216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A
_Y = 4 * pow(5, -1, _P) % _P
_BASE = (_X, _Y, 1, _X * _Y % _P)
_NEUTRAL = (0, 1, 1, 0)


def _added(left, right):
    """The sum of two points in extended coordinates; the formula is complete, so it doubles too."""
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a, b = (y1 - x1) * (y2 - x2) % _P, (y1 + x1) * (y2 + x2) % _P
    c, d = 2 * _D * t1 * t2 % _P, 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _multiple(number):
    """The base point `number` times, as 32 bytes: y, and in the highest bit the sign of x."""
    total, power = _NEUTRAL, _BASE
    while number:
        if number & 1:
            total = _added(total, power)
        power = _added(power, power)
        number >>= 1
    inverse = pow(total[2], -1, _P)
    x, y = total[0] * inverse % _P, total[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


class Ed25519Key(Key):
    """A key that signs by EdDSA on Curve25519. It has no traditional form."""

    signature_algorithm = _algorithm = der.sequence(der.oid("1.3.101.112"))

    def __init__(self):
        self._seed = os.urandom(32)
        digest = hashlib.sha512(self._seed).digest()
        self._secret = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
        self._prefix = digest[32:]
        self._point = _multiple(self._secret)
        self.public = der.sequence(self._algorithm, der.bit_string(self._point))

    def sign(self, message):
        nonce = _number(self._prefix, message) % _ORDER
        first = _multiple(nonce)
        second = (nonce + _number(first, self._point, message) * self._secret) % _ORDER
        return first + second.to_bytes(32, "little")

    def _traditional(self):
        return der.octet_string(self._seed)
