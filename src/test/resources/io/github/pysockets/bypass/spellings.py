"""Other spellings of addresses, and addresses that stand for others."""

### decimal_number
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("2130706434", PORT))

### hexadecimal_number
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("0x7f000002", PORT))

### octal_number
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("017700000002", PORT))

### octal_part
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("0177.0.0.02", PORT))

### hexadecimal_part
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("0x7F.0x0.0x0.0X2", PORT))

### two_parts
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("127.2", PORT))

### three_parts
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("127.0.2", PORT))

### leading_zeros
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("127.000.000.002", PORT))

### mixed_parts
# refused: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.create_connection(("0177.0x2", PORT))

### mapped
# refused: allow connect 127.0.0.1,[::]:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET6).connect(("::ffff:127.0.0.2", PORT))

### mapped_in_hexadecimal
# refused: allow connect 127.0.0.1,[::]:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET6).connect(("::ffff:7f00:2", PORT))

### mapped_upper_case
# refused: allow connect 127.0.0.1,[::]:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET6).connect(("::FFFF:7F00:2", PORT))

### mapped_in_full
# refused: allow connect 127.0.0.1,[::]:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET6).connect(("0:0:0:0:0:ffff:127.0.0.2", PORT))

### mapped_with_zeros
# refused: allow connect 127.0.0.1,[::]:{port}
# allowed: allow connect 127.0.0.2:{port}
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET6).connect(("0000:0000:0000::FFFF:7f00:0002", PORT))

### mapped_past_a_denial
# both: allow connect *
# refused: deny connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET6).connect(("::ffff:127.0.0.2", PORT))

### long_form_of_loopback
# both: allow connect *
# refused: deny connect [::1]:{port}
# shows: tcp ::1
socket.socket(socket.AF_INET6).connect(("0:0:0:0:0:0:0:1", PORT))

### zone
# both: allow connect *
# refused: deny @linklocal
# shows: connect fe80::1
socket.socket(socket.AF_INET6).connect(("fe80::1", PORT, 0, 1))

### zone_in_the_text
# both: allow connect *
# refused: deny @linklocal
# shows: connect fe80::1
socket.socket(socket.AF_INET6).connect(("fe80::1%lo", PORT))

### zero
# refused: allow connect 0.0.0.0,127.0.0.2
# allowed: allow connect 127.0.0.1
# shows: tcp 127.0.0.1
socket.socket().connect(("0", PORT))

### zeros
# refused: allow connect 0.0.0.0,127.0.0.2
# allowed: allow connect 127.0.0.1
# shows: tcp 127.0.0.1
socket.socket().connect(("0.0.0.0", PORT))

### empty_host
# refused: allow connect 0.0.0.0,127.0.0.2
# allowed: allow connect 127.0.0.1
# shows: tcp 127.0.0.1
socket.socket().connect(("", PORT))

### hexadecimal_zero
# refused: allow connect 0.0.0.0,127.0.0.2
# allowed: allow connect 127.0.0.1
# shows: tcp 127.0.0.1
socket.socket().connect(("0x0", PORT))

### zeros_past_a_denial_of_loopback
# both: allow connect *
# refused: deny @loopback
# shows: tcp 127.0.0.1
socket.socket().connect(("0.0.0.0", PORT))

### unspecified
# refused: allow connect [::],127.0.0.1
# allowed: allow connect @loopback
# shows: tcp ::1
socket.socket(socket.AF_INET6).connect(("::", PORT))

### empty_host_of_six
# refused: allow connect [::],127.0.0.1
# allowed: allow connect @loopback
# shows: tcp ::1
socket.socket(socket.AF_INET6).connect(("", PORT))

### unspecified_in_full
# refused: allow connect [::],127.0.0.1
# allowed: allow connect @loopback
# shows: tcp ::1
socket.socket(socket.AF_INET6).connect(("0:0::0:0", PORT))

### mapped_zeros
# refused: allow connect [::],[::1],127.0.0.2
# allowed: allow connect 127.0.0.1
# shows: tcp 127.0.0.1
socket.socket(socket.AF_INET6).connect(("::ffff:0.0.0.0", PORT))

### zeros_from_another_own_address
# refused: allow connect 127.0.0.1:{port}
# refused: allow bind 127.0.0.2
# with: free
# shows: tcp 127.0.0.2
sock = socket.socket()
sock.bind(("127.0.0.2", 0))
sock.connect(("0.0.0.0", PORT))

### zeros_as_receiver_from_another_own_address
# refused: allow send 127.0.0.1:{port}
# refused: allow bind 127.0.0.2
# with: free
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("127.0.0.2", 0))
sock.sendto(b"x", ("", PORT))

### unspecified_from_a_mapped_address
# refused: allow connect [::1]:{port}
# refused: allow bind 127.0.0.1
# with: free
# shows: tcp 127.0.0.1
sock = socket.socket(socket.AF_INET6)
sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
sock.bind(("::ffff:127.0.0.1", 0))
sock.connect(("::", PORT))

### unspecified_as_receiver_from_a_mapped_address
# refused: allow send [::1]:{port}
# refused: allow bind 127.0.0.1
# with: free
# shows: udp 127.0.0.1
sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
sock.bind(("::ffff:127.0.0.1", 0))
sock.sendto(b"x", ("::", PORT))

### compatible_address_leaves_the_host
# both: allow connect @loopback
# allowed: allow connect [::127.0.0.2]
# shows: connect ::127.0.0.2
socket.socket(socket.AF_INET6).connect(("::127.0.0.2", PORT))

### nat64_of_loopback_leaves_the_host
# both: allow connect @loopback
# allowed: allow connect [64:ff9b::7f00:2]
# shows: connect 64:ff9b::7f00:2
socket.socket(socket.AF_INET6).connect(("64:ff9b::127.0.0.2", PORT))

### nat64_of_zeros_leaves_the_host
# both: allow connect @loopback
# allowed: allow connect [64:ff9b::]
# shows: connect 64:ff9b::
socket.socket(socket.AF_INET6).connect(("64:ff9b::", PORT))

### nat64_past_a_denial
# both: allow connect *
# refused: deny @private
# shows: connect 64:ff9b::a00:1
socket.socket(socket.AF_INET6).connect(("64:ff9b::10.0.0.1", PORT))

### nat64_of_loopback_past_a_denial
# both: allow connect *
# refused: deny @loopback,@reserved
# shows: connect 64:ff9b::7f00:1
socket.socket(socket.AF_INET6).connect(("64:ff9b::127.0.0.1", PORT))

### broadcast_by_name
# refused: allow send 127.0.0.0/8
# allowed: allow send @broadcast
# shows: send 255.255.255.255
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("<broadcast>", PORT))

### other_port
# refused: allow connect 127.0.0.2:1-{port}
# refused: deny connect 127.0.0.2:{port}
# allowed: allow connect 127.0.0.2:1-{port}
# shows: tcp 127.0.0.2
socket.create_connection(("127.0.0.2", PORT))
