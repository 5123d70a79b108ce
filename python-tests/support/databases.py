"""What the machine's own files say about hosts, services and protocols, so that no test asks a name server."""

import unittest


def lines(path):
    """The words of each line that is not a comment; no lines where there is no such file."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return [words for words in (line.partition("#")[0].split() for line in file) if words]
    except OSError:
        return []


def services():
    """The rows of /etc/services: (name, port, protocol), aliases left out. Skips the test where there are none."""
    found = []
    for words in lines("/etc/services"):
        port, _, protocol = words[1].partition("/")
        found.append((words[0], int(port), protocol))
    if not found:
        raise unittest.SkipTest("/etc/services is missing or empty on this machine")
    return found


def protocols():
    """The rows of /etc/protocols: {name: number}. Skips the test where there are none."""
    found = {words[0]: int(words[1]) for words in lines("/etc/protocols")}
    if not found:
        raise unittest.SkipTest("/etc/protocols is missing or empty on this machine")
    return found


def is_in_hosts_file(name):
    """Whether /etc/hosts answers for this name: then no name server is asked."""
    return any(name in words[1:] for words in lines("/etc/hosts"))
