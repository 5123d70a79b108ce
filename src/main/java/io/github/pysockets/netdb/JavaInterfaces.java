package io.github.pysockets.netdb;

import static io.github.pysockets.abi.Errno.EIO;

import io.github.pysockets.stack.NameService.NetworkInterface;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;

/**
 * The interfaces that Java knows. On Linux these are the ones that have an address. On Windows their names are Java's
 * own.
 */
final class JavaInterfaces implements HostInterfaces {
    @Override
    public List<NetworkInterface> list() throws StackException {
        return all().stream()
                .filter(it -> it.getIndex() > 0)
                .map(it -> new NetworkInterface(it.getIndex(), it.getName()))
                .sorted(Comparator.comparingInt(NetworkInterface::index))
                .toList();
    }

    @Override
    public List<SocketAddress> addresses() throws StackException {
        return all().stream().flatMap(java.net.NetworkInterface::inetAddresses).map(JavaHosts::address).toList();
    }

    private static List<java.net.NetworkInterface> all() throws StackException {
        try {
            return java.net.NetworkInterface.networkInterfaces().toList();
        } catch (SocketException _) {
            // Java tells no errno. It could not ask the kernel.
            throw new StackException(EIO);
        }
    }
}
