"""The names of `_socket` and `socket`, and the values of their constants, against the table in names.tsv.

The table is CPython 3.12 on Linux x86-64. A name that its build left out (Bluetooth has headers of its own) is not
in it.
"""

import enum
import os
import pickle
import unittest

import _socket
import socket

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "names.tsv")

ABSENT = object()

NOT_FOR_PYTHON = {"CAPI"}
"""The capsule that hands C functions to C extension modules. Python code has no use for it, and Java has no such."""

OF_PYTHON_2 = {"ssl", "sslerror"}
"""Names that the module of Python 2 had, and PySockets has again: see test_legacy_ssl.py."""

BLUETOOTH = ("AF_BLUETOOTH", "BDADDR_", "BTPROTO_", "BT_", "HCI_", "L2CAP_", "SOL_BLUETOOTH", "SOL_HCI", "SOL_L2CAP",
             "SOL_RFCOMM", "SOL_SCO")
"""Names that a CPython has if it was built with the Bluetooth headers."""


def rows(owner, kind):
    """The table's names of one owner and kind: {name: value as text, or None}."""
    found = {}
    with open(TABLE, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            fields = line.rstrip("\n").split("\t")
            if fields[0] == owner and fields[2] == kind:
                found[fields[1]] = fields[3] if len(fields) > 3 else None
    return found


CONSTANTS = {name: int(value) for name, value in rows("_socket", "int").items()}

VSOCK = ("SO_VM_SOCKETS_", "VMADDR_", "VM_SOCKETS_", "IOCTL_VM_SOCKETS_")

GROUPS = ("AF_", "AI_", "ALG_", "CAN_", "EAI_", "ETHERTYPE_", "ETH_P_", "INADDR_", "IPPORT_", "IPPROTO_", "IPV6_",
          "IP_", "J1939_", "MSG_", "NETLINK_", "NI_", "PACKET_", "PF_", "SCM_", "SHUT_", "SOCK_", "SOL_", "SOMAXCONN",
          "SO_", "TCP_", "TIPC_", "UDPLITE_") + VSOCK


class ConstantsTest(unittest.TestCase):
    """Each integer constant is in both modules and has the table's value."""

    def check(self, *prefixes):
        group = {name: value for name, value in CONSTANTS.items() if name.startswith(prefixes)}
        self.assertTrue(group, "no such names in the table")
        for name, value in group.items():
            with self.subTest(name=name):
                plain = getattr(_socket, name, ABSENT)
                self.assertIsNot(plain, ABSENT, "_socket lacks it")
                self.assertIs(type(plain), int)
                self.assertEqual(plain, value)
                self.assertEqual(getattr(socket, name, ABSENT), value)

    def test_address_families(self):
        self.check("AF_")

    def test_protocol_families(self):
        self.check("PF_")

    def test_socket_types(self):
        self.check("SOCK_")

    def test_option_levels(self):
        self.check("SOL_")

    def test_socket_options(self):
        self.check("SO_")

    def test_listen_limit(self):
        self.check("SOMAXCONN")

    def test_ancillary_data_types(self):
        self.check("SCM_")

    def test_message_flags(self):
        self.check("MSG_")

    def test_shutdown_directions(self):
        self.check("SHUT_")

    def test_ip_protocols(self):
        self.check("IPPROTO_")

    def test_ip_ports(self):
        self.check("IPPORT_")

    def test_ip_options(self):
        self.check("IP_")

    def test_ipv6_options(self):
        self.check("IPV6_")

    def test_ipv4_addresses(self):
        self.check("INADDR_")

    def test_tcp_options(self):
        self.check("TCP_")

    def test_udp_lite_options(self):
        self.check("UDPLITE_")

    def test_getaddrinfo_flags(self):
        self.check("AI_")

    def test_getaddrinfo_errors(self):
        self.check("EAI_")

    def test_getnameinfo_flags(self):
        self.check("NI_")

    def test_ethernet_protocols(self):
        self.check("ETHERTYPE_", "ETH_P_")

    def test_packet_types(self):
        self.check("PACKET_")

    def test_netlink_protocols(self):
        self.check("NETLINK_")

    def test_can(self):
        self.check("CAN_")

    def test_can_j1939(self):
        self.check("J1939_")

    def test_kernel_crypto(self):
        self.check("ALG_")

    def test_tipc(self):
        self.check("TIPC_")

    def test_vsock(self):
        self.check(*VSOCK)

    def test_each_constant_is_in_a_group(self):
        self.assertEqual([name for name in CONSTANTS if not name.startswith(GROUPS)], [])

    def test_has_ipv6(self):
        self.assertEqual(rows("_socket", "bool"), {"has_ipv6": "True"})
        self.assertIs(_socket.has_ipv6, True)
        self.assertIs(socket.has_ipv6, True)


class ModuleTest(unittest.TestCase):
    """The functions and classes of the two modules, and nothing beyond them."""

    def test_functions(self):
        for name in rows("_socket", "callable"):
            with self.subTest(name=name):
                self.assertTrue(callable(getattr(_socket, name, None)))
                self.assertTrue(callable(getattr(socket, name, None)))

    def test_classes(self):
        for name, full_name in rows("_socket", "class").items():
            with self.subTest(name=name):
                found = getattr(_socket, name, None)
                self.assertIsInstance(found, type)
                self.assertEqual("%s.%s" % (found.__module__, found.__qualname__), full_name)

    def test_only_the_capsule_is_excepted(self):
        self.assertEqual(set(rows("_socket", "capsule")), NOT_FOR_PYTHON)

    def test_no_public_name_beyond_the_table(self):
        known = NOT_FOR_PYTHON | OF_PYTHON_2 | set(CONSTANTS)
        for kind in ("bool", "callable", "class"):
            known |= set(rows("_socket", kind))
        public = {name for name in dir(_socket) if not name.startswith("_")}
        self.assertEqual({name for name in public - known if not name.startswith(BLUETOOTH)}, set())

    def test_socket_keeps_the_functions_that_it_does_not_wrap(self):
        wrapped = {"dup", "getaddrinfo", "socketpair"}
        for name in set(rows("_socket", "callable")) - wrapped:
            with self.subTest(name=name):
                self.assertIs(getattr(socket, name), getattr(_socket, name))

    def test_socket_adds_its_own_functions(self):
        for name in ("create_connection", "create_server", "fromfd", "getfqdn", "has_dualstack_ipv6", "recv_fds",
                     "send_fds"):
            with self.subTest(name=name):
                self.assertTrue(callable(getattr(socket, name, None)))
                self.assertIn(name, socket.__all__)

    def test_socket_exports_every_public_name_of_the_core_module(self):
        public = {name for name in dir(_socket) if not name.startswith("_")}
        self.assertEqual(public - set(socket.__all__), set())

    def test_import_star_gives_exactly_the_exported_names(self):
        namespace = {}
        exec("from socket import *", namespace)
        del namespace["__builtins__"]
        self.assertEqual(set(namespace), set(socket.__all__))
        for name, value in namespace.items():
            self.assertIs(value, getattr(socket, name), name)

    def test_names_of_other_systems_are_absent(self):
        for name in ("AF_HYPERV", "AF_SYSTEM", "AF_LINK", "HV_PROTOCOL_RAW", "SIO_RCVALL", "SIO_LOOPBACK_FAST_PATH",
                     "SO_EXCLUSIVEADDRUSE", "SO_USELOOPBACK", "TCP_KEEPALIVE", "TCP_CONNECTION_INFO", "MSG_BCAST"):
            with self.subTest(name=name):
                self.assertFalse(hasattr(_socket, name))
                self.assertFalse(hasattr(socket, name))

    def test_sharing_of_sockets_between_processes_is_absent(self):
        self.assertFalse(hasattr(socket, "fromshare"))
        self.assertFalse(hasattr(socket.socket, "share"))
        self.assertFalse(hasattr(socket.socket, "ioctl"))


class SocketClassTest(unittest.TestCase):
    """The methods and attributes of the socket class."""

    def test_methods(self):
        for name in rows("_socket.socket", "callable"):
            with self.subTest(name=name):
                self.assertTrue(callable(getattr(_socket.socket, name, None)))
                self.assertTrue(callable(getattr(socket.socket, name, None)))

    def test_attributes(self):
        with socket.socket() as sock:
            for name in rows("_socket.socket", "attribute"):
                with self.subTest(name=name):
                    self.assertTrue(hasattr(_socket.socket, name))
                    self.assertTrue(hasattr(sock, name))

    def test_no_public_name_beyond_the_table(self):
        known = set(rows("_socket.socket", "callable")) | set(rows("_socket.socket", "attribute"))
        self.assertEqual({name for name in dir(_socket.socket) if not name.startswith("_")} - known, set())

    def test_each_method_has_documentation(self):
        for name in rows("_socket.socket", "callable"):
            with self.subTest(name=name):
                self.assertTrue(getattr(_socket.socket, name).__doc__)


class EnumerationMixin:
    """`socket` gives a family of constants as one enumeration; the subclass says which."""

    enumeration = None
    prefix = ""
    base = enum.IntEnum

    def test_it_is_an_integer_enumeration_of_the_socket_module(self):
        self.assertTrue(issubclass(self.enumeration, self.base))
        self.assertEqual(self.enumeration.__module__, "socket")

    def test_its_members_are_the_upper_case_constants(self):
        expected = {name: value for name, value in CONSTANTS.items()
                    if name.startswith(self.prefix) and name.isupper()}
        members = {name: member.value for name, member in self.enumeration.__members__.items()}
        self.assertEqual(members, expected)

    def test_the_module_constants_are_its_members(self):
        for name, member in self.enumeration.__members__.items():
            with self.subTest(name=name):
                self.assertIs(getattr(socket, name), member)

    def test_members_survive_pickling(self):
        for member in self.enumeration:
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                self.assertIs(pickle.loads(pickle.dumps(member, protocol)), member)

    def test_a_member_prints_as_its_number_and_shows_its_name(self):
        for member in self.enumeration:
            with self.subTest(member=member):
                self.assertEqual(str(member), str(member.value))
                self.assertEqual(repr(member), "<%s.%s: %d>" % (self.enumeration.__name__, member.name, member.value))


class AddressFamilyTest(EnumerationMixin, unittest.TestCase):
    enumeration = socket.AddressFamily
    prefix = "AF_"

    def test_a_name_that_is_not_all_upper_case_stays_a_number(self):
        self.assertIs(type(socket.AF_DECnet), int)

    def test_two_names_of_one_number_are_one_member(self):
        self.assertIs(socket.AF_ROUTE, socket.AF_NETLINK)


class SocketKindTest(EnumerationMixin, unittest.TestCase):
    enumeration = socket.SocketKind
    prefix = "SOCK_"


class MsgFlagTest(EnumerationMixin, unittest.TestCase):
    enumeration = socket.MsgFlag
    prefix = "MSG_"
    base = enum.IntFlag


class AddressInfoTest(EnumerationMixin, unittest.TestCase):
    enumeration = socket.AddressInfo
    prefix = "AI_"
    base = enum.IntFlag


if __name__ == "__main__":
    unittest.main()
