"""Makes what the tests of TLS trust and show: authorities, X.509 certificates (RFC 5280) and revocation lists.

Made in each run, so nothing here expires and no private key is in the repository. `authority()` and
`localhost()` are made once for the whole run; a case that needs something odd issues its own:

    authority = Authority("Test CA")
    certificate = authority.issue("localhost", names=["localhost"], addresses=["127.0.0.1"])
    context.load_cert_chain(certificate.pem_file(folder))
    client.load_verify_locations(cadata=authority.pem)
"""

import datetime
import functools
import hashlib
import ipaddress
import os
import secrets

from support import der
from support.keys import EcKey, rsa_key

DAY = datetime.timedelta(days=1)
"""A unit for `not_before` and `not_after`."""

SERVER = "1.3.6.1.5.5.7.3.1"
CLIENT = "1.3.6.1.5.5.7.3.2"
"""Purposes, for `purposes=` (RFC 5280, 4.2.1.12)."""

_ATTRIBUTES = {
    "CN": "2.5.4.3",
    "C": "2.5.4.6",
    "L": "2.5.4.7",
    "ST": "2.5.4.8",
    "O": "2.5.4.10",
    "OU": "2.5.4.11",
    "emailAddress": "1.2.840.113549.1.9.1",
    "x500UniqueIdentifier": "2.5.4.45",
}
_DIGITAL_SIGNATURE, _KEY_ENCIPHERMENT, _SIGN_CERTIFICATES, _SIGN_LISTS = 0, 2, 5, 6


def now():
    """The present moment, in UTC and whole seconds."""
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def distinguished_name(*attributes):
    """A name of pairs such as ("CN", "localhost"), the widest first. All values are str but that of a bit string."""
    writers = {"C": der.printable, "emailAddress": der.ia5, "x500UniqueIdentifier": der.bit_string}
    parts = []
    for kind, value in attributes:
        write = writers.get(kind, der.utf8)
        parts.append(der.set_of(der.sequence(der.oid(_ATTRIBUTES[kind]), write(value))))
    return der.sequence(*parts)


def hashed_name(*attributes):
    """The eight digits under which OpenSSL looks a name up in a directory: of SHA-1 over the name's canonical form."""
    parts = (
        der.set_of(der.sequence(der.oid(_ATTRIBUTES[kind]), der.utf8(" ".join(text.lower().split()))))
        for kind, text in attributes
    )
    digest = hashlib.sha1(b"".join(parts)).digest()
    return "%08x" % int.from_bytes(digest[:4], "little")


def dns_name(text):
    return der.implicit(2, text.encode("ascii"))


def address_name(text):
    return der.implicit(7, ipaddress.ip_address(text).packed)


def email_name(text):
    return der.implicit(1, text.encode("ascii"))


def uri_name(text):
    return der.implicit(6, text.encode("ascii"))


def directory_name(*attributes):
    return der.explicit(4, distinguished_name(*attributes))


def registered_id(dotted):
    return der.implicit(8, der.oid_content(dotted))


def other_name(dotted, text):
    return der.explicit(0, der.oid(dotted), der.explicit(0, der.utf8(text)))


def extension(dotted, value, critical=False):
    """An extension whose value is the DER `value`."""
    return der.sequence(der.oid(dotted), der.boolean(True) if critical else b"", der.octet_string(value))


def alternative_names(*names):
    return extension("2.5.29.17", der.sequence(*names))


def list_at(*addresses):
    """Where the revocation list is (RFC 5280, 4.2.1.13)."""
    points = (der.explicit(0, der.explicit(0, uri_name(address))) for address in addresses)
    return extension("2.5.29.31", der.sequence(*map(der.sequence, points)))


def authority_at(ocsp=(), issuers=()):
    """Where the authority answers, and where its own certificate is (RFC 5280, 4.2.2.1)."""
    described = [("1.3.6.1.5.5.7.48.1", address) for address in ocsp]
    described += [("1.3.6.1.5.5.7.48.2", address) for address in issuers]
    parts = (der.sequence(der.oid(method), uri_name(address)) for method, address in described)
    return extension("1.3.6.1.5.5.7.1.1", der.sequence(*parts))


def permitted_names(*names):
    """The constraint that all names below are within these (RFC 5280, 4.2.1.10)."""
    return extension("2.5.29.30", der.sequence(der.explicit(0, *map(der.sequence, names))), critical=True)


def _identifier(key):
    return hashlib.sha1(key.public).digest()


def _signed(key, content):
    return der.sequence(content, key.signature_algorithm, der.bit_string(key.sign(content)))


def _authority_identifier(key):
    return extension("2.5.29.35", der.sequence(der.implicit(0, _identifier(key))))


class Certificate:
    """A certificate, its key, and the certificates between it and the root."""

    def __init__(self, encoded, key, serial, subject, between=()):
        self.der = encoded
        self.key = key
        self.serial = serial
        self.subject = subject
        self.pem = der.pem("CERTIFICATE", encoded)
        self.chain_pem = self.pem + "".join(other.pem for other in between)

    def pem_file(self, folder, password=None):
        """A file with the key and the chain, as `load_cert_chain` takes it."""
        return text_file(folder, self.key.pem(password) + self.chain_pem)

    def chain_file(self, folder):
        """A file with the chain alone."""
        return text_file(folder, self.chain_pem)

    def key_file(self, folder, password=None):
        """A file with the key alone."""
        return text_file(folder, self.key.pem(password))


def text_file(folder, text, suffix=".pem"):
    """A new file in `folder` that holds this text; gives its path."""
    path = os.path.join(folder, secrets.token_hex(8) + suffix)
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    return path


def certify(issuer, issuer_key, subject, key, serial, not_before, not_after, extensions, version=3):
    """The DER of a certificate whose every part is the caller's. Names are DER."""
    content = der.sequence(
        der.explicit(0, der.integer(version - 1)) if version > 1 else b"",
        der.integer(serial),
        issuer_key.signature_algorithm,
        issuer,
        der.sequence(der.time(not_before), der.time(not_after)),
        subject,
        key.public,
        der.explicit(3, der.sequence(*extensions)) if extensions else b"",
    )
    return _signed(issuer_key, content)


def self_signed(
    name, names=(), addresses=(), key=None, not_before=None, not_after=None, subject=None, serial=None, extensions=()
):
    """A certificate that is signed by its own key only, and is no authority."""
    key = key or EcKey()
    serial = serial or secrets.randbits(63) | 1 << 62
    subject = distinguished_name(*(subject or [("CN", name)]))
    alternatives = [dns_name(each) for each in names] + [address_name(each) for each in addresses]
    own = [alternative_names(*alternatives)] if alternatives else []
    encoded = certify(
        subject,
        key,
        subject,
        key,
        serial,
        not_before or now() - DAY,
        not_after or now() + 30 * DAY,
        [*own, *extensions],
    )
    return Certificate(encoded, key, serial, subject)


class Authority:
    """Issues certificates, and takes them back. A root by itself, or below the authority `above`."""

    def __init__(self, name, above=None, key=None, path_length=None, not_before=None, not_after=None, extensions=()):
        self.key = key or EcKey()
        self.name = name
        self._above = above
        self._revoked = []
        self._lists = 0
        attributes = ("C", "XY"), ("O", "PySockets tests"), ("CN", name)
        self.subject = distinguished_name(*attributes)
        self.hashed_name = hashed_name(*attributes)
        constraints = [der.boolean(True)] + ([] if path_length is None else [der.integer(path_length)])
        issuer = above or self
        serial = secrets.randbits(63) | 1 << 62
        encoded = certify(
            issuer.subject,
            issuer.key,
            self.subject,
            self.key,
            serial,
            not_before or now() - 2 * DAY,
            not_after or now() + 60 * DAY,
            [
                extension("2.5.29.19", der.sequence(*constraints), critical=True),
                extension("2.5.29.15", der.flags(_SIGN_CERTIFICATES, _SIGN_LISTS), critical=True),
                extension("2.5.29.14", der.octet_string(_identifier(self.key))),
                _authority_identifier(issuer.key),
                *extensions,
            ],
        )
        self.certificate = Certificate(encoded, self.key, serial, self.subject)
        self.pem = self.certificate.pem

    def issue(
        self,
        name,
        names=(),
        addresses=(),
        alternatives=(),
        key=None,
        not_before=None,
        not_after=None,
        purposes=(SERVER, CLIENT),
        subject=None,
        serial=None,
        extensions=(),
        usage=(_DIGITAL_SIGNATURE, _KEY_ENCIPHERMENT),
    ):
        """A certificate for an end of a connection, valid from yesterday for a month unless stated.

        name         the common name; `subject` has pairs for a whole distinguished name in its place
        names        DNS names, `addresses` IP addresses, `alternatives` further DER of GeneralName
        purposes     object identifiers of the extended key usage; none: no such extension
        extensions   DER of further extensions
        """
        key = key or EcKey()
        serial = serial or secrets.randbits(63) | 1 << 62
        subject = distinguished_name(*(subject or [("CN", name)]))
        everything = [*map(dns_name, names), *map(address_name, addresses), *alternatives]
        parts = [
            extension("2.5.29.19", der.sequence(), critical=True),
            extension("2.5.29.15", der.flags(*usage), critical=True),
            extension("2.5.29.14", der.octet_string(_identifier(key))),
            _authority_identifier(self.key),
            *extensions,
        ]
        if purposes:
            parts.append(extension("2.5.29.37", der.sequence(*map(der.oid, purposes))))
        if everything:
            parts.append(alternative_names(*everything))
        encoded = certify(
            self.subject,
            self.key,
            subject,
            key,
            serial,
            not_before or now() - DAY,
            not_after or now() + 30 * DAY,
            parts,
        )
        return Certificate(encoded, key, serial, subject, self._between())

    def _between(self):
        """The certificates from this authority's up to, but without, the root's."""
        above = self
        while above._above is not None:
            yield above.certificate
            above = above._above

    def revoke(self, certificate):
        """From now on, `crl_pem` names this certificate."""
        self._revoked.append(certificate.serial)

    def crl_pem(self, this_update=None, next_update=None):
        """The list of what was revoked (RFC 5280, 5), good from yesterday for a month unless stated."""
        self._lists += 1
        this_update = this_update or now() - DAY
        entries = [der.sequence(der.integer(serial), der.time(this_update)) for serial in self._revoked]
        content = der.sequence(
            der.integer(1),
            self.key.signature_algorithm,
            self.subject,
            der.time(this_update),
            der.time(next_update or now() + 30 * DAY),
            der.sequence(*entries) if entries else b"",
            der.explicit(
                0,
                der.sequence(
                    _authority_identifier(self.key), extension("2.5.29.20", der.integer(self._lists))
                ),
            ),
        )
        return der.pem("X509 CRL", _signed(self.key, content))

    def file(self, folder):
        """A file with this authority's certificate."""
        return text_file(folder, self.pem)


@functools.cache
def authority():
    """The root that most cases trust."""
    return Authority("Test CA")


@functools.cache
def localhost():
    """A certificate of `authority()` for localhost, 127.0.0.1 and ::1."""
    return authority().issue("localhost", names=["localhost"], addresses=["127.0.0.1", "::1"])


@functools.cache
def otherhost():
    """A certificate of `authority()` for the name other.test alone."""
    return authority().issue("other.test", names=["other.test"])


@functools.cache
def rsa_localhost():
    """As `localhost()`, with an RSA key."""
    return authority().issue("localhost", names=["localhost"], addresses=["127.0.0.1", "::1"], key=rsa_key())
