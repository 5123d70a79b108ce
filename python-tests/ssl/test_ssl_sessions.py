"""Sessions: what they hold, how a later connection takes one up again, and what contexts count."""

import ssl

from support import certificates
from support.tls import BioPair, TlsTestCase, client_context, server_context

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


class SessionCase(TlsTestCase):
    version = TLS12

    def setUp(self):
        self.client = client_context(version=self.version)
        self.server = server_context()

    def connect(self, session=None):
        """A pair whose client has read something: in TLS 1.3 a session comes after the handshake."""
        pair = BioPair(self.client, self.server, session=session).connected()
        self.assertEqual(pair.send(b"x", pair.server), b"x")
        return pair


class ResumptionTest(SessionCase):
    def test_there_is_none_before_the_handshake(self):
        pair = BioPair(self.client, self.server)
        self.assertIsNone(pair.client.session)
        self.assertFalse(pair.client.session_reused)

    def test_what_a_session_holds(self):
        session = self.connect().client.session
        self.assertIsInstance(session, ssl.SSLSession)
        self.assertIsInstance(session.id, bytes)
        self.assertTrue(session.id)
        self.assertGreater(session.time, 0)
        self.assertGreater(session.timeout, 0)
        self.assertIs(type(session.has_ticket), bool)
        self.assertGreaterEqual(session.ticket_lifetime_hint, 0)

    def test_a_new_connection_has_a_new_one(self):
        first, second = self.connect(), self.connect()
        for pair in (first, second):
            self.assertIs(pair.client.session_reused, False)
            self.assertIs(pair.server.session_reused, False)
        self.assertNotEqual(first.client.session, second.client.session)
        self.assertNotEqual(first.client.session.id, second.client.session.id)

    def test_one_can_be_taken_up_again(self):
        session = self.connect().client.session
        for _ in range(2):
            pair = self.connect(session)
            self.assertIs(pair.client.session_reused, True)
            self.assertIs(pair.server.session_reused, True)

    def test_one_that_was_taken_up_is_equal(self):
        session = self.connect().client.session
        again = self.connect(session).client.session
        self.assertEqual(again, session)
        self.assertEqual(again.id, session.id)
        self.assertGreaterEqual(again.time, session.time)

    def test_one_can_be_set_before_the_handshake(self):
        session = self.connect().client.session
        pair = BioPair(self.client, self.server)
        pair.client.session = session
        pair.connected()
        self.assertIs(pair.client.session_reused, True)

    def test_not_after_the_handshake(self):
        pair = self.connect()
        with self.assertRaises(ValueError) as caught:
            pair.client.session = self.connect().client.session
        self.assertEqual(str(caught.exception), "Cannot set session after handshake.")

    def test_it_is_a_session(self):
        with self.assertRaises(TypeError) as caught:
            BioPair(self.client, self.server).client.session = object
        self.assertEqual(str(caught.exception), "Value is not a SSLSession.")

    def test_it_is_of_the_same_context(self):
        session = self.connect().client.session
        other = client_context(version=TLS12)
        with self.assertRaises(ValueError) as caught:
            BioPair(other, self.server).client.session = session
        self.assertEqual(str(caught.exception), "Session refers to a different SSLContext.")

    def test_it_is_of_a_client(self):
        session = self.connect().client.session
        with self.assertRaises(ValueError):
            BioPair(self.client, self.server).server.session = session

    def test_another_server_begins_anew(self):
        session = self.connect().client.session
        pair = BioPair(self.client, server_context(), session=session).connected()
        self.assertIs(pair.client.session_reused, False)

    def test_what_was_known_of_the_peer_is_known_again(self):
        session = self.connect().client.session
        pair = self.connect(session)
        self.assertEqual(pair.client.getpeercert(True), certificates.localhost().der)
        self.assertEqual(pair.client.version(), "TLSv1.2")
        self.assertIsNotNone(pair.client.cipher())

    def test_over_sockets(self):
        first, _ = self.tls_pair(self.client, self.server)
        session = first.session
        self.assertIs(first.session_reused, False)
        second, server = self.tls_pair(self.client, self.server, session=session)
        self.assertIs(second.session_reused, True)
        self.assertIs(server.session_reused, True)
        second.sendall(b"hello")
        self.assertEqual(server.recv(100), b"hello")


class LaterVersionTest(SessionCase):
    version = TLS13

    def test_one_that_came_with_a_ticket_can_be_taken_up(self):
        session = self.connect().client.session
        self.assertTrue(session.has_ticket)
        pair = self.connect(session)
        self.assertIs(pair.client.session_reused, True)
        self.assertIs(pair.server.session_reused, True)
        self.assertEqual(pair.client.getpeercert(True), certificates.localhost().der)


class StatisticsTest(SessionCase):
    def test_connections_and_their_sessions_are_counted(self):
        session = self.connect().client.session
        self.connect(session)
        self.connect()
        served = self.server.session_stats()
        self.assertEqual((served["accept"], served["accept_good"], served["hits"]), (3, 3, 1))
        self.assertEqual((served["connect"], served["connect_good"]), (0, 0))
        made = self.client.session_stats()
        self.assertEqual((made["connect"], made["connect_good"]), (3, 3))
        self.assertEqual((made["accept"], made["accept_good"]), (0, 0))

    def test_a_failed_handshake_is_no_good_one(self):
        BioPair(self.client, self.server, "other.test").handshake()
        self.assertEqual(self.server.session_stats()["accept_good"], 0)
        self.assertEqual(self.client.session_stats()["connect_good"], 0)
