"""Names of hosts and interfaces: what fails does so at once, and leaves nothing behind."""


def names():
    if socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)[0][4] != ("127.0.0.1", 80):
        raise Wrong("address")
    if socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV) != ("127.0.0.1", "80"):
        raise Wrong("name")
    socket.gethostbyname("localhost")
    socket.gethostbyname_ex("localhost")
    socket.gethostbyaddr("127.0.0.1")
    socket.gethostname()
    index, name = socket.if_nameindex()[0]
    if socket.if_indextoname(index) != name:
        raise Wrong("interface")


def by_name():
    """A look-up on the way to a connection."""
    with listening() as listener:
        port = listener.getsockname()[1]
        with socket.socket() as client:
            client.connect(("localhost", port))
        listener.accept()[0].close()
        with socket.create_connection(("localhost", port)):
            listener.accept()[0].close()
