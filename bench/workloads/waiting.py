"""One wake-up among idle sockets: a byte is sent through a pair, one of its ends is found ready, and receives it.

The parameter is the number of sockets that are waited for as well and that nothing happens on.
"""

import contextlib
import select
from itertools import repeat

from idling import idle_sockets
from peering import PAIR_NOTE, connected_pair
from registry import Repeated, lacks, workload


def _polling(poll, near, far):
    """For poll and epoll, which are asked in the same way."""

    def batch(count):
        send, wait, recv = near.send, poll, far.recv
        for _ in repeat(None, count):
            send(b"x")
            # Jython's poll sometimes finds nothing although it may wait for as long as it takes.
            while not wait():
                pass
            recv(1)
        return count, count

    return Repeated(batch)


@workload("select", note=PAIR_NOTE)
def select_among(peer, parameter):
    with connected_pair() as (near, far), idle_sockets(parameter or 0) as idle:
        waited_for = idle + [far]

        def batch(count):
            send, wait, sockets, none, recv = near.send, select.select, waited_for, [], far.recv
            for _ in repeat(None, count):
                send(b"x")
                while not wait(sockets, none, none)[0]:
                    pass
                recv(1)
            return count, count

        yield Repeated(batch)


@workload("poll", lacks=lacks(select, "poll"), note=PAIR_NOTE)
def poll_among(peer, parameter):
    with connected_pair() as (near, far), idle_sockets(parameter or 0) as idle:
        poll = select.poll()
        for sock in idle + [far]:
            poll.register(sock, select.POLLIN)
        yield _polling(poll.poll, near, far)


@workload("epoll", lacks=lacks(select, "epoll"))
def epoll_among(peer, parameter):
    with connected_pair() as (near, far), idle_sockets(parameter or 0) as idle:
        with contextlib.closing(select.epoll()) as epoll:
            for sock in idle + [far]:
                epoll.register(sock, select.EPOLLIN)
            yield _polling(epoll.poll, near, far)
