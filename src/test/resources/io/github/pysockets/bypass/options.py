"""Options, ancillary data and commands that choose another way than the address does."""

### broadcasts
# both: allow send *
# allowed: allow option SO_BROADCAST
# shows: option 1/6
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)

### broadcasts_by_bytes
# both: allow send *
# allowed: allow option SO_BROADCAST
# shows: option 1/6
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, b"\0\0\0\1")

### broadcasts_by_more_bytes
# both: allow send *
# allowed: allow option SO_BROADCAST
# shows: option 1/6
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(
    socket.SOL_SOCKET, socket.SO_BROADCAST, b"\1\0\0\0\0\0\0\0"
)

### other_interface
# both: allow send *
# allowed: allow option SO_BINDTODEVICE
# shows: option 1/25
socket.socket().setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo\0")

### other_interface_by_number
# both: allow send *
# allowed: allow option SO_BINDTOIFINDEX
# shows: option 1/62
socket.socket().setsockopt(socket.SOL_SOCKET, 62, 1)

### other_interface_of_four
# both: allow send *
# allowed: allow option IP_UNICAST_IF
# shows: option 0/50
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IP, 50, socket.htonl(1))

### other_interface_of_six
# both: allow send *
# allowed: allow option IPV6_UNICAST_IF
# shows: option 41/76
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, 76, socket.htonl(1))

### other_interface_for_one_message
# both: allow send *
# allowed: allow option IP_PKTINFO
# shows: ancillary 0/8
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
where = struct.pack("=i4s4s", 1, bytes(4), bytes(4))
sock.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_PKTINFO, where)], 0, ("127.0.0.1", PORT))

### other_source_for_one_message
# both: allow send *
# allowed: allow option IP_PKTINFO
# shows: ancillary 0/8
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
where = struct.pack("=i4s4s", 0, socket.inet_aton("127.0.0.9"), bytes(4))
sock.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_PKTINFO, where)], 0, ("127.0.0.1", PORT))

### other_interface_for_one_message_of_six
# both: allow send *
# allowed: allow option IPV6_PKTINFO
# shows: ancillary 41/50
sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
where = bytes(16) + struct.pack("=i", 1)
sock.sendmsg([b"x"], [(socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, where)], 0, ("::1", PORT))

### other_source_and_interface_of_six
# both: allow send *
# allowed: allow option IPV6_PKTINFO
# shows: option 41/50
where = socket.inet_pton(socket.AF_INET6, "::1") + struct.pack("=i", 1)
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, where)

### flow_label_with_a_route
# both: allow send *
# allowed: allow option IPV6_FLOWLABEL_MGR
# shows: option 41/32
label = socket.inet_pton(socket.AF_INET6, "::1") + struct.pack("!IBBHHHI", 0x12345, 0, 255, 0, 6, 60, 0)
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, 32, label)

### mark_for_routes
# both: allow send *
# allowed: allow option SO_MARK
# with: trusted
# shows: option 1/36
socket.socket().setsockopt(socket.SOL_SOCKET, socket.SO_MARK, 7)

### mark_for_one_message
# both: allow send *
# allowed: allow option *
# with: trusted
# shows: ancillary 1/36
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendmsg([b"x"], [(socket.SOL_SOCKET, 36, struct.pack("i", 7))], 0, ("127.0.0.1", PORT))

### source_route
# both: allow *
# allowed: allow option IP_OPTIONS
# shows: option 0/4
route = bytes([1, 131, 7, 4]) + socket.inet_aton("192.0.2.1")
socket.socket().setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, route)

### source_route_for_one_message
# both: allow *
# allowed: allow option IP_RETOPTS
# shows: ancillary 0/7
route = bytes([1, 131, 7, 4]) + socket.inet_aton("192.0.2.1")
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendmsg([b"x"], [(socket.IPPROTO_IP, socket.IP_RETOPTS, route)], 0, ("127.0.0.1", PORT))

### routing_header
# both: allow *
# allowed: allow option IPV6_RTHDR
# shows: option 41/57
route = bytes([0, 2, 2, 1, 0, 0, 0, 0]) + socket.inet_pton(socket.AF_INET6, "2001:db8::1")
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RTHDR, route)

### routing_header_for_one_message
# both: allow *
# allowed: allow option IPV6_RTHDR
# shows: ancillary 41/57
route = bytes([0, 2, 2, 1, 0, 0, 0, 0]) + socket.inet_pton(socket.AF_INET6, "2001:db8::1")
sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sock.sendmsg([b"x"], [(socket.IPPROTO_IPV6, socket.IPV6_RTHDR, route)], 0, ("::1", PORT))

### routing_header_in_its_old_form
# both: allow *
# allowed: allow option IPV6_2292RTHDR
# shows: ancillary 41/5
route = bytes([0, 2, 2, 1, 0, 0, 0, 0]) + socket.inet_pton(socket.AF_INET6, "2001:db8::1")
sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
sock.sendmsg([b"x"], [(socket.IPPROTO_IPV6, 5, route)], 0, ("::1", PORT))

### old_options_of_six
# both: allow *
# allowed: allow option IPV6_2292PKTOPTIONS
# shows: option 41/6
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, 6, bytes(24))

### next_hop
# both: allow *
# allowed: allow option IPV6_NEXTHOP
# shows: option 41/9
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, socket.IPV6_NEXTHOP, bytes(28))

### hop_by_hop_options
# both: allow *
# allowed: allow option IPV6_HOPOPTS
# shows: option 41/54
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, socket.IPV6_HOPOPTS, bytes(8))

### addresses_of_others
# both: allow *
# allowed: allow option IP_FREEBIND
# shows: option 0/15
socket.socket().setsockopt(socket.IPPROTO_IP, 15, 1)

### connections_of_others
# both: allow *
# allowed: allow option IP_TRANSPARENT
# with: trusted
# shows: option 0/19
socket.socket().setsockopt(socket.IPPROTO_IP, socket.IP_TRANSPARENT, 1)

### headers_of_its_own
# both: allow *
# both: allow socket raw
# allowed: allow option IP_HDRINCL
# shows: option 0/3
socket.socket(socket.AF_INET, socket.SOCK_STREAM).setsockopt(socket.IPPROTO_IP, socket.IP_HDRINCL, 1)

### connection_without_a_handshake
# both: allow *
# allowed: allow option TCP_REPAIR
# with: trusted
# shows: option 6/19
socket.socket().setsockopt(socket.IPPROTO_TCP, 19, 1)

### socket_of_six_that_becomes_one_of_four
# both: allow *
# allowed: allow option *
# with: trusted
# shows: option 41/1
socket.socket(socket.AF_INET6).setsockopt(socket.IPPROTO_IPV6, 1, socket.AF_INET)

### tunnel_of_udp
# both: allow *
# allowed: allow option *
# with: trusted
# shows: option 17/100
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_UDP, 100, 2)

### option_that_nobody_knows
# both: allow *
# allowed: allow option *
# with: trusted
# shows: option 1/9999
socket.socket().setsockopt(socket.SOL_SOCKET, 9999, 1)

### option_with_a_length_alone
# both: allow *
# allowed: allow option *
# with: trusted
# shows: option 1/9999
socket.socket().setsockopt(socket.SOL_SOCKET, 9999, None, 4)

### packets_to_many_peers_of_sctp
# both: allow *
# both: allow socket inet
# allowed: allow option *
# with: trusted
# shows: option 132/110
socket.socket().setsockopt(132, 110, bytes(16))

### group
# refused: allow multicast 239.1.2.4
# allowed: allow multicast 239.1.2.3
# shows: option 0/35
group = socket.inet_aton("239.1.2.3") + socket.inet_aton("127.0.0.1")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)

### group_at_an_interface
# refused: allow multicast 239.1.2.4
# allowed: allow multicast 239.1.2.3
# shows: option 0/35
group = socket.inet_aton("239.1.2.3") + socket.inet_aton("0.0.0.0") + struct.pack("i", 1)
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)

### group_with_a_source
# refused: allow multicast 239.1.2.4,127.0.0.1
# allowed: allow multicast 239.1.2.3
# shows: option 0/39
group = socket.inet_aton("239.1.2.3") + socket.inet_aton("127.0.0.1") + socket.inet_aton("127.0.0.1")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IP, 39, group)

### group_of_any_family
# refused: allow multicast 239.1.2.4
# allowed: allow multicast 239.1.2.3
# shows: option 0/42
group = struct.pack("=i4xHH4s", 1, socket.AF_INET, 0, socket.inet_aton("239.1.2.3")).ljust(136, b"\0")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IP, 42, group)

### group_of_any_family_with_a_source
# refused: allow multicast 239.1.2.4
# allowed: allow multicast 239.1.2.3
# shows: option 0/46
group = struct.pack("=i4xHH4s", 1, socket.AF_INET, 0, socket.inet_aton("239.1.2.3")).ljust(136, b"\0")
source = struct.pack("=HH4s", socket.AF_INET, 0, socket.inet_aton("127.0.0.1")).ljust(128, b"\0")
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IP, 46, group + source)

### group_of_six
# refused: allow multicast [ff02::2]
# allowed: allow multicast [ff02::1:2]
# shows: option 41/20
group = socket.inet_pton(socket.AF_INET6, "ff02::1:2") + struct.pack("i", 1)
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, group)

### group_of_six_of_any_family
# refused: allow multicast [ff02::2]
# allowed: allow multicast [ff02::1:2]
# shows: option 41/42
address = struct.pack("=HHI16sI", socket.AF_INET6, 0, 0, socket.inet_pton(socket.AF_INET6, "ff02::1:2"), 0)
group = (struct.pack("=i4x", 1) + address).ljust(136, b"\0")
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, 42, group)

### group_of_four_on_a_socket_of_six
# refused: allow multicast 239.1.2.4
# allowed: allow multicast 239.1.2.3
# shows: option 0/35
group = socket.inet_aton("239.1.2.3") + socket.inet_aton("127.0.0.1")
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)

### anycast_address
# both: allow *
# allowed: allow option *
# with: trusted
# shows: option 41/27
group = socket.inet_pton(socket.AF_INET6, "2001:db8::1") + struct.pack("i", 1)
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).setsockopt(socket.IPPROTO_IPV6, 27, group)

### address_of_an_interface
# both: allow *
# allowed: allow option *
# with: trusted
# shows: ioctl 35094
import fcntl

fcntl.ioctl(socket.socket(), 0x8916, bytes(40))

### route
# both: allow *
# allowed: allow option *
# with: trusted
# shows: ioctl 35083
import fcntl

fcntl.ioctl(socket.socket(), 0x890B, bytes(120))

### signals_of_a_socket
# both: allow *
# allowed: allow option *
# with: trusted
# shows: fcntl 8
import fcntl

fcntl.fcntl(socket.socket(), 8, os.getpid() if hasattr(os, "getpid") else 1)

### name_of_the_host
# both: allow *
# allowed: allow option *
# with: trusted
# shows: sethostname
socket.sethostname("elsewhere")

### other_network
# both: allow *
# allowed: allow process
# with: native
# shows: call UNSHARE
os.unshare(os.CLONE_NEWNET)

### network_of_another_process
# both: allow *
# allowed: allow process
# with: native
# shows: call SETNS
fresh = socket.socket()
os.setns(fresh.fileno(), os.CLONE_NEWNET)

### other_root_for_paths
# both: allow *
# allowed: allow process
# with: native
# shows: call CHROOT
os.chroot("/tmp")

### process
# both: allow *
# allowed: allow process
# with: native
# shows: spawn
os.posix_spawn("/bin/true", ["true"], {})

### process_by_search
# both: allow *
# allowed: allow process
# with: native
# shows: spawn
os.posix_spawnp("true", ["true"], {})

### other_program
# both: allow *
# allowed: allow process
# with: native
# shows: execute
os.execve("/bin/true", ["true"], {})
