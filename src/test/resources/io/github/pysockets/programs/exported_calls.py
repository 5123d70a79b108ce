"""Calls every exported function of the host with odd arguments. Run by ExportedCalls, which names the functions.

A call may end with a value, a code, a TypeError for arguments that fit no function, or what a callback of this script
raises.
"""

import random
import sys
import types

DEFECT = -10_008
FOREIGN = type(sys.modules["_pysockets"].exports)

INT_MAX, LONG_MAX = 2**31 - 1, 2**63 - 1
EDGES = [0, 1, -1, 2, 4, 5, 63, 64, 65, 255, 256, 1024, 4097, 65536]
EDGES += [INT_MAX, -INT_MAX - 1, LONG_MAX, -LONG_MAX - 1, 2**64, -(2**70)]
CODES = [-10_008, -9_999, -10_000, -20_000, -20_002, -29_999, -30_000, -30_001, INT_MAX - 1, -(10**9)]
TEXTS = ["", "x", "127.0.0.1", "::1", "\0", "a\0b", "\xff\xfe", "\u20ac", "\udc80", "." * 300, "9" * 400, "x" * 70_000]
TEXTS += ["CLIENT", "SERVER", "prime256v1", "ALL:@SECLEVEL=9", "1.2.840.113549"]
MODES = ["raise", "recurse", "wrong", "again"]


class Lying(bytes):
    def __len__(self):
        return INT_MAX

    def __getitem__(self, at):
        return 300


class Posing:
    __class__ = bytes

    def __len__(self):
        return 5


class Sequence:
    """A sequence that says it is long, and whose items are odd."""

    def __len__(self):
        return 10**6

    def __getitem__(self, at):
        return (at, "x", None)


class Endless(list):
    def __len__(self):
        return LONG_MAX


class Failing:
    def __getattr__(self, name):
        raise LookupError(name)


class Callback:
    """A function for the host to call, which does what a hostile one might."""

    def __init__(self, mode):
        self.mode = mode
        self.repeat = None
        self.left = 0

    def __call__(self, *items):
        if self.mode == "raise":
            raise LookupError("of a callback")
        if self.mode == "recurse":
            return self(*items)
        if self.mode == "wrong":
            return object()
        # Bounded in all, not by depth: a call that makes a hundred values calls back a hundred times.
        if self.mode == "again" and self.repeat is not None and self.left > 0:
            self.left -= 1
            self.repeat()
        return items


class Attack:
    def __init__(self, functions, watch, doors):
        self.begin, self.end = watch.begin, watch.end
        self.random = random.Random(11)
        self.calls = 0
        self.bad = {}
        self.exercised = set()
        self.functions = {}
        for word in functions.split():
            owner, _, rest = word.partition(".")
            name, _, kinds = rest[:-1].partition("(")
            self.functions.setdefault(owner, {})[name] = kinds.split(",") if kinds else []
        self.owners = {}
        for found in doors:
            self.add(found)
        self.callbacks = [Callback(mode) for mode in MODES]

    def add(self, found):
        """Finds out of what class a host object is: its functions tell."""
        if type(found) is not FOREIGN:
            return
        names = {name for name in dir(found) if not name.startswith("__")}
        for owner, functions in self.functions.items():
            if names == set(functions):
                self.owners.setdefault(owner, []).append(found)

    def search(self):
        """Finds host objects as a script might: in modules, in functions and their closures, in importers."""
        seen, left = set(), [sys.modules, sys.meta_path]
        while left:
            value = left.pop()
            if id(value) in seen:
                continue
            seen.add(id(value))
            if type(value) is FOREIGN:
                self.add(value)
            elif isinstance(value, dict):
                left += [
                    item
                    for key, item in list(value.items())
                    if value is not sys.modules or key.startswith(("_pysockets", "_socket", "select", "_ssl", "fcntl"))
                ]
            elif isinstance(value, (list, tuple)):
                left += value[:100]
            elif isinstance(value, (staticmethod, classmethod, types.MethodType)):
                left.append(value.__func__)
            elif isinstance(value, types.FunctionType):
                left += [value.__globals__, *(cell.cell_contents for cell in value.__closure__ or ())]
            elif isinstance(value, (type, types.ModuleType)):
                left.append(dict(vars(value)))
        return seen

    def prepare(self, handles):
        """`handles`: a function that gives a new dict of plausible arguments for each type of parameter."""
        self.handles = handles
        self.usual = handles()

    def plausible(self, kind, name):
        values = self.usual.get(kind)
        if values is None:
            self.report("Attack", name, [], "nothing plausible for a parameter of type %s" % kind)
            return None
        special = values.get(name) if isinstance(values, dict) else None
        if special is None:
            special = values[""] if isinstance(values, dict) else values
        return self.random.choice(special)

    def odd(self):
        buffers = self.usual["ByteBuffer"]
        things = [None, True, 1.5, 2.0, float("nan"), float("inf"), 1j, (), [], {}, set()]
        things += [object(), Ellipsis, int, len, sys]
        things += [b"", b"x", b"127.0.0.1\0", bytes(4), bytes(16), bytes(70_000), bytearray(b"abc")]
        things += [memoryview(bytes(8)), memoryview(bytes(8))[::2]]
        things += [Lying(b"abc"), Posing(), Sequence(), Endless(), Failing(), iter([]), range(10**9), slice(1)]
        things += [("127.0.0.1", 9), ("127.0.0.1", 99_999), ("127.0.0.1", "x"), (None, None), ("::1", 9, 0, 0)]
        things += [(b"x",), (b"x" * 200,), ((1, 1, b"x"),), ((1, 1, "x"),), ((1, 2**40, b""),), ((1,),), (1, 2, 3)]
        things += [("a", 1, 1, 1, b"x" * 30), ("x" * 99, "y" * 99, 1, 1)]
        things += self.callbacks + buffers
        for kind in self.usual.values():
            things += kind if isinstance(kind, list) else kind[""]
        return things + EDGES + CODES + TEXTS

    def call(self, owner, name, function, arguments):
        self.calls += 1
        callbacks = [argument for argument in arguments if type(argument) is Callback] + self.callbacks[3:]
        for callback in callbacks:
            callback.repeat = lambda: function(*arguments)
            callback.left = 400
        self.begin("%s.%s%.200r" % (owner, name, tuple(map(shown, arguments))))
        try:
            result = function(*arguments)
            if type(result) is int and result == DEFECT:
                self.report(owner, name, arguments, "DEFECT")
        except (TypeError, LookupError, RecursionError):
            pass
        except BaseException as failure:
            self.report(owner, name, arguments, "%s %s" % (type(failure).__name__, failure))
        finally:
            self.end()
            for callback in callbacks:
                callback.repeat = None

    def report(self, owner, name, arguments, what):
        key = owner, name, what[:40]
        if key not in self.bad:
            self.bad[key] = "%s.%s%.300r: %.300s" % (owner, name, tuple(map(shown, arguments)), what)

    def run(self, rounds, sweep):
        """Calls each function `rounds` times with all arguments odd.

        For `sweep`, calls it also with each odd argument among plausible ones.
        """
        for owner, objects in sorted(self.owners.items()):
            for name, kinds in sorted(self.functions[owner].items()):
                self.exercised.add((owner, name))
                for found in objects[: 2 if owner == "BufferExports" else 1]:
                    self.usual = self.handles()
                    self.exercise(owner, name, kinds, getattr(found, name), rounds, sweep)

    def exercise(self, owner, name, kinds, function, rounds, sweep):
        odd = self.odd()
        for _ in range(5):
            self.call(owner, name, function, [self.plausible(kind, name) for kind in kinds])
        for place in range(len(kinds)):
            for value in odd if sweep else ():
                arguments = [self.plausible(kind, name) for kind in kinds]
                arguments[place] = value
                self.call(owner, name, function, arguments)
        for _ in range(rounds):
            self.call(owner, name, function, [self.random.choice(odd) for _ in kinds])
        for count in (0, 1, len(kinds) + 1, 9):
            self.call(owner, name, function, odd[:count])

    def told(self):
        missing = [
            "%s.%s was not called" % (owner, name)
            for owner, functions in self.functions.items()
            for name in functions
            if (owner, name) not in self.exercised
        ]
        functions = "not all" if missing else "all"
        calls = "many" if self.calls > 3_000 else self.calls
        return "\n".join([*sorted(self.bad.values()), *missing, "%s functions, %s calls" % (functions, calls)])


def shown(argument):
    if type(argument) in (int, float, bool, type(None)):
        return argument
    if type(argument) in (str, bytes, tuple):
        return "%.40r" % (argument,)
    return type(argument).__name__


def attack(functions, watch, buffers, buffers_without_files, clock, probe, pem, own_exports):
    import select
    import socket
    import ssl

    import _pysockets.fcntl_calls
    import _pysockets.os_host
    from _pysockets import tls_host
    from _pysockets.host import calls

    exports = sys.modules["_pysockets"].exports
    loop = exports.eventLoop(calls.buffer(64))
    stream = exports.stream(calls.unopened())
    kept, connections = [], []

    def connection():
        """Both ends of a TLS connection in memory, after the handshake."""
        mine, theirs = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = ssl.create_default_context(cadata=pem).wrap_bio(mine, theirs, server_hostname="localhost")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_default_certs(ssl.Purpose.CLIENT_AUTH)
        server = context.wrap_bio(theirs, mine, server_side=True)
        for side in (client, server) * 3:
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                pass
        server.write(b"data")
        client.read(100)
        return client, server

    def tls_stream(sock, side):
        return exports.tlsStream(sock._handle, side._sslobj._handle, ssl.MemoryBIO()._handle, ssl.MemoryBIO()._handle)

    tls = tls_stream(socket.socket(), connection()[0])
    doors = [buffers, buffers_without_files, buffers.file(1), clock, probe, loop, stream, tls]
    attack = Attack(functions, watch, doors)
    attack.search()

    def handles():
        if len(kept) == 20:
            kept.clear()
        pair = socket.socketpair()
        udp = socket.socket(type=socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        listener = socket.create_server(("127.0.0.1", 0))
        closed = socket.socket()
        closed.close()
        six = socket.socket(socket.AF_INET6)
        sockets = [*pair, udp, listener, six]
        for each in sockets:
            each.settimeout(0.001)
        if len(kept) % 10 == 0:
            connections[:] = [connection()]
        client, server = connections[0]
        fresh = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        plain = fresh.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
        over = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).wrap_socket(
            socket.socketpair()[0], server_side=True, do_handshake_on_connect=False)
        queue = ssl.MemoryBIO()
        queue.write(b"queued")
        poller, epoll = select.poll(), select.epoll()
        poller.register(pair[0])
        epoll.register(pair[0])
        pair[1].send(b"x")
        dead = select.epoll()
        dead.close()
        kept.append((sockets, client, server, plain, over, queue, poller, epoll))
        numbers = [pair[0].fileno(), udp.fileno(), listener.fileno()]
        byte_objects = [b"abc", bytearray(4), memoryview(b"abcd")]
        return {
            "PySocket": [*(each._handle for each in sockets), calls.unopened(), closed._handle],
            "ByteBuffer": [calls.buffer(64), calls.buffer(0)],
            "SocketHandle": [calls.holding(pair[0]._handle), calls.holding(calls.unopened())],
            "Token": [calls.follow(1, None)],
            "PollSet": [poller._set],
            "PyEpoll": [epoll._handle],
            "TlsContext": [fresh._handle, server.context._handle, client.context._handle],
            "TlsStream": [client._sslobj._handle, server._sslobj._handle, plain._sslobj._handle, over._sslobj._handle],
            "TlsSession": [client.session._handle, None],
            "MemoryBio": [queue._handle],
            "TlsStreamExports": [tls_stream(pair[0], client), tls_stream(udp, plain)],
            "LoopTimer": [loop.timer(0.0, None)],
            "int": {"": [0, 1, 2, 3], **dict.fromkeys(DESCRIPTOR_CALLS, numbers)},
            "long": [0, 1, 100_000],
            "PyLock": [clock.lock()],
            "Announcement": [clock.announce()],
            "double": [0.0, 1e9, -1.5],
            "boolean": [True, False],
            "String": ["127.0.0.1", "SERVER", "localhost", "GETRESUID", "SCHED_GETAFFINITY"],
            "Value": {
                "": byte_objects + [None, ("127.0.0.1", udp.getsockname()[1]), ((1, 1, bytes(4)),)],
                "addDirectory": attack.callbacks,
                "setServerNameListener": attack.callbacks,
                "setApplicationProtocols": [("http/1.1", "h2")],
                "addText": [pem.encode()],
                "addFile": [pem.encode()],
                "addIdentity": [pem.encode(), None],
                "select": [bytes(8), numbers[0].to_bytes(4, sys.byteorder)],
            },
        }

    attack.prepare(handles)
    attack.run(40, True)
    # What the host calls in the middle of a handshake.
    for callback in attack.callbacks:
        handshake(attack, ssl, tls_host, callback, pem)
    return attack.told()


DESCRIPTOR_CALLS = (
    "adopt duplicate isInheritable setInheritable isBlocking setBlocking status fcntl fcntlBytes ioctl ioctlBytes read"
    " write sendfile splice copyRange pread pwrite allocate advise syncData"
    " selectOne pollRegister pollModify epollRegister epollModify"
).split()


def handshake(attack, ssl, tls_host, callback, pem):
    """Two sides between queues, whose trust and whose names are asked of `callback`."""
    for kind in ("names", "trust"):
        mine, theirs = ssl.MemoryBIO(), ssl.MemoryBIO()
        asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if kind == "trust":
            tls_host.contexts.addDirectory(asking._handle, callback)
        else:
            asking.load_verify_locations(cadata=pem)
        client = asking.wrap_bio(mine, theirs, server_hostname="localhost")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_default_certs(ssl.Purpose.CLIENT_AUTH)
        if kind == "names":
            tls_host.contexts.setServerNameListener(context._handle, callback)
        server = context.wrap_bio(theirs, mine, server_side=True)
        for side in (client, server) * 3:
            attack.call("TlsExports", "handshake", tls_host.connections.handshake, [side._sslobj._handle])
            buffer = attack.usual["ByteBuffer"][0]
            attack.call("TlsExports", "read", tls_host.connections.read, [side._sslobj._handle, buffer, 10])


def attack_with_makers(functions, watch, buffers, buffers_without_files, clock, probe, pem, own_exports):
    """As `attack`, where the makers of values are this script's own, as if it had replaced what they call.

    own_exports: gives the host's functions for a tuple of makers.
    """
    made = Callback("again")
    exports = own_exports((made,) * 6)
    calls, connections = exports.sockets(), exports.tls()
    doors = [exports, calls, exports.names(), exports.select(), exports.descriptors(), exports.processes()]
    doors += [connections, connections.contexts(), connections.materials()]
    loop = exports.eventLoop(calls.buffer(64))
    contexts, materials = connections.contexts(), connections.materials()

    def tls_stream(sock):
        queue = materials.queue()
        server = connections.serverOfQueues(contexts.create("SERVER"), queue, queue, None)
        return exports.tlsStream(sock, server, queue, queue)

    doors += [loop, exports.stream(calls.unopened()), tls_stream(calls.unopened())]
    attack = Attack(functions, watch, doors + [buffers, buffers_without_files, buffers.file(1), clock, probe])
    attack.callbacks[3] = made
    attack.search()

    def handles():
        made.mode = "good"
        # What makes tuples gets a further number, which `made` gives too.
        one, other, _ = calls.socketpair(1, 1, 0)
        for each in (one, other):
            calls.settimeout(each, 1_000_000)
        context, queue = contexts.create("SERVER"), materials.queue()
        numbers = [calls.fileno(one)]
        poller = attack.owners["SelectExports"][0].pollSet()
        attack.owners["SelectExports"][0].pollRegister(poller, numbers[0], 4)
        made.mode = attack.random.choice(MODES)
        return {
            "PySocket": [one, other],
            "ByteBuffer": [calls.buffer(64)],
            "SocketHandle": [calls.holding(one)],
            "Token": [calls.follow(1, None)],
            "PollSet": [poller],
            "PyEpoll": [attack.owners["SelectExports"][0].epoll(0)],
            "TlsContext": [context],
            "TlsStream": [connections.serverOfQueues(context, queue, queue, None)],
            "TlsSession": [None],
            "MemoryBio": [queue],
            "TlsStreamExports": [tls_stream(one)],
            "LoopTimer": [loop.timer(0.0, None)],
            "double": [0.0, 1e9],
            "int": {"": [0, 1, 2, 3], **dict.fromkeys(DESCRIPTOR_CALLS, numbers)},
            "long": [0, 1, 100_000],
            "PyLock": [clock.lock()],
            "Announcement": [clock.announce()],
            "boolean": [True, False],
            "String": ["127.0.0.1", "SERVER", "localhost"],
            "Value": {"": [b"abc", None, ("",)], "select": [numbers[0].to_bytes(4, sys.byteorder)]},
        }

    attack.prepare(handles)
    attack.run(20, False)
    return attack.told()


lambda name: globals()[name]
