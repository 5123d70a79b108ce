"""The forms that PEM files have in the field: what is read of them, in each place that takes them."""

import os
import ssl
import tempfile

from support import certificates
from support.keys import rsa_key
from support.tls import TlsTestCase, folder

PASSWORD = "some word"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
GARBAGE = b"-----BEGIN OTHER-----\nA*A\n-----END OTHER-----\n"


def lines_of(pem, length, end=b"\n"):
    """A block with lines of this length."""
    first, *body, last = pem.strip().split(b"\n")
    digits = b"".join(body)
    return end.join([first, *(digits[at : at + length] for at in range(0, len(digits), length)), last]) + end


def with_line(pem, at, line):
    lines = pem.split(b"\n")
    return b"\n".join([*lines[:at], line, *lines[at:]])


def read_forms(pem):
    """What is read as `pem` itself."""
    yield "a byte order mark", BYTE_ORDER_MARK + pem
    yield "a byte order mark on a line of its own", BYTE_ORDER_MARK + b"\n" + pem
    yield "a byte order mark and CRLF", BYTE_ORDER_MARK + pem.replace(b"\n", b"\r\n")
    yield "CRLF", pem.replace(b"\n", b"\r\n")
    yield "CR CR LF", pem.replace(b"\n", b"\r\r\n")
    yield "no end of line at the end", pem.rstrip(b"\n")
    yield "blanks after each line", pem.replace(b"\n", b" \t\n")
    yield "something beyond ASCII after each line", pem.replace(b"\n", "\u00a0\n".encode())
    yield "an empty line after the first", with_line(pem, 1, b"")
    yield "text before", b"Subject: somebody\nand more\n" + pem
    yield "text before that fills a line's buffer", b"j" * 254 + pem
    yield "text after", pem + b"and an end"
    yield "one line", lines_of(pem, 100_000)
    for length in 1, 60, 65, 76, 254, 255, 300:
        yield f"lines of {length}", lines_of(pem, length)
    yield "lines of 76 and CRLF", lines_of(pem, 76, b"\r\n")


def refused_forms(pem):
    """What is no certificate, list or key any more."""
    yield "two byte order marks", BYTE_ORDER_MARK * 2 + pem
    yield "UTF-16", pem.decode().encode("utf-16")
    yield "CR alone", pem.replace(b"\n", b"\r")
    yield "a blank before the first line", b" " + pem
    yield "an empty line in the middle", with_line(pem, 3, b"")
    yield "two empty lines after the first", with_line(with_line(pem, 1, b""), 1, b"")
    yield "a header that says nothing", with_line(with_line(pem, 1, b""), 1, b"X-Header: a")
    yield "a header without an empty line", with_line(pem, 1, b"X-Header: a")
    yield "a comment in the middle", with_line(pem, 3, b"# here")
    yield "an early end", with_line(pem, 3, b"AA==")
    yield "another label at the end", pem.replace(b"-----END ", b"-----END X")
    yield "something after the end", pem.rstrip(b"\n") + b" end\n"
    yield "no end", pem[: pem.index(b"-----END")]
    yield "a broken first line", pem.replace(b"-----\n", b"-----x\n", 1)


class PemCase(TlsTestCase):
    def file(self, content):
        """A file's path."""
        handle, path = tempfile.mkstemp(".pem", dir=folder())
        with open(handle, "wb") as file:
            file.write(content)
        self.addCleanup(os.unlink, path)
        return path

    def assertForms(self, read, pem):
        """`read` takes a content and fails where it is not taken."""
        read(pem)
        for name, form in read_forms(pem):
            with self.subTest(name):
                read(form)
        for name, form in refused_forms(pem):
            with self.subTest(name), self.assertRaises(ssl.SSLError):
                read(form)


class TrustFormsTest(PemCase):
    def setUp(self):
        self.authority = certificates.authority()
        self.pem = self.authority.pem.encode()
        self.other = certificates.Authority("another").pem.encode()

    def counts(self, content):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.file(content))
        return context.cert_store_stats()

    def test_a_certificate(self):
        self.assertForms(lambda form: self.assertEqual(self.counts(form)["x509_ca"], 1), self.pem)

    def test_a_revocation_list(self):
        pem = self.authority.crl_pem().encode()
        self.assertForms(lambda form: self.assertEqual(self.counts(form)["crl"], 1), pem)

    def test_nothing_of_a_bundle_is_lost(self):
        """Such bundles are made by appending files, each of which may begin with a mark."""
        for name, form in read_forms(self.pem):
            if name not in ("text after", "no end of line at the end"):
                with self.subTest(name):
                    self.assertEqual(self.counts(form + BYTE_ORDER_MARK + self.other)["x509_ca"], 2)

    def test_a_mark_within_a_line_hides_what_follows(self):
        self.assertEqual(self.counts(self.pem + b"\n" + BYTE_ORDER_MARK + self.other)["x509_ca"], 1)

    def test_data(self):
        def read(form):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(cadata=form.decode("ascii"))
            self.assertEqual(context.cert_store_stats()["x509_ca"], 1)

        for name, form in read_forms(self.pem):
            if form.isascii():
                with self.subTest(name):
                    read(form)
        for name, form in refused_forms(self.pem):
            if form.isascii():
                with self.subTest(name), self.assertRaises(ssl.SSLError):
                    read(form)

    def test_data_may_not_have_a_mark(self):
        with self.assertRaises(TypeError):
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata="\ufeff" + self.authority.pem)

    def test_an_empty_block_ends_data(self):
        empty = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=self.authority.pem + empty + self.other.decode())
        self.assertEqual(context.cert_store_stats()["x509_ca"], 1)


class IdentityFormsTest(PemCase):
    def setUp(self):
        self.certificate = certificates.localhost()
        self.chain = self.certificate.chain_file(folder())
        self.key = self.certificate.key_file(folder())
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    def test_a_chain(self):
        first = self.certificate.chain_pem.partition("-----END CERTIFICATE-----\n")
        pem = "".join(first[:2]).encode()
        self.assertForms(lambda form: self.context.load_cert_chain(self.file(form), self.key), pem)

    def test_a_key(self):
        pem = self.certificate.key.pem().encode()
        self.assertForms(lambda form: self.context.load_cert_chain(self.chain, self.file(form)), pem)

    def test_an_encrypted_key(self):
        pem = self.certificate.key.pem(PASSWORD).encode()
        self.assertForms(lambda form: self.context.load_cert_chain(self.chain, self.file(form), PASSWORD), pem)

    def test_a_key_with_a_mark_in_the_old_encryption(self):
        pem = rsa_key().traditional_pem(PASSWORD).encode()
        chain = certificates.rsa_localhost().chain_file(folder())
        for form in pem, BYTE_ORDER_MARK + pem, pem.replace(b"\n", b"\r\n"):
            self.context.load_cert_chain(chain, self.file(form), PASSWORD)
        with self.assertRaises(ssl.SSLError):
            self.context.load_cert_chain(chain, self.file(with_line(pem, 1, b"X-Header: a")), PASSWORD)

    def test_broken_blocks_before_a_key_do_not_matter(self):
        pem = self.certificate.key.pem().encode()
        self.context.load_cert_chain(self.chain, self.file(GARBAGE + pem))

    def test_a_short_header_of_a_key_does_not_matter(self):
        pem = self.certificate.key.pem().encode()
        self.context.load_cert_chain(self.chain, self.file(with_line(with_line(pem, 1, b""), 1, b"A: b")))
