"""Servers for the cases of the standard library's clients: a script of lines, or a handler, on a thread."""

from support import LIMIT, SocketTestCase


class Conversation(object):
    """One end of a protocol of lines."""

    def __init__(self, sock):
        self.sock = sock
        self.stream = sock.makefile("rb")
        self.heard = []

    def say(self, *lines):
        self.sock.sendall("".join(line + "\r\n" for line in lines))

    def hear(self):
        line = self.stream.readline()
        self.heard.append(line.rstrip("\r\n"))
        return self.heard[-1]

    def hear_until(self, last):
        """The lines up to one that is `last`, which is left out."""
        lines = []
        while True:
            line = self.stream.readline()
            if not line:
                raise AssertionError("the client went away")
            line = line.rstrip("\r\n")
            if line == last:
                return lines
            lines.append(line)

    def close(self):
        self.stream.close()
        self.sock.close()


class ServerTestCase(SocketTestCase):
    def serve(self, handler, connections=1):
        """Calls `handler` with a Conversation for each connection, one after the other. Gives the port, and the thread
        whose join gives the handler's last result."""
        listener = self.listener()

        def run():
            result = None
            for _ in range(connections):
                sock, _ = listener.accept()
                sock.settimeout(LIMIT)
                talk = Conversation(sock)
                try:
                    result = handler(talk)
                finally:
                    talk.close()
            return result

        return listener.getsockname()[1], self.peer(run)

    def answers(self, script, greeting):
        """A handler that greets, and then answers each line by what the script has for its first word, in upper case:
        lines, or a function of the line and the conversation that gives lines. QUIT and LOGOUT end it. It gives the
        lines that it heard."""

        def handler(talk):
            talk.say(greeting)
            while True:
                line = talk.hear()
                if not line:
                    return talk.heard
                word = line.split()[0].upper()
                answer = script[word]
                if callable(answer):
                    answer = answer(line, talk)
                talk.say(*([answer] if isinstance(answer, str) else answer))
                if word == "QUIT":
                    return talk.heard

        return handler
