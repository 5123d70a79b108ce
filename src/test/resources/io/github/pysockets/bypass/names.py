"""Names of hosts: who is asked for them, and which addresses they allow."""

### second_answer
# both: allow lookup rebind.test
# both: allow connect 127.0.0.1:{port}
# allowed: allow connect 127.0.0.2:{port}
# name: rebind.test = 127.0.0.1; 127.0.0.2
# shows: tcp 127.0.0.2
socket.gethostbyname("rebind.test")
socket.socket().connect(("rebind.test", PORT))

### second_answer_past_a_denial
# both: allow connect rebind.test
# refused: deny connect 127.0.0.2
# name: rebind.test = 127.0.0.1; 127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection(("rebind.test", PORT)).close()
socket.create_connection(("rebind.test", PORT))

### address_of_another_name
# both: allow lookup *
# both: allow connect good.test
# allowed: allow connect other.test
# name: other.test = 127.0.0.2
# name: good.test = 127.0.0.1
# shows: tcp 127.0.0.2
address = socket.gethostbyname("other.test")
socket.gethostbyname("good.test")
socket.create_connection((address, PORT))

### address_that_nobody_gave
# refused: allow connect good.test:{port}
# allowed: allow connect 127.0.0.2
# name: good.test = 127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection(("127.0.0.2", PORT))

### other_port_of_a_name
# refused: allow connect good.test:443
# allowed: allow connect good.test:{port}
# name: good.test = 127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection(("good.test", PORT))

### canonical_name
# both: allow lookup evil.test
# both: allow connect canonical.test
# allowed: allow connect evil.test
# name: evil.test = 127.0.0.2
# shows: tcp 127.0.0.2
found = socket.getaddrinfo("evil.test", PORT, flags=socket.AI_CANONNAME)
assert found[0][3] == "canonical.test"
socket.create_connection(found[0][4])

### alias
# both: allow lookup evil.test
# both: allow connect alias.test,canonical.test
# allowed: allow connect evil.test
# name: evil.test = 127.0.0.2
# shows: tcp 127.0.0.2
name, aliases, addresses = socket.gethostbyname_ex("evil.test")
assert aliases == ["alias.test"]
socket.create_connection((addresses[0], PORT))

### name_of_an_address
# both: allow lookup 127.0.0.2
# both: allow connect host-of-127-0-0-2.test
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
name, aliases, addresses = socket.gethostbyaddr("127.0.0.2")
assert name == "host-of-127-0-0-2.test"
socket.create_connection(("127.0.0.2", PORT))

### one_address_of_several
# both: allow connect several.test
# refused: deny connect 127.0.0.2
# name: several.test = 127.0.0.2, 127.0.0.1
# shows: tcp 127.0.0.2
return socket.create_connection(("several.test", PORT)).getpeername()[0] == "127.0.0.2"

### mapped_answer
# both: allow connect mapped.test
# refused: deny connect 127.0.0.2
# name: mapped.test = ::ffff:127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection(("mapped.test", PORT))

### answer_that_stands_for_this_host
# both: allow connect zero.test
# allowed: allow connect 127.0.0.1
# name: zero.test = 0.0.0.0
# shows: tcp 127.0.0.1
socket.create_connection(("zero.test", PORT))

### localhost_elsewhere
# both: allow connect localhost
# allowed: allow connect 192.0.2.1
# name: localhost = 192.0.2.1
# shows: connect 192.0.2.1
socket.create_connection(("localhost", PORT))

### below_localhost_elsewhere
# both: allow connect *.localhost
# allowed: allow connect 192.0.2.1
# name: a.localhost = 192.0.2.1
# shows: connect 192.0.2.1
socket.create_connection(("a.localhost", PORT))

### asked_by_gethostbyname
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.gethostbyname("evil.test")

### asked_by_gethostbyname_ex
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.gethostbyname_ex("evil.test")

### asked_by_gethostbyaddr
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.gethostbyaddr("evil.test")

### asked_by_getfqdn
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
return socket.getfqdn("evil.test") != "evil.test"

### asked_by_getaddrinfo
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.getaddrinfo("evil.test", 80)

### asked_for_the_canonical_name
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.getaddrinfo("evil.test", 80, flags=socket.AI_CANONNAME)

### asked_for_a_passive_address
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.getaddrinfo("evil.test", 80, flags=socket.AI_PASSIVE)

### asked_for_mapped_addresses
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.getaddrinfo("evil.test", 80, flags=socket.AI_V4MAPPED | socket.AI_ALL | socket.AI_ADDRCONFIG)

### asked_with_unknown_flags
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.getaddrinfo("evil.test", 80, flags=0x40 | 0x80 | 0x400 | 0x10000)

### asked_with_bytes
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.getaddrinfo(b"evil.test", b"80")

### asked_with_bytearray
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.gethostbyname(bytearray(b"evil.test"))

### asked_by_connect
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.socket().connect(("evil.test", 1))

### asked_by_connect_ex
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
return socket.socket().connect_ex(("evil.test", 1)) != errno.EACCES

### asked_by_bind
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.socket().bind(("evil.test", 0))

### asked_by_sendto
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("evil.test", 1))

### asked_by_sendmsg
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b"x"], [], 0, ("evil.test", 1))

### asked_by_create_connection
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow bind,connect,send 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.create_connection(("evil.test", 1))

### asked_by_create_server
# refused: allow connect *.good.test,good.test
# allowed: allow lookup evil.test
# allowed: allow listen 127.0.0.2
# allowed: allow lookup 127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.create_server(("evil.test", 0))

### longer_beginning
# refused: allow lookup *.good.test
# allowed: allow lookup *
# shows: asked evilgood.test
socket.getaddrinfo(b"evilgood.test", 80)

### longer_end
# refused: allow lookup good.test
# allowed: allow lookup *
# shows: asked good.test.evil.test
socket.getaddrinfo(b"good.test.evil.test", 80)

### name_below
# refused: allow lookup good.test
# allowed: allow lookup *
# shows: asked secret.good.test
socket.getaddrinfo(b"secret.good.test", 80)

### name_above
# refused: allow lookup *.good.test
# allowed: allow lookup *
# shows: asked good.test
socket.getaddrinfo(b"good.test", 80)

### empty_label
# refused: allow lookup good.test
# allowed: allow lookup *
# shows: asked good.test..
socket.getaddrinfo(b"good.test..", 80)

### text_after_white_space
# refused: allow lookup good.test
# allowed: allow lookup *
# shows: asked good.test evil.test
socket.getaddrinfo(b"good.test evil.test", 80)

### upper_case_past_a_denial
# both: allow lookup *
# refused: deny lookup evil.test
# name: EVIL.Test = 127.0.0.1
# shows: asked EVIL.Test
socket.gethostbyname("EVIL.Test")

### final_dot_past_a_denial
# both: allow lookup *
# refused: deny lookup evil.test
# name: evil.test. = 127.0.0.1
# shows: asked evil.test.
socket.gethostbyname("evil.test.")

### wide_letters_past_a_denial
# both: allow lookup *
# refused: deny lookup evil.test
# name: evil.test = 127.0.0.1
# shows: asked evil.test
socket.gethostbyname("\uff45vil\u3002test")

### bytes_that_only_look_like_the_name
# refused: allow lookup good.test
# allowed: allow lookup *
# shows: asked go­od.test
socket.getaddrinfo(b"go\xadod.test", 80)

### raised_digit_that_only_looks_like_the_name
# refused: allow lookup good2.test
# allowed: allow lookup *
# shows: asked good².test
socket.gethostbyname(b"good\xb2.test")

### name_of_an_address_by_gethostbyaddr
# refused: allow lookup 192.0.2.8
# allowed: allow lookup 192.0.2.9
# shows: asked about 192.0.2.9
socket.gethostbyaddr("192.0.2.9")

### name_of_an_address_by_getnameinfo
# refused: allow lookup 192.0.2.8
# allowed: allow lookup 192.0.2.9
# shows: asked about 192.0.2.9
socket.getnameinfo(("192.0.2.9", 80), 0)

### name_of_an_address_required
# refused: allow lookup 192.0.2.8
# allowed: allow lookup 192.0.2.9
# shows: asked about 192.0.2.9
socket.getnameinfo(("192.0.2.9", 80), socket.NI_NAMEREQD | socket.NI_DGRAM)

### name_of_an_address_by_getfqdn
# refused: allow lookup 192.0.2.8
# allowed: allow lookup 192.0.2.9
# shows: asked about 192.0.2.9
return socket.getfqdn("192.0.2.9") != "192.0.2.9"

### name_of_an_address_in_decimal
# refused: allow lookup 192.0.2.8
# allowed: allow lookup 192.0.2.9
# shows: asked about 192.0.2.9
socket.gethostbyaddr("3221225993")

### odd_label_past_a_denial
# both: allow lookup *
# refused: deny lookup *.evil.test,evil.test
# shows: asked -secret.evil.test
socket.getaddrinfo(b"-secret.evil.test", 80)

### white_space_past_a_denial
# both: allow lookup *
# refused: deny lookup *.evil.test,evil.test
# shows: asked a b.evil.test
socket.getaddrinfo(b"a b.evil.test", 80)

### byte_outside_ascii_past_a_denial
# both: allow lookup *
# refused: deny lookup *.evil.test,evil.test
# shows: asked aÿ.EVIL.test.
socket.getaddrinfo(b"a\xff.EVIL.test.", 80)

### dots_past_a_denial
# both: allow lookup *
# refused: deny lookup *.evil.test,evil.test
# shows: asked evil.test..
socket.getaddrinfo(b"evil.test..", 80)
