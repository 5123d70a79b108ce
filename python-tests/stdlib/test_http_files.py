"""`http.server.SimpleHTTPRequestHandler`: files and directories by HTTP."""

import functools
import http.client
import http.server
import os
import unittest

from support import HOST, LIMIT
from support.servers import KeepsFailures, ServerTestCase
from support.streams import pattern

CONTENT = pattern(1 << 20)


class Server(KeepsFailures, http.server.ThreadingHTTPServer):
    daemon_threads = False


class Files(http.server.SimpleHTTPRequestHandler):
    timeout = LIMIT

    def log_message(self, *arguments):
        pass


class FilesTest(ServerTestCase):
    def setUp(self):
        super().setUp()
        self.root = self.directory()
        for name, content in (("data.bin", CONTENT), ("page.html", b"<p>page"), ("sub/inner.txt", b"inner")):
            path = os.path.join(self.root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
        self.server = self.serve(Server((HOST, 0), functools.partial(Files, directory=self.root)))

    def get(self, path, method="GET", **headers):
        client = self.own(http.client.HTTPConnection(*self.server.server_address, timeout=LIMIT))
        client.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return self.own(client.getresponse())

    def test_a_file(self):
        answer = self.get("/data.bin")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.getheader("Content-Type"), "application/octet-stream")
        self.assertEqual(answer.getheader("Content-Length"), str(len(CONTENT)))
        self.assertTrue(answer.read() == CONTENT)

    def test_the_type_of_a_page(self):
        self.assertEqual(self.get("/page.html").getheader("Content-Type"), "text/html")

    def test_head(self):
        answer = self.get("/data.bin", "HEAD")
        self.assertEqual((answer.getheader("Content-Length"), answer.read()), (str(len(CONTENT)), b""))

    def test_a_file_that_did_not_change(self):
        changed = self.get("/page.html").getheader("Last-Modified")
        self.assertEqual(self.get("/page.html", If_Modified_Since=changed).status, 304)

    def test_a_directory(self):
        answer = self.get("/sub/")
        self.assertEqual(answer.status, 200)
        self.assertIn(b'<a href="inner.txt">inner.txt</a>', answer.read())

    def test_a_directory_without_its_slash(self):
        answer = self.get("/sub")
        self.assertEqual((answer.status, answer.getheader("Location")), (301, "/sub/"))

    def test_an_index_stands_for_its_directory(self):
        with open(os.path.join(self.root, "sub", "index.html"), "wb") as file:
            file.write(b"index")
        self.assertEqual(self.get("/sub/").read(), b"index")

    def test_what_is_not_there(self):
        self.assertEqual(self.get("/nothing").status, 404)

    def test_nothing_above_the_root(self):
        with open(os.path.join(os.path.dirname(self.root), os.path.basename(self.root) + ".out"), "wb") as file:
            self.addCleanup(os.remove, file.name)
        self.assertEqual(self.get("/../%s.out" % os.path.basename(self.root)).status, 404)

    def test_posting_is_not_supported(self):
        self.assertEqual(self.get("/data.bin", "POST").status, 501)


if __name__ == "__main__":
    unittest.main()
