"""A module of the application, with a file beside it that it sends."""

import os
import socket
import threading


def greet():
    """Sends what is in a file, by a server in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sender = threading.Thread(target=send, args=(listener,))
        sender.start()
        with socket.create_connection(listener.getsockname(), 20) as client, client.makefile("rb") as received:
            text = received.read().decode()
        sender.join()
    return text.strip()


def send(listener):
    """Serves one client."""
    connection, _ = listener.accept()
    with connection, open(os.path.join(os.path.dirname(__file__), "greeting.txt"), "rb") as greeting:
        connection.sendfile(greeting)
