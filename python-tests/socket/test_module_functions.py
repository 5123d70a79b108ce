"""Functions of the socket module that need no socket: services, protocols, host names, interfaces, the default timeout,
descriptors, and the classes of errors."""

import errno
import math
import os
import socket
import unittest
from unittest import mock

import _socket
from support import HAS_IPV6, HOST, databases
from support.refusals import RefusalTestCase
from support.streams import default_timeout


class ServicesTest(RefusalTestCase):
    """getservbyname and getservbyport, against /etc/services."""

    def test_a_service_has_the_port_that_the_file_says(self):
        seen = set()
        for name, port, protocol in databases.services()[:40]:
            if (name, protocol) not in seen:
                seen.add((name, protocol))
                with self.subTest(name=name, protocol=protocol):
                    self.assertEqual(socket.getservbyname(name, protocol), port)

    def test_the_protocol_may_be_left_out(self):
        name, port, _ = databases.services()[0]
        self.assertEqual(socket.getservbyname(name), port)

    def test_a_port_has_the_first_name_that_the_file_says(self):
        seen = set()
        for name, port, protocol in databases.services()[:40]:
            if (port, protocol) not in seen:
                seen.add((port, protocol))
                with self.subTest(port=port, protocol=protocol):
                    self.assertEqual(socket.getservbyport(port, protocol), name)

    def test_a_port_without_protocol_has_its_first_name(self):
        name, port, _ = databases.services()[0]
        self.assertEqual(socket.getservbyport(port), name)

    def test_an_unknown_service_is_not_found(self):
        for arguments in (("no-such-service",), ("no-such-service", "tcp"), ("http", "no-such-protocol"), ("",),
                          ("é",)):
            with self.subTest(arguments=arguments):
                self.assertRefused(OSError, "service/proto not found", socket.getservbyname, *arguments)

    def test_an_unknown_port_is_not_found(self):
        for arguments in ((80, "no-such-protocol"), (65535, "no-such-protocol")):
            with self.subTest(arguments=arguments):
                self.assertRefused(OSError, "port/proto not found", socket.getservbyport, *arguments)

    def test_a_port_outside_of_16_bits_is_refused(self):
        for port in (-1, 65536, 2 ** 31 - 1):
            with self.subTest(port=port):
                self.assertRefused(OverflowError, "getservbyport: port must be 0-65535.", socket.getservbyport, port)

    def test_a_port_outside_of_a_c_int_is_refused(self):
        self.assertAboveInt(socket.getservbyport, 2 ** 31)

    def test_only_an_integer_is_a_port(self):
        for value in ("80", 80.0, None):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, socket.getservbyport, value)

    def test_only_str_is_a_name(self):
        for value, name in ((80, "int"), (b"http", "bytes"), (None, "None")):
            with self.subTest(value=value):
                self.assertRefused(TypeError, "getservbyname() argument 1 must be str, not %s" % name,
                                   socket.getservbyname, value)
                self.assertRefused(TypeError, "getservbyname() argument 2 must be str, not %s" % name,
                                   socket.getservbyname, "http", value)
                self.assertRefused(TypeError, "getservbyport() argument 2 must be str, not %s" % name,
                                   socket.getservbyport, 80, value)

    def test_an_embedded_null_is_refused(self):
        self.assertRefused(ValueError, "embedded null character", socket.getservbyname, "http\0")
        self.assertRefused(ValueError, "embedded null character", socket.getservbyport, 80, "tcp\0")

    def test_one_or_two_arguments(self):
        for function in (socket.getservbyname, socket.getservbyport):
            self.assertRaises(TypeError, function)
            self.assertRaises(TypeError, function, "http", "tcp", "more")


class ProtocolsTest(RefusalTestCase):
    """getprotobyname, against /etc/protocols."""

    def test_a_protocol_has_the_number_that_the_file_says(self):
        for name, number in databases.protocols().items():
            with self.subTest(name=name):
                self.assertEqual(socket.getprotobyname(name), number)

    def test_the_numbers_are_those_of_the_constants(self):
        if "tcp" not in databases.protocols():
            self.skipTest("/etc/protocols has no tcp on this machine")
        self.assertEqual(socket.getprotobyname("tcp"), socket.IPPROTO_TCP)
        self.assertEqual(socket.getprotobyname("udp"), socket.IPPROTO_UDP)

    def test_an_unknown_protocol_is_not_found(self):
        for name in ("no-such-protocol", "", "é"):
            with self.subTest(name=name):
                self.assertRefused(OSError, "protocol not found", socket.getprotobyname, name)

    def test_only_str_is_a_name(self):
        for value, name in ((6, "int"), (b"tcp", "bytes"), (None, "None")):
            with self.subTest(value=value):
                self.assertRefused(TypeError, "getprotobyname() argument 1 must be str, not %s" % name,
                                   socket.getprotobyname, value)

    def test_an_embedded_null_is_refused(self):
        self.assertRefused(ValueError, "embedded null character", socket.getprotobyname, "tcp\0")


class HostNameTest(RefusalTestCase):
    """gethostname and sethostname. No case changes the machine's name."""

    def test_the_host_name_is_that_of_the_machine(self):
        self.assertEqual(socket.gethostname(), os.uname().nodename)

    def test_gethostname_takes_no_argument(self):
        self.assertRaises(TypeError, socket.gethostname, 1)

    def test_setting_the_name_that_it_has_needs_permission(self):
        name = socket.gethostname()
        for form in (name, name.encode()):
            try:
                self.assertIsNone(socket.sethostname(form))
            except PermissionError as refusal:
                self.assertEqual(refusal.errno, errno.EPERM)
        self.assertEqual(socket.gethostname(), name)

    def test_a_name_that_is_too_long_is_refused(self):
        name = socket.gethostname()
        with self.assertRaises(OSError) as caught:
            socket.sethostname("x" * 65)
        self.assertIn(caught.exception.errno, (errno.EINVAL, errno.EPERM))
        self.assertEqual(socket.gethostname(), name)

    def test_a_name_of_another_type_is_refused(self):
        for value in (None, 1):
            with self.subTest(value=value):
                self.assertNotAPath(value, socket.sethostname, value)

    def test_sethostname_takes_one_argument(self):
        self.assertRaises(TypeError, socket.sethostname)
        self.assertRaises(TypeError, socket.sethostname, "x", "y")


class HostLookupTest(RefusalTestCase):
    """gethostbyname, gethostbyname_ex, gethostbyaddr and getfqdn, for names that no name server is asked for."""

    LOOKUPS = (socket.gethostbyname, socket.gethostbyname_ex, socket.gethostbyaddr)

    def test_a_numeric_address_is_its_own_answer(self):
        for text in (HOST, "10.0.0.1", "255.255.255.255"):
            with self.subTest(text=text):
                self.assertEqual(socket.gethostbyname(text), text)
                self.assertEqual(socket.gethostbyname_ex(text), (text, [], [text]))

    def test_the_short_forms_of_bsd_are_understood(self):
        for text in ("127.1", "0x7f000001", "2130706433"):
            with self.subTest(text=text):
                self.assertEqual(socket.gethostbyname(text), HOST)

    def test_the_empty_name_is_any_address(self):
        self.assertEqual(socket.gethostbyname(""), "0.0.0.0")

    def test_broadcast_is_a_name_of_its_own(self):
        self.assertEqual(socket.gethostbyname("<broadcast>"), "255.255.255.255")

    def test_localhost_is_on_the_loopback(self):
        self.assertTrue(socket.gethostbyname("localhost").startswith("127."))
        name, aliases, addresses = socket.gethostbyname_ex("localhost")
        self.assertIsInstance(name, str)
        self.assertIn("localhost", [name, *aliases])
        self.assertIn(socket.gethostbyname("localhost"), addresses)

    def test_the_loopback_address_has_a_name(self):
        for form in (HOST, "localhost", b"127.0.0.1", bytearray(b"127.0.0.1")):
            with self.subTest(form=form):
                name, aliases, addresses = socket.gethostbyaddr(form)
                self.assertIsInstance(name, str)
                self.assertIsInstance(aliases, list)
                self.assertIn(HOST, addresses)

    def test_a_name_as_bytes_is_taken_as_it_is(self):
        for form in (b"127.0.0.1", bytearray(b"127.0.0.1")):
            self.assertEqual(socket.gethostbyname(form), HOST)
            self.assertEqual(socket.gethostbyname_ex(form), (HOST, [], [HOST]))

    def test_a_name_beyond_ascii_goes_through_idna(self):
        wide = "ｌｏｃａｌｈｏｓｔ"
        self.assertEqual(socket.gethostbyname(wide), socket.gethostbyname("localhost"))
        self.assertEqual(socket.gethostbyname_ex(wide), socket.gethostbyname_ex("localhost"))
        self.assertEqual(socket.gethostbyaddr(wide), socket.gethostbyaddr("localhost"))

    def test_a_name_that_idna_refuses_is_refused(self):
        for function in self.LOOKUPS:
            for name in ("x" * 64, ".", "a..b", "\ud800"):
                with self.subTest(function=function.__name__, name=name):
                    self.assertRaises(UnicodeError, function, name)

    def test_a_name_that_cannot_exist_is_not_found(self):
        for function in self.LOOKUPS:
            with self.subTest(function=function.__name__):
                with self.assertRaises(socket.gaierror) as caught:
                    function(b"x" * 64)
                self.assertEqual(caught.exception.errno, socket.EAI_NONAME)

    def test_an_ipv6_address_has_the_wrong_family_for_gethostbyname(self):
        for function in (socket.gethostbyname, socket.gethostbyname_ex):
            with self.subTest(function=function.__name__):
                with self.assertRaises(socket.gaierror) as caught:
                    function("::1")
                self.assertEqual(caught.exception.args,
                                 (socket.EAI_ADDRFAMILY, "Address family for hostname not supported"))

    def test_an_address_without_a_name_is_a_host_error(self):
        with self.assertRaises(socket.herror) as caught:
            socket.gethostbyaddr("::")
        self.assertEqual(caught.exception.args, (1, "Unknown host"))

    def test_the_empty_name_has_no_single_address_to_look_up(self):
        if not HAS_IPV6:
            self.skipTest("without IPv6 the wildcard is one address")
        self.assertRefused(OSError, "wildcard resolved to multiple address", socket.gethostbyaddr, "")

    def test_only_str_bytes_and_bytearray_are_names(self):
        for function in self.LOOKUPS:
            for value, name in ((None, "None"), (1, "int"), (memoryview(b"x"), "memoryview")):
                with self.subTest(function=function.__name__, value=value):
                    self.assertRefused(TypeError, "%s() argument 1 must be str, bytes or bytearray, not %s"
                                       % (function.__name__, name), function, value)

    def test_an_embedded_null_is_refused(self):
        for function in self.LOOKUPS:
            for value in ("a\0b", b"a\0b"):
                with self.subTest(function=function.__name__, value=value):
                    self.assertRefused(TypeError, "%s() argument 1 must be encoded string without null bytes, not %s"
                                       % (function.__name__, type(value).__name__), function, value)

    def test_one_argument(self):
        for function in self.LOOKUPS:
            self.assertRaises(TypeError, function)
            self.assertRaises(TypeError, function, "localhost", "localhost")

    def test_the_name_of_the_machine_leads_to_an_address_and_back(self):
        name = socket.gethostname()
        if not databases.is_in_hosts_file(name):
            self.skipTest("/etc/hosts does not name this machine")
        address = socket.gethostbyname(name)
        self.assertEqual(len(socket.inet_aton(address)), 4)
        found, aliases, addresses = socket.gethostbyaddr(address)
        self.assertIn(address, addresses)
        self.assertIn(socket.getfqdn(address), [name, found, *aliases])

    def test_getfqdn_of_the_wildcard_is_that_of_the_machine(self):
        with mock.patch.object(socket, "gethostname", return_value="localhost"):
            expected = socket.getfqdn("localhost")
            for arguments in ((), ("",), ("0.0.0.0",), ("::",)):
                with self.subTest(arguments=arguments):
                    self.assertEqual(socket.getfqdn(*arguments), expected)

    def test_getfqdn_prefers_a_name_with_a_dot(self):
        answer = ("plain", ["short", "full.example.org"], [HOST])
        with mock.patch.object(socket, "gethostbyaddr", return_value=answer):
            self.assertEqual(socket.getfqdn(HOST), "full.example.org")

    def test_getfqdn_gives_the_name_back_where_the_lookup_fails(self):
        self.assertEqual(socket.getfqdn("::0"), "::0")


class InterfacesTest(RefusalTestCase):
    """if_nameindex, if_nametoindex and if_indextoname."""

    def test_each_interface_has_an_index_and_a_name(self):
        interfaces = socket.if_nameindex()
        self.assertIsInstance(interfaces, list)
        self.assertIn("lo", [name for _, name in interfaces])
        for index, name in interfaces:
            with self.subTest(name=name):
                self.assertIs(type(index), int)
                self.assertIs(type(name), str)
                self.assertGreater(index, 0)
                self.assertEqual(socket.if_nametoindex(name), index)
                self.assertEqual(socket.if_indextoname(index), name)

    def test_a_name_may_be_bytes_or_a_path(self):
        class Path:
            def __fspath__(self):
                return "lo"

        self.assertEqual(socket.if_nametoindex(b"lo"), socket.if_nametoindex("lo"))
        self.assertEqual(socket.if_nametoindex(Path()), socket.if_nametoindex("lo"))

    def test_an_unknown_name_has_no_interface(self):
        for name in ("_DEADBEEF", "", "x" * 100, b"_DEADBEEF", "é"):
            with self.subTest(name=name):
                self.assertRefused(OSError, "no interface with this name", socket.if_nametoindex, name)

    def test_a_name_of_another_type_is_refused(self):
        for value in (0, None, bytearray(b"lo")):
            with self.subTest(value=value):
                self.assertNotAPath(value, socket.if_nametoindex, value)

    def test_a_name_with_a_null_is_refused(self):
        self.assertRefused(ValueError, "embedded null byte", socket.if_nametoindex, "lo\0")

    def test_an_unknown_index_has_no_interface(self):
        for index in (0, 2 ** 31 - 1):
            with self.subTest(index=index):
                self.assertSystemError(errno.ENXIO, socket.if_indextoname, index)

    def test_an_index_of_another_type_is_refused(self):
        for value in ("lo", 1.0, None):
            with self.subTest(value=value):
                self.assertRefused(TypeError, "an integer is required", socket.if_indextoname, value)

    def test_an_index_out_of_range_is_refused(self):
        self.assertRefused(OverflowError, "can't convert negative value to unsigned int", socket.if_indextoname, -1)
        self.assertRefused(OverflowError, "Python int too large to convert to C unsigned long", socket.if_indextoname,
                           2 ** 64)

    def test_argument_counts(self):
        self.assertRaises(TypeError, socket.if_nameindex, 1)
        self.assertRaises(TypeError, socket.if_nametoindex)
        self.assertRaises(TypeError, socket.if_indextoname)


class DefaultTimeoutTest(RefusalTestCase):
    """The value itself. What it does to sockets, and what else it refuses, is in test_timeouts.py."""

    def test_it_is_kept_as_a_float(self):
        for value, kept in ((0, 0.0), (10, 10.0), (1.5, 1.5), (True, 1.0), (9223372036, 9223372036.0)):
            with self.subTest(value=value), default_timeout(value):
                self.assertEqual(socket.getdefaulttimeout(), kept)
                self.assertIs(type(socket.getdefaulttimeout()), float)

    def test_it_is_rounded_up_to_a_nanosecond(self):
        with default_timeout(1e-12):
            self.assertEqual(socket.getdefaulttimeout(), 1e-9)

    def test_both_modules_share_it(self):
        with default_timeout(10):
            self.assertEqual(_socket.getdefaulttimeout(), 10.0)

    def test_a_value_beyond_all_clocks_is_refused(self):
        for value in (math.inf, 1e300):
            with self.subTest(value=value):
                self.assertRefused(OverflowError, "timestamp out of range for platform time_t",
                                   socket.setdefaulttimeout, value)
        for value in (2 ** 62, 9223372037, 2 ** 100):
            with self.subTest(value=value):
                self.assertRefused(OverflowError, "timestamp too large to convert to C _PyTime_t",
                                   socket.setdefaulttimeout, value)


class DescriptorFunctionsTest(RefusalTestCase):
    """`socket.close` and `socket.dup`, which take a number."""

    def test_close_ends_the_descriptor_under_a_socket(self):
        sock = socket.socket()
        number = sock.fileno()
        self.assertIsNone(socket.close(number))
        self.assertErrno(errno.EBADF, sock.getsockname)
        self.assertErrno(errno.EBADF, sock.listen, 1)
        self.assertEqual(sock.fileno(), number)
        self.assertErrno(errno.EBADF, sock.close)
        self.assertEqual(sock.fileno(), -1)

    def test_close_takes_a_detached_number(self):
        number = socket.socket().detach()
        socket.close(number)
        self.assertSystemError(errno.EBADF, socket.close, number)

    def test_a_number_that_is_not_open_is_refused(self):
        for function in (socket.close, socket.dup):
            with self.subTest(function=function.__name__):
                self.assertSystemError(errno.EBADF, function, -1)

    def test_only_an_integer_is_a_descriptor(self):
        for function in (socket.close, socket.dup):
            for value in (None, "1", 1.0):
                with self.subTest(function=function.__name__, value=value):
                    self.assertNotAnInteger(value, function, value)

    def test_dup_gives_another_number_for_the_same_socket(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        number = socket.dup(sock.fileno())
        self.assertIs(type(number), int)
        self.assertNotEqual(number, sock.fileno())
        with socket.socket(fileno=number) as twin:
            self.assertEqual(twin.getsockname(), sock.getsockname())
            self.assertFalse(twin.get_inheritable())

    def test_a_dup_outlives_the_socket(self):
        left, right = self.pair()
        number = socket.dup(left.fileno())
        left.close()
        with socket.socket(fileno=number) as twin:
            twin.settimeout(right.gettimeout())
            twin.sendall(b"still here")
            self.assertEqual(right.recv(20), b"still here")


class ControlMessageSizesTest(RefusalTestCase):
    """CMSG_LEN and CMSG_SPACE: the shape of their answers, and what they refuse."""

    def test_space_is_the_length_with_padding(self):
        for size in range(64):
            with self.subTest(size=size):
                length, space = socket.CMSG_LEN(size), socket.CMSG_SPACE(size)
                self.assertGreaterEqual(length, size)
                self.assertGreaterEqual(space, length)
                self.assertEqual(space, socket.CMSG_SPACE(0) + (size + 7) // 8 * 8)

    def test_a_size_out_of_range_is_refused(self):
        for size in (-1, 2 ** 31, 2 ** 63 - 1):
            with self.subTest(size=size):
                self.assertRefused(OverflowError, "CMSG_LEN() argument out of range", socket.CMSG_LEN, size)
                self.assertRefused(OverflowError, "CMSG_SPACE() argument out of range", socket.CMSG_SPACE, size)

    def test_only_an_integer_is_a_size(self):
        for value in ("1", 1.0, None):
            with self.subTest(value=value):
                self.assertNotAnInteger(value, socket.CMSG_LEN, value)
                self.assertNotAnInteger(value, socket.CMSG_SPACE, value)


class ErrorClassesTest(unittest.TestCase):
    def test_error_is_os_error(self):
        self.assertIs(socket.error, OSError)
        self.assertIs(_socket.error, OSError)
        self.assertTrue(issubclass(OSError, Exception))

    def test_timeout_is_timeout_error(self):
        self.assertIs(socket.timeout, TimeoutError)
        self.assertIs(_socket.timeout, TimeoutError)
        self.assertTrue(issubclass(socket.timeout, OSError))

    def test_lookup_errors_are_os_errors_of_their_own(self):
        for kind, name in ((socket.herror, "herror"), (socket.gaierror, "gaierror")):
            with self.subTest(name=name):
                self.assertEqual(kind.__bases__, (OSError,))
                self.assertEqual((kind.__module__, kind.__qualname__), ("socket", name))
                self.assertIs(getattr(_socket, name), kind)

    def test_each_can_be_raised_and_caught_as_os_error(self):
        for kind in (OSError, socket.error, socket.herror, socket.gaierror, socket.timeout):
            with self.subTest(kind=kind), self.assertRaises(OSError):
                raise kind

    def test_a_lookup_error_has_number_and_text(self):
        for kind in (socket.herror, socket.gaierror):
            error = kind(-2, "text")
            self.assertEqual((error.errno, error.strerror, error.args), (-2, "text", (-2, "text")))
            self.assertEqual(str(error), "[Errno -2] text")
            self.assertEqual(repr(error), "%s(-2, 'text')" % kind.__name__)

    def test_a_lookup_error_of_a_known_errno_stays_what_it_is(self):
        self.assertIs(type(socket.gaierror(errno.ECONNREFUSED, "text")), socket.gaierror)


if __name__ == "__main__":
    unittest.main()
