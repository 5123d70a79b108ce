"""An echo server of asyncio's; the peer is its clients."""

import contextlib

import driving
from peering import PATIENCE
from registry import Driven, optional, workload

asyncio = optional("asyncio")
PROTOCOL = asyncio.Protocol if asyncio else object


class Echo(PROTOCOL):
    def connection_made(self, transport):
        self._transport = transport

    def data_received(self, data):
        self._transport.write(data)


class Conversation(PROTOCOL):
    """By lines with the peer, in the loop that the server runs in."""

    def __init__(self, loop, purpose):
        self._loop = loop
        self._purpose = purpose
        self._received = b""
        self._answer = None

    def connection_made(self, transport):
        self._transport = transport
        transport.write(self._purpose.encode("ascii") + b"\n")

    def ask(self, line, seconds=0):
        """The peer's answer."""
        self._answer = self._loop.create_future()
        self._transport.write(line.encode("ascii") + b"\n")
        answer = asyncio.wait_for(self._answer, seconds + PATIENCE)
        return self._loop.run_until_complete(answer)

    def data_received(self, data):
        self._received += data
        if self._received.endswith(b"\n"):
            line, self._received = self._received.decode("ascii").strip(), b""
            self._answer.set_result(line)

    def connection_lost(self, failure):
        if self._answer and not self._answer.done():
            self._answer.set_exception(EOFError("the peer ended the conversation"))

    def close(self):
        self._transport.close()


@workload("asyncio-echo", lacks=None if asyncio else "no asyncio")
def asyncio_echo(peer, parameter):
    """The parameter is the number of clients, each of which sends 64 bytes as soon as it has its last ones back."""
    with contextlib.closing(asyncio.new_event_loop()) as loop:
        server = loop.run_until_complete(loop.create_server(Echo, "127.0.0.1", 0, backlog=1024))
        try:
            port = server.sockets[0].getsockname()[1]
            talking = loop.create_connection(lambda: Conversation(loop, "CLIENTS %d" % port), *peer.address)
            _, talk = loop.run_until_complete(talking)
            with contextlib.closing(talk):
                driving.check_prepared(talk.ask(driving.prepare_line(parameter or 1)))
                yield Driven(lambda seconds: driving.done(talk.ask(driving.go_line(seconds), seconds)))
        finally:
            server.close()
            _settle(loop)


def _settle(loop):
    """Lets the loop see that the connections have ended, so that it closes them."""
    with contextlib.suppress(Exception):
        loop.run_until_complete(asyncio.sleep(0.2))
