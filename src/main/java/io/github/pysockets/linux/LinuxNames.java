package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.Errno.ENXIO;
import static io.github.pysockets.abi.Netdb.EAI_FAMILY;
import static io.github.pysockets.abi.Netdb.EAI_NONAME;
import static io.github.pysockets.abi.Netdb.EAI_SERVICE;
import static io.github.pysockets.abi.Netdb.EAI_SYSTEM;
import static io.github.pysockets.abi.Netdb.HOST_NOT_FOUND;
import static io.github.pysockets.abi.Netdb.NETDB_INTERNAL;
import static io.github.pysockets.abi.Netdb.NI_MAXHOST;
import static io.github.pysockets.abi.Netdb.NI_MAXSERV;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException.Range;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;

/** The names that the operating system knows, by libc and so according to nsswitch.conf(5). */
final class LinuxNames implements NameService {
    private static final int IF_NAMESIZE = 16;
    private static final long LARGEST_INDEX = 0xFFFF_FFFFL;

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        if (service != null && service.length > NativeText.LONGEST) {
            throw eai(EAI_SERVICE);
        }
        if (!NativeText.fitsOrNull(host) || !NativeText.fitsOrNull(service)) {
            throw eai(EAI_NONAME);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment hints = arena.allocate(AddrinfoCodec.SIZE, Long.BYTES);
            MemorySegment list = arena.allocate(Long.BYTES, Long.BYTES);
            AddrinfoCodec.encodeHints(hints, family, type, protocol, flags);
            Scratch scratch = Scratch.mine();
            checkEai(scratch, NameCalls.getaddrinfo(
                    scratch, NativeText.writeOrNull(host, arena), NativeText.writeOrNull(service, arena),
                    hints.address(), list.address()));
            long first = list.get(HOST_LONG, 0);
            try {
                return AddrinfoCodec.decode(NativeMemory.ALL, first);
            } finally {
                NameCalls.freeaddrinfo(first);
            }
        }
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        Scratch scratch = Scratch.mine();
        int length = SockaddrCodec.encode(address, scratch.address());
        if (length < 0) {
            throw eai(EAI_FAMILY);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(NI_MAXHOST);
            MemorySegment service = arena.allocate(NI_MAXSERV);
            checkEai(scratch, NameCalls.getnameinfo(
                    scratch, scratch.address().address(), length, host.address(), NI_MAXHOST, service.address(),
                    NI_MAXSERV, flags));
            return new HostService(
                    NativeText.readPointer(NativeMemory.ALL, host.address()),
                    NativeText.readPointer(NativeMemory.ALL, service.address()));
        }
    }

    @Override
    public HostEntry gethostbyname(byte[] name) throws NameServiceException, StackException {
        if (!NativeText.fits(name)) {
            throw hostError(HOST_NOT_FOUND);
        }
        try (NetdbAnswer answer = new NetdbAnswer()) {
            long address = answer.text(name);
            int errno = answer.to(room -> NetdbCalls.gethostbyname(room, address));
            return hostEntry(answer, errno);
        }
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException {
        int family;
        int at;
        int length;
        switch (address) {
            case SockaddrIn in -> {
                family = AF_INET;
                at = SockaddrCodec.In.ADDRESS;
                length = 4;
            }
            case SockaddrIn6 in6 -> {
                family = AF_INET6;
                at = SockaddrCodec.In6.ADDRESS;
                length = 16;
            }
            default -> throw new StackException(Errno.EAFNOSUPPORT);
        }
        MemorySegment room = Scratch.mine().address();
        SockaddrCodec.encode(address, room);
        try (NetdbAnswer answer = new NetdbAnswer()) {
            int errno = answer.to(to -> NetdbCalls.gethostbyaddr(to, room.address() + at, length, family));
            return hostEntry(answer, errno);
        }
    }

    @Override
    public int getservbyname(byte[] name, byte[] protocol) {
        if (!NativeText.fits(name) || !NativeText.fitsOrNull(protocol)) {
            return -1;
        }
        try (NetdbAnswer answer = new NetdbAnswer()) {
            long nameAddress = answer.text(name);
            long protocolAddress = answer.textOrNull(protocol);
            answer.to(room -> NetdbCalls.getservbyname(room, nameAddress, protocolAddress));
            long found = answer.found();
            return found == 0 ? -1 : NetdbDecoder.servicePort(NativeMemory.ALL, found);
        }
    }

    @Override
    public String getservbyport(int port, byte[] protocol) {
        if (!NativeText.fitsOrNull(protocol)) {
            return null;
        }
        short wirePort = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? (short) port
                : Short.reverseBytes((short) port);
        try (NetdbAnswer answer = new NetdbAnswer()) {
            long protocolAddress = answer.textOrNull(protocol);
            answer.to(room -> NetdbCalls.getservbyport(room, Short.toUnsignedInt(wirePort), protocolAddress));
            long found = answer.found();
            return found == 0 ? null : NetdbDecoder.serviceName(NativeMemory.ALL, found);
        }
    }

    @Override
    public int getprotobyname(byte[] name) {
        if (!NativeText.fits(name)) {
            return -1;
        }
        try (NetdbAnswer answer = new NetdbAnswer()) {
            long address = answer.text(name);
            answer.to(room -> NetdbCalls.getprotobyname(room, address));
            long found = answer.found();
            return found == 0 ? -1 : NetdbDecoder.protocolNumber(NativeMemory.ALL, found);
        }
    }

    @Override
    public List<NetworkInterface> interfaces() throws StackException {
        Scratch scratch = Scratch.mine();
        long array = InterfaceCalls.nameindex(scratch);
        if (array == 0) {
            throw new StackException(scratch.errno());
        }
        try {
            return NetdbDecoder.nameindex(NativeMemory.ALL, array);
        } finally {
            InterfaceCalls.freenameindex(array);
        }
    }

    @Override
    public int interfaceIndex(byte[] name) {
        if (!NativeText.fits(name)) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            return InterfaceCalls.nametoindex(NativeText.write(name, arena));
        }
    }

    @Override
    public String interfaceName(long index) throws StackException {
        if (index < 0 || index > LARGEST_INDEX) {
            throw new StackException(ENXIO);
        }
        Scratch scratch = Scratch.mine();
        long name = InterfaceCalls.indextoname(scratch, index, scratch.room(IF_NAMESIZE).address());
        if (name == 0) {
            throw new StackException(scratch.errno());
        }
        return NativeText.readPointer(NativeMemory.ALL, name);
    }

    @Override
    public String errorText(Range range, int code) {
        return switch (range) {
            case EAI -> ErrorTexts.eai(code);
            case H_ERRNO -> ErrorTexts.hostError(code);
        };
    }

    private static HostEntry hostEntry(NetdbAnswer answer, int errno) throws NameServiceException, StackException {
        if (answer.found() != 0) {
            return NetdbDecoder.hostent(NativeMemory.ALL, answer.found());
        }
        if (answer.hostError() == NETDB_INTERNAL) {
            throw new StackException(errno);
        }
        throw hostError(answer.hostError());
    }

    private static void checkEai(Scratch scratch, int code) throws NameServiceException, StackException {
        if (code == EAI_SYSTEM) {
            throw new StackException(scratch.errno());
        }
        if (code != 0) {
            throw eai(code);
        }
    }

    private static NameServiceException eai(int code) {
        return new NameServiceException(Range.EAI, code);
    }

    private static NameServiceException hostError(int code) {
        return new NameServiceException(Range.H_ERRNO, code);
    }
}
