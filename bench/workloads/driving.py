"""The conversation in which the peer is a worker's clients."""

from peering import PATIENCE


def prepare_line(clients):
    """Asks the peer to connect. The answer is to be given to check_prepared."""
    return "PREPARE %d" % clients


def check_prepared(answer):
    if answer != "prepared":
        raise AssertionError("the peer " + answer)


def go_line(seconds):
    """Asks the peer to make requests for so long. The answer is to be given to done."""
    return "GO %f" % seconds


def done(answer):
    """The number of requests that were answered."""
    word, _, rest = answer.partition(" ")
    if word != "done":
        raise AssertionError("the peer " + answer)
    return int(rest)


class Drive(object):
    """The conversation in a thread that may wait.

    @param purpose: what the clients are, one of those that the peer's Conversations lists
    """

    def __init__(self, peer, purpose, port):
        self._talk = peer.talk("%s %d" % (purpose, port))

    def prepare(self, clients):
        self._talk.say(prepare_line(clients))
        check_prepared(self._talk.hear())

    def go(self, seconds):
        """The number of requests that were answered in as many seconds."""
        self._talk.set_timeout(seconds + PATIENCE)
        self._talk.say(go_line(seconds))
        return done(self._talk.hear())

    def close(self):
        self._talk.close()
