"""A UDP service, and a client that asks again when an answer does not come.

Shows: sendto and recvfrom, a timeout as the way to notice a lost datagram, a connected UDP socket, and the error that
a port without a server gives.

    ./pysockets examples/udp.py                            both sides here, on loopback; ends by itself
    ./pysockets examples/udp.py server --port 7008         serves until interrupted
    ./pysockets examples/udp.py client --port 7008 a word  asks for each word and prints the answers
"""

import argparse
import socket
import sys
import threading

WAITS = (0.2, 2.0, 10.0)
"""Seconds to wait for an answer, one try after the other."""

STOP = b""
"""The demonstration ends its server by an empty datagram."""


def serve(sock, lost=()):
    """Answers each datagram with its text in capitals.

    The first copy of a request in `lost` gets no answer, as if the network had lost it.
    """
    lost = set(lost)
    while True:
        request, client = sock.recvfrom(65536)
        if request == STOP:
            return
        if request in lost:
            lost.remove(request)
            continue
        sock.sendto(request.decode(errors="replace").upper().encode(), client)


def ask(address, text):
    """Returns the answer and the number of tries it took. Raises TimeoutError if none came."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.connect(address)  # only answers from there reach us, and errors too
        for tries, wait in enumerate(WAITS, 1):
            sock.settimeout(wait)
            sock.send(text.encode())
            try:
                return sock.recv(65536).decode(), tries
            except TimeoutError:
                continue
    raise TimeoutError(f"no answer in {len(WAITS)} tries")


def demonstrate():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        address = sock.getsockname()
        server = threading.Thread(target=serve, args=(sock, [b"lost once"]))
        server.start()
        for text in ("hello", "lost once", "goodbye"):
            answer, tries = ask(address, text)
            print(f"asked {text!r}: {answer!r} after {tries} {'try' if tries == 1 else 'tries'}")
        sock.sendto(STOP, address)
        server.join()
    try:
        ask(address, "is anybody there?")
    except ConnectionRefusedError:
        print("nobody is there any more: connection refused")
    return 0


def main():
    parser = argparse.ArgumentParser(description="A UDP service and its client.")
    roles = parser.add_subparsers(dest="role", title="roles (without one, both run here and end by themselves)")
    for name, text in (("server", "serve until interrupted"), ("client", "ask and print the answers")):
        role = roles.add_parser(name, help=text)
        role.add_argument("--host", default="127.0.0.1")
        role.add_argument("--port", type=int, default=7008)
    roles.choices["client"].add_argument("word", nargs="+")
    options = parser.parse_args()

    if options.role == "server":
        family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.bind((options.host, options.port))
            print("UDP server on %s, port %d" % sock.getsockname()[:2], flush=True)
            try:
                serve(sock)
            except KeyboardInterrupt:
                pass
        return 0
    if options.role == "client":
        for word in options.word:
            print(ask((options.host, options.port), word)[0])
        return 0
    return demonstrate()


if __name__ == "__main__":
    sys.exit(main())
