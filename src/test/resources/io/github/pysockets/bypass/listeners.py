"""Servers: where they listen, and whom they hear."""

### listen_where_bind_is_allowed
# both: allow bind 127.0.0.1
# allowed: allow listen 127.0.0.1
# shows: listen
sock = socket.socket()
sock.bind(("127.0.0.1", 0))
sock.listen()

### listen_without_bind
# refused: allow bind,listen 127.0.0.1
# allowed: allow listen 0.0.0.0
# shows: listen
socket.socket().listen()

### listen_of_six_without_bind
# refused: allow bind,listen 127.0.0.1,0.0.0.0
# allowed: allow listen [::]
# shows: listen
socket.socket(socket.AF_INET6).listen()

### listen_after_a_refused_bind
# refused: allow listen 127.0.0.1
# allowed: allow listen 127.0.0.2,0.0.0.0
# shows: listen
sock = socket.socket()
try:
    sock.bind(("127.0.0.2", 0))
except PermissionError:
    pass
sock.listen()

### listen_at_another_port
# refused: allow bind 127.0.0.1
# refused: allow listen 127.0.0.1:1
# allowed: allow listen 127.0.0.1
# shows: listen
sock = socket.socket()
sock.bind(("127.0.0.1", 0))
sock.listen()

### denied_peer_before_an_allowed_one
# both: allow connect,bind,listen 127.0.0.0/8
# both: allow accept 127.0.0.1
# allowed: allow accept 127.0.0.3
server = socket.create_server(("127.0.0.1", 0))
denied = socket.create_connection(server.getsockname(), source_address=("127.0.0.3", 0))
good = socket.create_connection(server.getsockname())
sock, peer = server.accept()
assert peer in (good.getsockname(), denied.getsockname())
return peer[0] == "127.0.0.3"

### many_denied_peers_before_an_allowed_one
# both: allow connect,bind,listen 127.0.0.0/8
# both: allow accept 127.0.0.1
# allowed: allow accept 127.0.0.3
server = socket.create_server(("127.0.0.1", 0), backlog=100)
denied = [socket.create_connection(server.getsockname(), source_address=("127.0.0.3", 0)) for _ in range(40)]
good = socket.create_connection(server.getsockname())
sock, peer = server.accept()
return peer[0] == "127.0.0.3"

### denied_peer_without_waiting
# both: allow connect,bind,listen 127.0.0.0/8
# both: allow accept 127.0.0.1
# allowed: allow accept 127.0.0.3
server = socket.create_server(("127.0.0.1", 0))
server.setblocking(False)
denied = socket.create_connection(server.getsockname(), source_address=("127.0.0.3", 0))
try:
    server.accept()
except BlockingIOError:
    assert denied.recv(1) == b""
    return False

### denied_peer_of_six
# both: allow connect,bind,listen *
# both: allow accept [::1]
# allowed: allow accept 127.0.0.1
server = socket.socket(socket.AF_INET6)
server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
server.bind(("::", 0))
server.listen()
server.setblocking(False)
denied = socket.create_connection(("127.0.0.1", server.getsockname()[1]))
try:
    server.accept()
except BlockingIOError:
    return False

### own_address_behind_the_wildcard
# both: allow connect,bind,listen *
# refused: deny listen 127.0.0.2
server = socket.create_server(("", 0))
server.setblocking(False)
peer = socket.create_connection(("127.0.0.2", server.getsockname()[1]))
try:
    server.accept()
except BlockingIOError:
    return False

### own_address_of_four_behind_the_wildcard_of_six
# both: allow connect,bind,listen *
# refused: deny listen 0.0.0.0/0
server = socket.socket(socket.AF_INET6)
server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
server.bind(("::", 0))
server.listen()
server.setblocking(False)
peer = socket.create_connection(("127.0.0.1", server.getsockname()[1]))
try:
    server.accept()
except BlockingIOError:
    return False

### denied_peer_of_socketserver
# both: allow connect,bind,listen 127.0.0.0/8
# both: allow accept 127.0.0.1
# allowed: allow accept 127.0.0.3
import socketserver

heard = []

class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        heard.append(self.client_address[0])

with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
    denied = socket.create_connection(server.server_address, source_address=("127.0.0.3", 0))
    good = socket.create_connection(server.server_address)
    server.timeout = 0
    for _ in range(3):
        server.handle_request()
return "127.0.0.3" in heard

### denied_peer_of_asyncio
# both: allow connect,bind,listen 127.0.0.0/8
# both: allow accept 127.0.0.1
# allowed: allow accept 127.0.0.3
import asyncio

heard = []

async def main():
    done = asyncio.Event()

    async def handle(reader, writer):
        heard.append(writer.get_extra_info("peername")[0])
        writer.close()
        if heard[-1] == "127.0.0.1":
            done.set()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    _, denied = await asyncio.open_connection(*address, local_addr=("127.0.0.3", 0))
    _, good = await asyncio.open_connection(*address)
    await asyncio.wait_for(done.wait(), 20)
    denied.close()
    good.close()
    server.close()

asyncio.run(main())
return "127.0.0.3" in heard
