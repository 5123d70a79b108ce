"""The host objects that the other modules call, by subject, and the numbers that both sides know."""

from _pysockets import exports

calls = exports.sockets()
"""Host calls for sockets."""

names = exports.names()
"""Host calls for names of hosts, services, protocols and interfaces."""

select_calls = exports.select()
"""Host calls that wait for many sockets."""

descriptor_calls = exports.descriptors()
"""Host calls for descriptors by their number."""

number = exports.number
"""Host call: a number of Linux's by its name, such as AF_INET or EBADF, whether or not the stack has a use for it."""

clock_calls = exports.clock()
"""Host calls on the clock of the stack, for scripts whose time is the stack's; None for others."""

error_text = exports.errorText
"""Host call: the text for a code that is an errno or a name service's."""


def named_numbers(words):
    """The dict {NAME: value} of words NAME=value, the form in which the host gives constants and codes."""
    return {name: int(value) for name, _, value in (word.partition("=") for word in words.split())}


codes = named_numbers(exports.codes())
"""The numbers of the Java class Codes, by name."""
