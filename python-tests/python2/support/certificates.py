"""Makes what the tests of TLS trust and show: authorities and X.509 certificates (RFC 5280), with EC keys on P-256.

Made in each run, so nothing here expires and no private key is in the repository. Plain Python, with no care for
secrecy: nothing but a test may use such a key.
"""

import atexit
import base64
import datetime
import hashlib
import os
import random
import shutil
import socket
import tempfile
import textwrap

DAY = datetime.timedelta(days=1)

_RANDOM = random.SystemRandom()
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def _number(data):
    return int(data.encode("hex"), 16)


def _bytes(number, length):
    return ("%0*x" % (2 * length, number)).decode("hex")


# DER, ITU-T X.690.


def _tagged(tag, *parts):
    content = "".join(parts)
    length = len(content)
    if length < 0x80:
        return chr(tag) + chr(length) + content
    size = 1 if length < 0x100 else 2
    return chr(tag) + chr(0x80 | size) + _bytes(length, size) + content


def _sequence(*parts):
    return _tagged(0x30, *parts)


def _integer(value):
    size = value.bit_length() // 8 + 1
    return _tagged(0x02, _bytes(value, size))


def _bit_string(content, unused=0):
    return _tagged(0x03, chr(unused), content)


def _octets(content):
    return _tagged(0x04, content)


def _oid(dotted):
    numbers = [int(part) for part in dotted.split(".")]
    encoded = ""
    for number in [40 * numbers[0] + numbers[1]] + numbers[2:]:
        groups = chr(number & 0x7F)
        while number > 0x7F:
            number >>= 7
            groups = chr(0x80 | number & 0x7F) + groups
        encoded += groups
    return _tagged(0x06, encoded)


def _time(moment):
    return _tagged(0x17, moment.strftime("%y%m%d%H%M%SZ"))


def _name(*attributes):
    oids = {"C": "2.5.4.6", "O": "2.5.4.10", "CN": "2.5.4.3"}
    tags = {"C": 0x13}
    return _sequence(*[_tagged(0x31, _sequence(_oid(oids[kind]), _tagged(tags.get(kind, 0x0C), text)))
                       for kind, text in attributes])


def _extension(dotted, value, critical=False):
    return _sequence(_oid(dotted), _tagged(0x01, "\xff") if critical else "", _octets(value))


def _pem(label, der):
    text = "\n".join(textwrap.wrap(base64.b64encode(der), 64))
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n" % (label, text, label)


# The curve P-256 (SEC 2), in Jacobian coordinates.


def _inverse(number, modulus):
    return pow(number, modulus - 2, modulus)


def _doubled(x, y, z):
    s = 4 * x * y * y % _P
    slope = 3 * (x - z * z) * (x + z * z) % _P
    x3 = (slope * slope - 2 * s) % _P
    return x3, (slope * (s - x3) - 8 * pow(y, 4, _P)) % _P, 2 * y * z % _P


def _added(left, right):
    """The sum of two points in Jacobian coordinates that are neither equal nor opposite."""
    x1, y1, z1 = left
    x2, y2, z2 = right
    u1, u2 = x1 * z2 * z2 % _P, x2 * z1 * z1 % _P
    s1, s2 = y1 * pow(z2, 3, _P) % _P, y2 * pow(z1, 3, _P) % _P
    h, r = u2 - u1, s2 - s1
    hh = h * h % _P
    v = u1 * hh % _P
    x3 = (r * r - h * hh - 2 * v) % _P
    return x3, (r * (v - x3) - s1 * h * hh) % _P, h * z1 * z2 % _P


def _multiple(number):
    """The base point `number` times, as (x, y)."""
    total, point = None, _G + (1,)
    while number:
        if number & 1:
            total = point if total is None else _added(total, point)
        point = _doubled(*point)
        number >>= 1
    x, y, z = total
    inverse = _inverse(z, _P)
    return x * inverse * inverse % _P, y * pow(inverse, 3, _P) % _P


class Key(object):
    """A key that signs by ECDSA with SHA-256."""

    algorithm = _sequence(_oid("1.2.840.10045.2.1"), _oid("1.2.840.10045.3.1.7"))
    signature_algorithm = _sequence(_oid("1.2.840.10045.4.3.2"))

    def __init__(self):
        self._secret = _RANDOM.randrange(1, _N)
        x, y = _multiple(self._secret)
        self._point = "\x04" + _bytes(x, 32) + _bytes(y, 32)
        self.public = _sequence(self.algorithm, _bit_string(self._point))
        self.identifier = hashlib.sha1(self.public).digest()

    def sign(self, message):
        nonce = _RANDOM.randrange(1, _N)
        r = _multiple(nonce)[0] % _N
        s = _inverse(nonce, _N) * (_number(hashlib.sha256(message).digest()) + r * self._secret) % _N
        return _sequence(_integer(r), _integer(s))

    def pem(self):
        private = _sequence(_integer(1), _octets(_bytes(self._secret, 32)),
                            _tagged(0xA1, _bit_string(self._point)))
        return _pem("PRIVATE KEY", _sequence(_integer(0), self.algorithm, _octets(private)))


class Certificate(object):
    """A certificate and its key."""

    def __init__(self, der, key):
        self.der = der
        self.key = key
        self.pem = _pem("CERTIFICATE", der)

    def pem_file(self, folder):
        """A file with the key and the certificate, as `load_cert_chain` takes it."""
        return text_file(folder, self.key.pem() + self.pem)

    def certificate_file(self, folder):
        return text_file(folder, self.pem)

    def key_file(self, folder):
        return text_file(folder, self.key.pem())


def text_file(folder, text):
    """A new file in `folder` that holds this text; gives its path."""
    number, path = tempfile.mkstemp(".pem", dir=folder)
    os.close(number)
    with open(path, "wb") as stream:
        stream.write(text)
    return path


def _certificate(issuer, issuer_key, subject, key, not_before, not_after, extensions):
    content = _sequence(
        _tagged(0xA0, _integer(2)),
        _integer(_RANDOM.getrandbits(62) | 1 << 62),
        Key.signature_algorithm,
        issuer,
        _sequence(_time(not_before), _time(not_after)),
        subject,
        key.public,
        _tagged(0xA3, _sequence(*extensions)),
    )
    return Certificate(_sequence(content, Key.signature_algorithm, _bit_string(issuer_key.sign(content))), key)


class Authority(object):
    """A root that issues certificates."""

    def __init__(self, name):
        self.key = Key()
        self.subject = _name(("C", "XY"), ("O", "PySockets tests"), ("CN", name))
        now = datetime.datetime.utcnow()
        self.certificate = _certificate(self.subject, self.key, self.subject, self.key, now - 2 * DAY, now + 60 * DAY, [
            _extension("2.5.29.19", _sequence(_tagged(0x01, "\xff")), True),
            _extension("2.5.29.15", _bit_string("\x06", 1), True),
            _extension("2.5.29.14", _octets(self.key.identifier)),
        ])
        self.pem = self.certificate.pem

    def issue(self, name, names=(), addresses=(), not_before=None, not_after=None):
        """A certificate for the common name `name`, valid from yesterday for a month unless stated."""
        key = Key()
        now = datetime.datetime.utcnow()
        extensions = [
            _extension("2.5.29.19", _sequence(), True),
            _extension("2.5.29.15", _bit_string("\xa0", 5), True),
            _extension("2.5.29.14", _octets(key.identifier)),
            _extension("2.5.29.35", _sequence(_tagged(0x80, self.key.identifier))),
            _extension("2.5.29.37", _sequence(_oid("1.3.6.1.5.5.7.3.1"), _oid("1.3.6.1.5.5.7.3.2"))),
        ]
        alternatives = [_tagged(0x82, each) for each in names]
        for each in addresses:
            family = socket.AF_INET6 if ":" in each else socket.AF_INET
            alternatives.append(_tagged(0x87, socket.inet_pton(family, each)))
        if alternatives:
            extensions.append(_extension("2.5.29.17", _sequence(*alternatives)))
        return _certificate(self.subject, self.key, _name(("CN", name)), key, not_before or now - DAY,
                            not_after or now + 30 * DAY, extensions)

    def file(self, folder):
        return text_file(folder, self.pem)


_made = {}


def _once(function):
    def made():
        if function not in _made:
            _made[function] = function()
        return _made[function]

    return made


@_once
def folder():
    """A directory for the files of the whole run."""
    path = tempfile.mkdtemp(dir="/tmp")
    atexit.register(shutil.rmtree, path, True)
    return path


@_once
def authority():
    """The root that most cases trust."""
    return Authority("Test CA")


@_once
def authority_file():
    return authority().file(folder())


@_once
def localhost():
    """A certificate of `authority()` for localhost, 127.0.0.1 and ::1."""
    return authority().issue("localhost", ["localhost"], ["127.0.0.1", "::1"])


@_once
def localhost_file():
    return localhost().pem_file(folder())


@_once
def otherhost_file():
    """A certificate of `authority()` for the name other.test alone."""
    return authority().issue("other.test", ["other.test"]).pem_file(folder())
