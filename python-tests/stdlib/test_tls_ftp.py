"""`ftplib.FTP_TLS`: the commands in TLS and out of it, data connections in TLS and in plain, both ways to make them."""

import ftplib
import io
import ssl
import unittest

from support import HOST, LIMIT, certificates
from support.streams import read_to_end
from support.tls import server_context
from support.tls_servers import ChangesOver, TlsServerCase, default_context
import test_ftplib
from test_ftplib import BIG, LISTING

HOSTNAME_MISMATCH = 62


class SecureConversation(ChangesOver, test_ftplib.Conversation):
    protects = False

    def do_auth(self, kind):
        self.reply("234 go on")
        self.start_tls()

    def do_ccc(self, _):
        self.reply("200 in plain from here")
        self.end_tls()

    def do_pbsz(self, size):
        self.reply("200 %s" % size)

    def do_prot(self, level):
        self.protects = level == "P"
        self.reply("200 ok")

    def do_user(self, name):
        self.server.users.append((name, self.is_secured()))
        super().do_user(name)

    def protected(self, connection):
        self.server.data_connections.append(self.protects)
        return self.server.context.wrap_socket(connection, server_side=True) if self.protects else connection

    @staticmethod
    def ended(connection):
        """Ends a data connection as TLS wants it, if it is one of TLS."""
        if isinstance(connection, ssl.SSLSocket):
            connection.unwrap()

    def transfer(self, data):
        self.reply("150 here it comes")
        with self.protected(self.data_connection()) as connection:
            connection.sendall(data)
            self.ended(connection)
        self.reply("226 done")

    def do_stor(self, name):
        self.reply("150 go on")
        with self.protected(self.data_connection()) as connection:
            self.server.files[name] = read_to_end(connection)
            self.ended(connection)
        self.reply("226 done")


class SecureServer(test_ftplib.Server):
    def __init__(self, *arguments):
        self.context = server_context()
        self.users, self.data_connections = [], []
        super().__init__(*arguments)


class SecureFtpCase(TlsServerCase):
    passive = True

    def setUp(self):
        super().setUp()
        self.server = self.serve(SecureServer((HOST, 0), SecureConversation))
        self.server.files = {"one": b"hello", "big": BIG, "text": b"first\r\nsecond\r\nthird"}

    def client(self, **keywords):
        client = self.own(ftplib.FTP_TLS(timeout=LIMIT, context=default_context(), **keywords))
        client.connect("localhost", self.server.server_address[1])
        client.set_pasv(self.passive)
        return client

    def protected(self):
        """A client that has logged in, and wants its data in TLS."""
        client = self.client()
        client.login()
        client.prot_p()
        return client

    def retrieve(self, client, name):
        parts = []
        self.assertEqual(client.retrbinary("RETR " + name, parts.append), "226 done")
        return b"".join(parts)


class CommandsTest(SecureFtpCase):
    """The connection for commands."""

    def test_login_goes_over_to_tls_before(self):
        client = self.client()
        self.assertNotIsInstance(client.sock, ssl.SSLSocket)
        self.assertEqual(client.login("user", "word"), "230 welcome")
        self.assertIsInstance(client.sock, ssl.SSLSocket)
        self.assertEqual(client.sock.version(), "TLSv1.3")
        self.assertEqual(self.server.users, [("user", True)])
        self.assertEqual(self.server.commands[0], "AUTH TLS")

    def test_login_in_plain_can_be_asked_for(self):
        self.client().login("user", "word", secure=False)
        self.assertEqual(self.server.users, [("user", False)])

    def test_going_over_by_hand(self):
        client = self.client()
        self.assertEqual(client.auth(), "234 go on")
        with self.assertRaisesRegex(ValueError, "^Already using TLS$"):
            client.auth()
        self.assertEqual(client.sock.gettimeout(), LIMIT)
        self.assertEqual(client.voidcmd("NOOP"), "200 ok")

    def test_back_to_plain_commands(self):
        client = self.client()
        client.login("user", "word")
        self.assertEqual(client.ccc(), "200 in plain from here")
        self.assertEqual(client.voidcmd("NOOP"), "200 ok")
        self.assertEqual(self.retrieve(client, "one"), b"hello")

    def test_nothing_leaves_tls_before_it_is_there(self):
        with self.assertRaisesRegex(ValueError, "^not using TLS$"):
            self.client().ccc()

    def test_data_stays_in_tls_when_commands_leave_it(self):
        client = self.protected()
        client.ccc()
        self.assertTrue(self.retrieve(client, "big") == BIG)
        self.assertEqual(self.server.data_connections, [True])

    def test_another_host_is_refused(self):
        self.server.context = server_context(certificates.otherhost())
        client = self.client()
        self.assertRefuses(HOSTNAME_MISMATCH, client.login)
        self.assertEqual(self.server.users, [])
        self.server.server_close()
        self.assertIsInstance(self.server.failures.pop(), (ssl.SSLError, ConnectionError))

    def test_quit(self):
        client = self.client()
        client.login()
        self.assertEqual(client.quit(), "221 bye")


class TransferCases:
    """Data in TLS; `passive` says who connects."""

    def test_retrieve(self):
        client = self.protected()
        self.assertEqual(self.retrieve(client, "one"), b"hello")
        self.assertTrue(self.retrieve(client, "big") == BIG)
        self.assertEqual(self.server.data_connections, [True, True])

    def test_retrieve_lines(self):
        lines = []
        self.assertEqual(self.protected().retrlines("RETR text", lines.append), "226 done")
        self.assertEqual(lines, ["first", "second", "third"])

    def test_store(self):
        self.assertEqual(self.protected().storbinary("STOR new", io.BytesIO(BIG), 50_000), "226 done")
        self.assertTrue(self.server.files["new"] == BIG)

    def test_store_lines(self):
        self.protected().storlines("STOR new", io.BytesIO(b"one\ntwo\r\n"))
        self.assertEqual(self.server.files["new"], b"one\r\ntwo\r\n")

    def test_lists(self):
        client = self.protected()
        self.assertEqual(client.nlst(), list(self.server.files))
        lines = []
        client.dir(lines.append)
        self.assertEqual(lines, LISTING)

    def test_data_in_plain_unless_asked_for(self):
        client = self.client()
        client.login()
        self.assertEqual(self.retrieve(client, "one"), b"hello")
        client.prot_p()
        self.assertEqual(self.retrieve(client, "one"), b"hello")
        client.prot_c()
        self.assertEqual(self.retrieve(client, "one"), b"hello")
        self.assertEqual(self.server.data_connections, [False, True, False])
        self.assertEqual([line for line in self.server.commands if "P" == line[0] and "B" in line], ["PBSZ 0"])

    def test_the_data_connection_by_hand(self):
        client = self.protected()
        with client.transfercmd("RETR one") as connection:
            self.assertIsInstance(connection, ssl.SSLSocket)
            self.assertEqual(connection.getpeercert()["subject"], ((("commonName", "localhost"),),))
            self.assertEqual(read_to_end(connection), b"hello")
            connection.unwrap()
        self.assertEqual(client.voidresp(), "226 done")


class PassiveTest(TransferCases, SecureFtpCase):
    passive = True


class ActiveTest(TransferCases, SecureFtpCase):
    passive = False


class RefusalTest(SecureFtpCase):
    def test_a_data_connection_to_another_host_is_refused(self):
        client = self.protected()
        self.server.context = server_context(certificates.otherhost())
        self.assertRefuses(HOSTNAME_MISMATCH, client.retrbinary, "RETR one", self.fail)
        self.server.server_close()
        self.assertIsInstance(self.server.failures.pop(), (ssl.SSLError, ConnectionError))

    def test_a_server_without_tls(self):
        self.server = self.serve(test_ftplib.Server((HOST, 0), test_ftplib.Conversation))
        with self.assertRaisesRegex(ftplib.error_perm, "^502 not implemented$"):
            self.client().login()

    def test_an_unverified_context_is_the_default(self):
        self.server.context = server_context(certificates.self_signed("alone.test"))
        client = self.own(ftplib.FTP_TLS(timeout=LIMIT))
        client.connect(HOST, self.server.server_address[1])
        self.assertEqual(client.login(), "230 welcome")


if __name__ == "__main__":
    unittest.main()
