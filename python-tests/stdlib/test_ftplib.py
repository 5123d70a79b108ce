"""`ftplib` against a small server: both ways to make data connections, transfers, commands, refusals, timeouts."""

import ftplib
import io
import socket
import unittest

from support import HAS_IPV6, HOST, HOST6, LIMIT
from support.servers import LineHandler, LineServer, ServerTestCase
from support.streams import SHORT, pattern, read_to_end

BIG = pattern(1 << 20)
LISTING = ["total 2", "-rw-r--r-- 1 owner group 5 Jan  1 00:00 one", "drwxr-xr-x 2 owner group 0 Jan  1 00:00 two"]


class Conversation(LineHandler):
    """A session with one client. The name of a method `do_NAME` is a command; files are in `server.files`."""

    def handle(self):
        self.offset, self.data_address, self.listener, self.renamed = 0, None, None, None
        # `abort` sends its last byte as urgent data.
        if hasattr(socket, "SO_OOBINLINE"):
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
        try:
            self.reply("220-several lines", " of welcome", "220 ready")
            while (line := self.line()) is not None:
                command, _, argument = line.partition(" ")
                self.server.commands.append(line)
                getattr(self, "do_" + command.lower(), self.unknown)(argument)
                if command == "QUIT":
                    break
        finally:
            if self.listener:
                self.listener.close()

    def unknown(self, argument):
        self.reply("502 not implemented")

    def do_user(self, name):
        self.reply("230 welcome" if name == "anonymous" else "331 and the password")

    def do_pass(self, word):
        self.reply("230 welcome" if word == "word" else "530 not that word")

    def do_quit(self, _):
        self.reply("221 bye")

    def do_noop(self, _):
        self.reply("200 ok")

    do_type = do_acct = do_noop

    def do_abor(self, _):
        self.reply("226 nothing to abort")

    def do_pwd(self, _):
        self.reply('257 "/a ""quoted"" place" is where you are')

    def do_mkd(self, name):
        self.reply('257 "%s" made' % name)

    def do_rmd(self, _):
        self.reply("250 done")

    do_cwd = do_cdup = do_rmd

    def do_size(self, name):
        self.reply("213 %d" % len(self.server.files[name]) if name in self.server.files else "550 no such file")

    def do_dele(self, name):
        self.reply("250 done" if self.server.files.pop(name, None) is not None else "550 no such file")

    def do_rnfr(self, name):
        self.renamed = name
        self.reply("350 to what")

    def do_rnto(self, name):
        self.server.files[name] = self.server.files.pop(self.renamed)
        self.reply("250 done")

    def do_rest(self, offset):
        self.offset = int(offset)
        self.reply("350 from there")

    def listen(self):
        self.listener = socket.create_server((self.request.getsockname()[0], 0), family=self.request.family)
        self.listener.settimeout(LIMIT)
        return self.listener.getsockname()[1]

    def do_pasv(self, _):
        port = self.listen()
        host = self.server.announced.replace(".", ",")
        self.reply("227 entering passive mode (%s,%d,%d)" % (host, port >> 8, port & 255))

    def do_epsv(self, _):
        self.reply("229 entering extended passive mode (|||%d|)" % self.listen())

    def do_port(self, address):
        numbers = [int(number) for number in address.split(",")]
        self.data_address = "%d.%d.%d.%d" % tuple(numbers[:4]), (numbers[4] << 8) + numbers[5]
        self.reply("200 ok")

    def do_eprt(self, address):
        _, _, host, port, _ = address.split("|")
        self.data_address = host, int(port)
        self.reply("200 ok")

    def data_connection(self):
        if self.listener:
            with self.listener:
                connection, _ = self.listener.accept()
            self.listener = None
        else:
            connection = socket.create_connection(self.data_address)
        connection.settimeout(LIMIT)
        return connection

    def transfer(self, data):
        self.reply("150 here it comes")
        with self.data_connection() as connection:
            connection.sendall(data)
        self.reply("226 done")

    def do_retr(self, name):
        if name == "never":
            # Says that it comes, and does not.
            with self.data_connection():
                self.reply("150 here it comes")
                self.rfile.read(1)
        elif name in self.server.files:
            self.transfer(self.server.files[name][self.offset :])
        else:
            self.reply("550 no such file")
        self.offset = 0

    def do_stor(self, name):
        self.reply("150 go on")
        with self.data_connection() as connection:
            self.server.files[name] = self.server.files.get(name, b"")[: self.offset] + read_to_end(connection)
        self.offset = 0
        self.reply("226 done")

    def do_list(self, _):
        self.transfer("".join(line + "\r\n" for line in LISTING).encode())

    def do_nlst(self, _):
        self.transfer("".join(name + "\r\n" for name in self.server.files).encode())

    def do_mlsd(self, _):
        self.transfer(b"type=file;size=5; one\r\ntype=dir; two\r\n")


class Server(LineServer):
    announced = HOST

    def __init__(self, *arguments):
        self.commands = []
        self.files = {}
        super().__init__(*arguments)


class FtpCase(ServerTestCase):
    server_class = Server
    host = HOST

    def setUp(self):
        super().setUp()
        self.server = self.serve(self.server_class((self.host, 0), Conversation))
        self.server.files = {"one": b"hello", "big": BIG, "text": b"first\r\nsecond\r\nthird"}

    def client(self, timeout=LIMIT, **keywords):
        client = self.own(ftplib.FTP(timeout=timeout, **keywords))
        client.connect(*self.server.server_address[:2])
        client.login()
        return client

    def retrieve(self, client, name, **keywords):
        parts = []
        self.assertEqual(client.retrbinary("RETR " + name, parts.append, **keywords), "226 done")
        return b"".join(parts)


class SessionTest(FtpCase):
    def test_welcome(self):
        self.assertEqual(self.client().getwelcome(), "220-several lines\n of welcome\n220 ready")

    def test_login_with_a_password(self):
        client = self.client()
        self.assertEqual(client.login("user", "word"), "230 welcome")
        with self.assertRaisesRegex(ftplib.error_perm, "^530 not that word$"):
            client.login("user", "another")

    def test_commands_about_files(self):
        client = self.client()
        self.assertEqual(client.pwd(), '/a "quoted" place')
        self.assertEqual(client.mkd("new"), "new")
        self.assertEqual(client.rmd("new"), "250 done")
        self.assertEqual(client.cwd("place"), "250 done")
        self.assertEqual(client.cwd(".."), "250 done")
        self.assertEqual(client.size("big"), len(BIG))
        self.assertEqual(client.rename("one", "other"), "250 done")
        self.assertEqual(client.delete("other"), "250 done")
        self.assertNotIn("other", self.server.files)
        self.assertEqual(client.voidcmd("NOOP"), "200 ok")
        self.assertIn("CDUP", self.server.commands)

    def test_what_the_server_refuses(self):
        client = self.client()
        with self.assertRaisesRegex(ftplib.error_perm, "^550 no such file$"):
            client.delete("nothing")
        with self.assertRaisesRegex(ftplib.error_perm, "^502 not implemented$"):
            client.sendcmd("BREW")
        with self.assertRaisesRegex(ftplib.error_perm, "^550 no such file$"):
            client.retrbinary("RETR nothing", print)

    def test_quit_closes(self):
        client = self.client()
        self.assertEqual(client.quit(), "221 bye")
        self.assertIsNone(client.sock)

    def test_a_context_quits(self):
        with self.client() as client:
            sock = client.sock
        self.assertEqual(self.server.commands[-1], "QUIT")
        self.assertEqual(sock.fileno(), -1)

    def test_abort(self):
        self.assertEqual(self.client().abort(), "226 nothing to abort")

    def test_a_line_break_in_a_command_is_refused(self):
        with self.assertRaisesRegex(ValueError, "an illegal newline character should not be contained"):
            self.client().sendcmd("NOOP\r\nDELE one")

    def test_an_address_of_ones_own(self):
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            own = probe.getsockname()
        self.assertEqual(self.client(source_address=own).sock.getsockname(), own)


class TransferCases:
    """Transfers; `passive` says who connects."""

    def client(self, **keywords):
        client = super().client(**keywords)
        client.set_pasv(self.passive)
        return client

    def test_retrieve(self):
        client = self.client()
        self.assertEqual(self.retrieve(client, "one"), b"hello")
        self.assertTrue(self.retrieve(client, "big", blocksize=10_000) == BIG)

    def test_retrieve_the_rest(self):
        self.assertTrue(self.retrieve(self.client(), "big", rest=500_000) == BIG[500_000:])

    def test_retrieve_lines(self):
        lines = []
        self.assertEqual(self.client().retrlines("RETR text", lines.append), "226 done")
        self.assertEqual(lines, ["first", "second", "third"])

    def test_store(self):
        progress = []
        client = self.client()
        answer = client.storbinary("STOR new", io.BytesIO(BIG), 50_000, lambda block: progress.append(len(block)))
        self.assertEqual(answer, "226 done")
        self.assertTrue(self.server.files["new"] == BIG)
        self.assertEqual(sum(progress), len(BIG))

    def test_store_the_rest(self):
        self.client().storbinary("STOR one", io.BytesIO(b"ium"), rest="4")
        self.assertEqual(self.server.files["one"], b"hellium")

    def test_store_lines(self):
        self.assertEqual(self.client().storlines("STOR new", io.BytesIO(b"one\ntwo\r\n")), "226 done")
        self.assertEqual(self.server.files["new"], b"one\r\ntwo\r\n")

    def test_lists(self):
        client = self.client()
        self.assertEqual(client.nlst(), list(self.server.files))
        lines = []
        client.dir(lines.append)
        self.assertEqual(lines, LISTING)
        facts = dict(client.mlsd())
        self.assertEqual(facts, {"one": {"type": "file", "size": "5"}, "two": {"type": "dir"}})

    def test_the_data_connection_by_hand(self):
        client = self.client()
        with client.transfercmd("RETR one") as connection:
            self.assertEqual(connection.gettimeout(), LIMIT)
            self.assertEqual(connection.getpeername()[0], self.server.server_address[0])
            self.assertEqual(read_to_end(connection), b"hello")
        self.assertEqual(client.voidresp(), "226 done")


class PassiveTest(TransferCases, FtpCase):
    passive = True

    def test_another_address_is_not_believed(self):
        self.server.announced = "192.0.2.1"
        client = self.client()
        self.assertEqual(self.retrieve(client, "one"), b"hello")


class ActiveTest(TransferCases, FtpCase):
    passive = False


class IPv6Server(Server):
    address_family = socket.AF_INET6


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
class PassiveIPv6Test(TransferCases, FtpCase):
    server_class, host, passive = IPv6Server, HOST6, True


@unittest.skipUnless(HAS_IPV6, "this machine has no IPv6 loopback")
class ActiveIPv6Test(TransferCases, FtpCase):
    server_class, host, passive = IPv6Server, HOST6, False


class FailureTest(FtpCase):
    """A server that is not there, or does not go on."""

    def test_nobody_listens(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        with self.assertRaises(ConnectionRefusedError):
            self.own(ftplib.FTP()).connect(*sock.getsockname(), timeout=LIMIT)

    def test_no_welcome(self):
        listener = self.listener()
        client = self.own(ftplib.FTP())
        with self.assertRaisesRegex(TimeoutError, "^timed out$"):
            client.connect(*listener.getsockname(), timeout=SHORT)

    def test_the_connection_ends_before_the_welcome(self):
        class Silent(LineHandler):
            def handle(self):
                pass

        server = self.serve_lines(Silent)
        with self.assertRaises(EOFError):
            self.own(ftplib.FTP()).connect(*server.server_address, timeout=LIMIT)

    def test_data_that_does_not_come(self):
        client = self.client()
        connection = self.own(client.transfercmd("RETR never"))
        connection.settimeout(SHORT)
        with self.assertRaisesRegex(TimeoutError, "^timed out$"):
            connection.recv(1)

    def test_a_line_that_is_too_long(self):
        class Endless(LineHandler):
            def handle(self):
                self.reply("220 " + "x" * 8200)

        server = self.serve_lines(Endless)
        with self.assertRaisesRegex(ftplib.Error, r"^got more than 8192 bytes$"):
            self.own(ftplib.FTP()).connect(*server.server_address, timeout=LIMIT)

    def test_a_timeout_of_nothing_is_refused(self):
        with self.assertRaisesRegex(ValueError, r"^Non-blocking socket \(timeout=0\) is not supported$"):
            self.own(ftplib.FTP()).connect(HOST, 1, timeout=0)


if __name__ == "__main__":
    unittest.main()
