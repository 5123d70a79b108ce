"""smtplib, smtpd, poplib and imaplib."""

import asyncore
import imaplib
import poplib
import smtpd
import smtplib
import socket
import ssl
import threading
import unittest

from support import HOST, LIMIT, Peer, SocketTestCase, certificates
from support.servers import ServerTestCase


class SmtpTest(ServerTestCase):
    SCRIPT = {
        "EHLO": ["250-here", "250-SIZE 1000000", "250 STARTTLS"],
        "HELO": "250 here",
        "MAIL": "250 fine",
        "RCPT": lambda line, talk: "550 nobody" if "nobody" in line else "250 fine",
        "DATA": lambda line, talk: SmtpTest.take(talk),
        "NOOP": "250 fine",
        "RSET": "250 fine",
        "VRFY": "252 perhaps",
        "QUIT": "221 bye",
    }

    @staticmethod
    def take(talk):
        talk.say("354 go on")
        talk.message = talk.hear_until(".")
        return "250 taken"

    def client(self, script=None):
        port, peer = self.serve(self.answers(dict(self.SCRIPT, **(script or {})), "220 here"))
        return smtplib.SMTP(HOST, port, "me", LIMIT), peer

    def test_a_mail(self):
        client, peer = self.client()
        self.assertEqual(client.sendmail("a@b", ["c@d", "e@f"], "Subject: x\n\na body\n.a dot\n"), {})
        self.assertEqual(client.quit(), (221, "bye"))
        self.assertEqual([line.split()[0] for line in peer.join()], ["ehlo", "mail", "rcpt", "rcpt", "data", "quit"])

    def test_what_the_server_says_of_itself(self):
        client, _ = self.client()
        client.ehlo()
        self.assertTrue(client.has_extn("size"))
        self.assertEqual(client.noop(), (250, "fine"))
        client.quit()

    def test_refusals(self):
        client, _ = self.client()
        self.assertRaises(smtplib.SMTPRecipientsRefused, client.sendmail, "a@b", ["nobody@d"], "x")
        self.assertEqual(client.sendmail("a@b", ["c@d", "nobody@d"], "x"), {"nobody@d": (550, "nobody")})
        client.quit()

    def test_the_server_goes_away(self):
        port, _ = self.serve(lambda talk: talk.say("220 here"))
        client = smtplib.SMTP(HOST, port, "me", LIMIT)
        self.assertRaises(smtplib.SMTPServerDisconnected, client.ehlo)

    def test_a_line_that_is_too_long(self):
        port, _ = self.serve(lambda talk: talk.say("220 " + "x" * 10000))
        self.assertRaises(smtplib.SMTPResponseException, smtplib.SMTP, HOST, port, "me", LIMIT)

    def test_nobody_listens(self):
        self.assertRaises(socket.error, smtplib.SMTP, *(self.refused_address() + ("me", LIMIT)))

    def test_starttls(self):
        def secure(talk):
            talk.say("220 here")
            talk.hear()
            talk.say("250-here", "250 STARTTLS")
            talk.hear()
            talk.say("220 go on")
            conn = ssl.wrap_socket(talk.sock, certfile=certificates.localhost_file(), server_side=True)
            stream = conn.makefile("rb")
            heard = []
            for answer in "250 here", "221 bye":
                heard.append(stream.readline())
                conn.sendall(answer + "\r\n")
            return heard

        port, peer = self.serve(secure)
        client = smtplib.SMTP(HOST, port, "me", LIMIT)
        client.starttls()
        self.assertEqual(client.ehlo()[0], 250)
        client.quit()
        self.assertEqual(peer.join(), ["ehlo me\r\n", "quit\r\n"])


class SmtpdTest(SocketTestCase):
    def test_a_mail_arrives(self):
        arrived = []

        class Server(smtpd.SMTPServer):
            def process_message(self, peer, sender, recipients, data):
                arrived.append((sender, recipients, data))

        server = Server((HOST, 0), ("nowhere", 0))
        done = threading.Event()

        def run():
            while not done.isSet():
                asyncore.loop(0.02, True, count=1)
            asyncore.close_all()

        peer = Peer(run)
        try:
            client = smtplib.SMTP(HOST, server.socket.getsockname()[1], "me", LIMIT)
            client.sendmail("a@b", ["c@d"], "Subject: x\n\na body\n.a dot\n")
            client.quit()
        finally:
            done.set()
            peer.join()
        self.assertEqual(arrived, [("a@b", ["c@d"], "Subject: x\n\na body\n.a dot")])


class PopTest(ServerTestCase):
    SCRIPT = {
        "USER": "+OK",
        "PASS": lambda line, talk: "+OK" if line == "PASS secret" else "-ERR no",
        "STAT": "+OK 2 300",
        "LIST": ["+OK 2 messages", "1 100", "2 200", "."],
        "RETR": ["+OK 100", "Subject: x", "", "a body", "..a dot", "."],
        "TOP": ["+OK", "Subject: x", "."],
        "UIDL": ["+OK", "1 one", "2 two", "."],
        "DELE": "+OK",
        "NOOP": "+OK",
        "QUIT": "+OK bye",
    }

    def check(self, client):
        self.assertEqual(client.getwelcome(), "+OK here")
        client.user("me")
        client.pass_("secret")
        self.assertEqual(client.stat(), (2, 300))
        self.assertEqual(client.list()[1], ["1 100", "2 200"])
        self.assertEqual(client.retr(1)[1], ["Subject: x", "", "a body", ".a dot"])
        self.assertEqual(client.uidl()[1], ["1 one", "2 two"])
        client.dele(1)
        self.assertEqual(client.quit(), "+OK bye")

    def test_messages(self):
        port, peer = self.serve(self.answers(self.SCRIPT, "+OK here"))
        self.check(poplib.POP3(HOST, port, LIMIT))
        self.assertEqual(peer.join()[0], "USER me")

    def test_refused(self):
        port, _ = self.serve(self.answers(self.SCRIPT, "+OK here"))
        client = poplib.POP3(HOST, port, LIMIT)
        client.user("me")
        self.assertRaises(poplib.error_proto, client.pass_, "wrong")
        client.quit()

    def test_over_tls(self):
        def secure(talk):
            conn = ssl.wrap_socket(talk.sock, certfile=certificates.localhost_file(), server_side=True)
            talk.sock, talk.stream = conn, conn.makefile("rb")
            return self.answers(self.SCRIPT, "+OK here")(talk)

        port, peer = self.serve(secure)
        self.check(poplib.POP3_SSL(HOST, port))
        peer.join()


class ImapTest(ServerTestCase):
    def serve_imap(self):
        def handler(talk):
            talk.say("* OK IMAP4rev1 here")
            while True:
                line = talk.hear()
                if not line:
                    return talk.heard
                tag, command = line.split(" ", 1)
                word = command.split()[0].upper()
                if word == "CAPABILITY":
                    talk.say("* CAPABILITY IMAP4rev1")
                elif word == "SELECT":
                    talk.say("* 3 EXISTS")
                elif word == "FETCH":
                    talk.say("* 1 FETCH (RFC822 {12}", "twelve bytes)")
                elif word == "LOGOUT":
                    talk.say("* BYE")
                if word == "LOGIN" and "secret" not in line:
                    talk.say(tag + " NO wrong")
                else:
                    talk.say(tag + " OK done")
                if word == "LOGOUT":
                    return talk.heard

        return self.serve(handler)

    def test_messages(self):
        port, _ = self.serve_imap()
        client = imaplib.IMAP4(HOST, port)
        self.assertEqual(client.login("me", "secret")[0], "OK")
        self.assertEqual(client.select(), ("OK", ["3"]))
        kind, data = client.fetch("1", "(RFC822)")
        self.assertEqual((kind, data[0]), ("OK", ("1 (RFC822 {12}", "twelve bytes")))
        self.assertEqual(client.logout()[0], "BYE")

    def test_refused(self):
        port, _ = self.serve_imap()
        client = imaplib.IMAP4(HOST, port)
        self.assertRaises(imaplib.IMAP4.error, client.login, "me", "wrong")
        client.logout()


if __name__ == "__main__":
    unittest.main()
