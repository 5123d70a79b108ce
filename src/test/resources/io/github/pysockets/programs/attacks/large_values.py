# A value of an option that is larger than any has to be.
import socket

left, right = socket.socketpair()
left.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, bytes([0, 16, 0, 0]) + bytes(64 << 20))
assert left.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) == 8192
