"""Makes keys for the tests of TLS, signs with them, and writes them as PEM: EC on P-256, and RSA.

Plain Python, with no care for secrecy: nothing but a test may use such a key.
"""

import functools
import hashlib
import os
import secrets

from support import aes, der

_SHA256 = "2.16.840.1.101.3.4.2.1"
_ROUNDS = 2048


def _encrypted(plain, password):
    """PBES2 with PBKDF2 and AES-256-CBC (RFC 8018)."""
    salt, initial = os.urandom(16), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha256", password, salt, _ROUNDS, 32)
    derivation = der.sequence(
        der.oid("1.2.840.113549.1.5.12"),
        der.sequence(
            der.octet_string(salt),
            der.integer(_ROUNDS),
            der.sequence(der.oid("1.2.840.113549.2.9"), der.null()),
        ),
    )
    cipher = der.sequence(der.oid("2.16.840.1.101.3.4.1.42"), der.octet_string(initial))
    scheme = der.sequence(der.oid("1.2.840.113549.1.5.13"), der.sequence(derivation, cipher))
    return der.sequence(scheme, der.octet_string(aes.cbc(key, initial, plain)))


def _encrypted_headers(plain, password):
    """The enciphered bytes and the headers of PEM's own encryption, which OpenSSL wrote before it knew PKCS #8."""
    initial = os.urandom(16)
    key = b""
    while len(key) < 32:
        key += hashlib.md5(key[-16:] + password + initial[:8]).digest()
    headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,%s\n" % initial.hex().upper()
    return aes.cbc(key, initial, plain), headers


class Key:
    """What all kinds of keys share. Each has `public`, the DER of its SubjectPublicKeyInfo, and `sign`."""

    def pem(self, password=None):
        """PKCS #8 (RFC 5958), under a password if one is given."""
        if password is None:
            return der.pem("PRIVATE KEY", self._pkcs8())
        return der.pem("ENCRYPTED PRIVATE KEY", _encrypted(self._pkcs8(), password.encode("utf-8")))

    def traditional_pem(self, password=None):
        """The form of the key's own kind: PKCS #1 for RSA, SEC 1 for EC."""
        if password is None:
            return der.pem(self._label, self._traditional())
        content, headers = _encrypted_headers(self._traditional(), password.encode("utf-8"))
        return der.pem(self._label, content, headers)

    def _pkcs8(self):
        return der.sequence(der.integer(0), self._algorithm, der.octet_string(self._traditional()))


_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    1,
)


def _doubled(point):
    x, y, z = point
    square = z * z
    slope = 3 * (x - square) * (x + square) % _P
    y2 = y * y % _P
    s = 4 * x * y2 % _P
    x3 = (slope * slope - 2 * s) % _P
    return x3, (slope * (s - x3) - 8 * y2 * y2) % _P, 2 * y * z % _P


def _added(left, right):
    """The sum of two points in Jacobian coordinates that are neither equal nor opposite; None is the neutral one."""
    if left is None:
        return right
    x1, y1, z1 = left
    x2, y2, z2 = right
    zz1, zz2 = z1 * z1 % _P, z2 * z2 % _P
    u1, s1 = x1 * zz2 % _P, y1 * zz2 * z2 % _P
    h = (x2 * zz1 - u1) % _P
    r = (y2 * zz1 * z1 - s1) % _P
    hh = h * h % _P
    hhh, v = hh * h % _P, u1 * hh % _P
    x3 = (r * r - hhh - 2 * v) % _P
    return x3, (r * (v - x3) - s1 * hhh) % _P, h * z1 * z2 % _P


@functools.cache
def _doubles():
    """The base point times each power of two."""
    points = [_G]
    while len(points) < 256:
        points.append(_doubled(points[-1]))
    return points


def _multiple(number):
    """The base point `number` times, as (x, y)."""
    total = None
    for point in _doubles():
        if number & 1:
            total = _added(total, point)
        number >>= 1
    x, y, z = total
    inverse = pow(z, -1, _P)
    return x * inverse * inverse % _P, y * inverse * inverse * inverse % _P


class EcKey(Key):
    """A key on P-256 that signs by ECDSA with SHA-256 (SEC 1)."""

    signature_algorithm = der.sequence(der.oid("1.2.840.10045.4.3.2"))
    _algorithm = der.sequence(der.oid("1.2.840.10045.2.1"), der.oid("1.2.840.10045.3.1.7"))
    _label = "EC PRIVATE KEY"

    def __init__(self):
        self._secret = secrets.randbelow(_N - 1) + 1
        x, y = _multiple(self._secret)
        self._point = b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")
        self.public = der.sequence(self._algorithm, der.bit_string(self._point))

    def sign(self, message):
        digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
        nonce = secrets.randbelow(_N - 1) + 1
        r = _multiple(nonce)[0] % _N
        return der.sequence(der.integer(r), der.integer(pow(nonce, -1, _N) * (digest + r * self._secret) % _N))

    def _traditional(self):
        return der.sequence(
            der.integer(1),
            der.octet_string(self._secret.to_bytes(32, "big")),
            der.explicit(0, der.oid("1.2.840.10045.3.1.7")),
            der.explicit(1, der.bit_string(self._point)),
        )


_SMALL_PRIMES = [number for number in range(3, 2000, 2) if all(number % by for by in range(3, number, 2))]


def _is_prime(number):
    """By small primes and then by the test of Miller and Rabin, often enough for numbers taken at random."""
    if any(number % prime == 0 for prime in _SMALL_PRIMES):
        return False
    odd = number - 1
    twos = (odd & -odd).bit_length() - 1
    odd >>= twos
    for _ in range(6):
        power = pow(secrets.randbelow(number - 3) + 2, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


def _prime(bits):
    while True:
        # The two highest bits are set: the product of two such primes has twice as many bits.
        number = secrets.randbits(bits) | 3 << bits - 2 | 1
        if number % 65537 != 1 and _is_prime(number):
            return number


class RsaKey(Key):
    """An RSA key that signs by PKCS #1 v1.5 with SHA-256 (RFC 8017)."""

    signature_algorithm = der.sequence(der.oid("1.2.840.113549.1.1.11"), der.null())
    _algorithm = der.sequence(der.oid("1.2.840.113549.1.1.1"), der.null())
    _label = "RSA PRIVATE KEY"

    def __init__(self, bits=2048):
        self._p, self._q = _prime(bits // 2), _prime(bits // 2)
        self._modulus = self._p * self._q
        self._secret = pow(65537, -1, (self._p - 1) * (self._q - 1))
        self._bytes = bits // 8
        public = der.sequence(der.integer(self._modulus), der.integer(65537))
        self.public = der.sequence(self._algorithm, der.bit_string(public))

    def sign(self, message):
        digest = der.sequence(
            der.sequence(der.oid(_SHA256), der.null()), der.octet_string(hashlib.sha256(message).digest())
        )
        padded = b"\x00\x01" + b"\xff" * (self._bytes - len(digest) - 3) + b"\x00" + digest
        return pow(int.from_bytes(padded, "big"), self._secret, self._modulus).to_bytes(self._bytes, "big")

    def _traditional(self):
        p, q, d = self._p, self._q, self._secret
        numbers = (0, self._modulus, 65537, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
        return der.sequence(*map(der.integer, numbers))


@functools.cache
def rsa_key():
    """One RSA key of 2048 bits for the whole run: making one takes up to some seconds."""
    return RsaKey()
