"""What the event loop has in place of a selector: the same books, and the host that waits."""

from selectors import EVENT_READ, SelectorKey, _BaseSelectorImpl

from _pysockets.codes import failure
from _pysockets.loop_handles import StreamHandle


class HostSelector(_BaseSelectorImpl):
    """The descriptors that a loop waits for. Only the loop itself waits, by the host's function `round`.

    calls: the loop's host calls.
    """

    def __init__(self, calls):
        super().__init__()
        self._add = calls.add
        self._modify = calls.modify
        self._remove = calls.remove
        self._read = calls.read
        self._read_tls = calls.readTls
        self._read_datagrams = calls.readDatagrams
        self._read_no_more = calls.readNoMore
        self._close = calls.close

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        result = self._add(key.fd, events)
        if result < 0:
            super().unregister(fileobj)
            raise failure(result)
        return key

    def register_reader(self, fd, handle):
        """As register(fd, EVENT_READ, (handle, None)), for a handle that is its own key."""
        result = self._add(fd, EVENT_READ)
        if result < 0:
            raise failure(result)
        self._fd_to_key[fd] = handle

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        # What fails is a descriptor that was closed while it was registered.
        self._remove(key.fd)
        return key

    def modify(self, fileobj, events, data=None):
        key = self.get_key(fileobj)
        if type(key) is StreamHandle:
            key = SelectorKey(key.fileobj, key.fd, key.events, key.data)
        same = isinstance(key.data, tuple) and isinstance(data, tuple) and key.data[0] is data[0]
        if events != key.events or not same:
            keeps = same and bool(events & EVENT_READ) and type(data[0]) is StreamHandle
            result = self._modify(key.fd, events, keeps)
            if result < 0:
                super().unregister(fileobj)
                raise failure(result)
        key = key._replace(events=events, data=data)
        self._fd_to_key[key.fd] = key
        return key

    def read(self, fd, sock, handle):
        """Has the host read the stream of a registered descriptor from now on, or no more if `sock` is None."""
        result = self._read_no_more(fd) if sock is None else self._read(sock._handle, handle)
        if result < 0:
            raise failure(result)

    def read_tls(self, fd, tls, handle):
        """Has the host read the records of a TLS connection. tls: the host's calls for it."""
        result = self._read_tls(tls, handle)
        if result < 0:
            raise failure(result)

    def read_datagrams(self, fd, sock, handle):
        """Has the host receive the datagrams of a registered descriptor from now on."""
        result = self._read_datagrams(sock._handle, handle)
        if result < 0:
            raise failure(result)

    def select(self, timeout=None):
        raise NotImplementedError("only the event loop itself waits")

    def close(self):
        self._close()
        super().close()
