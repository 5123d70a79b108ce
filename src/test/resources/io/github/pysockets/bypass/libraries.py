"""Ways through the standard library."""

### asyncio_connection
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
import asyncio

async def main():
    _, writer = await asyncio.open_connection("127.0.0.2", PORT)
    writer.close()

asyncio.run(main())

### asyncio_connection_to_a_later_address
# name: several.test = 127.0.0.9, 127.0.0.2
# both: allow connect 127.0.0.9
# both: allow lookup several.test
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
import asyncio

async def main():
    _, writer = await asyncio.open_connection("several.test", PORT)
    writer.close()

try:
    asyncio.run(main())
except ConnectionRefusedError:
    return False
except OSError as failure:
    return "Permission denied" not in str(failure)

### asyncio_connection_with_happy_eyeballs
# name: several.test = ::1, 127.0.0.2
# both: allow lookup several.test
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
import asyncio

async def main():
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(asyncio.Protocol, "several.test", PORT, happy_eyeballs_delay=0.1)
    transport.close()

try:
    asyncio.run(main())
except OSError as failure:
    return "Permission denied" not in str(failure)

### asyncio_socket
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
import asyncio

async def main():
    sock = socket.socket()
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.2", PORT))

asyncio.run(main())

### asyncio_sendto
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
import asyncio

async def main():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_sendto(sock, b"x", ("127.0.0.2", PORT))

asyncio.run(main())

### asyncio_datagrams
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
import asyncio

failures = []

class Sender(asyncio.DatagramProtocol):
    def error_received(self, failure):
        failures.append(failure)

async def main():
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Sender, family=socket.AF_INET)
    transport.sendto(b"x", ("127.0.0.2", PORT))
    transport.close()

asyncio.run(main())
if failures:
    raise failures[0]

### asyncio_datagrams_to_one
# refused: allow connect,send 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: udp 127.0.0.2
import asyncio

async def main():
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        asyncio.DatagramProtocol, remote_addr=("127.0.0.2", PORT)
    )
    transport.sendto(b"x")
    transport.close()

asyncio.run(main())

### asyncio_unix_connection
# refused: allow connect unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
import asyncio

async def main():
    _, writer = await asyncio.open_unix_connection(FOLDER + "/open/way/sock")
    writer.close()

asyncio.run(main())

### asyncio_name
# name: evil.test = 127.0.0.2
# refused: allow lookup good.test
# allowed: allow lookup evil.test
# shows: asked evil.test
import asyncio

async def main():
    await asyncio.get_running_loop().getaddrinfo("evil.test", 80)

asyncio.run(main())

### redirect_of_http
# both: allow connect,bind,listen 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
import urllib.error
import urllib.request

server = socket.create_server(("127.0.0.1", 0))

def serve():
    client, _ = server.accept()
    with client:
        client.recv(10000)
        client.sendall(b"HTTP/1.0 302 Found\r\nLocation: http://127.0.0.2:%d/\r\n\r\n" % PORT)

thread = threading.Thread(target=serve)
thread.start()
try:
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
        "http://127.0.0.1:%d/" % server.getsockname()[1], timeout=1
    )
except urllib.error.URLError as failure:
    if isinstance(failure.reason, PermissionError):
        raise failure.reason
finally:
    thread.join()

### connection_of_http
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
import http.client

http.client.HTTPConnection("127.0.0.2", PORT, timeout=5).connect()

### proxy_of_http
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
import http.client

connection = http.client.HTTPConnection("127.0.0.2", PORT, timeout=1)
connection.set_tunnel("127.0.0.1", 80)
connection.connect()

### connection_of_multiprocessing
# refused: allow connect unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# with: native
# shows: unix denied
from multiprocessing.connection import SocketClient

SocketClient(FOLDER + "/denied/sock")

### log_over_the_network
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
import logging.handlers

handler = logging.handlers.DatagramHandler("127.0.0.2", PORT)
handler.send(b"x")
