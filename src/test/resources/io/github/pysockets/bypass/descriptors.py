"""Descriptors that others have made: by SCM_RIGHTS, and by their numbers."""

### connection_of_somebody_else
# both: allow connect unix:{folder}/helper
# allowed: allow connect 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"tcp2")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
if not fds:
    return False
socket.socket(fileno=fds[0]).send(b"x")

### refused_one_of_several
# both: allow connect unix:{folder}/helper
# both: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"tcp1 tcp2 udp1 udp2 listener2")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
return "127.0.0.2" in [socket.socket(fileno=fd).getpeername()[0] for fd in fds]

### refused_one_in_a_message
# both: allow connect unix:{folder}/helper
# allowed: allow connect 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"tcp2 tcp2")
data, control, flags, _ = helper.recvmsg(10, 1000)
if flags & socket.MSG_CTRUNC:
    assert not control
    return False
assert len(control[0][2]) == 8

### message_into_buffers
# both: allow connect unix:{folder}/helper
# allowed: allow connect 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"tcp2")
size, control, flags, _ = helper.recvmsg_into([bytearray(10)], 1000)
return bool(control)

### datagrams_of_somebody_else
# both: allow connect unix:{folder}/helper
# allowed: allow connect 127.0.0.2
# shows: udp 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"udp2")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
if not fds:
    return False
socket.socket(fileno=fds[0]).send(b"x")

### connection_that_the_first_bytes_begin
# both: allow connect unix:{folder}/helper
# refused: allow connect 127.0.0.1
# allowed: allow connect *
# shows: tcp 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"deferred2")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
if not fds:
    return False
socket.socket(fileno=fds[0]).send(b"x")

### connection_that_the_first_bytes_begin_by_write
# both: allow connect unix:{folder}/helper
# refused: allow connect 127.0.0.1
# allowed: allow connect *
# shows: tcp 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"deferred2")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
if not fds:
    return False
os.write(fds[0], b"x")

### copy_of_a_connection_that_the_first_bytes_begin
# both: allow connect unix:{folder}/helper
# refused: allow connect 127.0.0.1
# allowed: allow connect *
# shows: tcp 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"deferred2")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
if not fds:
    return False
socket.fromfd(socket.dup(fds[0]), socket.AF_INET, socket.SOCK_STREAM).dup().sendall(b"x")

### listener_of_somebody_else
# both: allow connect unix:{folder}/helper
# allowed: allow listen 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"listener2")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
return bool(fds)

### fresh_socket_of_somebody_else
# both: allow connect unix:{folder}/helper
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"fresh")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
socket.socket(fileno=fds[0]).sendto(b"x", ("127.0.0.2", PORT))

### fresh_socket_of_somebody_else_that_connects
# both: allow connect unix:{folder}/helper
# allowed: allow connect 127.0.0.2
# shows: udp 127.0.0.2
helper = socket.socket(socket.AF_UNIX)
helper.connect(FOLDER + "/helper")
helper.send(b"fresh")
data, fds, flags, _ = socket.recv_fds(helper, 10, 9)
sock = socket.socket(fileno=fds[0])
sock.connect(("127.0.0.2", PORT))
sock.send(b"x")

### copy_of_a_socket
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
sock = socket.socket()
copy = socket.fromfd(sock.fileno(), sock.family, sock.type)
copy.dup().connect(("127.0.0.2", PORT))

### detached_socket
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket(fileno=socket.socket().detach()).connect(("127.0.0.2", PORT))

### own_socket_that_was_sent_around
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
left, right = socket.socketpair()
fresh = socket.socket()
socket.send_fds(left, [b"x"], [fresh.fileno()])
data, fds, flags, _ = socket.recv_fds(right, 10, 1)
socket.socket(fileno=fds[0]).connect(("127.0.0.2", PORT))
