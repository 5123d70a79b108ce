package io.github.pysockets.stack;

import java.util.List;

/**
 * Names of hosts, services, protocols and network interfaces. These calls may wait for a server that is slow: the
 * layer above runs them where a caller that gives up is not held.
 *
 * <p>Names go in as the bytes that the platform's call gets, and come out as text. Bytes with a 0 among them name
 * nothing.
 */
public interface NameService {
    /**
     * getaddrinfo(3).
     *
     * @param host null for none
     * @param service a name or a decimal number; null for none
     * @throws StackException where the answer was EAI_SYSTEM
     */
    List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException;

    /** getnameinfo(3). */
    HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException;

    /** gethostbyname(3): addresses of the IPv4 family. */
    HostEntry gethostbyname(byte[] name) throws NameServiceException, StackException;

    /** gethostbyaddr(3), for an IPv4 or IPv6 address (its port does not matter). */
    HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException;

    /**
     * getservbyname(3).
     *
     * @param protocol null for any
     * @return the port, or -1 where there is no such service
     */
    int getservbyname(byte[] name, byte[] protocol);

    /**
     * getservbyport(3).
     *
     * @param protocol null for any
     * @return the name, or null where there is none
     */
    String getservbyport(int port, byte[] protocol);

    /** getprotobyname(3): the number, or -1 where there is no such protocol. */
    int getprotobyname(byte[] name);

    /** if_nameindex(3). */
    List<NetworkInterface> interfaces() throws StackException;

    /** if_nametoindex(3): the index, or 0 where there is no such interface. */
    int interfaceIndex(byte[] name);

    /** if_indextoname(3). */
    String interfaceName(long index) throws StackException;

    /** The platform's text for a code that a name service failed with: gai_strerror(3), hstrerror(3). */
    String errorText(NameServiceException.Range range, int code);

    /** One answer of getaddrinfo. {@code canonicalName} is null where none was given. */
    record AddressInfo(int family, int type, int protocol, String canonicalName, SocketAddress address) {}

    /** What getnameinfo answers with. */
    record HostService(String host, String service) {}

    /** struct hostent: the addresses are of one family, their ports 0. */
    record HostEntry(String name, List<String> aliases, List<SocketAddress> addresses) {}

    /** An interface of this host, numbered from 1. */
    record NetworkInterface(int index, String name) {}
}
