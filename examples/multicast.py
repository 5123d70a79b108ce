"""Finding services by multicast: one datagram asks all members of a group, and each answers for itself.

Shows: joining and leaving a multicast group, the options that choose an interface and a reach, and several sockets that
share a port.

    ./pysockets examples/multicast.py                           all sides here, on loopback; ends by itself
    ./pysockets examples/multicast.py member --name printer     answers until interrupted
    ./pysockets examples/multicast.py ask                       prints who answers within a second

The last two find each other on other machines with --interface, the address of a network interface, and --hops 1.
"""

import argparse
import socket
import struct
import sys
import threading

GROUP = "239.255.70.9"  # 239.255.0.0/16 stays within a site (RFC 2365)
QUESTION = b"who is there?"
STOP = b"that is all"
TIMEOUT = 30.0


def new_member(interface, port):
    """A socket that hears what is sent to the group. Several of them may share the port."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((GROUP, port))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership(interface))
    return sock


def membership(interface):
    """struct ip_mreq: the group, and the interface by which to hear it."""
    return struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(interface))


def answer(sock, name):
    """Answers each question with a name, straight to the one who asked."""
    while True:
        text, sender = sock.recvfrom(1024)
        if text == STOP:
            return
        if text == QUESTION:
            sock.sendto(name.encode(), sender)


def new_asker(interface, hops):
    """A socket that sends to the group by an interface, no further than `hops` routers."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(interface))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, hops)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
    return sock


def demonstrate():
    names = ["clock", "printer", "scanner"]
    interface = "127.0.0.1"
    members = [new_member(interface, 0)]
    port = members[0].getsockname()[1]
    members += [new_member(interface, port) for _ in names[1:]]
    threads = [threading.Thread(target=answer, args=pair) for pair in zip(members, names)]
    for thread in threads:
        thread.start()

    with new_asker(interface, hops=0) as sock:
        sock.settimeout(TIMEOUT)
        sock.sendto(QUESTION, (GROUP, port))
        found = sorted(sock.recv(1024).decode() for _ in names)
        print(f"one question to {GROUP}, {len(found)} answers:")
        for name in found:
            print("  " + name)
        sock.sendto(STOP, (GROUP, port))
        for thread in threads:
            thread.join()

        for member in members:
            member.setsockopt(socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, membership(interface))
        sock.sendto(QUESTION, (GROUP, port))
    for name, member in zip(names, members):
        member.setblocking(False)
        try:
            print(name, "still hears", member.recv(1024).decode())
        except BlockingIOError:
            print(name, "has left the group and hears nothing")
        member.close()
    return 0


def main():
    parser = argparse.ArgumentParser(description="Finding services by multicast.")
    roles = parser.add_subparsers(dest="role", title="roles (without one, all run here and end by themselves)")
    for name, text in (("member", "answer until interrupted"), ("ask", "print who answers")):
        role = roles.add_parser(name, help=text)
        role.add_argument("--interface", default="127.0.0.1", help="address of the network interface")
        role.add_argument("--port", type=int, default=7009)
    roles.choices["member"].add_argument("--name", default=socket.gethostname())
    roles.choices["ask"].add_argument("--hops", type=int, default=0, help="0: this machine, 1: the local network")
    options = parser.parse_args()

    if options.role == "member":
        with new_member(options.interface, options.port) as sock:
            print(f"{options.name} answers in {GROUP}, port {options.port}", flush=True)
            try:
                answer(sock, options.name)
            except KeyboardInterrupt:
                pass
        return 0
    if options.role == "ask":
        with new_asker(options.interface, options.hops) as sock:
            sock.settimeout(1.0)
            sock.sendto(QUESTION, (GROUP, options.port))
            try:
                while True:
                    name, address = sock.recvfrom(1024)
                    print(name.decode(errors="replace"), "at", address[0])
            except TimeoutError:
                pass
        return 0
    return demonstrate()


if __name__ == "__main__":
    sys.exit(main())
