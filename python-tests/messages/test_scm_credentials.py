"""Credentials as ancillary data over AF_UNIX: asked for by SO_PASSCRED, given by SCM_CREDENTIALS.

Every case runs by recvmsg and by recvmsg_into.
"""

import errno
import os
import socket
import struct
import unittest

from support import SocketTestCase, require
from support.messages import (
    INT, MESSAGE, ROOMY, ByRecvmsg, ByRecvmsgInto, UnixDatagram, UnixSeqpacket, UnixStream, pack_ints)

UCRED = struct.Struct("@iII")
"""struct ucred of Linux: process, user and group (man 7 unix)."""

NO_PROCESS = 0x7FFFFFFF
"""Above every process number that Linux gives out."""

CREDENTIALS = (socket.SOL_SOCKET, getattr(socket, "SCM_CREDENTIALS", None))


def setUpModule():
    require(socket.socket, "sendmsg")


class CredentialsCases:
    """What holds on each kind of AF_UNIX socket."""

    def setUp(self):
        super().setUp()
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.own_credentials = self.peer_credentials()

    def peer_credentials(self):
        """The credentials of this process, as a connected socket reports them."""
        left, _ = self.pair(socket.AF_UNIX, socket.SOCK_STREAM)
        return left.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, UCRED.size)

    def assertCredentials(self, result, control):
        """The result is MESSAGE with these ancillary items, and nothing was lost."""
        data, received, flags, address = result
        self.assertEqual((data, received), (MESSAGE, control))
        self.assertFlags(flags)
        self.assertSource(address)

    def test_the_sender_is_named_without_its_help(self):
        self.send(MESSAGE)
        self.assertCredentials(self.receive(1024, ROOMY), [(*CREDENTIALS, self.own_credentials)])

    def test_the_sender_is_this_process(self):
        self.send(MESSAGE)
        [(_, _, data)] = self.receive(1024, ROOMY)[1]
        self.assertEqual(UCRED.unpack(data)[0], os.getpid())

    def test_credentials_fit_the_space_reckoned_by_cmsg_space(self):
        self.send(MESSAGE)
        self.assertCredentials(self.receive(1024, socket.CMSG_SPACE(UCRED.size)),
                               [(*CREDENTIALS, self.own_credentials)])

    def test_the_sender_may_name_itself(self):
        self.sendmsg([MESSAGE], [(*CREDENTIALS, self.own_credentials)])
        self.assertCredentials(self.receive(1024, ROOMY), [(*CREDENTIALS, self.own_credentials)])

    def test_the_sender_must_not_name_a_process_that_does_not_exist(self):
        _, user, group = UCRED.unpack(self.own_credentials)
        with self.assertRaises(OSError) as caught:
            self.sendmsg([MESSAGE], [(*CREDENTIALS, UCRED.pack(NO_PROCESS, user, group))])
        # EPERM without the capability to name others, ESRCH with it
        self.assertIn(caught.exception.errno, (errno.EPERM, errno.ESRCH))

    def test_credentials_of_a_wrong_size_raise_einval(self):
        for data in (b"", self.own_credentials[:-1], self.own_credentials + b"\0"):
            with self.subTest(size=len(data)):
                self.assertErrno(errno.EINVAL, self.sendmsg, [MESSAGE], [(*CREDENTIALS, data)])

    def test_credentials_and_descriptors_together(self):
        passed, other_end = self.pair()
        self.sendmsg([MESSAGE], [(*CREDENTIALS, self.own_credentials),
                                 (socket.SOL_SOCKET, socket.SCM_RIGHTS, pack_ints(passed.fileno()))])
        data, control, flags, _ = self.receive(1024, ROOMY)
        items = {item[:2]: item[2] for item in control}
        [descriptor] = struct.unpack("@i", items[socket.SOL_SOCKET, socket.SCM_RIGHTS])
        with socket.socket(fileno=descriptor) as received:
            received.sendall(b"!")
        self.assertEqual(other_end.recv(1), b"!")
        self.assertEqual(data, MESSAGE)
        self.assertEqual(len(control), 2)
        self.assertEqual(items[CREDENTIALS], self.own_credentials)
        self.assertFlags(flags)

    def test_space_within_the_credentials_cuts_them(self):
        self.send(MESSAGE)
        data, control, flags, _ = self.receive(1024, socket.CMSG_LEN(INT))
        self.assertEqual(data, MESSAGE)
        self.assertEqual(control, [(*CREDENTIALS, self.own_credentials[:INT])])
        self.assertFlags(flags, control_lost=True)

    def test_space_within_the_header_loses_the_credentials(self):
        for space in ((), (0,), (1,), (socket.CMSG_LEN(0) - 1,)):
            with self.subTest(space=space):
                self.send(MESSAGE)
                data, control, flags, _ = self.receive(1024, *space)
                self.assertEqual((data, control), (MESSAGE, []))
                self.assertFlags(flags, control_lost=True)

    def test_credentials_that_nobody_asked_for_do_not_come(self):
        self.server.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        self.sendmsg([MESSAGE], [(*CREDENTIALS, self.own_credentials)])
        self.assertReceived(self.receive(1024, ROOMY))


class UnixStreamRecvmsgCredentialsTest(CredentialsCases, UnixStream, ByRecvmsg, SocketTestCase):
    pass


class UnixStreamRecvmsgIntoCredentialsTest(CredentialsCases, UnixStream, ByRecvmsgInto, SocketTestCase):
    pass


class UnixDatagramRecvmsgCredentialsTest(CredentialsCases, UnixDatagram, ByRecvmsg, SocketTestCase):
    pass


class UnixDatagramRecvmsgIntoCredentialsTest(CredentialsCases, UnixDatagram, ByRecvmsgInto, SocketTestCase):
    pass


class UnixSeqpacketRecvmsgCredentialsTest(CredentialsCases, UnixSeqpacket, ByRecvmsg, SocketTestCase):
    pass


class UnixSeqpacketRecvmsgIntoCredentialsTest(CredentialsCases, UnixSeqpacket, ByRecvmsgInto, SocketTestCase):
    pass


if __name__ == "__main__":
    unittest.main()
