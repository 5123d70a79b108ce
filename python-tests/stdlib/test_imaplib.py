"""`imaplib` against a small server: sessions, literals both ways, authentication, refusals, timeouts."""

import base64
import contextlib
import hmac
import imaplib
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, LIMIT
from support.servers import LineHandler, LineServer, ServerTestCase
from support.streams import SHORT, pattern

BIG = b"From: big@test\r\n\r\n" + base64.encodebytes(pattern(300_000)).replace(b"\n", b"\r\n")


class Conversation(LineHandler):
    """A session with one client. The name of a method `do_NAME` is a command; mails are in `server.mails`."""

    def handle(self):
        self.reply("* OK ready")
        while (line := self.line()) is not None:
            self.tag, command, *rest = line.split(" ", 2)
            self.server.commands.append(line.partition(" ")[2])
            getattr(self, "do_" + command.lower(), self.unknown)(*rest)
            if command == "LOGOUT":
                break

    def unknown(self, *arguments):
        self.done("BAD what")

    def done(self, text="OK done"):
        self.reply(self.tag + " " + text)

    def literal(self, line):
        """The bytes that the end of this line announces."""
        self.reply("+ go on")
        data = self.rfile.read(int(line[line.rindex("{") + 1 : -1]))
        self.rfile.readline()
        return data

    def ask(self, text=b""):
        self.reply("+ " + base64.b64encode(text).decode())
        answer = self.line()
        return None if answer == "*" else base64.b64decode(answer)

    def do_capability(self):
        self.reply("* CAPABILITY IMAP4rev1 AUTH=CRAM-MD5 AUTH=TEST ENABLE UTF8=ACCEPT UNSELECT")
        self.done()

    def do_login(self, arguments):
        self.done("OK welcome" if arguments == 'user "word"' else "NO not you")

    def do_authenticate(self, way):
        if way == "CRAM-MD5":
            answer = self.ask(b"<challenge>")
            known = answer == b"user " + hmac.new(b"word", b"<challenge>", "md5").hexdigest().encode()
        else:
            answer = self.ask()
            known = answer == b"test"
        self.done("OK welcome" if known else "BAD given up" if answer is None else "NO not you")

    def do_select(self, name):
        if name != "INBOX":
            self.done("NO no such mailbox")
            return
        self.reply(r"* FLAGS (\Seen \Deleted)", "* %d EXISTS" % len(self.server.mails), "* OK [UIDVALIDITY 7] ok")
        self.done("OK [READ-WRITE] selected")

    def do_noop(self, *_):
        self.done()

    do_close = do_unselect = do_create = do_expunge = do_noop

    def do_list(self, arguments):
        self.reply(r'* LIST (\HasNoChildren) "/" INBOX', r'* LIST () "/" "a name of words"')
        self.done()

    def do_status(self, arguments):
        self.reply("* STATUS INBOX (MESSAGES %d)" % len(self.server.mails))
        self.done()

    def do_search(self, arguments):
        self.reply("* SEARCH " + " ".join(str(number + 1) for number in range(len(self.server.mails))))
        self.done()

    def do_fetch(self, arguments):
        number = int(arguments.split()[0])
        mail = self.server.mails[number - 1]
        self.wfile.write(b"* %d FETCH (RFC822 {%d}\r\n%s FLAGS (\\Seen))\r\n" % (number, len(mail), mail))
        self.done()

    def do_store(self, arguments):
        self.reply(r"* 1 FETCH (FLAGS (\Deleted))")
        self.done()

    def do_append(self, arguments):
        self.server.mails.append(self.literal(arguments))
        self.done("OK [APPENDUID 7 1] appended")

    def do_enable(self, name):
        self.reply("* ENABLED " + name)
        self.done()

    def do_idle(self):
        self.reply("+ idling")
        self.line()
        self.done()

    def do_logout(self, *_):
        self.reply("* BYE then")
        self.done()


class Server(LineServer):
    def __init__(self, *arguments):
        self.commands, self.mails = [], [b"From: one@test\r\n\r\nbody\r\n"]
        super().__init__(*arguments)


class ImapCase(ServerTestCase):
    server_class, host = Server, HOST

    def setUp(self):
        super().setUp()
        self.server = self.serve(self.server_class((self.host, 0), Conversation))

    def client(self):
        client = imaplib.IMAP4(*self.server.server_address[:2], timeout=LIMIT)
        self.addCleanup(self.close, client)
        return client

    def close(self, client):
        if client.state != "LOGOUT":
            client.shutdown()

    def selected(self):
        client = self.client()
        client.login("user", "word")
        client.select()
        return client


class SessionTest(ImapCase):
    def test_welcome(self):
        client = self.client()
        self.assertEqual(client.welcome, b"* OK ready")
        self.assertEqual(client.state, "NONAUTH")
        self.assertIn("IMAP4REV1", client.capabilities)
        self.assertEqual(client.socket().gettimeout(), LIMIT)

    def test_login_and_logout(self):
        client = self.client()
        self.assertEqual(client.login("user", "word"), ("OK", [b"welcome"]))
        self.assertEqual(client.state, "AUTH")
        self.assertEqual(client.logout(), ("BYE", [b"then"]))
        self.assertEqual(client.state, "LOGOUT")

    def test_a_context_logs_out(self):
        with self.client():
            pass
        self.assertEqual(self.server.commands[-1], "LOGOUT")

    def test_select(self):
        client = self.client()
        client.login("user", "word")
        self.assertEqual(client.select(), ("OK", [b"1"]))
        self.assertEqual(client.state, "SELECTED")
        self.assertEqual(client.response("UIDVALIDITY"), ("UIDVALIDITY", [b"7"]))
        self.assertEqual(client.select("elsewhere"), ("NO", [b"no such mailbox"]))

    def test_commands_about_mailboxes(self):
        client = self.selected()
        expected = [rb'(\HasNoChildren) "/" INBOX', b'() "/" "a name of words"']
        self.assertEqual(client.list(), ("OK", expected))
        self.assertEqual(client.status("INBOX", "(MESSAGES)"), ("OK", [b"INBOX (MESSAGES 1)"]))
        self.assertEqual(client.create("new"), ("OK", [b"done"]))
        self.assertEqual(client.noop(), ("OK", [b"done"]))
        self.assertEqual(client.unselect(), ("OK", [b"done"]))

    def test_commands_about_mails(self):
        client = self.selected()
        self.assertEqual(client.search(None, "ALL"), ("OK", [b"1"]))
        self.assertEqual(client.store("1", "+FLAGS", r"\Deleted"), ("OK", [rb"1 (FLAGS (\Deleted))"]))
        self.assertEqual(client.expunge(), ("OK", [None]))
        self.assertEqual(client.close(), ("OK", [b"done"]))

    def test_utf8(self):
        client = self.client()
        client.login("user", "word")
        self.assertEqual(client.enable("UTF8=ACCEPT"), ("OK", [b"done"]))
        self.assertEqual(client.response("ENABLED"), ("ENABLED", [b"UTF8=ACCEPT"]))
        self.assertTrue(client.utf8_enabled)

    def test_a_command_in_the_wrong_state(self):
        with self.assertRaisesRegex(imaplib.IMAP4.error, "illegal in state NONAUTH"):
            self.client().search(None, "ALL")

    def test_what_the_server_does_not_know(self):
        with self.assertRaisesRegex(imaplib.IMAP4.error, r"BAD \[b'what'\]"):
            self.selected().check()

    @unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
    def test_over_ipv6(self):
        class IPv6Server(Server):
            address_family = socket.AF_INET6

        self.server = self.serve(IPv6Server((HOST6, 0), Conversation))
        self.assertEqual(self.client().noop(), ("OK", [b"done"]))


class LiteralTest(ImapCase):
    """Bytes among the lines."""

    def test_fetch(self):
        status, data = self.selected().fetch("1", "(RFC822)")
        mail = self.server.mails[0]
        self.assertEqual(status, "OK")
        self.assertEqual(data, [(b"1 (RFC822 {%d}" % len(mail), mail), rb" FLAGS (\Seen))"])

    def test_fetch_a_big_mail(self):
        self.server.mails.append(BIG)
        self.assertTrue(self.selected().fetch("2", "(RFC822)")[1][0][1] == BIG)

    def test_append(self):
        client = self.selected()
        status, data = client.append("INBOX", None, None, b"From: new@test\n\nbody\n")
        self.assertEqual(status, "OK")
        self.assertEqual(self.server.mails[1], b"From: new@test\r\n\r\nbody\r\n")

    def test_append_a_big_mail(self):
        self.selected().append("INBOX", r"(\Seen)", None, BIG)
        self.assertTrue(self.server.mails[1] == BIG)


class AuthenticationTest(ImapCase):
    def test_a_wrong_word(self):
        with self.assertRaisesRegex(imaplib.IMAP4.error, "not you"):
            self.client().login("user", "another")

    def test_a_way_of_ones_own(self):
        client = self.client()
        self.assertEqual(client.authenticate("TEST", lambda challenge: b"test"), ("OK", [b"welcome"]))
        self.assertEqual(client.state, "AUTH")

    def test_cram_md5(self):
        self.assertEqual(self.client().login_cram_md5("user", "word"), ("OK", [b"welcome"]))

    def test_a_wrong_answer(self):
        with self.assertRaisesRegex(imaplib.IMAP4.error, "not you"):
            self.client().authenticate("TEST", lambda challenge: b"another")

    def test_giving_up(self):
        with self.assertRaisesRegex(imaplib.IMAP4.error, "given up"):
            self.client().authenticate("TEST", lambda challenge: None)


class FailureTest(ImapCase):
    """A server that is not there, or does not go on."""

    def test_nobody_listens(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        with self.assertRaises(ConnectionRefusedError):
            imaplib.IMAP4(*sock.getsockname(), timeout=LIMIT)

    def test_no_welcome(self):
        listener = self.listener()
        with self.assertRaisesRegex(TimeoutError, "^timed out$"):
            imaplib.IMAP4(*listener.getsockname(), timeout=SHORT)

    def test_a_welcome_that_is_none(self):
        class Wrong(LineHandler):
            def handle(self):
                self.reply("* NO not today")
                self.line()

        server = self.serve_lines(Wrong)
        with self.assertRaisesRegex(imaplib.IMAP4.error, "not today"):
            imaplib.IMAP4(*server.server_address, timeout=LIMIT)

    def test_the_connection_ends_before_the_welcome(self):
        class Silent(LineHandler):
            def handle(self):
                pass

        server = self.serve_lines(Silent)
        with self.assertRaisesRegex(imaplib.IMAP4.abort, "EOF"):
            imaplib.IMAP4(*server.server_address, timeout=LIMIT)

    def test_a_line_that_is_too_long(self):
        class Endless(LineHandler):
            def handle(self):
                # The client goes with most of it unread.
                with contextlib.suppress(ConnectionError):
                    self.reply("* OK " + "x" * 1_000_001)

        server = self.serve_lines(Endless)
        with self.assertRaisesRegex(imaplib.IMAP4.error, "got more than 1000000 bytes"):
            imaplib.IMAP4(*server.server_address, timeout=LIMIT)

    def test_a_timeout_of_nothing_is_refused(self):
        with self.assertRaisesRegex(ValueError, r"^Non-blocking socket \(timeout=0\) is not supported$"):
            imaplib.IMAP4(HOST, 1, timeout=0)


if __name__ == "__main__":
    unittest.main()
