"""Signals during a call that waits: a handler that raises ends the call, one that returns does not (PEP 475)."""

import errno
import signal
import socket
import threading
import time
import unittest

from support import HOST
from support.signals import SignalCase
from support.streams import MESSAGE, SHORT


class RaisingHandlerWhileReceivingTest(SignalCase):
    def setUp(self):
        super().setUp()
        self.sock = self.own(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.sock.bind((HOST, 0))
        self.sock.settimeout(self.TIMEOUT)

    def test_recv(self):
        self.assertInterrupted(self.sock.recv, 1024)

    def test_recv_into(self):
        self.assertInterrupted(self.sock.recv_into, bytearray(1024))

    def test_recvfrom(self):
        self.assertInterrupted(self.sock.recvfrom, 1024)

    def test_recvfrom_into(self):
        self.assertInterrupted(self.sock.recvfrom_into, bytearray(1024))

    def test_recvmsg(self):
        self.assertInterrupted(self.sock.recvmsg, 1024)

    def test_recvmsg_into(self):
        self.assertInterrupted(self.sock.recvmsg_into, [bytearray(1024)])

    def test_accept(self):
        listener = self.listener()
        listener.settimeout(self.TIMEOUT)
        self.assertInterrupted(listener.accept)

    def test_socket_is_usable_afterwards(self):
        self.assertInterrupted(self.sock.recv, 1024)
        self.sock.sendto(MESSAGE, self.sock.getsockname())
        self.assertEqual(self.sock.recv(1024), MESSAGE)


class RaisingHandlerWhileSendingTest(SignalCase):
    def setUp(self):
        super().setUp()
        self.client, self.server = self.tcp_pair()
        self.client.settimeout(self.TIMEOUT)

    def test_send(self):
        self.assertInterrupted(self.until_full, self.client.send, b"a" * 65536)

    def test_sendto(self):
        self.assertInterrupted(self.until_full, self.client.sendto, b"a" * 65536, self.server.getsockname())

    def test_sendmsg(self):
        self.assertInterrupted(self.until_full, self.client.sendmsg, [b"a" * 65536])

    def test_sendall(self):
        self.assertInterrupted(self.client.sendall, bytes(64 << 20))

    def until_full(self, send, *arguments):
        while True:
            send(*arguments)


class ReturningHandlerTest(SignalCase):
    def test_wait_goes_on_until_its_timeout(self):
        self.on_alarm(self.counting)
        self.during(self.recv_until_timeout)

    def test_repeated_signals_do_not_prolong_the_wait(self):
        most = 20

        def count(number, frame):
            self.handled += 1
            if self.handled == most:
                signal.setitimer(signal.ITIMER_REAL, 0)

        self.on_alarm(count)
        # A wait that started again after each signal would outlast them all.
        # Not a multiple of the interval: a signal at the very end would be on its way when the next test begins.
        self.during(self.recv_until_timeout, 3.5 * SHORT, interval=SHORT)
        self.assertLess(self.handled, most)

    def recv_until_timeout(self, seconds):
        left, _ = self.pair()
        left.settimeout(seconds)
        self.assertTimesOut(seconds, left.recv, 1)

    def test_handler_may_close_the_socket_that_is_waited_for(self):
        left, _ = self.pair()
        left.settimeout(self.TIMEOUT)

        def close(number, frame):
            self.handled += 1
            left.close()

        self.on_alarm(close)
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        start = time.monotonic()
        with self.assertRaises(OSError) as caught:
            left.recv(1)
        self.assertEqual(caught.exception.errno, errno.EBADF)
        self.assertEqual(self.handled, 1)
        # Neither the close nor the call waits for the other.
        self.assertLess(time.monotonic() - start, self.TIMEOUT)

    def test_wait_goes_on_until_there_is_data(self):
        left, right = self.pair()
        left.settimeout(self.TIMEOUT)

        def send(number, frame):
            self.handled += 1
            right.send(MESSAGE)

        self.on_alarm(send)
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        self.assertEqual(left.recv(1024), MESSAGE)
        self.assertEqual(self.handled, 1)

    def test_blocking_wait_goes_on_until_there_is_data(self):
        left, right = self.pair()
        left.settimeout(None)
        # The second signal ends the wait by what it sends, so the wait has survived the first one.
        steps = iter((lambda: None, lambda: right.send(MESSAGE)))

        def step(number, frame):
            self.handled += 1
            next(steps, lambda: None)()

        # Without the handler nothing would ever end the wait.
        guard = threading.Timer(self.TIMEOUT, right.send, (b"no signal was handled",))
        self.addCleanup(guard.cancel)
        guard.start()
        self.on_alarm(step)
        signal.setitimer(signal.ITIMER_REAL, SHORT, SHORT)
        self.assertEqual(left.recv(1024), MESSAGE)
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.assertGreaterEqual(self.handled, 2)

    def test_handler_may_send_on_the_socket_that_is_being_sent_on(self):
        left, right = self.pair()
        left.settimeout(20)
        right.settimeout(20)
        outer = b"".join(b"%07d," % number for number in range(1 << 18))
        inner = b"x" * 300000
        handled = threading.Event()

        def send(number, frame):
            self.handled += 1
            handled.set()
            left.sendall(inner)

        def receive():
            # The call of the test does not come to its end before the handler has sent.
            handled.wait(20)
            parts = []
            while part := right.recv(1 << 20):
                parts.append(part)
            return b"".join(parts)

        peer = self.peer(receive)
        self.on_alarm(send)
        signal.setitimer(signal.ITIMER_REAL, SHORT)
        left.sendall(outer)
        left.close()
        received = peer.join()
        self.assertEqual(self.handled, 1)
        self.assertEqual(received.count(b"x"), len(inner))
        self.assertEqual(received.replace(b"x", b""), outer)


if __name__ == "__main__":
    unittest.main()
