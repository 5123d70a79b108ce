"""`urllib.request` with `http.server`: opening, sending, redirection, authentication, proxies, cookies, errors."""

import http.cookiejar
import io
import socket
import unittest
import urllib.error
import urllib.request

from support import HOST, LIMIT
from support.http import BIG, LINES, HttpTestCase, Pages, Server
from support.streams import SHORT


class UrllibCase(HttpTestCase):
    def url(self, path, server=None):
        return "http://%s:%d%s" % (*(server or self.server).server_address, path)

    def open(self, path, *handlers, data=None, timeout=LIMIT, **keywords):
        """The answer, closed after the test. Proxies of the environment are not asked."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), *handlers)
        request = urllib.request.Request(self.url(path), data, **keywords)
        return self.own(opener.open(request, timeout=timeout))


class OpeningTest(UrllibCase):
    def test_an_answer(self):
        with self.open("/hello") as answer:
            self.assertEqual(answer.read(), b"hello")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.url, self.url("/hello"))
        self.assertEqual(answer.headers["Content-Type"], "text/plain")

    def test_bodies_of_each_kind(self):
        for path, body in (("/big", BIG), ("/chunked", LINES), ("/to-the-end", LINES)):
            with self.subTest(path):
                self.assertTrue(self.open(path).read() == body)

    def test_the_lines_of_a_body(self):
        self.assertEqual(list(self.open("/chunked")), LINES.splitlines(keepends=True))

    def test_text_by_a_wrapper(self):
        self.assertEqual(io.TextIOWrapper(self.open("/lines"), "ascii").readline(), "line 0\n")

    def test_headers_are_sent(self):
        got = self.open("/headers", headers={"X-One": "1"}).read().decode()
        self.assertIn("X-One: 1\n", got)
        self.assertIn("Connection: close\n", got)

    def test_data_is_posted(self):
        self.assertEqual(self.open("/", data=b"body").read(), b"POST 4 body")

    def test_another_method(self):
        self.assertEqual(self.open("/", data=b"body", method="PUT").read(), b"PUT 4 body")
        self.assertEqual(self.open("/hello", method="HEAD").read(), b"")

    def test_big_data(self):
        self.assertTrue(self.open("/", data=BIG).read() == b"POST %d " % len(BIG) + BIG)

    def test_data_of_a_file(self):
        self.assertEqual(self.open("/", data=io.BytesIO(b"of a file")).read(), b"POST chunked of a file")

    def test_a_redirection_is_followed(self):
        answer = self.open("/redirect")
        self.assertEqual(answer.read(), b"hello")
        self.assertEqual(answer.geturl(), self.url("/hello"))
        self.assertEqual([seen[2] for seen in self.server.seen], ["/redirect", "/hello"])

    def test_cookies_come_back(self):
        jar = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy())
        cookies = urllib.request.HTTPCookieProcessor(jar)
        self.assertEqual(self.open("/cookie", cookies).read(), b"none")
        self.assertEqual(self.open("/cookie", cookies).read(), b"taste=sweet")


class AuthenticationTest(UrllibCase):
    def passwords(self, word):
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, self.url("/"), "user", word)
        return urllib.request.HTTPBasicAuthHandler(known)

    def test_the_right_word(self):
        self.assertEqual(self.open("/secret", self.passwords("pass")).read(), b"secret")

    def test_a_wrong_word(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.open("/secret", self.passwords("wrong"))
        self.own(caught.exception)
        self.assertEqual(caught.exception.code, 401)
        self.assertEqual(caught.exception.read(), b"who are you")


class ErrorTest(UrllibCase):
    def test_a_page_that_is_not_there(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.open("/of-another-server")
        self.own(caught.exception)
        self.assertEqual((caught.exception.code, caught.exception.reason), (404, "Not Found"))
        self.assertIn(b"Error code: 404", caught.exception.read())

    def test_a_redirection_without_end(self):
        with self.assertRaisesRegex(urllib.error.HTTPError, "infinite loop") as caught:
            self.open("/circle")
        self.own(caught.exception)

    def test_nobody_listens(self):
        sock = self.own(socket.socket())
        sock.bind((HOST, 0))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with self.assertRaises(urllib.error.URLError) as caught:
            opener.open("http://%s:%d/" % sock.getsockname(), timeout=LIMIT)
        self.assertIsInstance(caught.exception.reason, ConnectionRefusedError)

    def test_an_answer_that_does_not_come(self):
        with self.assertRaisesRegex(TimeoutError, "^timed out$"):
            self.open("/wait", timeout=SHORT)


class ProxyTest(UrllibCase):
    def test_a_proxy_gets_the_whole_address(self):
        class Proxy(Pages):
            def do_GET(self):
                self.answer(self.path.encode() + b" " + self.headers["Host"].encode())

        proxy = self.serve(Server((HOST, 0), Proxy))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": self.url("", proxy)}))
        with opener.open("http://elsewhere.invalid/page", timeout=LIMIT) as answer:
            self.assertEqual(answer.read(), b"http://elsewhere.invalid/page elsewhere.invalid")


if __name__ == "__main__":
    unittest.main()
