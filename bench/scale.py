"""How costs grow with the number of sockets: run it with any Python 3 that has select.epoll.

    scale.py [connections [threads]]

Prints two tables. The first: for a growing number of open connections, all idle but one, the time of one wake-up of epoll (a byte is
sent to the one that is not idle, epoll tells of it, it is received) and the memory that each connection takes in this process. The
other ends of the connections are in a process of their own, as a process may not have descriptors for both. The second: threads that
are all blocked in recv, the memory that each takes, and the time until all have been woken.
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
WAKE_UPS = 2000


def resident():
    """Bytes of memory that this process has resident, once garbage is collected."""
    gc.collect()
    try:
        import java

        java.type("java.lang.System").gc()
    except ImportError:
        pass
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def heap():
    """Bytes that live objects take on the heap of a JVM; None elsewhere."""
    try:
        import java
    except ImportError:
        return None
    system, runtime = java.type("java.lang.System"), java.type("java.lang.Runtime").getRuntime()
    least = None
    for _ in range(4):
        gc.collect()
        system.gc()
        used = runtime.totalMemory() - runtime.freeMemory()
        least = used if least is None else min(least, used)
    return least


def peer(port, count):
    """Opens connections and keeps them until standard input ends."""
    connections = []
    for _ in range(count):
        connections.append(socket.create_connection(("127.0.0.1", port)))
    sys.stdin.read()


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
    port = listener.getsockname()[1]
    other = subprocess.Popen([os.environ.get("PEER_PYTHON", sys.executable), __file__, "--peer", str(port), str(most)], stdin=subprocess.PIPE)
    near, far = socket.socketpair()
    epoll = select.epoll()
    epoll.register(far, select.EPOLLIN)
    wake_up(epoll, near, far)
    opened = []
    print("connections  wake-up us  resident KiB each  heap KiB each")
    resident_before, heap_before = resident(), heap()
    for count in (0, 10, 100, 1000, 10_000, 100_000):
        if count > most:
            break
        while len(opened) < count:
            connection, _ = listener.accept()
            epoll.register(connection, select.EPOLLIN)
            opened.append(connection)
        taken = wake_up(epoll, near, far) / 1000
        line = "%11d  %10.2f" % (count, taken)
        if count >= 1000:
            line += "  %17.2f" % ((resident() - resident_before) / 1024 / count)
            if heap_before is not None:
                line += "  %13.2f" % ((heap() - heap_before) / 1024 / count)
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
    before = resident()
    blocked = [threading.Thread(target=lambda far=far: received.append(far.recv(1))) for _, far in pairs]
    start = time.perf_counter()
    for thread in blocked:
        thread.start()
    started = time.perf_counter()
    taken = resident() - before
    woken = time.perf_counter()
    for near, _ in pairs:
        near.send(b"x")
    for thread in blocked:
        thread.join()
    end = time.perf_counter()
    assert len(received) == count
    print("threads in recv  start ms  resident KiB each  wake all ms")
    print(
        "%15d  %8.1f  %17.2f  %11.1f"
        % (count, (started - start) * 1000, taken / 1024 / count, (end - woken) * 1000)
    )
    for pair in pairs:
        for sock in pair:
            sock.close()


def main(arguments):
    if arguments[:1] == ["--peer"]:
        peer(int(arguments[1]), int(arguments[2]))
        return
    connections(int(arguments[0]) if arguments else 10_000)
    threads(int(arguments[1]) if len(arguments) > 1 else 500)


if __name__ == "__main__":
    main(sys.argv[1:])
