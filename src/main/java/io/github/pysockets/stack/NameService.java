package io.github.pysockets.stack;

import java.util.List;

/**
 * Names of hosts, services, protocols and network interfaces. These calls may wait for a slow server: the layer above
 * runs them so that a caller can stop waiting.
 *
 * <p>Names are passed as the bytes for the platform's call, and returned as text. A name with a 0 byte in it is
 * unknown.
 */
public interface NameService {
    /**
     * getaddrinfo(3).
     *
     * @param host null for none
     * @param service a name or a decimal number; null for none
     * @throws StackException if the answer was EAI_SYSTEM
     */
    List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException;

    /** getnameinfo(3). */
    HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException;

    /** gethostbyname(3): IPv4 addresses. */
    HostEntry gethostbyname(byte[] name) throws NameServiceException, StackException;

    /** gethostbyaddr(3), for an IPv4 or IPv6 address (its port does not matter). */
    HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException;

    /**
     * getservbyname(3).
     *
     * @param protocol null for any
     * @return the port, or -1 if there is no such service
     */
    int getservbyname(byte[] name, byte[] protocol);

    /**
     * getservbyport(3).
     *
     * @param protocol null for any
     * @return the name, or null if there is none
     */
    String getservbyport(int port, byte[] protocol);

    /** getprotobyname(3): the number, or -1 if there is no such protocol. */
    int getprotobyname(byte[] name);

    /** if_nameindex(3). */
    List<NetworkInterface> interfaces() throws StackException;

    /** if_nametoindex(3): the index, or 0 if there is no such interface. */
    int interfaceIndex(byte[] name);

    /** if_indextoname(3). */
    String interfaceName(long index) throws StackException;

    /** Whether no call ever waits, so that a caller needs no way to end it. */
    default boolean answersAtOnce() {
        return false;
    }

    /** The platform's text for an error code of a name service: gai_strerror(3), hstrerror(3). */
    String errorText(NameServiceException.Range range, int code);

    /** One answer of getaddrinfo. {@code canonicalName} is null if there is none. */
    record AddressInfo(int family, int type, int protocol, String canonicalName, SocketAddress address) {}

    /** The answer of getnameinfo. */
    record HostService(String host, String service) {}

    /** struct hostent. All addresses are of one family and have port 0. */
    record HostEntry(String name, List<String> aliases, List<SocketAddress> addresses) {}

    /** An interface of this host, numbered from 1. */
    record NetworkInterface(int index, String name) {}
}
