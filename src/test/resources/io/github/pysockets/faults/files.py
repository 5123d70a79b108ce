"""Sending from a file. `path` is set by the test; the file holds LARGE."""

import os


def prepare(name):
    global path
    path = name


def os_sendfile():
    got = []
    first, second = socket.socketpair()

    def drain():
        with second:
            got.append(receive_all(second))

    with first, thread(drain):
        with first, open(path, "rb") as file:
            offset = 0
            while count := os.sendfile(first.fileno(), file.fileno(), offset, 1 << 30):
                offset += count
    if got:
        check(got[0], LARGE)


def socket_sendfile():
    got = []
    first, second = socket.socketpair()

    def drain():
        with second:
            got.append(receive_all(second))

    with first, thread(drain):
        with first, open(path, "rb") as file:
            first.settimeout(LIMIT)
            if first.sendfile(file) != len(LARGE):
                raise Wrong("count")
    if got:
        check(got[0], LARGE)
