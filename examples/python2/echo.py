"""An echo server for Python 2.7, and its client: ./pysockets --jython examples/python2/echo.py

The server takes one connection; port 0 lets the system choose a port for it.
"""

import socket
import threading

HOST = "127.0.0.1"


def serve(listener):
    conn, addr = listener.accept()
    print "Connected by a client on", addr[0]
    while True:
        data = conn.recv(1024)
        if not data:
            break
        conn.send(data)
    conn.close()


listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind((HOST, 0))
listener.listen(1)
server = threading.Thread(target=serve, args=(listener,))
server.start()

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(listener.getsockname())
s.send("Hello, world")
data = s.recv(1024)
s.close()
server.join()
listener.close()
print "Received", repr(data)
