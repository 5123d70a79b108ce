package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;
import static io.github.pysockets.linux.Fields.WIRE_INT;
import static io.github.pysockets.linux.Fields.WIRE_LONG;
import static io.github.pysockets.linux.Fields.WIRE_SHORT;

import io.github.pysockets.stack.NameService.HostEntry;
import io.github.pysockets.stack.NameService.NetworkInterface;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The structs of netdb.h and net/if.h that calls return. Each is at an address in {@code memory}. */
final class NetdbDecoder {
    private static final int POINTER = 8;

    // struct hostent
    private static final int HOST_NAME = 0;
    private static final int HOST_ALIASES = 8;
    private static final int HOST_FAMILY = 16;
    private static final int HOST_ADDRESSES = 24;

    // struct servent
    private static final int SERVICE_NAME = 0;
    private static final int SERVICE_PORT = 16;

    // struct protoent
    private static final int PROTOCOL_NUMBER = 16;

    // struct if_nameindex
    private static final int INTERFACE_INDEX = 0;
    private static final int INTERFACE_NAME = 8;
    private static final int INTERFACE_SIZE = 16;

    private NetdbDecoder() {}

    static HostEntry hostent(MemorySegment memory, long at) {
        int family = memory.get(HOST_INT, at + HOST_FAMILY);
        List<String> aliases = new ArrayList<>();
        for (long alias : pointers(memory, memory.get(HOST_LONG, at + HOST_ALIASES))) {
            aliases.add(NativeText.readPointer(memory, alias));
        }
        List<SocketAddress> addresses = new ArrayList<>();
        for (long address : pointers(memory, memory.get(HOST_LONG, at + HOST_ADDRESSES))) {
            addresses.add(address(memory, address, family));
        }
        return new HostEntry(NativeText.readPointer(memory, memory.get(HOST_LONG, at + HOST_NAME)), aliases, addresses);
    }

    static String serviceName(MemorySegment memory, long at) {
        return NativeText.readPointer(memory, memory.get(HOST_LONG, at + SERVICE_NAME));
    }

    static int servicePort(MemorySegment memory, long at) {
        return Short.toUnsignedInt(memory.get(WIRE_SHORT, at + SERVICE_PORT));
    }

    static int protocolNumber(MemorySegment memory, long at) {
        return memory.get(HOST_INT, at + PROTOCOL_NUMBER);
    }

    /** @param first address of an array of struct if_nameindex, whose last entry has the index 0 */
    static List<NetworkInterface> nameindex(MemorySegment memory, long first) {
        List<NetworkInterface> interfaces = new ArrayList<>();
        for (long at = first;; at += INTERFACE_SIZE) {
            int index = memory.get(HOST_INT, at + INTERFACE_INDEX);
            if (index == 0) {
                return interfaces;
            }
            String name = NativeText.readPointer(memory, memory.get(HOST_LONG, at + INTERFACE_NAME));
            interfaces.add(new NetworkInterface(index, name));
        }
    }

    private static SocketAddress address(MemorySegment memory, long at, int family) {
        return family == AF_INET6
                ? new SockaddrIn6(memory.get(WIRE_LONG, at), memory.get(WIRE_LONG, at + Long.BYTES), 0, 0, 0)
                : new SockaddrIn(memory.get(WIRE_INT, at), 0);
    }

    /** The pointers of an array that ends with a null pointer. Without an array the list is empty. */
    private static List<Long> pointers(MemorySegment memory, long first) {
        List<Long> pointers = new ArrayList<>();
        if (first != 0) {
            for (long at = first; memory.get(HOST_LONG, at) != 0; at += POINTER) {
                pointers.add(memory.get(HOST_LONG, at));
            }
        }
        return pointers;
    }
}
