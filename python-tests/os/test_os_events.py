"""Descriptors that `os` makes besides files: eventfd, memfd, pipe2, pidfd."""

import errno
import os
import select
import socket
import subprocess
import unittest

from support import require
from support.refusals import RefusalTestCase


def setUpModule():
    require(os, "eventfd")


class EventCase(RefusalTestCase):
    def eventfd(self, *arguments):
        fd = os.eventfd(*arguments)
        self.addCleanup(os.close, fd)
        return fd


class EventfdTest(EventCase):
    def test_a_counter(self):
        fd = self.eventfd(3)
        os.eventfd_write(fd, 4)
        self.assertEqual(os.eventfd_read(fd), 7)
        os.eventfd_write(fd=fd, value=(1 << 64) - 2)
        self.assertEqual(os.eventfd_read(fd=fd), (1 << 64) - 2)

    def test_a_semaphore(self):
        fd = self.eventfd(2, os.EFD_SEMAPHORE | os.EFD_NONBLOCK)
        self.assertEqual([os.eventfd_read(fd), os.eventfd_read(fd)], [1, 1])
        self.assertErrno(errno.EAGAIN, os.eventfd_read, fd)

    def test_inheritance(self):
        self.assertFalse(os.get_inheritable(self.eventfd(0)))
        self.assertTrue(os.get_inheritable(self.eventfd(0, 0)))
        self.assertFalse(os.get_inheritable(self.eventfd(0, os.EFD_CLOEXEC)))

    def test_a_wait_for_an_event(self):
        fd = self.eventfd(0)
        waiting = self.peer(os.eventfd_read, fd)
        os.eventfd_write(fd, 5)
        self.assertEqual(waiting.join(), 5)

    def test_a_wait_for_room(self):
        fd = self.eventfd(0)
        os.eventfd_write(fd, (1 << 64) - 2)
        waiting = self.peer(os.eventfd_write, fd, 3)
        self.assertEqual(os.eventfd_read(fd), (1 << 64) - 2)
        waiting.join()
        self.assertEqual(os.eventfd_read(fd), 3)

    def test_without_waiting(self):
        fd = self.eventfd(0, os.EFD_NONBLOCK)
        self.assertErrno(errno.EAGAIN, os.eventfd_read, fd)
        os.eventfd_write(fd, (1 << 64) - 2)
        self.assertErrno(errno.EAGAIN, os.eventfd_write, fd, 1)

    def test_it_is_waited_for_with_sockets(self):
        fd = self.eventfd(0, os.EFD_NONBLOCK)
        left, right = self.pair()
        with select.epoll() as epoll:
            epoll.register(fd, select.EPOLLIN)
            epoll.register(left, select.EPOLLIN)
            self.assertEqual(epoll.poll(0), [])
            os.eventfd_write(fd, 5)
            self.assertEqual(epoll.poll(20), [(fd, select.EPOLLIN)])
            right.send(b"x")
            self.assertEqual(len(epoll.poll(20)), 2)
        self.assertEqual(select.select([fd, left], [], [], 20)[0], [fd, left])
        os.eventfd_read(fd)
        self.assertEqual(select.select([fd, left], [], [], 20)[0], [left])

    def test_it_is_passed_on(self):
        fd = self.eventfd(7)
        left, right = self.pair()
        socket.send_fds(left, [b"x"], [fd])
        [got] = socket.recv_fds(right, 1, 1)[1]
        self.addCleanup(os.close, got)
        self.assertEqual(os.eventfd_read(got), 7)

    def test_refusals(self):
        self.assertRefused(ValueError, "value must be positive", os.eventfd, -1)
        self.assertRefused(OverflowError, "Python int too large for C unsigned int", os.eventfd, 1 << 32)
        self.assertRefused(TypeError, "an integer is required", os.eventfd, 1.5)
        self.assertErrno(errno.EINVAL, os.eventfd, 0, 12345)
        fd = self.eventfd(0)
        self.assertRefused(ValueError, "value must be positive", os.eventfd_write, fd, -1)
        self.assertRefused(OverflowError, "int too big to convert", os.eventfd_write, fd, 1 << 64)
        self.assertRefused(TypeError, "an integer is required", os.eventfd_write, fd, "1")
        self.assertErrno(errno.EINVAL, os.eventfd_write, fd, (1 << 64) - 1)
        for call in (os.eventfd_read, lambda fd: os.eventfd_write(fd, 1)):
            self.assertErrno(errno.EBADF, call, 0x7FFF_FFFF)
            self.assertRefused(ValueError, "file descriptor cannot be a negative integer (-1)", call, -1)
            self.assertRefused(TypeError, "argument must be an int, or have a fileno() method.", call, "1")


class MemfdTest(RefusalTestCase):
    def memfd(self, *arguments):
        fd = os.memfd_create(*arguments)
        self.addCleanup(os.close, fd)
        return fd

    def test_a_file_in_memory(self):
        fd = self.memfd("name")
        self.assertEqual(os.write(fd, b"in memory"), 9)
        self.assertEqual(os.lseek(fd, 3, os.SEEK_SET), 3)
        self.assertEqual(os.read(fd, 99), b"memory")
        self.assertIn("memfd:name", os.readlink("/proc/self/fd/%d" % fd))
        left, right = self.pair()
        self.assertEqual(os.sendfile(left.fileno(), fd, 0, 9), 9)
        self.assertEqual(right.recv(99), b"in memory")

    def test_inheritance(self):
        self.assertFalse(os.get_inheritable(self.memfd("x")))
        self.assertTrue(os.get_inheritable(self.memfd(b"x", 0)))

    def test_seals(self):
        import fcntl

        fd = self.memfd("x", os.MFD_ALLOW_SEALING)
        fcntl.fcntl(fd, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE)
        self.assertErrno(errno.EPERM, os.write, fd, b"x")

    def test_its_number_as_a_file(self):
        with os.fdopen(os.memfd_create("x"), "w+b") as file:
            file.write(b"abc")
            file.seek(0)
            self.assertEqual(file.read(), b"abc")

    def test_refusals(self):
        self.assertRefused(TypeError, "expected str, bytes or os.PathLike object, not int", os.memfd_create, 5)
        self.assertRefused(ValueError, "embedded null byte", os.memfd_create, "a\0b")
        self.assertErrno(errno.EINVAL, os.memfd_create, "x" * 300)
        self.assertErrno(errno.EINVAL, os.memfd_create, "x", -1)


class Pipe2Test(RefusalTestCase):
    def pipe2(self, flags):
        ends = os.pipe2(flags)
        for end in ends:
            self.addCleanup(os.close, end)
        return ends

    def test_flags(self):
        for flags in (0, os.O_NONBLOCK, os.O_CLOEXEC, os.O_NONBLOCK | os.O_CLOEXEC):
            for end in self.pipe2(flags):
                with self.subTest(flags=flags):
                    self.assertIs(os.get_inheritable(end), not flags & os.O_CLOEXEC)
                    self.assertIs(os.get_blocking(end), not flags & os.O_NONBLOCK)

    def test_bytes(self):
        reader, writer = self.pipe2(os.O_CLOEXEC)
        self.assertEqual(os.write(writer, b"abc"), 3)
        self.assertEqual(os.read(reader, 9), b"abc")

    def test_the_end(self):
        reader, writer = os.pipe2(os.O_CLOEXEC)
        self.addCleanup(os.close, reader)
        os.close(writer)
        self.assertEqual(os.read(reader, 9), b"")
        self.assertErrno(errno.EBADF, os.write, writer, b"x")

    def test_refusals(self):
        self.assertErrno(errno.EINVAL, os.pipe2, -1)
        self.assertRefused(TypeError, "'str' object cannot be interpreted as an integer", os.pipe2, "x")


class PidfdTest(RefusalTestCase):
    def test_it_is_ready_when_the_process_ends(self):
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as process:
            fd = os.pidfd_open(process.pid)
            self.addCleanup(os.close, fd)
            self.assertFalse(os.get_inheritable(fd))
            poll = select.poll()
            poll.register(fd, select.POLLIN)
            self.assertEqual(poll.poll(0), [])
            process.stdin.close()
            self.assertEqual(poll.poll(20_000), [(fd, select.POLLIN)])

    def test_refusals(self):
        self.assertErrno(errno.EINVAL, os.pidfd_open, -1)
        self.assertErrno(errno.EINVAL, os.pidfd_open, os.getpid(), 5)
        self.assertErrno(errno.ESRCH, os.pidfd_open, 0x7FFF_FFFF)


if __name__ == "__main__":
    unittest.main()
