"""ftplib, telnetlib and the handlers of logging that have a socket."""

import ftplib
import logging
import logging.handlers
import pickle
import socket
import ssl
import StringIO
import struct
import telnetlib
import unittest

from support import HOST, LIMIT, SocketTestCase, certificates, receive_all
from support.servers import ServerTestCase


class FtpServer(object):
    """One session: files are in a dict, and data goes over a connection that the client makes."""

    def __init__(self, case, files):
        self.files, self.passive, self.active, self.context, self.secure_data = files, None, None, None, False
        self.case = case

    def session(self, talk):
        talk.say("220 here")
        while True:
            line = talk.hear()
            if not line:
                return talk.heard
            word, _, argument = line.partition(" ")
            getattr(self, word.lower())(talk, argument)
            if word == "QUIT":
                return talk.heard

    def say_fine(self, talk, argument):
        talk.say("200 fine")

    type = noop = pbsz = say_fine

    def user(self, talk, argument):
        talk.say("331 and the password")

    def pass_(self, talk, argument):
        talk.say("230 welcome" if argument == "secret" else "530 no")

    def __getattr__(self, name):
        if name == "pass":
            return self.pass_
        raise AttributeError(name)

    def pwd(self, talk, argument):
        talk.say('257 "/here"')

    def prot(self, talk, argument):
        self.secure_data = argument == "P"
        talk.say("200 fine")

    def pasv(self, talk, argument):
        self.passive = self.case.listener()
        port = self.passive.getsockname()[1]
        talk.say("227 over (127,0,0,1,%d,%d)" % divmod(port, 256))

    def epsv(self, talk, argument):
        self.passive = self.case.listener()
        talk.say("229 over (|||%d|)" % self.passive.getsockname()[1])

    def port(self, talk, argument):
        numbers = map(int, argument.split(","))
        self.active = ".".join(map(str, numbers[:4])), numbers[4] * 256 + numbers[5]
        talk.say("200 fine")

    def data(self, talk):
        talk.say("150 here it comes")
        if self.active:
            return socket.create_connection(self.active, LIMIT)
        conn, _ = self.passive.accept()
        conn.settimeout(LIMIT)
        if self.secure_data:
            conn = ssl.wrap_socket(conn, certfile=certificates.localhost_file(), server_side=True)
        return conn

    def send(self, talk, text):
        conn = self.data(talk)
        conn.sendall(text)
        if self.secure_data:
            conn.unwrap().close()
        conn.close()
        talk.say("226 done")

    def retr(self, talk, argument):
        if argument in self.files:
            self.send(talk, self.files[argument])
        else:
            talk.say("550 no such file")

    def nlst(self, talk, argument):
        self.send(talk, "".join(name + "\r\n" for name in sorted(self.files)))

    def stor(self, talk, argument):
        conn = self.data(talk)
        self.files[argument] = receive_all(conn)
        if self.secure_data:
            conn.unwrap().close()
        conn.close()
        talk.say("226 done")

    def auth(self, talk, argument):
        talk.say("234 go on")
        conn = ssl.wrap_socket(talk.sock, certfile=certificates.localhost_file(), server_side=True)
        talk.sock, talk.stream = conn, conn.makefile("rb")

    def quit(self, talk, argument):
        talk.say("221 bye")


class AnyVersion(ftplib.FTP_TLS):
    """Jython's own ftplib wants TLS 1.0 and no other, which the JDK no longer speaks; CPython 2.7.18's wants just this.
    """

    ssl_version = ssl.PROTOCOL_SSLv23


class FtpTest(ServerTestCase):
    def client(self, kind=ftplib.FTP):
        self.files = {"one": "first file\r\n", "two": "0123456789" * 100000}
        port, self.peer_of_server = self.serve(FtpServer(self, self.files).session)
        client = kind(timeout=LIMIT)
        self.addCleanup(client.close)
        client.connect(HOST, port)
        return client

    def check(self, client):
        self.assertEqual(client.pwd(), "/here")
        self.assertEqual(client.nlst(), ["one", "two"])
        received = []
        client.retrbinary("RETR two", received.append)
        self.assertTrue("".join(received) == self.files["two"])
        client.storbinary("STOR three", StringIO.StringIO("sent\0" * 10000))
        lines = []
        client.retrlines("RETR one", lines.append)
        self.assertEqual(lines, ["first file"])
        self.assertEqual(client.quit(), "221 bye")
        self.peer_of_server.join()
        self.assertTrue(self.files["three"] == "sent\0" * 10000)

    def test_passive(self):
        client = self.client()
        client.login("me", "secret")
        self.check(client)

    def test_active(self):
        client = self.client()
        client.login("me", "secret")
        client.set_pasv(False)
        self.check(client)

    def test_errors(self):
        client = self.client()
        self.assertRaises(ftplib.error_perm, client.login, "me", "wrong")
        self.assertRaises(ftplib.error_perm, client.retrlines, "RETR missing")
        client.quit()

    def test_over_tls(self):
        client = self.client(AnyVersion)
        client.login("me", "secret")
        self.assertTrue(isinstance(client.sock, ssl.SSLSocket))
        client.prot_p()
        self.check(client)

    def test_the_server_goes_away(self):
        port, _ = self.serve(lambda talk: talk.say("220 here"))
        client = ftplib.FTP(timeout=LIMIT)
        self.addCleanup(client.close)
        client.connect(HOST, port)
        self.assertRaises((EOFError, socket.error), client.pwd)


class TelnetTest(ServerTestCase):
    def client(self, handler):
        port, _ = self.serve(handler)
        client = telnetlib.Telnet(HOST, port, LIMIT)
        self.addCleanup(client.close)
        return client

    def test_reading(self):
        client = self.client(lambda talk: talk.sock.sendall("login: text\r\nand the rest"))
        self.assertEqual(client.read_until(": ", LIMIT), "login: ")
        self.assertEqual(client.read_until("\n", LIMIT), "text\r\n")
        self.assertEqual(client.read_all(), "and the rest")

    def test_writing(self):
        def handler(talk):
            talk.say("you said " + talk.hear())

        client = self.client(handler)
        client.write("hello \xff\r\n")
        # On the way, a byte that begins a command is doubled.
        self.assertEqual(client.read_all(), "you said hello \xff\r\n")

    def test_expect(self):
        client = self.client(lambda talk: talk.sock.sendall("the name: the word: "))
        for pattern, expected in ("n.me: ", "the name: "), ("w.rd: ", "the word: "):
            index, match, text = client.expect(["no such", pattern], LIMIT)
            self.assertEqual((index, text), (1, expected))

    def test_options_are_refused(self):
        def handler(talk):
            talk.sock.sendall(telnetlib.IAC + telnetlib.DO + telnetlib.ECHO + "text")
            return receive_all(talk.sock, 3)

        port, peer = self.serve(handler)
        client = telnetlib.Telnet(HOST, port, LIMIT)
        self.addCleanup(client.close)
        self.assertEqual(client.read_until("text", LIMIT), "text")
        self.assertEqual(peer.join(), telnetlib.IAC + telnetlib.WONT + telnetlib.ECHO)

    def test_a_timeout(self):
        left, right = self.tcp_pair()
        client = telnetlib.Telnet()
        client.sock = left
        left.sendall("x")
        right.sendall("no end")
        self.assertEqual(client.read_until("\n", 0.05), "no end")

    def test_the_end(self):
        client = self.client(lambda talk: None)
        self.assertEqual(client.read_some(), "")
        self.assertRaises(EOFError, client.read_very_eager)


class LoggingTest(SocketTestCase):
    def logger(self, handler):
        self.addCleanup(handler.close)
        logger = logging.Logger("of this test")
        logger.addHandler(handler)
        return logger

    def test_records_over_tcp(self):
        listener = self.listener()
        logger = self.logger(logging.handlers.SocketHandler(*listener.getsockname()))
        logger.error("what %s", "happened")
        logger.error("and again")
        conn = self.bounded(listener.accept()[0])
        for text in "what happened", "and again":
            length, = struct.unpack(">L", receive_all(conn, 4))
            record = logging.makeLogRecord(pickle.loads(receive_all(conn, length)))
            self.assertEqual((record.getMessage(), record.name), (text, "of this test"))

    def test_records_over_udp(self):
        server = self.udp()
        logger = self.logger(logging.handlers.DatagramHandler(*server.getsockname()))
        logger.error("what happened")
        record = logging.makeLogRecord(pickle.loads(server.recv(10000)[4:]))
        self.assertEqual(record.getMessage(), "what happened")

    def test_syslog_over_udp(self):
        server = self.udp()
        logger = self.logger(logging.handlers.SysLogHandler(server.getsockname()))
        logger.error("what happened")
        self.assertEqual(server.recv(1000), "<11>what happened\0")

    def test_syslog_over_unix(self):
        path = self.path()
        server = self.bounded(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        server.bind(path)
        logger = self.logger(logging.handlers.SysLogHandler(path))
        logger.error("what happened")
        self.assertEqual(server.recv(1000), "<11>what happened\0")

    def test_it_waits_before_it_tries_again(self):
        handler = logging.handlers.SocketHandler(*self.refused_address())
        logger = self.logger(handler)
        logger.error("nobody hears this")
        self.assertIsNone(handler.sock)
        self.assertIsNotNone(handler.retryTime)


if __name__ == "__main__":
    unittest.main()
