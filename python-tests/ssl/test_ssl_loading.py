"""What `ssl.SSLContext` loads: its own certificate and key, and the certificates and lists that it trusts."""

import errno
import os
import secrets
import shutil
import ssl
import subprocess
import unittest

from support import LIMIT, certificates
from support.certificates import text_file
from support.ed25519 import Ed25519Key
from support.keys import rsa_key
from support.tls import BioPair, TlsTestCase, client_context, folder

PASSWORD = "some word"
NOT_BASE64 = "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"
NOT_DER = "-----BEGIN %s-----\nAAAA\n-----END %s-----\n"


class LoadingCase(TlsTestCase):
    """Gives each case a context of a server, and files."""

    def setUp(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.certificate = certificates.localhost()
        self.chain = self.certificate.chain_file(folder())
        self.key = self.certificate.key_file(folder())

    def assertWorks(self):
        """The context can be a server's."""
        BioPair(server=self.context).connected()

    def assertNotPem(self, *arguments, **keywords):
        with self.assertRaises(ssl.SSLError) as caught:
            self.context.load_cert_chain(*arguments, **keywords)
        self.assertEqual((caught.exception.library, caught.exception.reason), ("SSL", None))
        self.assertTrue(str(caught.exception).startswith("[SSL] PEM lib"), caught.exception)

    def assertNoFile(self, function, *arguments):
        failure = self.assertErrno(errno.ENOENT, function, *arguments)
        self.assertIsInstance(failure, FileNotFoundError)
        self.assertNotIsInstance(failure, ssl.SSLError)


class CertificateChainTest(LoadingCase):
    def test_key_and_certificate_in_one_file(self):
        self.context.load_cert_chain(self.certificate.pem_file(folder()))
        self.assertWorks()

    def test_the_certificate_before_the_key(self):
        text = self.certificate.chain_pem + self.certificate.key.pem()
        self.context.load_cert_chain(text_file(folder(), text), keyfile=None)
        self.assertWorks()

    def test_one_file_named_twice(self):
        both = self.certificate.pem_file(folder())
        self.context.load_cert_chain(both, both)
        self.assertWorks()

    def test_key_and_certificate_in_two_files(self):
        self.context.load_cert_chain(self.chain, self.key)
        self.assertWorks()

    def test_keywords(self):
        self.context.load_cert_chain(certfile=self.chain, keyfile=self.key, password=None)
        self.assertWorks()

    def test_paths_as_bytes(self):
        self.context.load_cert_chain(os.fsencode(self.chain), os.fsencode(self.key))
        self.assertWorks()

    def test_text_around_the_pem_is_left_alone(self):
        text = "a comment\n%s\nanother\n%s\nand an end\n"
        file = text_file(folder(), text % (self.certificate.chain_pem, self.certificate.key.pem()))
        self.context.load_cert_chain(file)
        self.assertWorks()

    def test_rsa_keys(self):
        self.context.load_cert_chain(certificates.rsa_localhost().pem_file(folder()))
        self.assertWorks()

    def test_ed25519_keys(self):
        certificate = certificates.authority().issue("localhost", names=["localhost"], key=Ed25519Key())
        for password in (None, "some word"):
            with self.subTest(password=password):
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self.context.load_cert_chain(certificate.pem_file(folder(), password), password=password)
                for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
                    BioPair(client_context(version=version), self.context).connected()

    def test_authorities_with_other_kinds_of_keys(self):
        for key in (Ed25519Key(), rsa_key()):
            with self.subTest(key=type(key).__name__):
                root = certificates.Authority("Another kind", key=key)
                certificate = root.issue("localhost", names=["localhost"])
                self.context.load_cert_chain(certificate.pem_file(folder()))
                BioPair(client_context(root), self.context).connected()

    def test_traditional_forms_of_keys(self):
        for certificate in (certificates.localhost(), certificates.rsa_localhost()):
            with self.subTest(key=type(certificate.key).__name__):
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                text = certificate.key.traditional_pem() + certificate.chain_pem
                self.context.load_cert_chain(text_file(folder(), text))
                self.assertWorks()

    def test_a_second_certificate_of_another_kind_is_added(self):
        self.context.load_cert_chain(certificates.localhost().pem_file(folder()))
        self.context.load_cert_chain(certificates.rsa_localhost().pem_file(folder()))
        for auth in ("aECDSA", "aRSA"):
            with self.subTest(auth=auth):
                client = client_context(version=ssl.TLSVersion.TLSv1_2)
                client.set_ciphers(auth)
                pair = BioPair(client, self.context).connected()
                self.assertIn(auth[1:], pair.client.cipher()[0])

    def test_a_second_certificate_of_the_same_kind_takes_the_place_of_the_first(self):
        self.context.load_cert_chain(certificates.otherhost().pem_file(folder()))
        self.context.load_cert_chain(certificates.localhost().pem_file(folder()))
        self.assertWorks()

    def test_the_certificates_above_are_sent_along(self):
        below = certificates.Authority("Below", above=certificates.authority())
        self.context.load_cert_chain(below.issue("localhost", names=["localhost"]).pem_file(folder()))
        self.assertWorks()

    def test_a_client_loads_a_certificate_too(self):
        client = client_context()
        client.load_cert_chain(self.chain, self.key)
        BioPair(client).connected()

    def test_no_such_file(self):
        missing = os.path.join(folder(), "no such file")
        self.assertNoFile(self.context.load_cert_chain, missing)
        self.assertNoFile(self.context.load_cert_chain, self.chain, missing)

    def test_a_directory(self):
        self.assertErrno(errno.EISDIR, self.context.load_cert_chain, folder())

    def test_files_without_a_certificate(self):
        for content in ("", "no PEM", NOT_BASE64, NOT_DER % ("CERTIFICATE", "CERTIFICATE"), self.certificate.key.pem()):
            with self.subTest(content=content[:30]):
                self.assertNotPem(text_file(folder(), content))

    def test_files_without_a_key(self):
        broken = NOT_DER % ("PRIVATE KEY", "PRIVATE KEY")
        self.assertNotPem(self.chain)
        self.assertNotPem(self.chain, self.chain)
        self.assertNotPem(text_file(folder(), self.certificate.pem + broken))

    def test_certificate_and_key_exchanged(self):
        self.assertNotPem(self.key, self.chain)

    def test_the_key_of_another_certificate(self):
        with self.assertRaises(ssl.SSLError) as caught:
            self.context.load_cert_chain(self.chain, certificates.otherhost().key_file(folder()))
        self.assertReason("KEY_VALUES_MISMATCH", caught.exception, "X509")
        self.assertIn("[X509: KEY_VALUES_MISMATCH] key values mismatch", str(caught.exception))

    def test_the_key_of_another_certificate_and_another_kind(self):
        with self.assertRaises(ssl.SSLError):
            self.context.load_cert_chain(self.chain, certificates.rsa_localhost().key_file(folder()))

    def test_a_refused_key_leaves_what_was_loaded_before(self):
        self.context.load_cert_chain(self.chain, self.key)
        with self.assertRaises(ssl.SSLError):
            self.context.load_cert_chain(text_file(folder(), "no PEM"))
        self.assertWorks()

    def test_the_messages_hold_nothing_of_the_key(self):
        text = self.certificate.key.pem()
        with self.assertRaises(ssl.SSLError) as caught:
            self.context.load_cert_chain(self.chain, text_file(folder(), text.replace("M", "!", 2)))
        secret = text.splitlines()[1]
        self.assertNotIn(secret[8:24], repr(caught.exception.args))

    def test_arguments_that_are_no_paths(self):
        with self.assertRaises(TypeError):
            self.context.load_cert_chain(keyfile=self.key)
        with self.assertRaises(TypeError) as caught:
            self.context.load_cert_chain(None)
        self.assertEqual(str(caught.exception), "certfile should be a valid filesystem path")
        with self.assertRaises(TypeError) as caught:
            self.context.load_cert_chain(self.chain, 3.0)
        self.assertEqual(str(caught.exception), "keyfile should be a valid filesystem path")


class PasswordTest(LoadingCase):
    def setUp(self):
        super().setUp()
        self.locked = self.certificate.key_file(folder(), PASSWORD)

    def load(self, password):
        self.context.load_cert_chain(self.chain, self.locked, password)

    def test_each_kind_of_string(self):
        encoded = PASSWORD.encode()
        for password in (PASSWORD, encoded, bytearray(encoded)):
            with self.subTest(type=type(password).__name__):
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self.load(password)
                self.assertWorks()

    def test_key_and_certificate_in_one_file(self):
        self.context.load_cert_chain(self.certificate.pem_file(folder(), PASSWORD), password=PASSWORD)
        self.assertWorks()

    def test_text_beyond_ascii_is_utf8(self):
        self.locked = self.certificate.key_file(folder(), "pässwörd")
        self.load("pässwörd")
        self.assertWorks()

    def test_a_callable_gives_each_kind_of_string(self):
        encoded = PASSWORD.encode()
        for password in (PASSWORD, encoded, bytearray(encoded)):
            with self.subTest(type=type(password).__name__):
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self.load(lambda: password)
                self.assertWorks()

    def test_objects_and_methods_that_can_be_called(self):
        class Source:
            def __call__(self):
                return PASSWORD

            def get(self):
                return PASSWORD

        for source in (Source(), Source().get):
            self.load(source)
        self.assertWorks()

    def test_the_old_encryption_of_pem(self):
        for certificate in (certificates.localhost(), certificates.rsa_localhost()):
            with self.subTest(key=type(certificate.key).__name__):
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                text = certificate.key.traditional_pem(PASSWORD) + certificate.chain_pem
                self.context.load_cert_chain(text_file(folder(), text), password=PASSWORD)
                self.assertWorks()

    def test_a_wrong_password(self):
        self.assertNotPem(self.chain, self.locked, "another word")
        self.assertNotPem(self.chain, self.locked, lambda: "another word")
        self.assertNotPem(self.chain, self.locked, "")

    def test_a_wrong_password_for_the_old_encryption(self):
        file = text_file(folder(), self.certificate.key.traditional_pem(PASSWORD))
        self.assertNotPem(self.chain, file, "another word")

    def test_a_password_is_a_string(self):
        with self.assertRaises(TypeError) as caught:
            self.load(True)
        self.assertEqual(str(caught.exception), "password should be a string or callable")
        with self.assertRaises(TypeError) as caught:
            self.load(lambda: 9)
        self.assertEqual(str(caught.exception), "password callback must return a string")

    def test_a_password_has_a_greatest_length(self):
        for password in (b"a" * 102400, lambda: b"a" * 102400):
            with self.assertRaises(ValueError) as caught:
                self.load(password)
            self.assertEqual(str(caught.exception), "password cannot be longer than 1024 bytes")

    def test_what_the_callable_raises_is_raised(self):
        class Refusal(Exception):
            pass

        def refuse():
            raise Refusal("no word")

        with self.assertRaises(Refusal) as caught:
            self.load(refuse)
        self.assertEqual(str(caught.exception), "no word")

    def test_nobody_is_asked_for_a_password_that_is_not_needed(self):
        asked = []
        self.context.load_cert_chain(self.chain, self.key, lambda: asked.append(1) or PASSWORD)
        self.assertEqual(asked, [])
        self.assertWorks()


class TrustTest(LoadingCase):
    def setUp(self):
        super().setUp()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.authority = certificates.authority()
        self.other = certificates.Authority("Other CA")
        self.file = self.authority.file(folder())

    def assertHolds(self, x509=0, x509_ca=0, crl=0):
        self.assertEqual(self.context.cert_store_stats(), {"x509": x509, "x509_ca": x509_ca, "crl": crl})

    def assertTrusts(self):
        BioPair(self.context).connected()

    def test_a_new_context_trusts_nobody(self):
        self.assertHolds()
        self.assertEqual(self.context.get_ca_certs(), [])

    def test_its_own_certificate_is_not_trusted_by_that(self):
        self.context.load_cert_chain(self.chain, self.key)
        self.assertHolds()

    def test_a_file(self):
        for path in (self.file, os.fsencode(self.file)):
            with self.subTest(type=type(path).__name__):
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                self.context.load_verify_locations(path)
                self.assertHolds(1, 1)
                self.assertTrusts()

    def test_keywords(self):
        self.context.load_verify_locations(cafile=self.file, capath=None, cadata=None)
        self.assertHolds(1, 1)

    def test_a_file_of_several_certificates(self):
        text = "one\n%s\ntwo\n%s" % (self.authority.pem, self.other.pem)
        self.context.load_verify_locations(text_file(folder(), text))
        self.assertHolds(2, 2)
        self.assertTrusts()

    def test_certificates_that_are_no_authority_s_are_counted_apart(self):
        self.context.load_verify_locations(self.chain)
        self.assertHolds(1, 0)
        self.assertEqual(self.context.get_ca_certs(), [])

    def test_lists_are_counted_apart(self):
        file = text_file(folder(), self.other.crl_pem() + self.authority.pem)
        self.context.load_verify_locations(file)
        self.assertHolds(1, 1, 1)

    def test_a_certificate_counts_once(self):
        for _ in range(2):
            self.context.load_verify_locations(self.file)
            self.context.load_verify_locations(cadata=self.authority.pem)
        self.assertHolds(1, 1)

    def test_pem_as_text(self):
        text = "\n".join(("head", self.authority.pem, "middle", self.other.pem, self.authority.pem, "tail"))
        self.context.load_verify_locations(cadata=text)
        self.assertHolds(2, 2)
        self.assertTrusts()

    def test_der_as_bytes(self):
        encoded = self.authority.certificate.der + self.other.certificate.der
        for data in (encoded, bytearray(encoded), memoryview(encoded)):
            with self.subTest(type=type(data).__name__):
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                self.context.load_verify_locations(cadata=data)
                self.assertHolds(2, 2)
                self.assertTrusts()

    def test_a_directory_is_looked_into_when_a_certificate_is_wanted(self):
        for make in (str, os.fsencode):
            with self.subTest(type=make.__name__):
                self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                self.context.load_verify_locations(capath=make(self.hashed_directory()))
                self.assertHolds()
                self.assertTrusts()
                self.assertHolds(1, 1)
                self.assertEqual(len(self.context.get_ca_certs()), 1)

    def hashed_directory(self):
        path = os.path.join(folder(), "hashed")
        os.makedirs(path, exist_ok=True)
        for number, authority in enumerate((self.authority, self.other)):
            with open(os.path.join(path, authority.hashed_name + ".0"), "w", encoding="ascii") as file:
                file.write(authority.pem)
        return path

    def test_a_directory_that_is_not_there_is_no_error_until_then(self):
        self.context.load_verify_locations(None, os.path.join(folder(), "no such directory"))
        outcome = BioPair(self.context).handshake()
        self.assertRefuses(20, "unable to get local issuer certificate", outcome.client)

    def test_a_file_and_a_directory(self):
        self.context.load_verify_locations(self.other.file(folder()), self.hashed_directory())
        self.assertHolds(1, 1)
        self.assertTrusts()

    def test_authorities_as_they_are_described(self):
        self.context.load_verify_locations(cadata=self.authority.pem)
        name = (
            (("countryName", "XY"),),
            (("organizationName", "PySockets tests"),),
            (("commonName", self.authority.name),),
        )
        (described,) = self.context.get_ca_certs()
        self.assertEqual(described["subject"], name)
        self.assertEqual(described["issuer"], name)
        self.assertEqual(described["version"], 3)
        self.assertEqual(described["serialNumber"], "%X" % self.authority.certificate.serial)

    def test_authorities_as_der(self):
        self.context.load_verify_locations(cadata=self.authority.pem)
        self.assertEqual(self.context.get_ca_certs(True), [self.authority.certificate.der])
        self.assertEqual(self.context.get_ca_certs(binary_form=True), [self.authority.certificate.der])

    def test_what_is_trusted_later_counts_for_later_connections(self):
        self.assertRefuses(20, "unable to get local issuer certificate", BioPair(self.context).handshake().client)
        self.context.load_verify_locations(self.file)
        self.assertTrusts()

    def test_something_has_to_be_given(self):
        for arguments in ((), (None, None, None)):
            with self.assertRaises(TypeError) as caught:
                self.context.load_verify_locations(*arguments)
            self.assertEqual(str(caught.exception), "cafile, capath and cadata cannot be all omitted")

    def test_arguments_of_other_types(self):
        for keywords, text in (
            ({"cafile": 3.0}, "cafile should be a valid filesystem path"),
            ({"capath": True}, "capath should be a valid filesystem path"),
            ({"cadata": object}, "cadata should be an ASCII string or a bytes-like object"),
            ({"cadata": "\xe9"}, "cadata should be an ASCII string or a bytes-like object"),
        ):
            with self.subTest(keywords=keywords):
                with self.assertRaises(TypeError) as caught:
                    self.context.load_verify_locations(**keywords)
                self.assertEqual(str(caught.exception), text)

    def test_no_such_file(self):
        self.assertNoFile(self.context.load_verify_locations, os.path.join(folder(), "no such file"))

    def test_a_file_with_nothing_to_trust(self):
        for content in ("", "no PEM", self.certificate.key.pem()):
            with self.subTest(content=content[:30]):
                with self.assertRaises(ssl.SSLError) as caught:
                    self.context.load_verify_locations(text_file(folder(), content))
                self.assertReason("NO_CERTIFICATE_OR_CRL_FOUND", caught.exception, "X509")

    def test_a_broken_file(self):
        for content in (NOT_BASE64, NOT_DER % ("CERTIFICATE", "CERTIFICATE")):
            with self.subTest(content=content[:40]):
                with self.assertRaises(ssl.SSLError) as caught:
                    self.context.load_verify_locations(text_file(folder(), content))
                self.assertIn("PEM lib", str(caught.exception))

    def test_empty_data(self):
        for data in ("", b""):
            with self.assertRaises(ValueError) as caught:
                self.context.load_verify_locations(cadata=data)
            self.assertEqual(str(caught.exception), "Empty certificate data")

    def test_data_without_a_certificate(self):
        for data, text in (
            ("broken", "no start line: cadata does not contain a certificate"),
            (self.certificate.key.pem(), "no start line: cadata does not contain a certificate"),
            (b"broken", "not enough data: cadata does not contain a certificate"),
        ):
            with self.subTest(data=data[:30]):
                with self.assertRaises(ssl.SSLError) as caught:
                    self.context.load_verify_locations(cadata=data)
                self.assertTrue(str(caught.exception).startswith(text), caught.exception)

    def test_something_after_the_der(self):
        with self.assertRaises(ssl.SSLError):
            self.context.load_verify_locations(cadata=self.authority.certificate.der + b"A")


class DefaultTrustTest(unittest.TestCase):
    def test_the_system_s_own_are_loaded_for_each_purpose(self):
        for purpose in (ssl.Purpose.SERVER_AUTH, ssl.Purpose.CLIENT_AUTH):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_default_certs(purpose)
            context.set_default_verify_paths()
            self.assertEqual(context.cert_store_stats()["crl"], 0)

    def test_a_purpose_is_needed(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        for value in (None, "SERVER_AUTH"):
            with self.assertRaises(TypeError):
                context.load_default_certs(value)

    def test_the_system_s_own_do_not_vouch_for_the_tests(self):
        context = ssl.create_default_context()
        failure = BioPair(context).handshake().client
        self.assertIsInstance(failure, ssl.SSLCertVerificationError)
        self.assertEqual(failure.verify_code, 20)

    def test_a_default_context_trusts_whom_it_is_told_to(self):
        context = ssl.create_default_context(cafile=certificates.authority().file(folder()))
        self.assertEqual(context.cert_store_stats(), {"x509": 1, "x509_ca": 1, "crl": 0})
        BioPair(context).connected()

    def test_the_environment_names_other_places(self):
        file = certificates.authority().file(folder())
        with Environment(SSL_CERT_FILE=file, SSL_CERT_DIR=folder()):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_default_certs()
            self.assertEqual(context.cert_store_stats(), {"x509": 1, "x509_ca": 1, "crl": 0})
            paths = ssl.get_default_verify_paths()
        self.assertEqual((paths.cafile, paths.capath), (file, folder()))
        BioPair(context).connected()

    def test_where_the_system_s_own_are(self):
        paths = ssl.get_default_verify_paths()
        self.assertIsInstance(paths, ssl.DefaultVerifyPaths)
        self.assertEqual(len(paths), 6)
        self.assertEqual(paths.openssl_cafile_env, "SSL_CERT_FILE")
        self.assertEqual(paths.openssl_capath_env, "SSL_CERT_DIR")
        for path in (paths.cafile, paths.capath):
            self.assertTrue(path is None or os.path.exists(path), path)


class Environment:
    """Variables of the environment for as long as the block lasts."""

    def __init__(self, **variables):
        self._variables = variables
        self._before = None

    def __enter__(self):
        self._before = {name: os.environ.get(name) for name in self._variables}
        os.environ.update(self._variables)

    def __exit__(self, *raised):
        for name, value in self._before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class ParametersTest(LoadingCase):
    def test_no_such_file_of_dh_parameters(self):
        self.assertNoFile(self.context.load_dh_params, os.path.join(folder(), "no such file"))

    def test_dh_parameters_are_needed_in_the_file(self):
        with self.assertRaises(ssl.SSLError) as caught:
            self.context.load_dh_params(self.chain)
        self.assertReason("NO_START_LINE", caught.exception, "PEM")
        self.assertTrue(str(caught.exception).startswith("[PEM: NO_START_LINE] no start line"), caught.exception)

    def test_a_path_of_dh_parameters_is_needed(self):
        with self.assertRaises(TypeError):
            self.context.load_dh_params()
        with self.assertRaises(TypeError):
            self.context.load_dh_params(None)

    def test_curves_by_name(self):
        for name in ("prime256v1", b"prime256v1", "secp384r1", "X25519"):
            with self.subTest(name=name):
                self.context.set_ecdh_curve(name)

    def test_curves_that_are_unknown(self):
        for name in ("foo", b"foo"):
            with self.assertRaises(ValueError) as caught:
                self.context.set_ecdh_curve(name)
            self.assertEqual(str(caught.exception), "unknown elliptic curve name %r" % (name,))

    def test_a_curve_is_a_name(self):
        with self.assertRaises(TypeError):
            self.context.set_ecdh_curve()
        with self.assertRaises(TypeError):
            self.context.set_ecdh_curve(None)


@unittest.skipUnless(shutil.which("openssl"), "this machine has no openssl command")
class EncryptedByOpensslTest(LoadingCase):
    """Keys that the openssl command has encrypted, by ciphers that few use."""

    def assert_loads(self, *words):
        path = os.path.join(folder(), secrets.token_hex(8) + ".pem")
        made = subprocess.run(
            ["openssl", *words, "-in", self.key, "-out", path, "-passout", "pass:" + PASSWORD],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LIMIT,
        )
        self.assertEqual(made.returncode, 0, made.stdout)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.chain, path, PASSWORD)
        self.assertWorks()
        self.assertNotPem(self.chain, path, PASSWORD + "x")
        self.assertNotPem(self.chain, path, "")

    def test_by_headers(self):
        for cipher in "camellia128", "camellia192", "camellia256", "aria128", "aria192", "aria256", "aes192":
            with self.subTest(cipher):
                self.assert_loads("ec", "-" + cipher)

    def test_pkcs8(self):
        for cipher in "camellia256", "aria128", "aria192", "aria256", "aes-256-ofb", "aes-192-cfb", "des3":
            with self.subTest(cipher):
                self.assert_loads("pkcs8", "-topk8", "-v2", cipher)


class UnusualKeyTest(LoadingCase):
    def test_new_form_under_the_name_of_an_old_one(self):
        kinds = {"EC PRIVATE KEY": certificates.localhost(), "RSA PRIVATE KEY": certificates.rsa_localhost()}
        for name, certificate in kinds.items():
            for other, key in kinds.items():
                with self.subTest(name=name, key=other):
                    text = key.key.pem().replace("PRIVATE KEY", name)
                    arguments = key.chain_file(folder()), text_file(folder(), text)
                    if other != name:
                        self.assertNotPem(*arguments)
                        continue
                    self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    self.context.load_cert_chain(*arguments)
                    self.assertWorks()
