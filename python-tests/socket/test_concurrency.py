"""Sockets used by several threads at once: nothing is lost, repeated, or delivered to the wrong place."""

import collections
import queue
import select
import socket
import threading
import unittest

from support import LIMIT, SocketTestCase
from support.streams import SHORT, MeasuresWaits, pattern, read_exactly, read_to_end


class OneSocketTest(SocketTestCase):
    """Threads that share one socket."""

    def test_one_thread_receives_while_another_sends(self):
        left, right = self.tcp_pair()
        there = pattern(2 << 20)
        back = there[::-1]
        sending = [self.peer(left.sendall, there), self.peer(right.sendall, back)]
        at_left = self.peer(read_exactly, left, len(back))
        at_right = self.peer(read_exactly, right, len(there))
        self.assertTrue(at_right.join() == there)
        self.assertTrue(at_left.join() == back)
        for peer in sending:
            peer.join()

    def test_a_thread_that_waits_to_receive_does_not_keep_another_from_sending(self):
        for timeout in (None, LIMIT):
            with self.subTest(timeout=timeout):
                left, right = self.tcp_pair()
                left.settimeout(timeout)
                answer = self.peer(left.recv, 1024)
                left.sendall(b"question")
                self.assertEqual(read_exactly(right, 8), b"question")
                right.sendall(b"answer")
                self.assertEqual(answer.join(), b"answer")

    def test_datagrams_from_many_threads_come_whole_and_once(self):
        left, right = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        threads, each = 4, 100

        def send(thread):
            for number in range(each):
                left.send(b"%d:%d " % (thread, number) * 50)

        for thread in range(threads):
            self.peer(send, thread)
        received = [right.recv(4096) for _ in range(threads * each)]
        expected = [b"%d:%d " % (thread, number) * 50 for thread in range(threads) for number in range(each)]
        self.assertEqual(collections.Counter(received), collections.Counter(expected))
        for thread in range(threads):
            mine = [data for data in received if data.startswith(b"%d:" % thread)]
            self.assertEqual(mine, expected[thread * each:(thread + 1) * each])

    def test_datagrams_come_to_one_of_many_threads_each(self):
        left, right = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        threads, each = 4, 100

        def receive():
            return [right.recv(4096) for _ in range(each)]

        receivers = [self.peer(receive) for _ in range(threads)]
        sent = [b"%d " % number * 100 for number in range(threads * each)]
        for data in sent:
            left.send(data)
        received = [data for receiver in receivers for data in receiver.join()]
        self.assertEqual(collections.Counter(received), collections.Counter(sent))

    def test_bytes_of_a_stream_come_to_one_of_many_threads_each(self):
        left, right = self.tcp_pair()
        data = pattern(1 << 20)

        def receive():
            return read_to_end(right)

        receivers = [self.peer(receive) for _ in range(4)]
        left.sendall(data)
        left.close()
        received = [receiver.join() for receiver in receivers]
        self.assertEqual(sum(map(len, received)), len(data))
        total = collections.Counter()
        for part in received:
            total.update(part)
        self.assertEqual(total, collections.Counter(data))

    def test_each_thread_waits_with_its_own_copy_of_the_socket(self):
        left, right = self.pair(socket.AF_UNIX, socket.SOCK_DGRAM)
        copies = [self.bounded(right.dup()) for _ in range(4)]
        receivers = [self.peer(copy.recv, 10) for copy in copies]
        for number in range(4):
            left.send(b"%d" % number)
        self.assertEqual(sorted(receiver.join() for receiver in receivers), [b"0", b"1", b"2", b"3"])


class ManySocketsTest(MeasuresWaits, SocketTestCase):
    """Threads that have their own sockets and must not meet."""

    def test_conversations_beside_each_other(self):
        threads, rounds = 8, 50

        def talk(thread):
            left, right = socket.socketpair()
            with left, right:
                left.settimeout(LIMIT)
                right.settimeout(LIMIT)
                for number in range(rounds):
                    data = b"%d:%d " % (thread, number) * 100
                    left.sendall(data)
                    self.assertEqual(read_exactly(right, len(data)), data)
                    right.sendall(data[::-1])
                    self.assertEqual(read_exactly(left, len(data)), data[::-1])

        for talker in [self.peer(talk, thread) for thread in range(threads)]:
            talker.join()

    def test_buffers_of_threads_are_their_own(self):
        # All wait in recv_into at once, and then all are sent to: each finds what was sent to it.
        pairs = [self.tcp_pair() for _ in range(8)]
        buffers = [bytearray(1000) for _ in pairs]
        waiting = [self.peer(right.recv_into, buffer, 0, socket.MSG_PEEK)
                   for (_, right), buffer in zip(pairs, buffers)]
        for number, (left, _) in enumerate(pairs):
            left.sendall(bytes([number]) * 1000)
        self.assertEqual([waiter.join() for waiter in waiting], [1000] * 8)
        self.assertEqual(buffers, [bytearray([number]) * 1000 for number in range(8)])

    def test_timeouts_of_threads_are_their_own(self):
        left, right = self.pair()
        waits = []
        for factor in (1, 2, 3):
            sock, other = self.pair()
            sock.settimeout(factor * SHORT)
            waits.append(self.peer(self.assertTimesOut, factor * SHORT, sock.recv, 1))
        receiving = self.peer(left.recv, 1)
        for wait in waits:
            wait.join()
        right.send(b"x")
        self.assertEqual(receiving.join(), b"x")

    def test_a_thread_in_a_call_does_not_stop_the_others(self):
        # More threads wait than any machine has processors, and the last one still gets its turn.
        pairs = [self.pair() for _ in range(40)]
        waiting = [self.peer(right.recv, 10) for _, right in pairs]
        for number, (left, _) in reversed(list(enumerate(pairs))):
            left.send(b"%d" % number)
        self.assertEqual([waiter.join() for waiter in waiting], [b"%d" % number for number in range(40)])


class ServerTest(SocketTestCase):
    def test_echo_of_fifty_clients(self):
        clients = 50
        listener = self.listener(backlog=clients)
        address = listener.getsockname()

        def echo(sock):
            with sock:
                sock.settimeout(LIMIT)
                while data := sock.recv(4096):
                    sock.sendall(data)

        def serve():
            served = []
            for _ in range(clients):
                sock, _ = listener.accept()
                served.append(self.peer(echo, sock))
            for peer in served:
                peer.join()

        def ask(number):
            question = b"client %d says %d; " % (number, number * number) * 200
            with socket.create_connection(address, LIMIT) as sock:
                sender = self.peer(sock.sendall, question)
                answer = read_exactly(sock, len(question))
                sender.join()
                sock.shutdown(socket.SHUT_WR)
                self.assertEqual(sock.recv(1), b"")
            self.assertEqual(answer, question)

        server = self.peer(serve)
        for asker in [self.peer(ask, number) for number in range(clients)]:
            asker.join()
        server.join()

    def test_one_listener_with_several_threads_that_accept(self):
        connections, threads = 40, 4
        listener = self.listener(backlog=connections)
        address = listener.getsockname()
        tickets = threading.Semaphore(connections)
        accepted = queue.Queue()

        def accept():
            # A ticket is a connection that some thread has to accept, so all threads end after the last one.
            while tickets.acquire(blocking=False):
                sock, peer = listener.accept()
                accepted.put((self.bounded(sock), peer))

        acceptors = [self.peer(accept) for _ in range(threads)]
        clients = {}
        for _ in range(connections):
            client = self.bounded(socket.create_connection(address, LIMIT))
            clients[client.getsockname()] = client
        for acceptor in acceptors:
            acceptor.join()
        self.assertEqual(accepted.qsize(), connections)
        for _ in range(connections):
            sock, peer = accepted.get()
            # Each client is found once, and by the socket that was given its address.
            client = clients.pop(peer)
            self.assertEqual(sock.getpeername(), peer)
            client.sendall(b"to port %d" % peer[1])
            client.shutdown(socket.SHUT_WR)
            self.assertEqual(read_to_end(sock), b"to port %d" % peer[1])
        self.assertEqual(clients, {})

    def test_non_blocking_accept_by_several_threads(self):
        # All threads wake for the one connection; one gets it, and the others find none.
        listener = self.listener()
        listener.setblocking(False)
        client = self.bounded(socket.create_connection(listener.getsockname(), LIMIT))
        self.assertEqual(select.select([listener], [], [], LIMIT)[0], [listener])
        start = threading.Barrier(4)

        def accept():
            start.wait(LIMIT)
            try:
                return listener.accept()
            except BlockingIOError:
                return None

        results = [acceptor.join() for acceptor in [self.peer(accept) for _ in range(4)]]
        (sock, peer), = filter(None, results)
        self.own(sock)
        self.assertEqual(peer, client.getsockname())


if __name__ == "__main__":
    unittest.main()
