package io.github.pysockets.nio;

import io.github.pysockets.abi.Errno;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Why bind or connect has failed, where an exception leaves that open: its text is in another language than those known
 * here. What can be seen of the address decides.
 */
final class LikelyErrno {
    private static final int FIRST_FREE_PORT = 1024;

    private LikelyErrno() {}

    static int ofBind(SocketAddress address, int otherwise) {
        return switch (address) {
            case UnixDomainSocketAddress unix -> exists(unix.getPath())
                    ? Errno.EADDRINUSE
                    : ofDirectory(unix.getPath().toAbsolutePath().getParent(), otherwise);
            case InetSocketAddress inet when !isOfThisHost(inet) -> Errno.EADDRNOTAVAIL;
            case InetSocketAddress inet when inet.getPort() > 0 && inet.getPort() < FIRST_FREE_PORT -> Errno.EACCES;
            default -> otherwise;
        };
    }

    static int ofConnect(SocketAddress address, int otherwise) {
        if (!(address instanceof UnixDomainSocketAddress unix)) {
            return otherwise;
        }
        if (!exists(unix.getPath())) {
            int ofDirectory = ofDirectory(unix.getPath().toAbsolutePath().getParent(), Errno.ENOENT);
            return ofDirectory == Errno.EACCES ? Errno.ENOENT : ofDirectory;
        }
        return Files.isWritable(unix.getPath()) ? Errno.ECONNREFUSED : Errno.EACCES;
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static int ofDirectory(Path directory, int otherwise) {
        if (directory == null || !exists(directory)) {
            return Errno.ENOENT;
        }
        if (!Files.isDirectory(directory)) {
            return Errno.ENOTDIR;
        }
        return Files.isWritable(directory) ? otherwise : Errno.EACCES;
    }

    private static boolean isOfThisHost(InetSocketAddress address) {
        try {
            return address.getAddress().isAnyLocalAddress() || address.getAddress().isMulticastAddress()
                    || NetworkInterface.getByInetAddress(address.getAddress()) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }
}
