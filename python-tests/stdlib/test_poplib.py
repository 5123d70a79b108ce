"""`poplib` against a small server: each command, big mails, refusals, timeouts."""

import hashlib
import poplib
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, LIMIT
from support.servers import LineHandler, LineServer, ServerTestCase
from support.streams import SHORT

MAILS = {
    1: ["From: one@test", "", "first line", ".line with a dot", ""],
    2: ["From: two@test", ""] + ["line %d" % number for number in range(5000)],
}
STAMP = "<1896.697170952@pop.test>"


def size(mail):
    return sum(len(line) + 2 for line in mail)


class Conversation(LineHandler):
    """A session with one client. The name of a method `do_NAME` is a command."""

    def handle(self):
        self.user = None
        self.reply("+OK ready " + STAMP)
        while (line := self.line()) is not None:
            command, *arguments = line.split()
            self.server.commands.append(line)
            getattr(self, "do_" + command.lower(), self.unknown)(*arguments)
            if command == "QUIT":
                break

    def unknown(self, *arguments):
        self.reply("-ERR what")

    def lines(self, first, lines):
        self.reply(first, *("." + line if line.startswith(".") else line for line in lines), ".")

    def do_user(self, name):
        self.user = name
        self.reply("+OK who says")

    def do_pass(self, word):
        self.reply("+OK welcome" if (self.user, word) == ("user", "word") else "-ERR not you")

    def do_apop(self, name, digest):
        expected = hashlib.md5(STAMP.encode() + b"word").hexdigest()
        self.reply("+OK welcome" if digest == expected else "-ERR not you")

    def do_stat(self):
        self.reply("+OK %d %d" % (len(MAILS), sum(map(size, MAILS.values()))))

    def numbered(self, number, value):
        if number is None:
            self.lines("+OK", ["%d %s" % (each, value(each)) for each in MAILS])
        elif int(number) in MAILS:
            self.reply("+OK %s %s" % (number, value(int(number))))
        else:
            self.reply("-ERR no such mail")

    def do_list(self, number=None):
        self.numbered(number, lambda each: size(MAILS[each]))

    def do_uidl(self, number=None):
        self.numbered(number, lambda each: "uid-%d" % each)

    def do_retr(self, number):
        if int(number) in MAILS:
            self.lines("+OK here it comes", MAILS[int(number)])
        else:
            self.reply("-ERR no such mail")

    def do_top(self, number, count):
        mail = MAILS[int(number)]
        self.lines("+OK", mail[: mail.index("") + 1 + int(count)])

    def do_dele(self, number):
        self.reply("+OK deleted")

    do_noop = do_rset = do_quit = do_utf8 = lambda self: self.reply("+OK")

    def do_capa(self):
        self.lines("+OK", ["UTF8", "IMPLEMENTATION small", "SASL PLAIN LOGIN"])


class Server(LineServer):
    def __init__(self, *arguments):
        self.commands = []
        super().__init__(*arguments)


class PopTest(ServerTestCase):
    server_class, host = Server, HOST

    def setUp(self):
        super().setUp()
        self.server = self.serve(self.server_class((self.host, 0), Conversation))
        self.client = self.own(poplib.POP3(*self.server.server_address[:2], timeout=LIMIT))

    def test_welcome(self):
        self.assertEqual(self.client.getwelcome(), b"+OK ready " + STAMP.encode())

    def test_login(self):
        self.assertEqual(self.client.user("user"), b"+OK who says")
        self.assertEqual(self.client.pass_("word"), b"+OK welcome")

    def test_login_by_digest(self):
        self.assertEqual(self.client.apop("user", "word"), b"+OK welcome")

    def test_a_wrong_word(self):
        self.client.user("user")
        with self.assertRaisesRegex(poplib.error_proto, "-ERR not you"):
            self.client.pass_("another")

    def test_how_much_there_is(self):
        self.assertEqual(self.client.stat(), (2, sum(map(size, MAILS.values()))))

    def test_lists(self):
        lines = [b"%d %d" % (number, size(mail)) for number, mail in MAILS.items()]
        self.assertEqual(self.client.list()[:2], (b"+OK", lines))
        self.assertEqual(self.client.list(1), b"+OK " + lines[0])
        self.assertEqual(self.client.uidl()[1], [b"1 uid-1", b"2 uid-2"])
        self.assertEqual(self.client.uidl(2), b"+OK 2 uid-2")

    def test_retrieve(self):
        for number, mail in MAILS.items():
            with self.subTest(number):
                answer, lines, octets = self.client.retr(number)
                self.assertEqual(answer, b"+OK here it comes")
                self.assertEqual(lines, [line.encode() for line in mail])
                self.assertEqual(octets, size(mail))

    def test_the_top_of_a_mail(self):
        self.assertEqual(self.client.top(2, 1)[1], [b"From: two@test", b"", b"line 0"])

    def test_simple_commands(self):
        self.assertEqual(self.client.dele(1), b"+OK deleted")
        self.assertEqual(self.client.rset(), b"+OK")
        self.assertEqual(self.client.noop(), b"+OK")
        self.assertEqual(self.client.utf8(), b"+OK")

    def test_capabilities(self):
        expected = {"UTF8": [], "IMPLEMENTATION": ["small"], "SASL": ["PLAIN", "LOGIN"]}
        self.assertEqual(self.client.capa(), expected)

    def test_what_the_server_refuses(self):
        with self.assertRaisesRegex(poplib.error_proto, "-ERR no such mail"):
            self.client.retr(9)
        with self.assertRaisesRegex(poplib.error_proto, "-ERR no such mail"):
            self.client.list(9)
        self.assertEqual(self.client.noop(), b"+OK")

    def test_quit_closes(self):
        self.assertEqual(self.client.quit(), b"+OK")
        self.assertIsNone(self.client.sock)


class IPv6Server(Server):
    address_family = socket.AF_INET6


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
class PopOverIPv6Test(PopTest):
    server_class, host = IPv6Server, HOST6


class FailureTest(ServerTestCase):
    """A server that is not there, or does not go on."""

    def test_nobody_listens(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        with self.assertRaises(ConnectionRefusedError):
            poplib.POP3(*sock.getsockname(), timeout=LIMIT)

    def test_no_welcome(self):
        class Waiting(LineHandler):
            def handle(self):
                self.line()

        server = self.serve_lines(Waiting)
        client = poplib.POP3.__new__(poplib.POP3)
        with self.assertRaisesRegex(TimeoutError, "^timed out$"):
            client.__init__(*server.server_address, timeout=SHORT)
        client.close()

    def test_the_connection_ends(self):
        class Fleeting(LineHandler):
            def handle(self):
                self.reply("+OK ready")
                self.line()

        server = self.serve_lines(Fleeting)
        client = self.own(poplib.POP3(*server.server_address, timeout=LIMIT))
        with self.assertRaisesRegex(poplib.error_proto, "-ERR EOF"):
            client.noop()

    def test_a_line_that_is_too_long(self):
        class Endless(LineHandler):
            def handle(self):
                self.reply("+OK ready")
                self.line()
                self.reply("+OK" + "x" * 2048)

        server = self.serve_lines(Endless)
        client = self.own(poplib.POP3(*server.server_address, timeout=LIMIT))
        with self.assertRaisesRegex(poplib.error_proto, "line too long"):
            client.noop()

    def test_a_timeout_of_nothing_is_refused(self):
        with self.assertRaisesRegex(ValueError, r"^Non-blocking socket \(timeout=0\) is not supported$"):
            poplib.POP3(HOST, 1, timeout=0)


if __name__ == "__main__":
    unittest.main()
