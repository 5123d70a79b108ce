"""What a call costs where nothing has to be waited for."""

import socket
from itertools import repeat

from peering import PAIR_NOTE, connected_pair
from registry import Repeated, workload

MESSAGE = b"x" * 64


@workload("call-cost", note=PAIR_NOTE)
def call_cost(peer, parameter):
    """One thread sends 64 bytes and receives them at the other end."""
    with connected_pair() as (near, far):

        def batch(count):
            send, recv, message = near.send, far.recv, MESSAGE
            for _ in repeat(None, count):
                send(message)
                recv(64)
            return count, 64 * count

        yield Repeated(batch)


@workload("eagain", note=PAIR_NOTE)
def eagain(peer, parameter):
    """A socket without a message is asked for one and refuses by an exception, as an event loop's are many times."""
    with connected_pair() as (near, far):
        far.setblocking(False)

        def batch(count):
            recv, refused, refusals = far.recv, socket.error, 0
            for _ in repeat(None, count):
                try:
                    recv(64)
                except refused:
                    refusals += 1
            assert refusals == count
            return count, 0

        yield Repeated(batch)
