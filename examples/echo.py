"""An echo server with a thread for each connection, and a client for it.

Shows: listening and connecting, a thread for each client, reading lines by makefile, half-closing by shutdown.

    ./pysockets examples/echo.py                              both sides here, on loopback; ends by itself
    ./pysockets examples/echo.py server --port 7007           serves until interrupted
    ./pysockets examples/echo.py client --port 7007 hi there  sends each word as a line and prints the answers
"""

import argparse
import socket
import sys
import threading

TIMEOUT = 30.0


def answer(connection):
    """Sends back what comes until the client has no more to say."""
    with connection:
        while data := connection.recv(65536):
            connection.sendall(data)


def serve(listener):
    """Gives each client a thread of its own until the listener is shut down."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=answer, args=(connection,), daemon=True).start()


def ask(address, lines):
    """Sends the lines and returns those that come back."""
    with socket.create_connection(address, timeout=TIMEOUT) as connection:
        connection.sendall("".join(line + "\n" for line in lines).encode())
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile(encoding="utf-8") as answers:
            return [line.rstrip("\n") for line in answers]


def demonstrate():
    clients = {
        "Ada": ["hello", "a second line"],
        "Grace": ["good morning"],
        "Kurt": ["Grüße", "🐍" * 3, "x" * 40],
    }
    answers = {}

    def talk(name):
        answers[name] = ask(address, clients[name])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        server = threading.Thread(target=serve, args=(listener,))
        server.start()
        threads = [threading.Thread(target=talk, args=(name,)) for name in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
        server.join()

    for name in clients:
        for sent, received in zip(clients[name], answers[name], strict=True):
            print(f"{name}: sent {sent!a}, received {received!a}")
    same = all(answers[name] == lines for name, lines in clients.items())
    print("Every answer is what was sent." if same else "An answer differs from what was sent.")
    return 0 if same else 1


def main():
    parser = argparse.ArgumentParser(description="A threaded echo server and its client.")
    roles = parser.add_subparsers(dest="role", title="roles (without one, both run here and end by themselves)")
    for name, text in (("server", "serve until interrupted"), ("client", "send lines and print the answers")):
        role = roles.add_parser(name, help=text)
        role.add_argument("--host", default="127.0.0.1")
        role.add_argument("--port", type=int, default=7007)
    roles.choices["client"].add_argument("line", nargs="+")
    options = parser.parse_args()

    if options.role == "server":
        with socket.create_server((options.host, options.port)) as listener:
            print("echo server on %s, port %d" % listener.getsockname()[:2], flush=True)
            try:
                serve(listener)
            except KeyboardInterrupt:
                pass
        return 0
    if options.role == "client":
        print("\n".join(ask((options.host, options.port), options.line)))
        return 0
    return demonstrate()


if __name__ == "__main__":
    sys.exit(main())
