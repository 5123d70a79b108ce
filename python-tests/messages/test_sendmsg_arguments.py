"""What socket.sendmsg and socket.sendmsg_afalg refuse, and in which words."""

import array
import errno
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, require
from support.messages import MESSAGE
from support.refusals import RefusalTestCase

AT_ONCE = 1 << 16
"""Bytes to receive in one call where the number does not matter."""


def setUpModule():
    require(socket.socket, "sendmsg")


class SendmsgArgumentTest(RefusalTestCase):

    def setUp(self):
        super().setUp()
        self.client, self.server = self.pair()

    def assertDataRefused(self, text, data):
        self.assertRefused(TypeError, text, self.client.sendmsg, data)

    def assertItemRefused(self, text, item):
        """The item is refused alone, and as the second one after a good one."""
        self.assertRefused(TypeError, text, self.client.sendmsg, [MESSAGE], [item])
        self.assertRefused(TypeError, text, self.client.sendmsg, [MESSAGE], [(0, 0, b""), item])

    def test_data_is_required(self):
        self.assertRefused(TypeError, "sendmsg() takes at least 1 argument (0 given)", self.client.sendmsg)

    def test_there_is_no_fifth_argument(self):
        self.assertRefused(TypeError, "sendmsg() takes at most 4 arguments (5 given)",
                           self.client.sendmsg, [MESSAGE], [], 0, None, 0)

    def test_keywords_are_refused(self):
        for keywords in ({"buffers": [MESSAGE]}, {"flags": 0}, {"address": None}, {"ancdata": []}):
            with self.subTest(keywords=list(keywords)):
                with self.assertRaisesRegex(TypeError, r"sendmsg\(\) takes no keyword arguments"):
                    self.client.sendmsg([MESSAGE], **keywords)

    def test_data_must_be_iterable(self):
        for data in (object(), None, 5):
            self.assertDataRefused("sendmsg() argument 1 must be an iterable", data)

    def test_the_items_of_bytes_are_no_buffers(self):
        self.assertDataRefused("a bytes-like object is required, not 'int'", MESSAGE)

    def test_arguments_are_looked_at_before_buffers(self):
        self.assertNotAnInteger("flags", self.client.sendmsg, [None], [None], "flags", None)
        self.assertNotBytesLike(None, self.client.sendmsg, [None], [None])

    def test_more_buffers_than_the_kernel_takes(self):
        # Far more: a million that are fine are found so in a moment.
        self.assertSystemError(errno.EMSGSIZE, self.client.sendmsg, [b""] * 1_000_000)
        self.assertSystemError(errno.EMSGSIZE, self.client.sendmsg, [b"", bytearray(), memoryview(b"")] * 1_000)

    def test_an_error_in_one_of_too_many(self):
        many = [b""] * 3_000
        self.assertNotBytesLike("text", self.client.sendmsg, many + ["text"])
        self.assertItemOfManyRefused(many)

    def assertItemOfManyRefused(self, many):
        text = "[sendmsg() ancillary data items]() argument must be 3-item sequence, not int"
        self.assertRefused(TypeError, text, self.client.sendmsg, many, [5])

    def test_a_closed_socket_of_too_many(self):
        self.client.close()
        self.assertSystemError(errno.EBADF, self.client.sendmsg, [b""] * 3_000)

    def test_text_is_no_buffer(self):
        self.assertDataRefused("a bytes-like object is required, not 'str'", "text")
        self.assertDataRefused("a bytes-like object is required, not 'str'", [MESSAGE, "text"])

    def test_objects_without_a_buffer_are_named_by_type(self):
        self.assertDataRefused("a bytes-like object is required, not 'object'", [object()])
        self.assertDataRefused("a bytes-like object is required, not 'NoneType'", [MESSAGE, None])

    def test_a_buffer_with_gaps_is_refused(self):
        gaps = memoryview(MESSAGE)[::2]
        self.assertRefused(BufferError, "memoryview: underlying buffer is not C-contiguous",
                           self.client.sendmsg, [gaps])
        self.assertRefused(BufferError, "memoryview: underlying buffer is not C-contiguous",
                           self.client.sendmsg, [MESSAGE], [(0, 0, gaps)])

    def test_ancillary_data_must_be_iterable(self):
        for items in (object(), None, 5):
            self.assertRefused(TypeError, "sendmsg() argument 2 must be an iterable",
                               self.client.sendmsg, [MESSAGE], items)

    def test_an_item_must_be_a_sequence(self):
        text = "[sendmsg() ancillary data items]() argument must be 3-item sequence, not "
        for item, name in ((object(), "object"), (7, "int"), (None, "None"), (b"abc", "bytes"), ({}, "dict")):
            with self.subTest(item=name):
                self.assertItemRefused(text + name, item)

    def test_an_item_must_have_three_parts(self):
        text = "[sendmsg() ancillary data items]() argument must be sequence of length 3, not %d"
        for item in ((), (0, 0), (0, 0, b"data", 42), [0]):
            with self.subTest(length=len(item)):
                self.assertItemRefused(text % len(item), item)

    def test_level_and_type_must_be_integers(self):
        for item in ((object(), 0, b"data"), (0, object(), b"data")):
            self.assertItemRefused("'object' object cannot be interpreted as an integer", item)
        self.assertItemRefused("'float' object cannot be interpreted as an integer", (0.0, 0, b""))
        self.assertItemRefused("'str' object cannot be interpreted as an integer", "abc")

    def test_level_and_type_must_fit_a_c_int(self):
        for item in ((1 << 31, 0, b""), (0, 1 << 31, b""), (-(1 << 31) - 1, 0, b""), (0, 1 << 80, b"")):
            with self.subTest(item=item):
                self.assertRaises(OverflowError, self.client.sendmsg, [MESSAGE], [item])

    def test_item_data_must_be_a_buffer(self):
        for data, name in ((object(), "object"), ("text", "str"), (None, "NoneType"), (5, "int")):
            self.assertItemRefused("a bytes-like object is required, not '%s'" % name, (0, 0, data))

    def test_an_item_may_be_a_list(self):
        self.assertEqual(self.client.sendmsg([MESSAGE], [[0, 0, b"ignored by this family"]]), len(MESSAGE))
        self.assertEqual(self.server.recv(AT_ONCE), MESSAGE)

    def test_item_data_may_be_any_buffer(self):
        items = [(0, 0, bytearray(4)), (0, 0, memoryview(b"data")), (0, 0, array.array("i", [1, 2]))]
        self.assertEqual(self.client.sendmsg([MESSAGE], iter(items)), len(MESSAGE))
        self.assertEqual(self.server.recv(AT_ONCE), MESSAGE)

    def test_items_that_the_kernel_does_not_take_in_are_its_error(self):
        self.assertErrno(errno.ENOBUFS, self.client.sendmsg, [MESSAGE], [(0, 0, bytes(1 << 24))])

    def test_an_unknown_type_at_the_socket_level_raises_einval(self):
        self.assertErrno(errno.EINVAL, self.client.sendmsg, [MESSAGE], [(socket.SOL_SOCKET, 0x7777, b"")])

    def test_flags_must_be_an_integer(self):
        for flags, name in ((object(), "object"), (None, "NoneType"), (1.0, "float"), ("0", "str")):
            self.assertRefused(TypeError, "'%s' object cannot be interpreted as an integer" % name,
                               self.client.sendmsg, [MESSAGE], [], flags)

    def test_flags_must_fit_a_c_int(self):
        self.assertRefused(OverflowError, "signed integer is greater than maximum",
                           self.client.sendmsg, [MESSAGE], [], 1 << 31)
        self.assertRefused(OverflowError, "signed integer is less than minimum",
                           self.client.sendmsg, [MESSAGE], [], -(1 << 31) - 1)
        self.assertRaises(OverflowError, self.client.sendmsg, [MESSAGE], [], 1 << 80)

    def test_flags_may_be_anything_with_an_index(self):
        class Index:
            def __index__(self):
                return int(socket.MSG_NOSIGNAL)

        for flags in (Index(), False, socket.MsgFlag.MSG_NOSIGNAL):
            self.assertEqual(self.client.sendmsg([MESSAGE], [], flags), len(MESSAGE))

    def test_unknown_flags_of_the_kernel_are_no_error_of_ours(self):
        self.assertEqual(self.client.sendmsg([MESSAGE], [], socket.MSG_MORE | socket.MSG_CONFIRM), len(MESSAGE))

    def test_arguments_are_checked_before_the_descriptor(self):
        self.client.close()
        self.assertDataRefused("sendmsg() argument 1 must be an iterable", 5)


class SendmsgAddressArgumentTest(RefusalTestCase):
    """Addresses of a wrong shape. The rules are those of sendto; the words name sendmsg."""

    def sender(self, family):
        sock = self.bounded(socket.socket(family, socket.SOCK_DGRAM))
        return lambda address: sock.sendmsg([MESSAGE], [], 0, address)

    def test_an_ipv4_address_must_be_a_tuple(self):
        send = self.sender(socket.AF_INET)
        for address, name in ((object(), "object"), ("text", "str"), ([HOST, 1], "list"), (5, "int")):
            self.assertRefused(TypeError, "sendmsg(): AF_INET address must be tuple, not " + name, send, address)

    def test_an_ipv4_address_must_be_a_pair(self):
        send = self.sender(socket.AF_INET)
        for address in ((), (HOST,), (HOST, 1, 2)):
            self.assertRefused(TypeError, "AF_INET address must be a pair (host, port)", send, address)

    def test_a_port_must_be_in_range(self):
        send = self.sender(socket.AF_INET)
        for port in (-1, 65536):
            self.assertRefused(OverflowError, "sendmsg(): port must be 0-65535.", send, (HOST, port))

    def test_a_port_must_be_an_integer(self):
        self.assertRefused(TypeError, "'str' object cannot be interpreted as an integer",
                           self.sender(socket.AF_INET), (HOST, "1"))

    def test_a_host_must_be_text_or_bytes(self):
        self.assertRefused(TypeError, "str, bytes or bytearray expected, not int", self.sender(socket.AF_INET), (5, 1))

    @unittest.skipUnless(HAS_IPV6, "the machine has no IPv6 loopback address")
    def test_an_ipv6_address_must_be_a_tuple(self):
        self.assertRefused(TypeError, "sendmsg(): AF_INET6 address must be tuple, not object",
                           self.sender(socket.AF_INET6), object())

    @unittest.skipUnless(HAS_IPV6, "the machine has no IPv6 loopback address")
    def test_an_ipv6_address_has_two_to_four_parts(self):
        send = self.sender(socket.AF_INET6)
        for address in ((), (HOST6,), (HOST6, 1, 0, 0, 0)):
            self.assertRefused(TypeError, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])",
                               send, address)

    @unittest.skipUnless(HAS_IPV6, "the machine has no IPv6 loopback address")
    def test_ipv6_port_and_flow_information_must_be_in_range(self):
        send = self.sender(socket.AF_INET6)
        self.assertRefused(OverflowError, "sendmsg(): port must be 0-65535.", send, (HOST6, 65536))
        self.assertRefused(OverflowError, "sendmsg(): flowinfo must be 0-1048575.", send, (HOST6, 1, 1 << 20))

    def test_a_unix_address_must_be_text_or_a_buffer(self):
        send = self.sender(socket.AF_UNIX)
        for address, name in ((object(), "object"), ((HOST, 1), "tuple"), (5, "int")):
            self.assertRefused(TypeError, "a bytes-like object is required, not '%s'" % name, send, address)

    def test_a_unix_path_must_fit(self):
        self.assertRefused(OSError, "AF_UNIX path too long", self.sender(socket.AF_UNIX), "x" * 200)


@unittest.skipUnless(hasattr(socket.socket, "sendmsg_afalg"), "this socket module has no sendmsg_afalg")
class SendmsgAfalgArgumentTest(RefusalTestCase):
    """sendmsg_afalg checks its arguments before it asks the kernel.

    So the refusals need no kernel with AF_ALG: a descriptor of another family, declared as AF_ALG, does for them.
    """

    def setUp(self):
        super().setUp()
        left, self.other_end = self.pair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.declared = self.own(socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0, fileno=left.detach()))

    def test_another_family_is_refused(self):
        self.assertRefused(OSError, "algset is only supported for AF_ALG", self.other_end.sendmsg_afalg, op=0)

    def test_the_family_is_checked_before_the_arguments(self):
        self.assertRefused(OSError, "algset is only supported for AF_ALG", self.other_end.sendmsg_afalg, unknown=1)

    def test_the_refused_family_has_no_errno(self):
        with self.assertRaises(OSError) as caught:
            self.other_end.sendmsg_afalg([MESSAGE], op=0)
        self.assertIsNone(caught.exception.errno)

    def test_the_operation_is_required(self):
        self.assertRefused(TypeError, "Invalid or missing argument 'op'", self.declared.sendmsg_afalg)
        self.assertRefused(TypeError, "Invalid or missing argument 'op'", self.declared.sendmsg_afalg, [MESSAGE])

    def test_the_operation_must_not_be_negative(self):
        self.assertRefused(TypeError, "Invalid or missing argument 'op'", self.declared.sendmsg_afalg, op=-1)

    def test_the_operation_must_fit_a_c_int(self):
        self.assertRefused(TypeError, "Invalid or missing argument 'op'", self.declared.sendmsg_afalg, op=1 << 80)

    def test_the_operation_must_be_an_integer(self):
        for value, name in (("1", "str"), (None, "None"), (1.0, "float")):
            self.assertRefused(TypeError, "sendmsg_afalg() argument 2 must be int, not " + name,
                               self.declared.sendmsg_afalg, op=value)

    def test_all_but_the_message_are_keyword_only(self):
        self.assertRefused(TypeError, "sendmsg_afalg() takes at most 1 positional argument (2 given)",
                           self.declared.sendmsg_afalg, [MESSAGE], 1)

    def test_unknown_keywords_are_refused(self):
        with self.assertRaisesRegex(TypeError, r"invalid keyword argument for sendmsg_afalg\(\)"):
            self.declared.sendmsg_afalg(op=1, unknown=1)

    def test_the_initialization_vector_must_be_a_buffer(self):
        self.assertRefused(TypeError, "a bytes-like object is required, not 'str'",
                           self.declared.sendmsg_afalg, op=1, iv="text")

    def test_the_associated_length_must_not_be_negative(self):
        self.assertRefused(TypeError, "assoclen must be positive",
                           self.declared.sendmsg_afalg, [MESSAGE], op=1, assoclen=-1)

    def test_the_associated_length_must_be_an_integer(self):
        self.assertRefused(TypeError, "sendmsg_afalg() argument 4 must be int, not str",
                           self.declared.sendmsg_afalg, [MESSAGE], op=1, assoclen="1")

    def test_the_associated_length_must_fit_a_c_int(self):
        self.assertRaises(OverflowError, self.declared.sendmsg_afalg, [MESSAGE], op=1, assoclen=1 << 80)

    def test_flags_must_be_an_integer(self):
        self.assertRefused(TypeError, "'str' object cannot be interpreted as an integer",
                           self.declared.sendmsg_afalg, [MESSAGE], op=1, flags="")

    def test_the_message_must_be_an_iterable_of_buffers(self):
        self.assertRefused(TypeError, "sendmsg() argument 1 must be an iterable",
                           self.declared.sendmsg_afalg, object(), op=1)
        self.assertRefused(TypeError, "a bytes-like object is required, not 'int'",
                           self.declared.sendmsg_afalg, MESSAGE, op=1)

    def test_accepted_arguments_reach_the_kernel(self):
        self.assertEqual(self.declared.sendmsg_afalg(msg=[b"ab", b"c"], op=1, iv=b"12345678", assoclen=4), 3)
        self.assertEqual(self.other_end.recv(AT_ONCE), b"abc")


if __name__ == "__main__":
    unittest.main()
