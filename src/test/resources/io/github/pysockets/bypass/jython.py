"""What differs under Jython: Python 2 texts, and calls of its own socket module."""

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

### create_connection
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection(("127.0.0.2", PORT), 5)

### decimal_number
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection(("2130706434", PORT))

### unicode_host
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection((u"0x7f.2", PORT))

### tuple_of_a_subclass
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
class Address(tuple):
    def __getitem__(self, at):
        return ("127.0.0.1", PORT)[at]

    def __iter__(self):
        return iter(("127.0.0.1", PORT))

socket.socket().connect(Address(("127.0.0.2", PORT)))

### mapped
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket(socket.AF_INET6).connect(("::ffff:127.0.0.2", PORT))

### empty_host
# refused: allow connect 127.0.0.2
# allowed: allow connect 127.0.0.1
# shows: tcp 127.0.0.1
socket.socket().connect(("", PORT))

### sendto
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto("x", ("127.0.0.2", PORT))

### sendto_with_flags
# refused: allow send 127.0.0.1
# allowed: allow send 127.0.0.2
# shows: udp 127.0.0.2
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(buffer("x"), 0, ("127.0.0.2", PORT))

### sendto_that_connects
# both: allow send 127.0.0.2
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
socket.socket().sendto("x", 0x20000000, ("127.0.0.2", PORT))

### datagram_socket_that_is_connected_again
# both: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.connect(("127.0.0.1", PORT))
refused = sock.connect_ex(("127.0.0.2", PORT))
sock.send("x")
return refused == 0

### second_answer
# both: allow lookup rebind.test
# both: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# name: rebind.test = 127.0.0.1; 127.0.0.2
# shows: tcp 127.0.0.2
socket.gethostbyname("rebind.test")
socket.create_connection(("rebind.test", PORT))

### canonical_name
# both: allow lookup evil.test
# both: allow connect canonical.test
# allowed: allow connect evil.test
# name: evil.test = 127.0.0.2
# shows: tcp 127.0.0.2
socket.create_connection(("evil.test", PORT))

### asked_by_gethostbyname
# refused: allow connect good.test
# allowed: allow lookup evil.test
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.gethostbyname("evil.test")

### asked_by_gethostbyname_ex
# refused: allow connect good.test
# allowed: allow lookup evil.test
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.gethostbyname_ex(u"evil.test")

### asked_by_gethostbyaddr
# refused: allow connect good.test
# allowed: allow lookup evil.test
# name: evil.test = 127.0.0.2
# shows: asked evil.test
try:
    socket.gethostbyaddr("evil.test")
except socket.error as failure:
    # The address of the name may still not be asked about.
    return "127.0.0.2" in str(failure)

### asked_by_getaddrinfo
# refused: allow connect good.test
# allowed: allow lookup evil.test
# name: evil.test = 127.0.0.2
# shows: asked evil.test
socket.getaddrinfo("evil.test", 80)

### asked_by_getfqdn
# refused: allow connect good.test
# allowed: allow lookup evil.test,127.0.0.2
# name: evil.test = 127.0.0.2
# shows: asked evil.test
return socket.getfqdn("evil.test") != "evil.test"

### name_of_an_address
# refused: allow lookup 192.0.2.8
# allowed: allow lookup 192.0.2.9
# shows: asked about 192.0.2.9
socket.getnameinfo(("192.0.2.9", 80), 0)

### bytes_that_only_look_like_the_name
# refused: allow lookup good.test
# allowed: allow lookup *
# shows: asked go­od.test
socket.getaddrinfo("go\xadod.test", 80)

### upper_case_past_a_denial
# both: allow lookup *
# refused: deny lookup evil.test
# name: EVIL.Test = 127.0.0.2
# shows: asked EVIL.Test
socket.gethostbyname(u"EVIL.Test")

### raw
# refused: allow *
# allowed: allow socket raw
# shows: socket 2/3/1
socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)

### broadcasts
# refused: allow *
# allowed: allow option SO_BROADCAST
# shows: option 1/6
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, "\1\0\0\0")

### source_route
# refused: allow *
# allowed: allow option IP_OPTIONS
# shows: option 0/4
route = "\1\x83\7\4" + socket.inet_aton("192.0.2.1")
socket.socket().setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, route)

### group
# refused: allow multicast 239.1.2.4
# allowed: allow multicast 239.1.2.3
# shows: option 0/35
group = socket.inet_aton("239.1.2.3") + socket.inet_aton("127.0.0.1")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)

### path_with_dots
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/../denied/sock")

### link_to_a_folder
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + u"/open/way/sock")

### link_that_comes_to_lead_elsewhere
# both: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/
# with: swap
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/swapped")
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/swapped")

### abstract_name
# refused: allow unix:@{abstract}/open/*
# allowed: allow connect unix:@{abstract}/denied/sock
# shows: unix abstract denied
socket.socket(socket.AF_UNIX).connect(ABSTRACT + "/denied/sock")

### bind
# refused: allow bind 127.0.0.1
# allowed: allow bind 0.0.0.0
# shows: bind 0.0.0.0
socket.socket().bind(("", 0))

### listen_without_bind
# refused: allow listen 127.0.0.1
# allowed: allow listen 0.0.0.0
# shows: listen
socket.socket().listen(1)

### denied_peer_before_an_allowed_one
# both: allow connect,bind,listen 127.0.0.0/8
# both: allow accept 127.0.0.1
# allowed: allow accept 127.0.0.3
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(5)
denied = socket.create_connection(server.getsockname(), 20, ("127.0.0.3", 0))
good = socket.create_connection(server.getsockname())
sock, peer = server.accept()
return peer[0] == "127.0.0.3"

### copy_of_a_socket
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
fresh = socket.socket()
socket.fromfd(fresh.fileno(), socket.AF_INET, socket.SOCK_STREAM).dup().connect(("127.0.0.2", PORT))

### redirect_of_http
# both: allow connect,bind,listen 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
import urllib2

server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(5)

def serve():
    client, _ = server.accept()
    client.recv(10000)
    client.sendall("HTTP/1.0 302 Found\r\nLocation: http://127.0.0.2:%d/\r\n\r\n" % PORT)
    client.close()

thread = threading.Thread(target=serve)
thread.start()
try:
    urllib2.build_opener(urllib2.ProxyHandler({})).open("http://127.0.0.1:%d/" % server.getsockname()[1], timeout=1)
except urllib2.URLError as failure:
    raise failure.reason
finally:
    thread.join()
