"""Descriptors to pass between sockets in tests: made, recognized at the other end, and closed."""

import os
import socket
import tempfile

from support.messages import unpack_ints


class ScmRights:
    """Makes descriptors and recognizes them after their way through a socket. Mixed into a SocketTestCase."""

    def new_descriptors(self, count):
        """`count` descriptors that this test owns, distinguished by their place in the list."""
        raise NotImplementedError

    def recognize(self, descriptors):
        """Each of these received descriptors is another name for the one at its place in the last list made."""
        raise NotImplementedError

    def close_descriptor(self, descriptor):
        raise NotImplementedError

    def close_received(self, control):
        """Closes all descriptors in these ancillary items after the test."""
        for level, kind, data in control:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                for descriptor in unpack_ints(data):
                    self.addCleanup(self.close_descriptor, descriptor)


class PassedSockets(ScmRights):
    """Descriptors of sockets.

    `made` holds the sockets of the last list made, and `other_ends` what they are connected to.
    """

    def new_descriptors(self, count):
        pairs = [self.pair(socket.AF_UNIX, socket.SOCK_STREAM) for _ in range(count)]
        self.made = [passed for passed, _ in pairs]
        self.other_ends = [other_end for _, other_end in pairs]
        return [passed.fileno() for passed in self.made]

    def recognize(self, descriptors):
        for number, descriptor in enumerate(descriptors):
            received = socket.socket(fileno=descriptor)
            try:
                received.sendall(b"through socket %d" % number)
            finally:
                received.detach()
            self.assertEqual(self.other_ends[number].recv(1024), b"through socket %d" % number)

    def close_descriptor(self, descriptor):
        socket.close(descriptor)


class PassedFiles(ScmRights):
    """Descriptors of files, each with its place in the list as its content."""

    def new_descriptors(self, count):
        directory = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(directory.cleanup)
        descriptors = []
        for number in range(count):
            descriptor, _ = tempfile.mkstemp(dir=directory.name)
            self.addCleanup(os.close, descriptor)
            os.write(descriptor, b"file %d" % number)
            descriptors.append(descriptor)
        return descriptors

    def recognize(self, descriptors):
        for number, descriptor in enumerate(descriptors):
            os.lseek(descriptor, 0, os.SEEK_SET)
            self.assertEqual(os.read(descriptor, 1024), b"file %d" % number)

    def close_descriptor(self, descriptor):
        os.close(descriptor)


class PassedPipes(ScmRights):
    """Descriptors of the ends of pipes that are read. `written` holds the other ends of the last list made."""

    def new_descriptors(self, count):
        pipes = [os.pipe() for _ in range(count)]
        for ends in pipes:
            for end in ends:
                self.addCleanup(os.close, end)
        self.written = [written for _, written in pipes]
        return [read for read, _ in pipes]

    def recognize(self, descriptors):
        for number, descriptor in enumerate(descriptors):
            os.write(self.written[number], b"through pipe %d" % number)
            self.assertEqual(os.read(descriptor, 1024), b"through pipe %d" % number)

    def close_descriptor(self, descriptor):
        os.close(descriptor)
