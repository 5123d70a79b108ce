"""`ssl.SSLContext`: what a new one is set to, how each setting is changed, and what is refused."""

import socket
import ssl
import unittest
import warnings
import weakref

from support import SocketTestCase
from support.collection import collected
from support.tls import client_context, server_context

CLIENT = ssl.PROTOCOL_TLS_CLIENT
SERVER = ssl.PROTOCOL_TLS_SERVER
TLSVersion = ssl.TLSVersion


class ConstructorTest(unittest.TestCase):
    def test_a_context_keeps_its_protocol(self):
        for protocol in (CLIENT, SERVER):
            with self.subTest(protocol=protocol.name):
                self.assertIs(ssl.SSLContext(protocol).protocol, protocol)

    def test_protocol_cannot_be_changed(self):
        with self.assertRaises(AttributeError):
            ssl.SSLContext(CLIENT).protocol = SERVER

    def test_a_context_for_both_ends_is_deprecated(self):
        with self.assertWarns(DeprecationWarning) as caught:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS)
        self.assertEqual(str(caught.warning), "ssl.PROTOCOL_TLS is deprecated")
        self.assertIs(context.protocol, ssl.PROTOCOL_TLS)

    def test_without_a_protocol_it_is_for_both_ends_and_deprecated(self):
        with self.assertWarns(DeprecationWarning) as caught:
            context = ssl.SSLContext()
        self.assertEqual(str(caught.warning), "ssl.SSLContext() without protocol argument is deprecated.")
        self.assertIs(context.protocol, ssl.PROTOCOL_TLS)

    def test_a_context_of_a_single_version_is_deprecated(self):
        with self.assertWarns(DeprecationWarning) as caught:
            context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
        self.assertEqual(str(caught.warning), "ssl.PROTOCOL_TLSv1_2 is deprecated")
        self.assertIs(context.protocol, ssl.PROTOCOL_TLSv1_2)

    def test_numbers_that_name_no_protocol_are_refused(self):
        for number in (-1, 42):
            with self.subTest(number=number):
                with self.assertRaises(ValueError) as caught:
                    ssl.SSLContext(number)
                self.assertEqual(str(caught.exception), "invalid or unsupported protocol version %d" % number)

    def test_protocol_is_a_number(self):
        with self.assertRaises(TypeError):
            ssl.SSLContext("TLS")

    def test_clients_verify_and_servers_do_not(self):
        client, server = ssl.SSLContext(CLIENT), ssl.SSLContext(SERVER)
        self.assertEqual((client.verify_mode, client.check_hostname), (ssl.CERT_REQUIRED, True))
        self.assertEqual((server.verify_mode, server.check_hostname), (ssl.CERT_NONE, False))

    def test_a_subclass_may_add_to_it(self):
        class Context(ssl.SSLContext):
            def __init__(self, protocol):
                self.made_for = protocol

        context = Context(CLIENT)
        self.assertIs(context.made_for, CLIENT)
        self.assertIs(context.protocol, CLIENT)

    def test_what_is_wrapped_is_of_the_classes_that_it_names(self):
        class OwnSocket(ssl.SSLSocket):
            pass

        class OwnObject(ssl.SSLObject):
            pass

        context = ssl.SSLContext(SERVER)
        context.sslsocket_class = OwnSocket
        context.sslobject_class = OwnObject
        with socket.socket() as plain, context.wrap_socket(plain, server_side=True) as wrapped:
            self.assertIsInstance(wrapped, OwnSocket)
        self.assertIsInstance(context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=True), OwnObject)


class VerificationSettingsTest(unittest.TestCase):
    def test_each_mode_can_be_set(self):
        context = ssl.SSLContext(SERVER)
        for mode in (ssl.CERT_OPTIONAL, ssl.CERT_REQUIRED, ssl.CERT_NONE):
            context.verify_mode = mode
            self.assertIs(context.verify_mode, mode)

    def test_modes_are_enumeration_members_even_if_set_as_numbers(self):
        context = ssl.SSLContext(SERVER)
        context.verify_mode = 2
        self.assertIs(context.verify_mode, ssl.VerifyMode.CERT_REQUIRED)

    def test_what_is_no_mode_is_refused(self):
        context = ssl.SSLContext(SERVER)
        with self.assertRaises(TypeError):
            context.verify_mode = None
        with self.assertRaises(ValueError) as caught:
            context.verify_mode = 42
        self.assertEqual(str(caught.exception), "invalid value for verify_mode")
        self.assertIs(context.verify_mode, ssl.CERT_NONE)

    def test_checking_names_turns_on_verification(self):
        context = ssl.SSLContext(SERVER)
        context.check_hostname = True
        self.assertIs(context.check_hostname, True)
        self.assertIs(context.verify_mode, ssl.CERT_REQUIRED)

    def test_checking_names_keeps_a_mode_that_verifies(self):
        context = ssl.SSLContext(SERVER)
        context.verify_mode = ssl.CERT_OPTIONAL
        context.check_hostname = True
        self.assertIs(context.verify_mode, ssl.CERT_OPTIONAL)

    def test_no_longer_checking_names_keeps_the_mode(self):
        context = ssl.SSLContext(CLIENT)
        context.check_hostname = False
        self.assertIs(context.check_hostname, False)
        self.assertIs(context.verify_mode, ssl.CERT_REQUIRED)

    def test_the_mode_does_not_change_whether_names_are_checked(self):
        context = ssl.SSLContext(SERVER)
        context.verify_mode = ssl.CERT_REQUIRED
        self.assertIs(context.check_hostname, False)

    def test_verification_stays_while_names_are_checked(self):
        context = ssl.SSLContext(CLIENT)
        with self.assertRaises(ValueError) as caught:
            context.verify_mode = ssl.CERT_NONE
        self.assertEqual(
            str(caught.exception), "Cannot set verify_mode to CERT_NONE when check_hostname is enabled."
        )
        self.assertIs(context.verify_mode, ssl.CERT_REQUIRED)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.assertIs(context.verify_mode, ssl.CERT_NONE)

    def test_flags_of_a_new_context(self):
        for protocol in (CLIENT, SERVER):
            self.assertEqual(
                ssl.SSLContext(protocol).verify_flags, ssl.VERIFY_DEFAULT | ssl.VERIFY_X509_TRUSTED_FIRST
            )

    def test_flags_take_each_value(self):
        context = ssl.SSLContext(SERVER)
        for flags in (
            ssl.VERIFY_CRL_CHECK_LEAF,
            ssl.VERIFY_CRL_CHECK_CHAIN,
            ssl.VERIFY_DEFAULT,
            ssl.VERIFY_ALLOW_PROXY_CERTS,
            ssl.VERIFY_X509_PARTIAL_CHAIN,
            ssl.VERIFY_CRL_CHECK_LEAF | ssl.VERIFY_X509_STRICT,
        ):
            with self.subTest(flags=flags):
                context.verify_flags = flags
                self.assertEqual(context.verify_flags, flags)
                self.assertIsInstance(context.verify_flags, ssl.VerifyFlags)

    def test_flags_are_a_number(self):
        with self.assertRaises(TypeError):
            ssl.SSLContext(SERVER).verify_flags = None

    def test_common_names_can_be_left_out(self):
        context = ssl.SSLContext(CLIENT)
        self.assertIs(context.hostname_checks_common_name, True)
        for value in (False, True):
            context.hostname_checks_common_name = value
            self.assertIs(context.hostname_checks_common_name, value)


class VersionSettingsTest(unittest.TestCase):
    def test_a_new_context_takes_tls_1_2_and_1_3(self):
        context = ssl.SSLContext(SERVER)
        self.assertIn(context.minimum_version, (TLSVersion.MINIMUM_SUPPORTED, TLSVersion.TLSv1_2))
        self.assertIn(context.maximum_version, (TLSVersion.MAXIMUM_SUPPORTED, TLSVersion.TLSv1_3))

    def test_limits_can_be_set(self):
        context = ssl.SSLContext(SERVER)
        context.maximum_version = TLSVersion.TLSv1_2
        context.minimum_version = TLSVersion.TLSv1_2
        self.assertIs(context.minimum_version, TLSVersion.TLSv1_2)
        self.assertIs(context.maximum_version, TLSVersion.TLSv1_2)
        context.maximum_version = TLSVersion.MAXIMUM_SUPPORTED
        context.minimum_version = TLSVersion.TLSv1_3
        self.assertIs(context.minimum_version, TLSVersion.TLSv1_3)
        self.assertIs(context.maximum_version, TLSVersion.MAXIMUM_SUPPORTED)

    def test_the_extremes_stand_for_versions_where_the_other_end_is_meant(self):
        context = ssl.SSLContext(SERVER)
        context.minimum_version = TLSVersion.MAXIMUM_SUPPORTED
        self.assertIs(context.minimum_version, TLSVersion.TLSv1_3)

    def test_the_lowest_extreme_is_kept_as_a_minimum(self):
        context = ssl.SSLContext(SERVER)
        context.minimum_version = TLSVersion.MINIMUM_SUPPORTED
        self.assertIs(context.minimum_version, TLSVersion.MINIMUM_SUPPORTED)

    def test_what_is_no_version_is_refused(self):
        context = ssl.SSLContext(SERVER)
        for name in ("minimum_version", "maximum_version"):
            with self.subTest(name=name):
                with self.assertRaises(ValueError) as caught:
                    setattr(context, name, 42)
                self.assertEqual(str(caught.exception), "Unsupported TLS/SSL version 0x2a")

    def test_old_versions_are_deprecated(self):
        for version in (TLSVersion.TLSv1, TLSVersion.TLSv1_1):
            with self.subTest(version=version.name):
                context = ssl.SSLContext(CLIENT)
                with self.assertWarns(DeprecationWarning) as caught:
                    context.minimum_version = version
                self.assertEqual(str(caught.warning), "ssl.TLSVersion.%s is deprecated" % version.name)


class OptionsTest(unittest.TestCase):
    def test_what_is_on_in_a_new_context(self):
        for name in (
            "OP_ALL",
            "OP_NO_SSLv3",
            "OP_NO_COMPRESSION",
            "OP_CIPHER_SERVER_PREFERENCE",
            "OP_SINGLE_DH_USE",
            "OP_SINGLE_ECDH_USE",
            "OP_ENABLE_MIDDLEBOX_COMPAT",
        ):
            with self.subTest(name=name):
                option = getattr(ssl, name)
                self.assertEqual(ssl.SSLContext(CLIENT).options & option, option)

    def test_what_is_off_in_a_new_context(self):
        options = ssl.SSLContext(CLIENT).options
        for name in ("OP_NO_TLSv1_2", "OP_NO_TLSv1_3", "OP_LEGACY_SERVER_CONNECT", "OP_NO_TICKET"):
            with self.subTest(name=name):
                self.assertEqual(options & getattr(ssl, name), 0)

    def test_options_are_set_and_cleared(self):
        context = ssl.SSLContext(CLIENT)
        before = context.options
        context.options |= ssl.OP_NO_TICKET
        self.assertEqual(context.options, before | ssl.OP_NO_TICKET)
        self.assertIsInstance(context.options, ssl.Options)
        context.options &= ~ssl.OP_NO_TICKET
        self.assertEqual(context.options, before)

    def test_all_can_be_cleared(self):
        context = ssl.SSLContext(CLIENT)
        context.options = 0
        # Some builds of OpenSSL keep SSL 3 out by force.
        self.assertEqual(context.options & ~ssl.OP_NO_SSLv3, 0)

    def test_switching_versions_off_by_options_is_deprecated(self):
        for name in ("OP_NO_TLSv1", "OP_NO_TLSv1_1", "OP_NO_TLSv1_2", "OP_NO_TLSv1_3"):
            with self.subTest(name=name):
                context = ssl.SSLContext(CLIENT)
                with self.assertWarns(DeprecationWarning) as caught:
                    context.options |= getattr(ssl, name)
                self.assertEqual(
                    str(caught.warning), "ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated"
                )

    def test_numbers_out_of_range_are_refused(self):
        for number in (-1, 2**100):
            with self.subTest(number=number):
                with self.assertRaises(OverflowError):
                    ssl.SSLContext(CLIENT).options = number

    def test_options_are_a_number(self):
        with self.assertRaises(TypeError):
            ssl.SSLContext(CLIENT).options = "abc"

    def test_every_option_is_a_number_that_is_not_negative(self):
        names = [name for name in dir(ssl) if name.startswith("OP_")]
        self.assertGreater(len(names), 10)
        for name in names:
            self.assertGreaterEqual(getattr(ssl, name), 0, name)


class OtherSettingsTest(unittest.TestCase):
    def test_security_level_is_one_of_openssl_s(self):
        self.assertIn(ssl.SSLContext(CLIENT).security_level, range(6))

    def test_security_level_cannot_be_assigned(self):
        with self.assertRaises(AttributeError):
            ssl.SSLContext(CLIENT).security_level = 1

    def test_servers_say_how_many_tickets_they_send(self):
        context = ssl.SSLContext(SERVER)
        self.assertEqual(context.num_tickets, 2)
        for number in (1, 0):
            context.num_tickets = number
            self.assertEqual(context.num_tickets, number)

    def test_the_number_of_tickets_is_not_negative(self):
        context = ssl.SSLContext(SERVER)
        with self.assertRaises(ValueError) as caught:
            context.num_tickets = -1
        self.assertEqual(str(caught.exception), "value must be non-negative")
        with self.assertRaises(TypeError):
            context.num_tickets = None

    def test_clients_have_no_say_in_tickets(self):
        context = ssl.SSLContext(CLIENT)
        self.assertEqual(context.num_tickets, 2)
        with self.assertRaises(ValueError) as caught:
            context.num_tickets = 1
        self.assertEqual(str(caught.exception), "SSLContext is not a server context.")

    def test_statistics_begin_at_zero(self):
        for protocol in (CLIENT, SERVER):
            self.assertEqual(
                ssl.SSLContext(protocol).session_stats(),
                dict.fromkeys(
                    (
                        "number",
                        "connect",
                        "connect_good",
                        "connect_renegotiate",
                        "accept",
                        "accept_good",
                        "accept_renegotiate",
                        "hits",
                        "misses",
                        "timeouts",
                        "cache_full",
                    ),
                    0,
                ),
            )

    def test_keys_are_not_logged_and_clients_do_not_authenticate_later_unless_told(self):
        context = ssl.SSLContext(CLIENT)
        self.assertIsNone(context.keylog_filename)
        self.assertIs(context.post_handshake_auth, False)

    def test_a_keylog_needs_a_path(self):
        with self.assertRaises(TypeError):
            ssl.SSLContext(CLIENT).keylog_filename = 1
        context = ssl.SSLContext(CLIENT)
        context.keylog_filename = None
        self.assertIsNone(context.keylog_filename)

    def test_a_server_name_callback_is_a_callable_or_none(self):
        context = ssl.SSLContext(SERVER)
        self.assertIsNone(context.sni_callback)
        for value in (4, "", context):
            with self.subTest(value=value):
                with self.assertRaises(TypeError) as caught:
                    context.set_servername_callback(value)
                self.assertEqual(str(caught.exception), "not a callable object")
        with self.assertRaises(TypeError):
            context.set_servername_callback()

        def choose(sock, name, initial):
            pass

        context.set_servername_callback(choose)
        context.set_servername_callback(None)
        self.assertIsNone(context.sni_callback)
        context.sni_callback = choose
        self.assertIsNotNone(context.sni_callback)

    def test_a_client_has_no_server_name_callback(self):
        with self.assertRaises(ValueError) as caught:
            ssl.SSLContext(CLIENT).sni_callback = print
        self.assertEqual(str(caught.exception), "sni_callback cannot be set on TLS_CLIENT context")

    def test_a_context_that_its_callback_knows_can_be_collected(self):
        context = ssl.SSLContext(SERVER)

        def choose(sock, name, initial, cycle=context):
            pass

        context.set_servername_callback(choose)
        alive = weakref.ref(context)
        del context, choose
        self.assertTrue(collected(lambda: alive() is None))


class DefaultContextTest(unittest.TestCase):
    def test_for_clients(self):
        context = ssl.create_default_context()
        self.assertIs(context.protocol, CLIENT)
        self.assertIs(context.verify_mode, ssl.CERT_REQUIRED)
        self.assertIs(context.check_hostname, True)
        self.assertEqual(context.options & ssl.OP_NO_COMPRESSION, ssl.OP_NO_COMPRESSION)

    def test_for_servers(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.assertIs(context.protocol, SERVER)
        self.assertIs(context.verify_mode, ssl.CERT_NONE)
        self.assertIs(context.check_hostname, False)

    def test_a_purpose_is_needed(self):
        with self.assertRaises(TypeError):
            ssl.create_default_context("SERVER_AUTH")

    def test_what_the_standard_library_uses_when_told_nothing_verifies_nothing(self):
        context = ssl._create_stdlib_context()
        self.assertIs(context.protocol, CLIENT)
        self.assertIs(context.verify_mode, ssl.CERT_NONE)
        self.assertIs(context.check_hostname, False)

    def test_what_the_standard_library_uses_can_be_told_to_verify(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context = ssl._create_stdlib_context(
                ssl.PROTOCOL_TLSv1_2, cert_reqs=ssl.CERT_REQUIRED, check_hostname=True
            )
        self.assertIs(context.protocol, ssl.PROTOCOL_TLSv1_2)
        self.assertIs(context.verify_mode, ssl.CERT_REQUIRED)
        self.assertIs(context.check_hostname, True)

    def test_what_the_standard_library_uses_for_servers(self):
        context = ssl._create_stdlib_context(purpose=ssl.Purpose.CLIENT_AUTH)
        self.assertIs(context.protocol, SERVER)
        self.assertIs(context.verify_mode, ssl.CERT_NONE)


class WrappingTest(SocketTestCase):
    """What may be wrapped, before anything is sent."""

    def plain(self, kind=socket.SOCK_STREAM):
        return self.bounded(socket.socket(socket.AF_INET, kind))

    def test_server_names_are_for_clients(self):
        with self.assertRaises(ValueError) as caught:
            server_context().wrap_socket(self.plain(), True, server_hostname="some.hostname")
        self.assertEqual(str(caught.exception), "server_hostname can only be specified in client mode")

    def test_sessions_are_for_clients(self):
        with self.assertRaises(ValueError) as caught:
            server_context().wrap_socket(self.plain(), True, session=object())
        self.assertEqual(str(caught.exception), "session can only be specified in client mode")

    def test_a_name_is_needed_to_check_it(self):
        with self.assertRaises(ValueError) as caught:
            client_context().wrap_socket(self.plain())
        self.assertEqual(str(caught.exception), "check_hostname requires server_hostname")

    def test_datagrams_cannot_be_wrapped(self):
        with self.assertRaises(NotImplementedError) as caught:
            client_context().wrap_socket(self.plain(socket.SOCK_DGRAM), server_hostname="localhost")
        self.assertEqual(str(caught.exception), "only stream sockets are supported")

    def test_names_that_no_host_has_are_refused(self):
        for name in ("", ".example.org", "a..b"):
            with self.subTest(name=name):
                with self.assertRaises(ValueError):
                    client_context().wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=name)

    def test_names_have_no_null_in_them(self):
        with self.assertRaises(TypeError):
            client_context().wrap_bio(
                ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="example.org\x00evil.com"
            )

    def test_a_client_s_context_makes_no_server(self):
        with self.assertRaises(ssl.SSLError) as caught:
            client_context().wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=True)
        self.assertIn(
            "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context", str(caught.exception)
        )

    def test_a_server_s_context_makes_no_client(self):
        with self.assertRaises(ssl.SSLError) as caught:
            server_context().wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
        self.assertIn(
            "Cannot create a client socket with a PROTOCOL_TLS_SERVER context", str(caught.exception)
        )

    def test_the_constructors_are_not_for_users(self):
        for kind, maker in ((ssl.SSLSocket, "wrap_socket"), (ssl.SSLObject, "wrap_bio")):
            with self.subTest(kind=kind.__name__):
                with self.assertRaises(TypeError) as caught:
                    kind(self.plain())
                self.assertEqual(
                    str(caught.exception),
                    "%s does not have a public constructor. Instances are returned by SSLContext.%s()."
                    % (kind.__name__, maker),
                )

    def test_a_wrapped_socket_keeps_the_timeout(self):
        for timeout in (None, 0.0, 5.0):
            with self.subTest(timeout=timeout):
                plain = self.plain()
                plain.settimeout(timeout)
                with client_context().wrap_socket(plain, server_hostname="localhost") as wrapped:
                    self.assertEqual(wrapped.gettimeout(), timeout)

    def test_wrapping_takes_the_descriptor_over(self):
        plain = self.plain()
        number = plain.fileno()
        with client_context().wrap_socket(plain, server_hostname="localhost") as wrapped:
            self.assertEqual(wrapped.fileno(), number)
            self.assertEqual(plain.fileno(), -1)
