package io.github.pysockets.netdb;

import io.github.pysockets.stack.NameService.NetworkInterface;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.List;

/** The network interfaces of this host, as they are at the moment. */
public interface HostInterfaces {
    /** if_nameindex(3). */
    List<NetworkInterface> list() throws StackException;

    /**
     * The addresses of all interfaces, loopback included, of AF_INET and AF_INET6. AI_ADDRCONFIG looks at them, and so
     * does the order of answers. An empty list says that they are not known.
     */
    List<SocketAddress> addresses() throws StackException;
}
