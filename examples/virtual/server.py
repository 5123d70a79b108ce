"""A bank. Books a payment once, however often it comes with the same id.

A connection carries one request: "PAY id amount", answered by OK, or "SUM", answered by the sum of all that was booked.
"""

import socket
import time

booked = {}


def answer(request):
    if request[0] == "PAY":
        time.sleep(1)
        booked[request[1]] = int(request[2])
        return "OK"
    return str(sum(booked.values()))


with socket.create_server(("0.0.0.0", 80)) as listener:
    while True:
        connection, _ = listener.accept()
        connection.settimeout(10)
        try:
            with connection, connection.makefile("rw") as lines:
                print(answer(lines.readline().split()), file=lines)
        except (OSError, IndexError):
            pass
