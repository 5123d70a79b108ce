"""TLS of the event loop: asyncio's own protocol, whose data go through the host.

On a stream transport of the event loop, rounds receive the records and open them, and a write of the program's is one
host call that encrypts and sends. Handshake, shutdown, and all that is unusual stay what they are in asyncio.
"""

import ssl
from collections import deque

from asyncio import protocols, sslproto
from asyncio.sslproto import SSLProtocolState

from _pysockets import exports
from _pysockets.codes import LOWEST_ERRNO, checked
from _pysockets.loop_streams import StreamTransport
from _pysockets.tls_codes import WANT_READ, WANT_WRITE, failure

_tls_stream = exports.tlsStream


class HostTlsTransport(sslproto._SSLProtocolTransport):
    """What the program's protocol has as its transport.

    _host_write: the host call that encrypts and sends; None while something is unusual.
    _wire: the transport of the records.
    """

    _host_write = None
    _wire = None

    def write(self, data):
        write = self._host_write
        if write is None or data.__class__ is not bytes or self._wire._send is None:
            super().write(data)
            return
        left = write(data)
        if left:
            self._ssl_protocol._written(data, left)


class HostTlsProtocol(sslproto.SSLProtocol):
    """A TLS connection.

    _host: the host's calls for it, where it has a stream transport of the event loop; otherwise None.
    _opening: whether rounds open what they receive.
    _held: plain bytes that the program is not to have yet.
    """

    _host = None
    _opening = False
    _held = ()

    def __init__(self, *args, **keywords):
        # The buffer for records is of use on other transports only, where it is made when it is needed.
        self.max_size = 0
        super().__init__(*args, **keywords)
        del self.max_size

    def _get_app_transport(self):
        if self._app_transport is None:
            if self._app_transport_created:
                raise RuntimeError("Creating _SSLProtocolTransport twice")
            self._app_transport = HostTlsTransport(self._loop, self)
            self._app_transport_created = True
        return self._app_transport

    def connection_made(self, transport):
        if type(transport) is StreamTransport and type(self._sslobj) is ssl.SSLObject:
            handle = self._sslobj._sslobj._handle
            self._host = checked(
                _tls_stream(transport._sock._handle, handle, self._incoming._handle, self._outgoing._handle)
            )
            self._app_transport._wire = transport
            transport._read_tls(self)
        super().connection_made(transport)

    # What the host does

    def _settle(self):
        """Sets whether a write is the host's."""
        transport = self._app_transport
        if transport is not None:
            usual = (
                self._host is not None
                and self._state is SSLProtocolState.WRAPPED
                and not (self._write_backlog or self._ssl_writing_paused)
                and self._outgoing_high_water > 0
            )
            transport._host_write = self._host.write if usual else None

    def _set_opening(self, opening):
        """Sets whether rounds open what they receive. They must not while older bytes wait to be read here."""
        if opening is not self._opening:
            self._opening = opening
            checked(self._host.setOpening(opening))

    def _open_no_more(self):
        if self._opening:
            self._set_opening(False)
            handle = self._transport._handle
            if handle is not None:
                handle._direct = False

    def _open_again(self):
        """Lets rounds open records, if all that has come is read and the program wants what comes."""
        usual = (
            self._host is not None
            and self._state is SSLProtocolState.WRAPPED
            and not (self._app_reading_paused or self._app_protocol_is_buffer)
            and not (self._held or self._write_backlog or self._ssl_reading_paused)
        )
        if usual:
            self._set_opening(True)
            handle = self._transport._handle
            if handle is not None and not handle._cancelled:
                handle._direct = True

    # Reading

    def _take_plain(self, data):
        """Gives the program what a round has opened for it, whatever has happened since."""
        if self._app_reading_paused or self._held:
            self._keep(data)
        elif self._state in (SSLProtocolState.WRAPPED, SSLProtocolState.FLUSHING):
            try:
                self._give_plain(data)
            except Exception as exc:
                self._fatal_error(exc, "Fatal error on SSL protocol")

    def _keep(self, data):
        if not self._held:
            self._held = deque()
        self._held.append(data)
        self._open_no_more()

    def _give_plain(self, data):
        if self._app_protocol_is_buffer:
            protocols._feed_data_to_buffered_proto(self._app_protocol, data)
        else:
            self._app_protocol.data_received(data)

    def _give_held(self):
        while self._held and not self._app_reading_paused:
            self._give_plain(self._held.popleft())

    def _plain_failed(self, exc):
        """What is to be done where the program has raised from data_received()."""
        if isinstance(exc, Exception):
            self._fatal_error(exc, "Fatal error on SSL protocol")
        else:
            self._records_failed(exc)

    def _records_failed(self, exc):
        # What a transport says where buffer_updated() of asyncio's protocol raises.
        self._transport._fatal_error(exc, "Fatal error: protocol.buffer_updated() call failed.")

    def _records_came(self):
        """Goes on with records that rounds have received and not opened."""
        try:
            state = self._state
            if state is SSLProtocolState.WRAPPED:
                self._do_read()
            elif state is SSLProtocolState.DO_HANDSHAKE:
                self._do_handshake()
            elif state is SSLProtocolState.FLUSHING:
                self._do_flush()
            elif state is SSLProtocolState.SHUTDOWN:
                self._do_shutdown()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._records_failed(exc)

    def _do_read(self):
        super()._do_read()
        self._open_again()
        self._settle()

    def _do_read__copied(self):
        self._give_held()
        if not self._app_reading_paused:
            super()._do_read__copied()

    def _do_read__buffered(self):
        self._give_held()
        if not self._app_reading_paused:
            super()._do_read__buffered()

    def _pause_reading(self):
        super()._pause_reading()
        self._open_no_more()

    def _set_app_protocol(self, app_protocol):
        super()._set_app_protocol(app_protocol)
        if self._host is not None and self._transport is not None:
            self._transport._receiver = app_protocol
            if self._app_protocol_is_buffer:
                self._open_no_more()
            else:
                self._open_again()

    # Writing

    def _written(self, data, left):
        """Goes on after a write of the host. left: what that has returned."""
        if left > 0:
            # The transport sends the records when it can.
            self._process_outgoing()
        elif left >= LOWEST_ERRNO:
            self._transport._write_rest(b"", left)
        elif left == WANT_READ or left == WANT_WRITE:
            self._open_no_more()
            self._write_appdata((data,))
        else:
            self._fatal_error(failure(left, "write"), "Fatal error on SSL protocol")

    def _write_appdata(self, list_of_data):
        super()._write_appdata(list_of_data)
        if self._write_backlog:
            self._open_no_more()
        self._settle()

    def _set_write_buffer_limits(self, high=None, low=None):
        super()._set_write_buffer_limits(high, low)
        if self._app_transport_created:
            self._settle()

    def pause_writing(self):
        super().pause_writing()
        self._settle()

    def resume_writing(self):
        super().resume_writing()
        self._settle()

    # End

    def _set_state(self, new_state):
        super()._set_state(new_state)
        if new_state is not SSLProtocolState.WRAPPED:
            self._open_no_more()
        self._settle()

    def connection_lost(self, exc):
        self._open_no_more()
        self._host = None
        self._held = ()
        super().connection_lost(exc)


# As asyncio's own in what they print.
for _class, _name in (HostTlsTransport, "_SSLProtocolTransport"), (HostTlsProtocol, "SSLProtocol"):
    _class.__name__ = _class.__qualname__ = _name
    _class.__module__ = "asyncio.sslproto"
