"""Addresses that are not what they were a moment ago."""

### text_that_says_something_else_later
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.1,127.0.0.2
# shows: tcp 127.0.0.2
class Host(str):
    left = 0

    def told(self):
        Host.left -= 1
        return "127.0.0.1" if Host.left >= 0 else "127.0.0.2"

    __str__ = __repr__ = told

    def encode(self, *_):
        return self.told().encode()

    def isascii(self):
        return True

reached = False
for times in range(6):
    for text in "127.0.0.1", "127.0.0.2":
        Host.left = times
        sock = socket.socket()
        reached |= sock.connect_ex((Host(text), PORT)) == 0 and sock.getpeername()[0] == "127.0.0.2"
return reached

### tuple_that_says_something_else_later
# refused: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.1,127.0.0.2
# shows: tcp 127.0.0.2
class Address(tuple):
    left = 0

    def told(self):
        Address.left -= 1
        return ("127.0.0.1" if Address.left >= 0 else "127.0.0.2", PORT)

    def __getitem__(self, at):
        return self.told()[at]

    def __iter__(self):
        return iter(self.told())

reached = False
for times in range(6):
    for text in "127.0.0.1", "127.0.0.2":
        Address.left = times
        sock = socket.socket()
        reached |= sock.connect_ex(Address((text, PORT))) == 0 and sock.getpeername()[0] == "127.0.0.2"
return reached

### port_that_says_something_else_each_time
# refused: allow connect 127.0.0.2:1
# allowed: allow connect 127.0.0.2
# shows: tcp 127.0.0.2
class Port:
    told = 0

    def __index__(self):
        Port.told += 1
        return PORT if Port.told == 1 else 1

    __int__ = __index__

socket.socket().connect(("127.0.0.2", Port()))

### port_that_connects_while_it_is_read
# both: allow connect 127.0.0.1
# allowed: allow connect 127.0.0.2
# shows: udp 127.0.0.2
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

class Port:
    def __index__(self):
        sock.connect(("127.0.0.2", PORT))
        return PORT

try:
    sock.connect(("127.0.0.1", Port()))
finally:
    try:
        sock.connect(("127.0.0.2", PORT))
        sock.send(b"x")
    except OSError:
        pass

### path_that_another_thread_changes
# refused: allow unix:{folder}/open/
# allowed: allow unix:{folder}/
# shows: unix denied
good = FOLDER.encode() + b"/open///sock"
evil = FOLDER.encode() + b"/denied/sock"
path = bytearray(evil)
ended = threading.Event()

def change():
    while not ended.is_set():
        path[:] = good
        path[:] = evil
        # GraalPy may not let go of its lock in a loop that calls nothing.
        ended.wait(0.000_001)

thread = threading.Thread(target=change)
refused = 0
try:
    for start in range(100):
        if start == 1:
            thread.start()
        with socket.socket(socket.AF_UNIX) as sock:
            try:
                sock.connect(path)
            except PermissionError:
                refused += 1
            except OSError:
                # The path was half of each.
                pass
finally:
    ended.set()
    thread.join()
return not refused

### ancillary_data_that_another_thread_changes
# both: allow send 127.0.0.1
# allowed: allow option IP_RETOPTS
# shows: ancillary 0/7
class Kind:
    told = 0

    def __index__(self):
        Kind.told += 1
        return socket.IP_TTL if Kind.told > 1 else socket.IP_RETOPTS

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.sendmsg([b"x"], [(socket.IPPROTO_IP, Kind(), struct.pack("i", 9))], 0, ("127.0.0.1", PORT))

### option_that_says_something_else_each_time
# both: allow send *
# allowed: allow option SO_BROADCAST
# shows: option 1/6
class Name:
    told = 0

    def __index__(self):
        Name.told += 1
        return socket.SO_KEEPALIVE if Name.told > 1 else socket.SO_BROADCAST

socket.socket(socket.AF_INET, socket.SOCK_DGRAM).setsockopt(socket.SOL_SOCKET, Name(), 1)

### address_that_is_bound_by_another_thread
# both: allow bind 127.0.0.1
# allowed: allow listen 127.0.0.1
# shows: listen
sock = socket.socket()
thread = threading.Thread(target=sock.bind, args=(("127.0.0.1", 0),))
thread.start()
thread.join()
sock.listen()
