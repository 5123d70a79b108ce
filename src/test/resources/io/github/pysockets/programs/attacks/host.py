# What is the host's and not the script's.
import socket

try:
    socket.sethostname(socket.gethostname())
    raise AssertionError("the host's name")
except PermissionError as refusal:
    assert str(refusal) == "[Errno 1] Operation not permitted to a script without foreign descriptors", refusal

# Names that no name service should be asked for.
for function, arguments in (
    (socket.getaddrinfo, (b"a" * 300_000, 1)),
    (socket.getaddrinfo, ("127.0.0.1", b"a" * 300_000)),
    (socket.gethostbyname, (b"a" * 300_000,)),
    (socket.gethostbyname_ex, (b"a" * 300_000,)),
    (socket.gethostbyaddr, (b"a" * 300_000,)),
    (socket.getservbyname, ("a" * 300_000,)),
    (socket.getservbyname, ("http", "a" * 300_000)),
    (socket.getservbyport, (80, "a" * 300_000)),
    (socket.getprotobyname, ("a" * 300_000,)),
    (socket.if_nametoindex, ("a" * 300_000,)),
):
    try:
        function(*arguments)
        raise AssertionError(function)
    except OSError:
        pass
