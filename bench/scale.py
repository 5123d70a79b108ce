"""How costs grow with the number of sockets: run it with any Python 3 that has select.epoll.

    scale.py [connections [threads]]

Prints two tables. The first: for a growing number of open connections, all idle but one, the time of one wake-up of epoll (a byte is
sent to the one that is not idle, epoll tells of it, it is received) and the memory that each connection takes here: of a JVM's heap, or of
the process. The other ends of the connections are in a process of their own, as a process may not have descriptors for both. The second:
threads that are all blocked in recv, the memory that each takes, and the time until all have been woken.
"""

import gc
import os
import select
import socket
import subprocess
import sys
import threading
import time

ROUNDS = 9
WARM_UPS = 5
WAKE_UPS = 2000


def memory():
    """Bytes that are in use once garbage is collected: of the heap on a JVM, otherwise of the whole process."""
    gc.collect()
    try:
        import java
    except ImportError:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    system, runtime = java.type("java.lang.System"), java.type("java.lang.Runtime").getRuntime()
    used = []
    for _ in range(4):
        system.gc()
        used.append(runtime.totalMemory() - runtime.freeMemory())
    return min(used)


def peer(port):
    """Opens as many connections as it is told to, says when they are there, and keeps them until standard input ends."""
    connections = []
    for line in sys.stdin:
        while len(connections) < int(line):
            connections.append(socket.create_connection(("127.0.0.1", port)))
        print("opened", flush=True)


def wake_up(epoll, near, far):
    """Nanoseconds of one wake-up, the median of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        for _ in range(WAKE_UPS):
            near.send(b"x")
            ((number, _),) = epoll.poll()
            far.recv(1)
        rounds.append((time.perf_counter_ns() - start) / WAKE_UPS)
    return sorted(rounds)[ROUNDS // 2]


def connections(most):
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    words = [sys.executable, __file__, "--peer", str(listener.getsockname()[1])]
    other = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    near, far = socket.socketpair()
    epoll = select.epoll()
    epoll.register(far, select.EPOLLIN)
    for _ in range(WARM_UPS):
        wake_up(epoll, near, far)
    opened = []
    print("connections  wake-up us  KiB each")
    before = memory()
    for count in (0, 10, 100, 1000, 10_000, 100_000):
        if count > most:
            break
        other.stdin.write("%d\n" % count)
        other.stdin.flush()
        while len(opened) < count:
            connection, _ = listener.accept()
            epoll.register(connection, select.EPOLLIN)
            opened.append(connection)
        assert other.stdout.readline() == "opened\n"
        line = "%11d  %10.2f" % (count, wake_up(epoll, near, far) / 1000)
        if count >= 1000:
            line += "  %8.2f" % ((memory() - before) / 1024 / count)
        print(line, flush=True)
    for connection in opened:
        connection.close()
    other.communicate()
    epoll.close()
    for sock in (near, far, listener):
        sock.close()


def threads(count):
    pairs = [socket.socketpair() for _ in range(count)]
    received = []
    before = memory()
    blocked = [threading.Thread(target=lambda far=far: received.append(far.recv(1))) for _, far in pairs]
    start = time.perf_counter()
    for thread in blocked:
        thread.start()
    started = time.perf_counter()
    taken = memory() - before
    woken = time.perf_counter()
    for near, _ in pairs:
        near.send(b"x")
    for thread in blocked:
        thread.join()
    end = time.perf_counter()
    assert len(received) == count
    print("threads in recv  start ms  KiB each  wake all ms")
    print(
        "%15d  %8.1f  %8.2f  %11.1f"
        % (count, (started - start) * 1000, taken / 1024 / count, (end - woken) * 1000)
    )
    for pair in pairs:
        for sock in pair:
            sock.close()


def main(arguments):
    if arguments[:1] == ["--peer"]:
        peer(int(arguments[1]))
        return
    connections(int(arguments[0]) if arguments else 10_000)
    threads(int(arguments[1]) if len(arguments) > 1 else 500)


if __name__ == "__main__":
    main(sys.argv[1:])
