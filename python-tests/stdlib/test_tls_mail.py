"""Mail over TLS: smtplib, imaplib and poplib, with TLS from the first byte on and with the command that begins it."""

import contextlib
import imaplib
import poplib
import smtplib
import ssl
import unittest

from support import HOST, LIMIT, certificates
from support.streams import SHORT
from support.tls import server_context
from support.tls_servers import BehindTls, ChangesOver, TlsServerCase, default_context
import test_imaplib
import test_poplib
import test_smtplib

HOSTNAME_MISMATCH = 62
BIG_TEXT = b"".join(b"line %d\r\n" % number for number in range(50_000))


class MailCase(TlsServerCase):
    """Serves one protocol at two ports."""

    def setUp(self):
        super().setUp()
        self.behind = self.serve(self.secure_server_class((HOST, 0), self.handler_class))
        self.plain = self.serve(self.plain_server_class((HOST, 0), self.handler_class))

    def address(self, server, host="localhost"):
        return host, server.server_address[1]

    def silent(self):
        """The address of a server that accepts connections and sends nothing."""
        return self.listener().getsockname()


class Smtp(ChangesOver, test_smtplib.Conversation):
    def do_ehlo(self, name):
        lines = ["hello " + name, "AUTH PLAIN"] if self.is_secured() else ["hello " + name, "STARTTLS"]
        self.reply(*("250-" + line for line in lines), "250 HELP")

    def do_starttls(self, _):
        if self.server.has_tls:
            self.reply("220 go on")
            self.start_tls()
        else:
            self.reply("454 not now")


class SmtpServer(test_smtplib.Server):
    has_tls = True

    def __init__(self, *arguments):
        self.context = server_context()
        super().__init__(*arguments)


class SecureSmtpServer(BehindTls, SmtpServer):
    pass


class SmtpCase(MailCase):
    handler_class, plain_server_class, secure_server_class = Smtp, SmtpServer, SecureSmtpServer

    def client(self):
        return self.own(smtplib.SMTP(*self.address(self.plain), local_hostname="client.test", timeout=LIMIT))

    def secure_client(self, host="localhost", context=None, server=None):
        return self.own(
            smtplib.SMTP_SSL(
                *self.address(server or self.behind, host),
                local_hostname="client.test",
                timeout=LIMIT,
                context=context or default_context(),
            )
        )


class SmtpStartTlsTest(SmtpCase):
    def test_a_mail(self):
        client = self.client()
        client.ehlo()
        self.assertTrue(client.has_extn("starttls"))
        self.assertEqual(client.starttls(context=default_context()), (220, b"go on"))
        self.assertIsInstance(client.sock, ssl.SSLSocket)
        self.assertEqual(client.sock.version(), "TLSv1.3")
        client.ehlo()
        self.assertFalse(client.has_extn("starttls"))
        self.assertEqual(client.login("user", "word"), (235, b"welcome"))
        self.assertEqual(client.sendmail("from@test", "to@test", BIG_TEXT), {})
        self.assertTrue(self.plain.mails[0][2] == BIG_TEXT)
        self.assertEqual(client.quit(), (221, b"bye"))

    def test_what_was_known_before_is_forgotten(self):
        client = self.client()
        client.ehlo()
        client.starttls(context=default_context())
        self.assertIsNone(client.ehlo_resp)
        self.assertEqual(client.esmtp_features, {})

    def test_a_server_that_cannot_now(self):
        self.plain.has_tls = False
        client = self.client()
        with self.assertRaises(smtplib.SMTPResponseException) as caught:
            client.starttls(context=default_context())
        self.assertEqual(caught.exception.smtp_code, 454)
        self.assertEqual(client.noop(), (250, b"ok"))

    def test_a_server_without_it(self):
        class NoTls(test_smtplib.Conversation):
            pass

        self.plain = self.serve(SmtpServer((HOST, 0), NoTls))
        with self.assertRaisesRegex(smtplib.SMTPNotSupportedError, "^STARTTLS extension not supported by server.$"):
            self.client().starttls(context=default_context())

    def test_another_host_is_refused(self):
        self.plain.context = server_context(certificates.otherhost())
        client = self.client()
        client.ehlo()
        self.assertRefuses(HOSTNAME_MISMATCH, client.starttls, context=default_context())
        # The server's end of it was refused as well.
        self.plain.server_close()
        self.assertIsInstance(self.plain.failures.pop(), (ssl.SSLError, ConnectionError))

    def test_an_unverified_context_is_the_default(self):
        self.plain.context = server_context(certificates.self_signed("alone.test"))
        client = self.client()
        client.starttls()
        self.assertEqual(client.noop(), (250, b"ok"))


class SmtpOverTlsTest(SmtpCase):
    def test_a_mail(self):
        client = self.secure_client()
        self.assertIsInstance(client.sock, ssl.SSLSocket)
        self.assertEqual(client.sendmail("from@test", ["to@test", "cc@test"], "Subject: x\n\nbody\n"), {})
        expected = "FROM:<from@test>", ["TO:<to@test>", "TO:<cc@test>"], b"Subject: x\r\n\r\nbody\r\n"
        self.assertEqual(self.behind.mails, [expected])
        self.assertEqual(client.quit(), (221, b"bye"))

    def test_several_big_mails(self):
        client = self.secure_client()
        for _ in range(3):
            client.sendmail("from@test", "to@test", BIG_TEXT)
        self.assertEqual([mail[2] == BIG_TEXT for mail in self.behind.mails], [True] * 3)

    def test_by_address(self):
        self.assertEqual(self.secure_client(HOST).noop(), (250, b"ok"))

    def test_another_host_is_refused(self):
        self.behind.context = server_context(certificates.otherhost())
        self.assertRefuses(HOSTNAME_MISMATCH, self.secure_client)
        self.behind.refused.get(timeout=LIMIT)

    def test_a_server_without_tls(self):
        with self.assertRaises(ssl.SSLError) as caught:
            self.secure_client(server=self.plain)
        self.assertIn(caught.exception.reason, ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"))
        self.plain.shutdown()
        self.plain.server_close()
        self.plain.failures.clear()

    def test_no_handshake(self):
        with self.assertRaisesRegex(TimeoutError, "handshake operation timed out"):
            smtplib.SMTP_SSL(*self.silent(), local_hostname="c", timeout=SHORT)


class Imap(ChangesOver, test_imaplib.Conversation):
    def do_capability(self):
        self.reply("* CAPABILITY IMAP4rev1" + ("" if self.is_secured() else " STARTTLS LOGINDISABLED"))
        self.done()

    def do_starttls(self):
        self.done("OK go on")
        self.start_tls()


class ImapServer(test_imaplib.Server):
    def __init__(self, *arguments):
        self.context = server_context()
        super().__init__(*arguments)


class SecureImapServer(BehindTls, ImapServer):
    pass


class ImapCase(MailCase):
    handler_class, plain_server_class, secure_server_class = Imap, ImapServer, SecureImapServer

    def made(self, client):
        self.addCleanup(self.left, client)
        return client

    @staticmethod
    def left(client):
        # A socket that was refused is closed already.
        with contextlib.suppress(OSError):
            if client.state != "LOGOUT":
                client.shutdown()

    def client(self):
        return self.made(imaplib.IMAP4(*self.address(self.plain), timeout=LIMIT))

    def secure_client(self, host="localhost"):
        return self.made(
            imaplib.IMAP4_SSL(*self.address(self.behind, host), ssl_context=default_context(), timeout=LIMIT)
        )

    def use(self, client, server):
        """A session with a big literal each way."""
        self.assertEqual(client.login("user", "word"), ("OK", [b"welcome"]))
        client.select()
        client.append("INBOX", None, None, test_imaplib.BIG)
        self.assertTrue(server.mails[1] == test_imaplib.BIG)
        self.assertTrue(client.fetch("2", "(RFC822)")[1][0][1] == test_imaplib.BIG)
        self.assertEqual(client.logout(), ("BYE", [b"then"]))


class ImapStartTlsTest(ImapCase):
    def test_a_session(self):
        client = self.client()
        self.assertIn("STARTTLS", client.capabilities)
        self.assertEqual(client.starttls(default_context()), ("OK", [None]))
        self.assertIsInstance(client.socket(), ssl.SSLSocket)
        self.assertNotIn("STARTTLS", client.capabilities)
        self.use(client, self.plain)

    def test_it_is_done_once(self):
        client = self.client()
        client.starttls(default_context())
        with self.assertRaisesRegex(imaplib.IMAP4.abort, "^TLS session already established$"):
            client.starttls(default_context())

    def test_another_host_is_refused(self):
        self.plain.context = server_context(certificates.otherhost())
        client = self.client()
        self.assertRefuses(HOSTNAME_MISMATCH, client.starttls, default_context())
        self.plain.server_close()
        self.assertIsInstance(self.plain.failures.pop(), (ssl.SSLError, ConnectionError))


class ImapOverTlsTest(ImapCase):
    def test_a_session(self):
        client = self.secure_client()
        self.assertEqual(client.welcome, b"* OK ready")
        self.assertEqual(client.socket().gettimeout(), LIMIT)
        self.use(client, self.behind)

    def test_another_host_is_refused(self):
        self.behind.context = server_context(certificates.otherhost())
        self.assertRefuses(HOSTNAME_MISMATCH, self.secure_client)
        self.behind.refused.get(timeout=LIMIT)

    def test_no_handshake(self):
        with self.assertRaisesRegex(TimeoutError, "handshake operation timed out"):
            imaplib.IMAP4_SSL(*self.silent(), timeout=SHORT)


class Pop(ChangesOver, test_poplib.Conversation):
    def do_capa(self):
        self.lines("+OK", ["USER"] if self.is_secured() else ["STLS"])

    def do_stls(self):
        self.reply("+OK go on")
        self.start_tls()


class PopServer(test_poplib.Server):
    def __init__(self, *arguments):
        self.context = server_context()
        super().__init__(*arguments)


class SecurePopServer(BehindTls, PopServer):
    pass


class PopCase(MailCase):
    handler_class, plain_server_class, secure_server_class = Pop, PopServer, SecurePopServer

    def client(self):
        client = poplib.POP3(*self.address(self.plain), timeout=LIMIT)
        self.addCleanup(self.left, client)
        return client

    @staticmethod
    def left(client):
        # A socket that was refused is closed already.
        with contextlib.suppress(OSError):
            client.close()

    def secure_client(self, host="localhost"):
        return self.own(poplib.POP3_SSL(*self.address(self.behind, host), context=default_context(), timeout=LIMIT))

    def use(self, client):
        client.user("user")
        self.assertEqual(client.pass_("word"), b"+OK welcome")
        for number, mail in test_poplib.MAILS.items():
            self.assertEqual(client.retr(number)[1], [line.encode() for line in mail])
        self.assertEqual(client.quit(), b"+OK")


class PopStartTlsTest(PopCase):
    def test_a_session(self):
        client = self.client()
        self.assertIn("STLS", client.capa())
        self.assertEqual(client.stls(default_context()), b"+OK go on")
        self.assertIsInstance(client.sock, ssl.SSLSocket)
        self.assertNotIn("STLS", client.capa())
        self.use(client)

    def test_it_is_done_once(self):
        client = self.client()
        client.stls(default_context())
        with self.assertRaisesRegex(poplib.error_proto, "-ERR TLS session already established"):
            client.stls(default_context())

    def test_another_host_is_refused(self):
        self.plain.context = server_context(certificates.otherhost())
        client = self.client()
        self.assertRefuses(HOSTNAME_MISMATCH, client.stls, default_context())
        self.plain.server_close()
        self.assertIsInstance(self.plain.failures.pop(), (ssl.SSLError, ConnectionError))


class PopOverTlsTest(PopCase):
    def test_a_session(self):
        client = self.secure_client()
        self.assertEqual(client.getwelcome(), b"+OK ready " + test_poplib.STAMP.encode())
        self.use(client)

    def test_another_host_is_refused(self):
        self.behind.context = server_context(certificates.otherhost())
        self.assertRefuses(HOSTNAME_MISMATCH, self.secure_client)
        self.behind.refused.get(timeout=LIMIT)


if __name__ == "__main__":
    unittest.main()
