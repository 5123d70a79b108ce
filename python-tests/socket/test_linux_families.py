"""Linux's own families where the kernel has them: netlink, packet, VSOCK, CAN, RDS, QIPCRTR, TIPC, the crypto API; and
Bluetooth. Each class is skipped where the kernel makes no such sockets.

VSOCK is not connected here: a virtual machine may have no transport that brings a connection back to itself.
"""

import errno
import os
import select
import socket
import struct
import unittest

from support import HOST, LIMIT, SocketTestCase, requires
from support.addresses import ImpostorTestCase

LOOPBACK = "lo"
CAN_INTERFACE = "vcan0"
EXPERIMENTAL_ETHERTYPE = 0x88b5
"""For local use, by IEEE Std 802: no other program on the machine speaks it."""


def needs(name, kind, protocol=None):
    """Skips a class where there are no sockets of this family: the kernel refuses them, or a name is missing."""
    names = [name, kind] if protocol is None else [name, kind, protocol]
    if not all(hasattr(socket, each) for each in names):
        return requires(socket, *names)
    try:
        socket.socket(*(getattr(socket, each) for each in names)).close()
    except OSError as refusal:
        return unittest.skip("no sockets of %s here: %s" % (", ".join(names), refusal.strerror))
    return lambda case: case


@needs("AF_NETLINK", "SOCK_RAW", "NETLINK_ROUTE")
class NetlinkTest(SocketTestCase):
    HEADER = struct.Struct("=IHHII")
    """Of <linux/netlink.h>: length, type, flags, sequence, port."""

    GET_LINK, LINK, DUMP_REQUEST = 18, 16, 0x301

    def make(self, protocol=getattr(socket, "NETLINK_ROUTE", None)):
        return self.bounded(socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol))

    def test_it_has_no_address_at_first(self):
        sock = self.make()
        self.assertIs(sock.family, socket.AF_NETLINK)
        self.assertEqual(sock.getsockname(), (0, 0))
        self.assertEqual(sock.getpeername(), (0, 0))

    def test_port_zero_asks_the_kernel_for_one(self):
        sock = self.make()
        sock.bind((0, 0))
        port, groups = sock.getsockname()
        self.assertNotEqual(port, 0)
        self.assertEqual(groups, 0)

    def test_port_and_groups_come_back_as_unsigned_numbers(self):
        for port, groups in ((0xfffffff0, 1), (0x7ffffff0, 0x80000001)):
            with self.subTest(port=port):
                sock = self.make()
                sock.bind((port, groups))
                self.assertEqual(sock.getsockname(), (port, groups))

    def test_a_port_in_use(self):
        first = self.make()
        first.bind((0, 0))
        self.assertErrno(errno.EADDRINUSE, self.make().bind, first.getsockname())

    def test_the_kernel_answers_a_question_about_links(self):
        sock = self.make()
        sock.bind((0, 0))
        question = struct.pack("=IHHIIB3x", 20, self.GET_LINK, self.DUMP_REQUEST, 7, 0, 0)
        self.assertEqual(sock.sendto(question, (0, 0)), len(question))
        answer, sender = sock.recvfrom(65536)
        self.assertEqual(sender, (0, 0))
        _, kind, _, sequence, port = self.HEADER.unpack_from(answer)
        self.assertEqual((kind, sequence, port), (self.LINK, 7, sock.getsockname()[0]))

    def test_one_socket_writes_to_another(self):
        left, right = self.make(socket.NETLINK_USERSOCK), self.make(socket.NETLINK_USERSOCK)
        left.bind((0, 0))
        right.bind((0, 0))
        left.sendto(b"hello", right.getsockname())
        self.assertEqual(right.recvfrom(100), (b"hello", left.getsockname()))

    def test_a_socket_can_be_found_by_its_descriptor(self):
        sock = self.make()
        twin = socket.socket(fileno=sock.fileno())
        self.assertEqual((twin.family, twin.type), (socket.AF_NETLINK, socket.SOCK_RAW))
        self.assertIn("laddr=(0, 0)", repr(twin))
        twin.detach()


@needs("AF_PACKET", "SOCK_DGRAM")
class PacketTest(SocketTestCase):
    ETHERNET = b"\0" * 6
    LOOPBACK_DEVICE = 772
    """ARPHRD_LOOPBACK of <linux/if_arp.h>."""

    def make(self, kind=socket.SOCK_DGRAM):
        return self.bounded(socket.socket(socket.AF_PACKET, kind, 0))

    def bound(self, kind=socket.SOCK_DGRAM, protocol=EXPERIMENTAL_ETHERTYPE):
        sock = self.make(kind)
        sock.bind((LOOPBACK, protocol))
        return sock

    def test_it_has_no_address_at_first(self):
        self.assertEqual(self.make().getsockname(), ("", 0, socket.PACKET_HOST, 0, b""))

    def test_a_bound_socket_says_interface_protocol_and_hardware(self):
        self.assertEqual(self.bound().getsockname(),
                         (LOOPBACK, EXPERIMENTAL_ETHERTYPE, socket.PACKET_HOST, self.LOOPBACK_DEVICE, self.ETHERNET))

    def test_a_frame_without_header_arrives_with_its_sender(self):
        receiver = self.bound()
        sent = self.make().sendto(b"hello", (LOOPBACK, EXPERIMENTAL_ETHERTYPE, 0, 0, self.ETHERNET))
        self.assertEqual(sent, 5)
        self.assertEqual(receiver.recvfrom(100), (b"hello", (LOOPBACK, EXPERIMENTAL_ETHERTYPE, socket.PACKET_HOST,
                                                             self.LOOPBACK_DEVICE, self.ETHERNET)))

    def test_a_frame_with_header_arrives_whole(self):
        sock = self.bound(socket.SOCK_RAW)
        frame = bytes(12) + EXPERIMENTAL_ETHERTYPE.to_bytes(2, "big") + b"payload of a frame"
        self.assertEqual(sock.send(frame), len(frame))
        self.assertEqual(sock.recv(100), frame)

    def test_it_has_no_peer(self):
        self.assertErrno(errno.EOPNOTSUPP, self.bound().getpeername)
        self.assertErrno(errno.EOPNOTSUPP, self.bound().connect, (LOOPBACK, 0))

    def test_the_protocol_of_the_constructor_is_in_network_order(self):
        number = socket.htons(EXPERIMENTAL_ETHERTYPE)
        sock = self.bounded(socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, number))
        self.assertEqual(sock.proto, number)
        self.assertEqual(sock.getsockname()[1], EXPERIMENTAL_ETHERTYPE)


@needs("AF_VSOCK", "SOCK_STREAM")
class VsockTest(SocketTestCase):
    SIZES = ("SO_VM_SOCKETS_BUFFER_MAX_SIZE", "SO_VM_SOCKETS_BUFFER_SIZE", "SO_VM_SOCKETS_BUFFER_MIN_SIZE")

    def make(self):
        return self.bounded(socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM))

    def test_it_has_no_address_at_first(self):
        sock = self.make()
        self.assertIs(sock.family, socket.AF_VSOCK)
        self.assertEqual(sock.getsockname(), (socket.VMADDR_CID_ANY, socket.VMADDR_PORT_ANY))
        self.assertErrno(errno.ENOTCONN, sock.getpeername)

    def test_any_port_asks_the_kernel_for_one(self):
        for address in ((socket.VMADDR_CID_ANY, socket.VMADDR_PORT_ANY), (-1, -1)):
            with self.subTest(address=address):
                sock = self.make()
                sock.bind(address)
                context, port = sock.getsockname()
                self.assertEqual(context, socket.VMADDR_CID_ANY)
                self.assertNotIn(port, (0, socket.VMADDR_PORT_ANY))

    def test_a_port_in_use(self):
        first = self.make()
        first.bind((socket.VMADDR_CID_ANY, socket.VMADDR_PORT_ANY))
        self.assertErrno(errno.EADDRINUSE, self.make().bind, first.getsockname())

    def test_a_context_that_is_not_this_machine(self):
        self.assertErrno(errno.EADDRNOTAVAIL, self.make().bind, (0x12345678, 4242))

    def test_the_sizes_of_its_buffers_can_be_changed(self):
        sock = self.make()
        sizes = [getattr(socket, name) for name in self.SIZES]
        before = {option: sock.getsockopt(socket.AF_VSOCK, option) for option in sizes}
        for option in sizes:
            sock.setsockopt(socket.AF_VSOCK, option, before[option] * 2)
        for option in sizes:
            self.assertEqual(sock.getsockopt(socket.AF_VSOCK, option), before[option] * 2)

    def test_a_size_may_have_more_than_32_bits(self):
        sock = self.make()
        sock.setsockopt(socket.AF_VSOCK, socket.SO_VM_SOCKETS_BUFFER_MAX_SIZE, 2 ** 33)
        self.assertEqual(sock.getsockopt(socket.AF_VSOCK, socket.SO_VM_SOCKETS_BUFFER_MAX_SIZE), 2 ** 33)


@requires(socket, "AF_VSOCK")
class VsockOptionFormsTest(ImpostorTestCase):
    """The options of a VSOCK socket are numbers of 64 bits, and nothing else. On any kernel."""

    family = getattr(socket, "AF_VSOCK", None)
    kind = socket.SOCK_STREAM

    def test_an_option_is_not_given_as_bytes(self):
        for length in (1, 8, 1024):
            with self.subTest(length=length):
                self.assertRefused(OSError, "getsockopt string buffer not allowed", self.make().getsockopt,
                                   socket.AF_VSOCK, socket.SO_VM_SOCKETS_BUFFER_SIZE, length)

    def test_an_option_is_not_set_from_bytes(self):
        with self.assertRaises(TypeError):
            self.make().setsockopt(socket.AF_VSOCK, socket.SO_VM_SOCKETS_BUFFER_SIZE, bytes(8))


class CanTestCase(SocketTestCase):
    """A case on a virtual CAN interface. It is made with `ip link add dev vcan0 type vcan; ip link set up vcan0`."""

    FRAME = struct.Struct("=IB3x8s")
    """Of <linux/can.h>: identifier, length, data."""

    def bind_or_skip(self, sock, address):
        try:
            sock.bind(address)
        except OSError as refusal:
            if refusal.errno != errno.ENODEV:
                raise
            self.skipTest("there is no network interface %s" % CAN_INTERFACE)
        return sock

    def frame(self, identifier, data):
        return self.FRAME.pack(identifier, len(data), data)


@needs("AF_CAN", "SOCK_RAW", "CAN_RAW")
class CanRawTest(CanTestCase):
    def make(self):
        return self.bounded(socket.socket(socket.PF_CAN, socket.SOCK_RAW, socket.CAN_RAW))

    def pair_on_interface(self):
        return tuple(self.bind_or_skip(self.make(), (CAN_INTERFACE,)) for _ in range(2))

    def test_every_interface(self):
        sock = self.make()
        sock.bind(("",))
        self.assertEqual(sock.getsockname(), ("",))

    def test_an_interface_name_that_is_too_long(self):
        with self.assertRaisesRegex(OSError, "interface name too long"):
            self.make().bind(("x" * 1024,))

    def test_loopback_can_be_switched(self):
        sock = self.make()
        for value in (0, 1):
            sock.setsockopt(socket.SOL_CAN_RAW, socket.CAN_RAW_LOOPBACK, value)
            self.assertEqual(sock.getsockopt(socket.SOL_CAN_RAW, socket.CAN_RAW_LOOPBACK), value)

    def test_a_filter_is_bytes(self):
        sock = self.make()
        rule = struct.pack("=II", 0x200, 0x700)
        for form in (bytes, bytearray):
            sock.setsockopt(socket.SOL_CAN_RAW, socket.CAN_RAW_FILTER, form(rule))
            self.assertEqual(sock.getsockopt(socket.SOL_CAN_RAW, socket.CAN_RAW_FILTER, 8), rule)

    def test_a_frame_arrives_with_its_interface(self):
        left, right = self.pair_on_interface()
        for data in (b"\1\2\3\4\5", b"\7" * 8, b""):
            with self.subTest(data=data):
                frame = self.frame(0, data)
                left.send(frame)
                self.assertEqual(right.recvfrom(128), (frame, (CAN_INTERFACE,)))

    def test_frames_arrive_one_by_one(self):
        left, right = self.pair_on_interface()
        frames = [self.frame(7, b"\x44\x33\x22\x11"), self.frame(0x12, b"\x99\x22\x33")]
        for frame in frames:
            left.send(frame)
        self.assertEqual([right.recv(128) for _ in frames], frames)

    @needs("AF_CAN", "SOCK_DGRAM", "CAN_BCM")
    def test_the_broadcast_manager_sends_a_frame(self):
        _, receiver = self.pair_on_interface()
        manager = self.bounded(socket.socket(socket.PF_CAN, socket.SOCK_DGRAM, socket.CAN_BCM))
        manager.connect((CAN_INTERFACE,))
        frame = self.frame(0x123, b"\xc0\xff\xee")
        # Of <linux/can/bcm.h>: opcode, flags, count, two intervals, identifier, number of frames; a multiple of 8.
        layout = "@3I4l2I"
        layout += "x" * (-struct.calcsize(layout) % 8)
        command = struct.pack(layout, socket.CAN_BCM_TX_SEND, 0, 0, 0, 0, 0, 0, 0x222, 1) + frame
        self.assertEqual(manager.send(command), len(command))
        self.assertEqual(receiver.recv(128), frame)


@needs("AF_CAN", "SOCK_DGRAM", "CAN_ISOTP")
class CanIsotpTest(CanTestCase):
    def make(self):
        return self.bounded(socket.socket(socket.PF_CAN, socket.SOCK_DGRAM, socket.CAN_ISOTP))

    def test_an_interface_name_that_is_too_long(self):
        with self.assertRaisesRegex(OSError, "interface name too long"):
            self.make().bind(("x" * 1024, 1, 2))

    def test_the_address_comes_back(self):
        address = (CAN_INTERFACE, 0x123, 0x456)
        self.assertEqual(self.bind_or_skip(self.make(), address).getsockname(), address)


@needs("AF_CAN", "SOCK_DGRAM", "CAN_J1939")
class CanJ1939Test(CanTestCase):
    def make(self):
        return self.bounded(socket.socket(socket.PF_CAN, socket.SOCK_DGRAM, socket.CAN_J1939))

    def test_the_address_comes_back(self):
        address = (CAN_INTERFACE, socket.J1939_NO_NAME, socket.J1939_NO_PGN, socket.J1939_NO_ADDR)
        self.assertEqual(self.bind_or_skip(self.make(), address).getsockname(), address)


@needs("AF_RDS", "SOCK_SEQPACKET")
class RdsTest(SocketTestCase):
    def make(self):
        return self.bounded(socket.socket(socket.PF_RDS, socket.SOCK_SEQPACKET, 0))

    def bound(self):
        sock = self.make()
        try:
            sock.bind((HOST, 0))
        except OSError as refusal:
            self.skipTest("the loopback cannot be bound over RDS: %s" % refusal)
        return sock

    def test_buffer_sizes_can_be_set(self):
        sock = self.make()
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            sock.setsockopt(socket.SOL_SOCKET, option, 16384)
            self.assertGreaterEqual(sock.getsockopt(socket.SOL_SOCKET, option), 16384)

    def test_a_message_arrives_with_its_sender(self):
        receiver, sender = self.bound(), self.bound()
        sender.sendto(b"spam", 0, receiver.getsockname())
        self.assertEqual(receiver.recvfrom(8192), (b"spam", sender.getsockname()))

    def test_a_peek_leaves_the_message(self):
        receiver, sender = self.bound(), self.bound()
        sender.sendto(b"spam", 0, receiver.getsockname())
        self.assertEqual(receiver.recvfrom(8192, socket.MSG_PEEK)[0], b"spam")
        self.assertEqual(receiver.recvfrom(8192)[0], b"spam")

    def test_sendmsg_and_recvmsg(self):
        receiver, sender = self.bound(), self.bound()
        sender.sendmsg([b"hello " * 10], (), 0, receiver.getsockname())
        data, ancillary, _, address = receiver.recvmsg(8192)
        self.assertEqual((data, ancillary, address), (b"hello " * 10, [], sender.getsockname()))

    def test_messages_keep_their_order_and_bounds(self):
        receiver, sender = self.bound(), self.bound()
        for message in (b"bacon", b"egg"):
            sender.sendto(message, 0, receiver.getsockname())
        self.assertEqual([receiver.recv(8192), receiver.recv(8192)], [b"bacon", b"egg"])

    def test_select_sees_a_message(self):
        receiver, sender = self.bound(), self.bound()
        sender.sendto(b"select", 0, receiver.getsockname())
        self.assertEqual(select.select([receiver], [], [], LIMIT), ([receiver], [], []))


@needs("AF_QIPCRTR", "SOCK_DGRAM")
class QipcrtrTest(SocketTestCase):
    def make(self):
        return self.bounded(socket.socket(socket.AF_QIPCRTR, socket.SOCK_DGRAM))

    def test_it_has_no_port_at_first(self):
        self.assertEqual(self.make().getsockname()[1], 0)

    def test_port_zero_asks_the_kernel_for_one(self):
        sock = self.make()
        sock.bind((sock.getsockname()[0], 0))
        self.assertNotEqual(sock.getsockname()[1], 0)

    def test_a_node_that_is_not_this_machine(self):
        with self.assertRaises(OSError):
            self.make().bind((-2, 0))

    def test_connecting_binds(self):
        sock = self.make()
        sock.connect((123, 123))
        self.assertNotEqual(sock.getsockname()[1], 0)


@needs("AF_TIPC", "SOCK_RDM")
class TipcTest(SocketTestCase):
    SERVICE, LOWER, UPPER = 18888, 10, 20
    RANGE = (getattr(socket, "TIPC_ADDR_NAMESEQ", None), SERVICE, LOWER, UPPER)
    INSTANCE = (getattr(socket, "TIPC_ADDR_NAME", None), SERVICE, (LOWER + UPPER) // 2, 0)

    def make(self, kind):
        return self.bounded(socket.socket(socket.AF_TIPC, kind))

    def server(self, kind):
        sock = self.make(kind)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(self.RANGE)
        return sock

    def test_a_message_to_a_name_arrives_with_its_sender(self):
        server, client = self.server(socket.SOCK_RDM), self.make(socket.SOCK_RDM)
        client.sendto(b"hello", self.INSTANCE)
        self.assertEqual(server.recvfrom(1024), (b"hello", client.getsockname()))

    def test_a_connection_to_a_name(self):
        server = self.server(socket.SOCK_STREAM)
        server.listen()
        client = self.make(socket.SOCK_STREAM)
        connecting = self.peer(client.connect, self.INSTANCE)
        connection, address = server.accept()
        self.bounded(connection)
        connecting.join()
        client.sendall(b"hello")
        self.assertEqual(connection.recv(1024), b"hello")
        self.assertEqual(address, client.getsockname())


@needs("AF_ALG", "SOCK_SEQPACKET")
class KernelCryptoTest(SocketTestCase):
    """AF_ALG: an algorithm is bound, an operation is accepted."""

    def algorithm(self, kind, name, key=None):
        sock = self.bounded(socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0))
        try:
            sock.bind((kind, name))
        except FileNotFoundError:
            self.skipTest("the kernel has no algorithm %s" % name)
        if key is not None:
            sock.setsockopt(socket.SOL_ALG, socket.ALG_SET_KEY, key)
        return sock

    def operation(self, algorithm):
        sock, _ = algorithm.accept()
        return self.bounded(sock)

    def test_the_longest_type_and_name(self):
        sock = self.bounded(socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0))
        for address in (("t" * 13, "name"), ("type", "n" * 63)):
            self.assertRaises(FileNotFoundError, sock.bind, address)

    def test_a_hash(self):
        # The example of one block in FIPS 180.
        expected = bytes.fromhex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        algorithm = self.algorithm("hash", "sha256")
        operation = self.operation(algorithm)
        operation.sendall(b"abc")
        self.assertEqual(operation.recv(512), expected)
        operation = self.operation(algorithm)
        for part in (b"a", b"b", b"c"):
            operation.send(part, socket.MSG_MORE)
        operation.send(b"")
        self.assertEqual(operation.recv(512), expected)

    def test_a_keyed_hash(self):
        # Case 1 of RFC 2202.
        operation = self.operation(self.algorithm("hash", "hmac(sha1)", b"\x0b" * 20))
        operation.sendall(b"Hi There")
        self.assertEqual(operation.recv(512), bytes.fromhex("b617318655057264e28bc0b6fb378c8ef146be00"))

    def test_a_block_cipher(self):
        # Case 1 of RFC 3602.
        key = bytes.fromhex("06a9214036b8a15b512e03d534120006")
        start = bytes.fromhex("3dafba429d9eb430b422da802c9fac41")
        plain = b"Single block msg"
        cipher = bytes.fromhex("e353779c1079aeb82708942dbe77181a")
        algorithm = self.algorithm("skcipher", "cbc(aes)", key)

        operation = self.operation(algorithm)
        operation.sendmsg_afalg(op=socket.ALG_OP_ENCRYPT, iv=start, flags=socket.MSG_MORE)
        operation.sendall(plain)
        self.assertEqual(operation.recv(len(plain)), cipher)

        operation = self.operation(algorithm)
        operation.sendmsg_afalg([cipher], op=socket.ALG_OP_DECRYPT, iv=start)
        self.assertEqual(operation.recv(len(plain)), plain)

        blocks = 1024
        operation = self.operation(algorithm)
        operation.sendmsg_afalg([plain] * blocks, op=socket.ALG_OP_ENCRYPT, iv=start)
        encrypted = operation.recv(len(plain) * blocks)
        self.assertEqual((len(encrypted), encrypted[:len(plain)]), (len(plain) * blocks, cipher))
        operation = self.operation(algorithm)
        operation.sendmsg_afalg([encrypted], op=socket.ALG_OP_DECRYPT, iv=start)
        self.assertEqual(operation.recv(len(encrypted)), plain * blocks)

    def test_an_authenticated_cipher(self):
        # Test case 4 of McGrew and Viega, "The Galois/Counter Mode of Operation".
        start = bytes.fromhex("cafebabefacedbaddecaf888")
        plain = bytes.fromhex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                              "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
        extra = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        cipher = bytes.fromhex("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                               "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091")
        tag = bytes.fromhex("5bc94fbc3221a5db94fae95ae7121a47")
        algorithm = self.algorithm("aead", "gcm(aes)", bytes.fromhex("feffe9928665731c6d6a8f9467308308"))
        algorithm.setsockopt(socket.SOL_ALG, socket.ALG_SET_AEAD_AUTHSIZE, None, len(tag))

        def in_steps(operation):
            operation.sendmsg_afalg(op=socket.ALG_OP_ENCRYPT, iv=start, assoclen=len(extra), flags=socket.MSG_MORE)
            operation.sendall(extra, socket.MSG_MORE)
            operation.sendall(plain)

        def at_once(operation):
            operation.sendmsg_afalg([extra + plain], op=socket.ALG_OP_ENCRYPT, iv=start, assoclen=len(extra))

        def by_ancillary_data(operation):
            number = struct.Struct("=I").pack
            operation.sendmsg([extra + plain],
                              [(socket.SOL_ALG, socket.ALG_SET_OP, number(socket.ALG_OP_ENCRYPT)),
                               (socket.SOL_ALG, socket.ALG_SET_IV, number(len(start)) + start),
                               (socket.SOL_ALG, socket.ALG_SET_AEAD_ASSOCLEN, number(len(extra)))])

        for encrypt in (in_steps, at_once, by_ancillary_data):
            with self.subTest(way=encrypt.__name__):
                operation = self.operation(algorithm)
                encrypt(operation)
                result = operation.recv(len(extra) + len(plain) + len(tag))
                self.assertEqual(result[len(extra):], cipher + tag)

        operation = self.operation(algorithm)
        message = extra + cipher + tag
        operation.sendmsg_afalg([message], op=socket.ALG_OP_DECRYPT, iv=start, assoclen=len(extra))
        self.assertEqual(operation.recv(len(message) - len(tag))[len(extra):], plain)

    def test_random_bytes(self):
        operation = self.operation(self.algorithm("rng", "drbg_pr_sha256", os.urandom(32)))
        self.assertEqual(len(operation.recv(32)), 32)


@requires(socket, "AF_ALG")
class KernelCryptoArgumentsTest(ImpostorTestCase):
    """sendmsg_afalg, as far as it comes without the kernel."""

    family = getattr(socket, "AF_ALG", None)
    kind = getattr(socket, "SOCK_SEQPACKET", None)

    def test_the_operation_is_needed_by_keyword(self):
        self.assertRefused(TypeError, "Invalid or missing argument 'op'", self.make().sendmsg_afalg)
        self.assertRefused(TypeError, "Invalid or missing argument 'op'", self.make().sendmsg_afalg, op=-1)
        self.assertRaises(TypeError, self.make().sendmsg_afalg, op=None)
        self.assertRaises(TypeError, self.make().sendmsg_afalg, 1)

    def test_the_associated_length_is_a_number_that_is_not_negative(self):
        self.assertRefused(TypeError, "assoclen must be positive", self.make().sendmsg_afalg, op=socket.ALG_OP_ENCRYPT,
                           assoclen=-1)
        for value in (None, "1"):
            with self.subTest(value=value), self.assertRaises(TypeError):
                self.make().sendmsg_afalg(op=socket.ALG_OP_ENCRYPT, assoclen=value)

    def test_messages_and_vector_are_bytes(self):
        self.assertNotBytesLike("x", self.make().sendmsg_afalg, ["x"], op=socket.ALG_OP_ENCRYPT)
        self.assertNotBytesLike("x", self.make().sendmsg_afalg, op=socket.ALG_OP_ENCRYPT, iv="x")
        self.assertRefused(TypeError, "sendmsg() argument 1 must be an iterable", self.make().sendmsg_afalg, 1,
                           op=socket.ALG_OP_ENCRYPT)

    def test_another_family_has_no_such_call(self):
        with socket.socket() as sock:
            for keywords in ({}, {"op": socket.ALG_OP_ENCRYPT}, {"op": socket.ALG_OP_ENCRYPT, "assoclen": -1}):
                with self.subTest(keywords=keywords):
                    self.assertRefused(OSError, "algset is only supported for AF_ALG", sock.sendmsg_afalg, **keywords)


@unittest.skipUnless(hasattr(socket, "AF_BLUETOOTH"), "this build has no AF_BLUETOOTH")
class BluetoothTest(SocketTestCase):
    def make_or_skip(self, kind, protocol):
        try:
            return self.own(socket.socket(socket.AF_BLUETOOTH, kind, protocol))
        except OSError as refusal:
            self.skipTest("the kernel makes no such socket: %s" % refusal)

    def test_addresses_of_devices(self):
        self.assertEqual((socket.BDADDR_ANY, socket.BDADDR_LOCAL), ("00:00:00:00:00:00", "00:00:00:FF:FF:FF"))

    def test_rfcomm(self):
        sock = self.make_or_skip(socket.SOCK_STREAM, socket.BTPROTO_RFCOMM)
        self.assertEqual(sock.family, socket.AF_BLUETOOTH)

    def test_l2cap(self):
        sock = self.make_or_skip(socket.SOCK_SEQPACKET, socket.BTPROTO_L2CAP)
        self.assertEqual(sock.family, socket.AF_BLUETOOTH)

    def test_hci(self):
        sock = self.make_or_skip(socket.SOCK_RAW, socket.BTPROTO_HCI)
        self.assertEqual(sock.family, socket.AF_BLUETOOTH)

    def test_sco(self):
        sock = self.make_or_skip(socket.SOCK_SEQPACKET, socket.BTPROTO_SCO)
        self.assertEqual(sock.family, socket.AF_BLUETOOTH)


if __name__ == "__main__":
    unittest.main()
