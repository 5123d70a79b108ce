"""Paths and names of AF_UNIX."""

### path
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/denied/sock")

### dots
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/../denied/./sock")

### dots_above_the_root
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect("/../.." + FOLDER + "/denied/sock")

### slashes
# both: allow unix:*
# refused: deny connect unix:{folder}/denied/
# shows: unix denied
socket.socket(socket.AF_UNIX).connect("/" + FOLDER + "//denied///sock")

### link
# both: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/link")

### link_to_a_folder
# both: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/way/sock")

### dots_after_a_link
# both: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/way/../denied/sock")

### link_that_comes_to_lead_elsewhere
# both: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/
# with: swap
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/swapped")
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/swapped")

### relative_path
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(RELATIVE + "/denied/sock")

### working_directory
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect("/proc/self/cwd/" + RELATIVE + "/denied/sock")

### root_of_the_process
# both: allow unix:*
# refused: deny connect unix:{folder}/denied/
# shows: unix denied
socket.socket(socket.AF_UNIX).connect("/proc/self/root" + FOLDER + "/denied/sock")

### bytes
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(memoryview(FOLDER.encode() + b"/denied/sock"))

### longer_name_of_the_folder
# refused: allow unix:{folder}/den
# refused: allow unix:{folder}/denied
# allowed: allow connect unix:{folder}/denied/
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER + "/denied/sock")

### datagram
# refused: allow unix:{folder}/open/
# allowed: allow send unix:{folder}/denied/dgram
# shows: unix datagram denied
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", FOLDER + "/open/way/dgram")

### message
# refused: allow unix:{folder}/open/
# allowed: allow send unix:{folder}/denied/dgram
# shows: unix datagram denied
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendmsg([b"x"], [], 0, FOLDER + "/denied/dgram")

### message_with_a_descriptor
# refused: allow unix:{folder}/open/
# allowed: allow send unix:{folder}/denied/dgram
# shows: unix datagram denied
sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", sock.fileno()))]
sock.sendmsg([b"x"], rights, 0, FOLDER + "/denied/dgram")

### connected_datagrams
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/dgram
# shows: unix datagram denied
sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
sock.connect(FOLDER + "/denied/dgram")
sock.send(b"x")

### one_of_a_pair_that_sends_elsewhere
# refused: allow unix:{folder}/open/
# allowed: allow send unix:{folder}/denied/dgram
# shows: unix datagram denied
left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
left.sendto(b"x", FOLDER + "/denied/dgram")

### abstract_name
# refused: allow unix:@{abstract}/open/*
# allowed: allow connect unix:@{abstract}/denied/sock
# shows: unix abstract denied
socket.socket(socket.AF_UNIX).connect(ABSTRACT + "/denied/sock")

### abstract_name_with_dots
# both: allow unix:@{abstract}/open/*
# refused: allow unix:{folder}/
# allowed: allow connect unix:@{abstract}/denied/*
# shows: unix abstract denied
socket.socket(socket.AF_UNIX).connect((ABSTRACT + "/denied/sock").encode())

### abstract_datagram
# refused: allow unix:@{abstract}/open/*
# allowed: allow send unix:@{abstract}/denied/dgram
# shows: unix datagram abstract denied
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", ABSTRACT + "/denied/dgram")

### abstract_name_outside_ascii_past_a_denial
# both: allow unix:*
# refused: deny unix:@{abstract}é*
# shows: bind SockaddrUn
socket.socket(socket.AF_UNIX).bind(ABSTRACT + "\u00e9tage")

### abstract_name_for_the_path_of_a_file
# both: allow unix:{folder}/open/
# allowed: allow bind unix:@{folder}/open/x
# shows: bind SockaddrUn
socket.socket(socket.AF_UNIX).bind("\0" + FOLDER + "/open/x")

### bind
# refused: allow unix:{folder}/open/
# allowed: allow bind unix:{folder}/denied/mine1
# shows: bind SockaddrUn
socket.socket(socket.AF_UNIX).bind(FOLDER + "/denied/mine1")

### bind_behind_a_link
# both: allow unix:{folder}/open/
# allowed: allow bind unix:{folder}/denied/mine2
# shows: bind SockaddrUn
socket.socket(socket.AF_UNIX).bind(FOLDER + "/open/way/mine2")

### bind_at_a_link_that_leads_nowhere
# both: allow unix:{folder}/open/
# allowed: allow bind unix:{folder}/denied/new
# shows: bind SockaddrUn
socket.socket(socket.AF_UNIX).bind(FOLDER + "/open/dangling")

### connect_by_a_link_that_leads_nowhere_yet
# both: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/new
# shows: connect SockaddrUn
socket.socket(socket.AF_UNIX).connect(FOLDER + "/open/dangling")

### text_after_a_zero_byte
# refused: allow unix:{folder}/open/
# allowed: allow connect unix:{folder}/denied/sock
# shows: unix denied
socket.socket(socket.AF_UNIX).connect(FOLDER.encode() + b"/denied/sock\0/../../open/sock")

### listen_at_a_name_of_the_kernel
# refused: allow unix:{folder}/open/
# allowed: allow listen unix:@*
# shows: listen
sock = socket.socket(socket.AF_UNIX)
sock.bind("")
sock.listen()
