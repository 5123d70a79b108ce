"""Every call that takes an address."""

### connect
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket().connect(("127.0.0.2", PORT))

### connect_ex
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
return socket.socket().connect_ex(("127.0.0.2", PORT)) != errno.EACCES

### connect_without_waiting
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
sock = socket.socket()
sock.setblocking(False)
return sock.connect_ex(("127.0.0.2", PORT)) != errno.EACCES

### connect_again_after_a_refusal
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
sock = socket.socket()
sock.connect_ex(("127.0.0.2", PORT))
return sock.connect_ex(("127.0.0.2", PORT)) != errno.EACCES

### create_connection
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection(("127.0.0.2", PORT), 5, all_errors=False)

### send_where_connect_is_allowed
# both: allow connect 127.0.0.2
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.2", PORT))

### connect_where_send_is_allowed
# both: allow send 127.0.0.2
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket().connect(("127.0.0.2", PORT))

### sendto
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.2", PORT))

### sendto_with_flags
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendto(b"x", socket.MSG_DONTROUTE | socket.MSG_CONFIRM | socket.MSG_DONTWAIT, ("127.0.0.2", PORT))

### sendto_nothing
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", ("127.0.0.2", PORT))

### sendto_in_parts
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendto(b"x", socket.MSG_MORE, ("127.0.0.1", PORT)) if sock.connect_ex(("127.0.0.1", PORT)) == 0 else None
sock.sendto(b"y", ("127.0.0.2", PORT))

### sendmsg
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b"x", b"y"], [], 0, ("127.0.0.2", PORT))

### sendmsg_with_ancillary_data
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_TTL, struct.pack("i", 9))], 0, ("127.0.0.2", PORT))

### datagram_socket_that_is_connected
# refused: allow send,connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect(("127.0.0.2", PORT))
sock.send(b"x")

### datagram_socket_that_is_connected_again
# both: allow send,connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect(("127.0.0.1", PORT))
sock.send(b"x")
refused = sock.connect_ex(("127.0.0.2", PORT))
sock.send(b"y")
return refused == 0

### connected_datagram_socket_that_sends_elsewhere
# both: allow send,connect 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect(("127.0.0.1", PORT))
sock.sendto(b"y", ("127.0.0.2", PORT))

### sendto_that_connects
# both: allow send 127.0.0.2
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket().sendto(b"x", socket.MSG_FASTOPEN, ("127.0.0.2", PORT))

### sendmsg_that_connects
# both: allow send 127.0.0.2
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket().sendmsg([b"x"], [], socket.MSG_FASTOPEN, ("127.0.0.2", PORT))

### sendto_of_six_that_connects
# both: allow send 127.0.0.2
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET6).sendto(b"x", socket.MSG_FASTOPEN, ("::ffff:127.0.0.2", PORT))

### first_send_that_connects
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
sock = socket.socket()
sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN_NO_COOKIE, 1)
sock.setsockopt(socket.IPPROTO_TCP, 30, 1)
refused = sock.connect_ex(("127.0.0.2", PORT))
try:
    sock.send(b"x")
except BrokenPipeError:
    return False
return refused == 0

### multipath_tcp
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_MPTCP).connect(("127.0.0.2", PORT))

### multipath_tcp_that_connects_by_sending
# both: allow send 127.0.0.2
# allowed: allow connect 127.0.0.2
# shows: send 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_MPTCP).sendto(
    b"x", socket.MSG_FASTOPEN, ("127.0.0.2", PORT)
)

### udp_lite
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: send 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDPLITE).sendto(b"x", ("127.0.0.2", PORT))

### socket_of_six_with_an_address_of_four
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, fileno=six.detach())
sock.sendto(b"x", ("127.0.0.2", PORT))

### socket_of_six_that_connects_to_an_address_of_four
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: udp 127.0.0.2
six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, fileno=six.detach())
sock.connect(("127.0.0.2", PORT))
sock.send(b"x")

### stream_that_passes_for_a_datagram_socket
# both: allow send 127.0.0.2
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
stream = socket.socket()
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, fileno=stream.detach())
sock.sendto(b"x", socket.MSG_FASTOPEN, ("127.0.0.2", PORT))

### receiver_of_six_that_is_mapped
# refused: allow send 127.0.0.1,[::]
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"x", ("::ffff:127.0.0.2", PORT))

### source_that_zeros_lead_to
# both: allow send 127.0.0.1
# refused: allow option IP_RETOPTS
# allowed: allow option IP_PKTINFO
# shows: udp 127.0.0.1
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
source = struct.pack("=i4s4s", 0, socket.inet_aton("127.0.0.2"), bytes(4))
sock.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_PKTINFO, source)], 0, ("0.0.0.0", PORT))

### multicast_receiver
# refused: allow send 127.0.0.0/8
# allowed: allow send @multicast
# shows: send 239.1.2.3
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("239.1.2.3", PORT))

### bind
# refused: allow bind 127.0.0.1
# allowed: allow bind 127.0.0.2
# shows: bind 127.0.0.2
socket.socket().bind(("127.0.0.2", 0))

### wildcard_bind
# refused: allow bind 127.0.0.0/8
# allowed: allow bind 0.0.0.0
# shows: bind 0.0.0.0
socket.socket().bind(("", 0))

### wildcard_bind_of_six
# refused: allow bind 127.0.0.0/8,0.0.0.0
# allowed: allow bind [::]
# shows: bind ::
socket.socket(socket.AF_INET6).bind(("", 0))

### bind_where_connect_is_allowed
# both: allow connect,send,lookup *
# allowed: allow bind 127.0.0.1
# shows: bind 127.0.0.1
socket.socket().bind(("127.0.0.1", 0))

### bind_where_listen_is_denied
# both: allow listen 127.0.0.0/8
# refused: deny listen 127.0.0.2
# shows: bind 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).bind(("127.0.0.2", 0))
