"""Sockets of other kinds, whose addresses say nothing or everything."""

### raw
# refused: allow *
# allowed: allow socket inet/raw
# shows: socket 2/3/6
socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)

### raw_with_flags
# refused: allow *
# allowed: allow socket raw
# shows: socket 2/3/17
socket.socket(socket.AF_INET, socket.SOCK_RAW | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK, socket.IPPROTO_UDP)

### raw_with_headers_of_its_own
# both: allow *
# both: allow socket raw
# allowed: allow option IP_HDRINCL
# shows: socket 2/3/255
socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)

### raw_of_six_with_headers_of_its_own
# both: allow *
# both: allow socket raw
# allowed: allow option IPV6_HDRINCL
# shows: socket 10/3/255
socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_RAW)

### raw_of_six
# refused: allow *
# refused: allow socket inet/raw
# allowed: allow socket inet6/raw
# shows: socket 10/3/58
socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)

### packet
# refused: allow *
# allowed: allow socket packet
# shows: socket 17/3/0
socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)

### packet_in_its_old_form
# refused: allow *
# allowed: allow socket *
# shows: socket 2/10/768
socket.socket(socket.AF_INET, 10, socket.htons(3))

### netlink
# refused: allow *
# allowed: allow socket netlink
# shows: socket 16/3/0
socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)

### netlink_datagrams
# refused: allow *
# allowed: allow socket netlink/dgram
# shows: socket 16/2/0
socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, 0)

### crypto_of_the_kernel
# refused: allow *
# allowed: allow socket alg
# shows: socket 38/5/0
socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0)

### host_of_a_virtual_machine
# refused: allow *
# allowed: allow socket vsock
# shows: socket 40/1/0
socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)

### can
# refused: allow *
# allowed: allow socket can
# shows: socket 29/3/1
socket.socket(socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW)

### sctp
# refused: allow *
# allowed: allow socket inet/stream
# shows: socket 2/1/132
socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)

### sctp_of_many_peers
# refused: allow *
# allowed: allow socket inet/seqpacket
# shows: socket 2/5/132
socket.socket(socket.AF_INET, socket.SOCK_SEQPACKET, 132)

### dccp
# refused: allow *
# allowed: allow socket inet
# shows: socket 2/6/33
socket.socket(socket.AF_INET, 6, 33)

### tunnel_of_l2tp
# refused: allow *
# allowed: allow socket inet
# shows: socket 2/2/115
socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 115)

### shared_memory
# refused: allow *
# allowed: allow socket *
# shows: socket 43/1/0
socket.socket(43, socket.SOCK_STREAM, 0)

### tipc
# refused: allow *
# allowed: allow socket tipc
# shows: socket 30/4/0
socket.socket(socket.AF_TIPC, socket.SOCK_RDM)

### rds
# refused: allow *
# allowed: allow socket rds
# shows: socket 21/5/0
socket.socket(socket.AF_RDS, socket.SOCK_SEQPACKET, 0)

### bluetooth
# refused: allow *
# allowed: allow socket *
# shows: socket 31/3/1
socket.socket(31, socket.SOCK_RAW, 1)

### family_that_nobody_knows
# refused: allow *
# allowed: allow socket *
# shows: socket 44/3/0
socket.socket(44, socket.SOCK_RAW, 0)
