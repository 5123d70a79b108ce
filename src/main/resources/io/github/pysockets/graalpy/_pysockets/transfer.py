"""Sending and receiving bytes: methods of the class of sockets.

`recv`, `recv_into`, `send` and `sendall` have a path of their own for the most frequent arguments.
"""

import sys

from _pysockets.addresses import checked_address, require_addresses
from _pysockets.arguments import bytes_like, c_int, c_size, writable
from _pysockets.buffers import SMALL, bounded, copy, give, make, take
from _pysockets.buffers import small as _small_buffers
from _pysockets.codes import UNUSUAL, failure
from _pysockets.host import calls

# Each bound once: a host call then costs a third of what it costs with its name looked up.
_recv = calls.recv
_recv_plain = calls.recvPlain
_recvfrom = calls.recvfrom
_send = calls.send
_send_plain = calls.sendPlain
_sendall = calls.sendall
_sendto = calls.sendto
_audit = sys.audit
_pop_small = _small_buffers.pop
_push_small = _small_buffers.append

_NO_FLAGS = object()
"""Stands for flags that were left out. A call without flags takes a fast path, and this is how it is told apart."""


def _sendable(data, flags):
    """Data and flags of a sending call, checked."""
    return (
        data if type(data) is bytes else bytes_like(data),
        0 if flags is _NO_FLAGS else c_int(flags),
    )


def recv(sock, bufsize, flags=_NO_FLAGS, /):
    """Receives at most `bufsize` bytes: recv(2). Gives b'' once the peer has ended sending and all is read."""
    if flags is _NO_FLAGS and type(bufsize) is int:
        try:
            lent = _pop_small()
        except IndexError:
            lent = make()
        try:
            count = _recv_plain(sock._handle, lent[0], bufsize)
        except TypeError:
            # The size is no C long. It is refused below.
            count = UNUSUAL
        if count >= 0:
            data = bytes(lent[1][:count])
            _push_small(lent)
            return data
        _push_small(lent)
        if count != UNUSUAL:
            raise failure(count)
    return _recv_unusual(sock, bufsize, 0 if flags is _NO_FLAGS else flags)


def _recv_unusual(sock, bufsize, flags):
    """recv with flags, with a size that no small buffer holds, or with arguments that are no plain ints."""
    bufsize = c_size(bufsize)
    flags = c_int(flags)
    if bufsize < 0:
        raise ValueError("negative buffersize in recv")
    if bufsize == 0:
        return b""
    size = bounded(bufsize)
    lent = take(size)
    try:
        count = _recv(sock._handle, lent[0], size, flags)
        if count < 0:
            raise failure(count)
        # With MSG_TRUNC the count is that of the whole datagram.
        return bytes(lent[1][: min(count, size)])
    finally:
        give(lent)


def recv_into(sock, buffer, nbytes=0, flags=_NO_FLAGS):
    """Receives into a writable buffer, at most `nbytes` bytes or, for 0, what fits. Gives the number of bytes."""
    if flags is _NO_FLAGS and type(nbytes) is int:
        target = buffer if type(buffer) is bytearray else writable(buffer, "recv_into")
        room = len(target)
        size = nbytes if nbytes else room
        if 0 < size <= room and size <= SMALL:
            try:
                lent = _pop_small()
            except IndexError:
                lent = make()
            count = _recv_plain(sock._handle, lent[0], size)
            if count > 0:
                # As copy() does it, without the call.
                _, view, file = lent
                file.seek(0)
                file.write(view[:count])
                file.seek(0)
                file.readinto(target if count == room else memoryview(target)[:count])
            _push_small(lent)
            if count < 0:
                raise failure(count)
            return count
    return _recv_into_unusual(sock, buffer, nbytes, 0 if flags is _NO_FLAGS else flags)


def _recv_into_unusual(sock, buffer, nbytes, flags):
    """recv_into with flags, into large buffers, or with arguments that are no plain ints."""
    target = writable(buffer, "recv_into")
    room = len(target)
    size = c_size(nbytes)
    flags = c_int(flags)
    if size < 0:
        raise ValueError("negative buffersize in recv_into")
    if size == 0:
        size = room
    if room < size:
        raise ValueError("buffer too small for requested bytes")
    if size == 0:
        return 0
    size = bounded(size)
    lent = take(size)
    try:
        count = _recv(sock._handle, lent[0], size, flags)
        if count < 0:
            raise failure(count)
        copy(lent, min(count, size), target)
        return count
    finally:
        give(lent)


def recvfrom(sock, bufsize, flags=0, /):
    """Receives at most `bufsize` bytes: a tuple (data, address of the sender). See recvfrom(2)."""
    bufsize = c_size(bufsize)
    flags = c_int(flags)
    if bufsize < 0:
        raise ValueError("negative buffersize in recvfrom")
    size = bounded(bufsize)
    lent = take(size)
    try:
        count, address = _received_from(sock, lent, size, flags)
        return bytes(lent[1][: min(count, size)]), address
    finally:
        give(lent)


def recvfrom_into(sock, buffer, nbytes=0, flags=0):
    """As recv_into, but gives a tuple (number of bytes, address of the sender)."""
    target = writable(buffer, "recvfrom_into")
    size = c_size(nbytes)
    flags = c_int(flags)
    if size < 0:
        raise ValueError("negative buffersize in recvfrom_into")
    room = len(target)
    if size == 0:
        size = room
    elif size > room:
        raise ValueError("nbytes is greater than the length of the buffer")
    size = bounded(size)
    lent = take(size)
    try:
        result = _received_from(sock, lent, size, flags)
        copy(lent, min(result[0], size), target)
        return result
    finally:
        give(lent)


def _received_from(sock, lent, size, flags):
    """What the host received into a lent buffer: a tuple (count, address)."""
    require_addresses(sock._family)
    result = _recvfrom(sock._handle, lent[0], size, flags)
    if type(result) is int:
        raise failure(result)
    return result


def send(sock, data, flags=_NO_FLAGS, /):
    """Sends bytes and gives how many were sent: send(2). Without a timeout that is all, otherwise perhaps fewer."""
    if flags is _NO_FLAGS and type(data) is bytes:
        count = _send_plain(sock._handle, data)
    else:
        data, flags = _sendable(data, flags)
        count = _send(sock._handle, data, flags)
    if count < 0:
        raise failure(count)
    return count


def sendall(sock, data, flags=_NO_FLAGS, /):
    """Sends all of the bytes. A timeout is for the whole. After an error it is unknown how many were sent."""
    if flags is _NO_FLAGS and type(data) is bytes:
        result = _sendall(sock._handle, data, 0)
    else:
        data, flags = _sendable(data, flags)
        result = _sendall(sock._handle, data, flags)
    if result < 0:
        raise failure(result)


def sendto(sock, *args):
    """sendto(data[, flags], address): sends bytes to an address and gives how many were sent. See sendto(2)."""
    if len(args) == 2:
        data, address = args
        flags = 0
    elif len(args) == 3:
        data, flags, address = args
    else:
        raise TypeError("sendto() takes 2 or 3 arguments (%d given)" % len(args))
    data, flags = _sendable(data, flags)
    host_address = checked_address(sock._family, sock._proto, address, "sendto")
    _audit("socket.sendto", sock, address)
    count = _sendto(sock._handle, data, flags, host_address)
    if count < 0:
        raise failure(count)
    return count


for _method in recv, recv_into, recvfrom, recvfrom_into, send, sendall, sendto:
    _method.__qualname__ = "socket." + _method.__name__
del _method
