"""`smtplib` against a small server: sessions, mails, authentication, refusals, timeouts; LMTP over AF_UNIX."""

import base64
import email.message
import hmac
import smtplib
import socket
import socketserver
import unittest

from support import HAS_IPV6, HOST, HOST6, LIMIT
from support.servers import KeepsFailures, LineHandler, LineServer, ServerTestCase
from support.streams import SHORT


class Conversation(LineHandler):
    """A session with one client. Mails are kept as (sender, recipients, bytes) in `server.mails`."""

    def handle(self):
        self.sender, self.recipients = None, []
        self.reply("220-mail.test", "220 ready")
        while (line := self.line()) is not None:
            command, _, argument = line.partition(" ")
            self.server.commands.append(line)
            getattr(self, "do_" + command.lower(), self.unknown)(argument)
            if command.lower() == "quit":
                break

    def unknown(self, argument):
        self.reply("500 what")

    def do_helo(self, name):
        self.reply("250 hello " + name)

    def do_ehlo(self, name):
        if self.server.extended:
            lines = ["hello " + name, "SIZE 1000000", "8BITMIME", "SMTPUTF8", "AUTH PLAIN LOGIN CRAM-MD5"]
            self.reply(*("250-" + line for line in lines), "250 HELP")
        else:
            self.reply("502 not here")

    do_lhlo = do_ehlo

    def do_noop(self, _):
        self.reply("250 ok")

    def do_rset(self, _):
        self.sender, self.recipients = None, []
        self.reply("250 ok")

    def do_vrfy(self, name):
        self.reply("252 perhaps " + name)

    def do_quit(self, _):
        self.reply("221 bye")

    def do_mail(self, argument):
        self.sender = argument
        self.reply("550 not from you" if "bad" in argument else "421 too busy" if "busy" in argument else "250 ok")

    def do_rcpt(self, argument):
        if "nobody" in argument:
            self.reply("550 not here")
        else:
            self.recipients.append(argument)
            self.reply("250 ok")

    def do_data(self, _):
        self.reply("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        self.server.mails.append((self.sender, self.recipients, b"".join(lines)))
        self.reply(*["250 taken"] * (len(self.recipients) if self.server.of_each_recipient else 1))
        self.sender, self.recipients = None, []

    def ask(self, text):
        self.reply("334 " + base64.b64encode(text.encode()).decode())
        return base64.b64decode(self.line()).decode()

    def do_auth(self, argument):
        kind, _, first = argument.partition(" ")
        if kind == "PLAIN":
            known = base64.b64decode(first) == b"\0user\0word"
        elif kind == "LOGIN":
            known = (base64.b64decode(first).decode() if first else self.ask("Username:")) == "user"
            known &= self.ask("Password:") == "word"
        else:
            name, _, digest = self.ask("<challenge>").partition(" ")
            known = name == "user" and digest == hmac.new(b"word", b"<challenge>", "md5").hexdigest()
        self.reply("235 welcome" if known else "535 not you")


class Keeping:
    """What a server keeps for the test to see."""

    extended, of_each_recipient = True, False

    def __init__(self, *arguments):
        self.commands, self.mails = [], []
        super().__init__(*arguments)


class Server(Keeping, LineServer):
    pass


class SmtpCase(ServerTestCase):
    def setUp(self):
        super().setUp()
        self.server = self.serve(Server((HOST, 0), Conversation))

    def client(self, **keywords):
        keywords = {"local_hostname": "client.test", "timeout": LIMIT} | keywords
        return self.own(smtplib.SMTP(*self.server.server_address[:2], **keywords))


class SessionTest(SmtpCase):
    def test_greeting(self):
        client = smtplib.SMTP(local_hostname="client.test", timeout=LIMIT)
        self.own(client)
        self.assertEqual(client.connect(*self.server.server_address), (220, b"mail.test\nready"))

    def test_helo_and_ehlo(self):
        client = self.client()
        self.assertEqual(client.helo(), (250, b"hello client.test"))
        code, text = client.ehlo()
        self.assertEqual(code, 250)
        self.assertEqual(text.splitlines()[0], b"hello client.test")
        self.assertTrue(client.has_extn("size"))
        self.assertEqual(client.esmtp_features["size"], "1000000")
        self.assertFalse(client.has_extn("starttls"))

    def test_simple_commands(self):
        client = self.client()
        self.assertEqual(client.noop(), (250, b"ok"))
        self.assertEqual(client.rset(), (250, b"ok"))
        self.assertEqual(client.vrfy("someone"), (252, b"perhaps someone"))
        self.assertEqual(client.docmd("BREW"), (500, b"what"))
        self.assertEqual(client.quit(), (221, b"bye"))

    def test_a_context_quits(self):
        with self.client() as client:
            sock = client.sock
        self.assertEqual(self.server.commands, ["QUIT"])
        self.assertEqual(sock.fileno(), -1)

    def test_not_connected(self):
        client = smtplib.SMTP(local_hostname="client.test")
        with self.assertRaisesRegex(smtplib.SMTPServerDisconnected, r"^please run connect\(\) first$"):
            client.ehlo()

    def test_an_address_of_ones_own(self):
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            own = probe.getsockname()
        self.assertEqual(self.client(source_address=own).sock.getsockname(), own)

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    def test_over_ipv6(self):
        class IPv6Server(Server):
            address_family = socket.AF_INET6

        self.server = self.serve(IPv6Server((HOST6, 0), Conversation))
        self.assertEqual(self.client().noop(), (250, b"ok"))

    def test_a_name_for_the_host(self):
        client = smtplib.SMTP("localhost:%d" % self.server.server_address[1], local_hostname="c", timeout=LIMIT)
        self.assertEqual(self.own(client).noop(), (250, b"ok"))


class MailTest(SmtpCase):
    def test_a_mail(self):
        client = self.client()
        self.assertEqual(client.sendmail("from@test", ["to@test", "cc@test"], "Subject: x\n\nbody\n"), {})
        expected = "FROM:<from@test> size=20", ["TO:<to@test>", "TO:<cc@test>"], b"Subject: x\r\n\r\nbody\r\n"
        self.assertEqual(self.server.mails, [expected])

    def test_several_mails_on_one_connection(self):
        client = self.client()
        for number in range(5):
            client.sendmail("from@test", "to@test", "mail %d\n" % number)
        self.assertEqual([mail[2] for mail in self.server.mails], [b"mail %d\r\n" % number for number in range(5)])
        self.assertEqual(self.server.commands.count("ehlo client.test"), 1)

    def test_lines_that_begin_with_a_dot(self):
        self.client().sendmail("from@test", "to@test", ".\n..\nend\n")
        self.assertEqual(self.server.mails[0][2], b".\r\n..\r\nend\r\n")

    def test_bytes_and_a_missing_end_of_line(self):
        self.client().sendmail("from@test", "to@test", b"\xff\xfe")
        self.assertEqual(self.server.mails[0][2], b"\xff\xfe\r\n")

    def test_a_big_mail(self):
        text = b"".join(b"line %d\r\n" % number for number in range(50_000))
        self.client().sendmail("from@test", "to@test", text)
        self.assertTrue(self.server.mails[0][2] == text)

    def test_a_message(self):
        message = email.message.EmailMessage()
        message["From"], message["To"], message["Bcc"] = "From <from@test>", "to@test", "hidden@test"
        message.set_content("caf\xe9\n")
        self.assertEqual(self.client().send_message(message), {})
        sender, recipients, text = self.server.mails[0]
        self.assertTrue(sender.startswith("FROM:<from@test>"))
        self.assertEqual(recipients, ["TO:<to@test>", "TO:<hidden@test>"])
        self.assertNotIn(b"hidden", text)

    def test_without_extensions(self):
        self.server.extended = False
        self.client().sendmail("from@test", "to@test", "text\n")
        self.assertEqual(self.server.mails[0][0], "FROM:<from@test>")
        self.assertIn("helo client.test", self.server.commands)

    def test_an_address_beyond_ascii(self):
        self.client().sendmail("fr\xf6m@test", "to@test", "text\n", mail_options=["SMTPUTF8"])
        self.assertIn("fr\xf6m@test", self.server.mails[0][0])


class RefusalTest(SmtpCase):
    def test_a_sender(self):
        client = self.client()
        with self.assertRaises(smtplib.SMTPSenderRefused) as caught:
            client.sendmail("bad@test", "to@test", "text")
        self.assertEqual((caught.exception.smtp_code, caught.exception.smtp_error), (550, b"not from you"))
        self.assertEqual(client.noop(), (250, b"ok"))

    def test_some_recipients(self):
        refused = self.client().sendmail("from@test", ["nobody@test", "to@test"], "text")
        self.assertEqual(refused, {"nobody@test": (550, b"not here")})
        self.assertEqual(self.server.mails[0][1], ["TO:<to@test>"])

    def test_all_recipients(self):
        with self.assertRaises(smtplib.SMTPRecipientsRefused) as caught:
            self.client().sendmail("from@test", ["nobody@test"], "text")
        self.assertEqual(caught.exception.recipients, {"nobody@test": (550, b"not here")})
        self.assertEqual(self.server.mails, [])

    def test_a_busy_server_is_left(self):
        client = self.client()
        with self.assertRaises(smtplib.SMTPSenderRefused):
            client.sendmail("busy@test", "to@test", "text")
        self.assertIsNone(client.sock)

    def test_a_greeting_that_is_none(self):
        class Closed(LineHandler):
            def handle(self):
                self.reply("554 no service")

        server = self.serve_lines(Closed)
        with self.assertRaises(smtplib.SMTPConnectError) as caught:
            smtplib.SMTP(*server.server_address, local_hostname="c", timeout=LIMIT)
        self.assertEqual(caught.exception.smtp_code, 554)


class AuthenticationTest(SmtpCase):
    def test_each_way(self):
        for way in ("cram_md5", "plain", "login"):
            with self.subTest(way):
                client = self.client()
                client.user, client.password = "user", "word"
                client.ehlo()
                answer = client.auth(way.upper().replace("_", "-"), getattr(client, "auth_" + way))
                self.assertEqual(answer, (235, b"welcome"))

    def test_login_takes_a_way_that_both_know(self):
        self.assertEqual(self.client().login("user", "word"), (235, b"welcome"))

    def test_a_wrong_word(self):
        with self.assertRaises(smtplib.SMTPAuthenticationError) as caught:
            self.client().login("user", "another")
        self.assertEqual((caught.exception.smtp_code, caught.exception.smtp_error), (535, b"not you"))


class FailureTest(SmtpCase):
    """A server that is not there, or does not go on."""

    def test_nobody_listens(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        with self.assertRaises(ConnectionRefusedError):
            smtplib.SMTP(*sock.getsockname(), local_hostname="c", timeout=LIMIT)

    def test_no_greeting(self):
        listener = self.listener()
        with self.assertRaisesRegex(smtplib.SMTPServerDisconnected, "^Connection unexpectedly closed: timed out$"):
            smtplib.SMTP(*listener.getsockname(), local_hostname="c", timeout=SHORT)

    def test_the_connection_ends(self):
        class Fleeting(LineHandler):
            def handle(self):
                self.reply("220 ready")
                self.line()

        server = self.serve_lines(Fleeting)
        client = self.own(smtplib.SMTP(*server.server_address, local_hostname="c", timeout=LIMIT))
        with self.assertRaisesRegex(smtplib.SMTPServerDisconnected, "^Connection unexpectedly closed$"):
            client.noop()
        self.assertIsNone(client.sock)

    def test_a_line_that_is_too_long(self):
        class Endless(LineHandler):
            def handle(self):
                self.reply("220 ready")
                self.line()
                self.reply("250 " + "x" * 9000)

        server = self.serve_lines(Endless)
        client = self.own(smtplib.SMTP(*server.server_address, local_hostname="c", timeout=LIMIT))
        with self.assertRaisesRegex(smtplib.SMTPResponseException, "Line too long"):
            client.noop()

    def test_a_timeout_of_nothing_is_refused(self):
        with self.assertRaisesRegex(ValueError, r"^Non-blocking socket \(timeout=0\) is not supported$"):
            smtplib.SMTP(*self.server.server_address, local_hostname="c", timeout=0)


class LmtpTest(ServerTestCase):
    """Mail to a local service, over AF_UNIX."""

    def test_each_recipient_has_an_answer(self):
        class LocalServer(Keeping, KeepsFailures, socketserver.ThreadingUnixStreamServer):
            of_each_recipient = True

        server = self.serve(LocalServer(self.path(), Conversation))
        client = self.own(smtplib.LMTP(server.server_address, local_hostname="client.test", timeout=LIMIT))
        self.assertEqual(client.sendmail("from@test", ["one@test", "two@test"], "text\n"), {})
        self.assertEqual(server.mails[0][1:], (["TO:<one@test>", "TO:<two@test>"], b"text\r\n"))
        self.assertEqual(server.commands[0], "lhlo client.test")

    def test_nobody_listens(self):
        with self.assertRaises(FileNotFoundError):
            smtplib.LMTP(self.path(), local_hostname="client.test", timeout=LIMIT)


if __name__ == "__main__":
    unittest.main()
