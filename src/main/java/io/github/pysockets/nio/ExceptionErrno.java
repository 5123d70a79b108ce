package io.github.pysockets.nio;

import io.github.pysockets.abi.Errno;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The errno for an exception of a channel. Its class decides. Where a class stands for more than one errno, its message
 * decides, which is the text of the system's strerror(3) and may be in any language; and where that is not known, the
 * call that failed.
 */
final class ExceptionErrno {
    /** The call that failed. */
    enum Call {
        /** Making a channel or a selector: it needs nothing but descriptors. */
        OPEN(Errno.EMFILE),
        BIND(Errno.EADDRINUSE),
        CONNECT(Errno.ECONNREFUSED),
        ACCEPT(Errno.EMFILE),
        /** Receiving from a stream: only its end by force fails. */
        READ(Errno.ECONNRESET),
        /** Sending on a stream. */
        WRITE(Errno.EPIPE),
        /** Receiving and sending datagrams. */
        DATAGRAM(Errno.EIO),
        OPTION(Errno.EINVAL),
        /** Anything else. */
        OTHER(Errno.EIO);

        private final int usual;

        Call(int usual) {
            this.usual = usual;
        }
    }

    /** How messages begin. Longer ones are before those that they begin with. */
    private static final Map<String, Integer> MESSAGES = messages();

    private ExceptionErrno() {}

    private static Map<String, Integer> messages() {
        Map<String, Integer> messages = new LinkedHashMap<>();
        // Of the JDK itself, in English everywhere.
        messages.put("Connection reset", Errno.ECONNRESET);
        messages.put("Can't send to port 0", Errno.EINVAL);
        messages.put("Can't connect to port 0", Errno.EADDRNOTAVAIL);
        messages.put("Unix domain path too long", Errno.EINVAL);
        messages.put("Server socket cannot bind to unnamed address", Errno.EINVAL);
        // Of glibc.
        messages.put("Broken pipe", Errno.EPIPE);
        messages.put("Address already in use", Errno.EADDRINUSE);
        messages.put("Cannot assign requested address", Errno.EADDRNOTAVAIL);
        messages.put("Permission denied", Errno.EACCES);
        messages.put("Operation not permitted", Errno.EPERM);
        messages.put("Network is unreachable", Errno.ENETUNREACH);
        messages.put("Network is down", Errno.ENETDOWN);
        messages.put("Network dropped connection on reset", Errno.ENETRESET);
        messages.put("No route to host", Errno.EHOSTUNREACH);
        messages.put("Host is down", Errno.EHOSTDOWN);
        messages.put("Too many open files in system", Errno.ENFILE);
        messages.put("Too many open files", Errno.EMFILE);
        messages.put("No such file or directory", Errno.ENOENT);
        messages.put("Not a directory", Errno.ENOTDIR);
        messages.put("Is a directory", Errno.EISDIR);
        messages.put("File name too long", Errno.ENAMETOOLONG);
        messages.put("No such device or address", Errno.ENXIO);
        messages.put("No such device", Errno.ENODEV);
        messages.put("Invalid argument", Errno.EINVAL);
        messages.put("Message too long", Errno.EMSGSIZE);
        messages.put("No buffer space available", Errno.ENOBUFS);
        messages.put("Cannot allocate memory", Errno.ENOMEM);
        messages.put("Connection refused", Errno.ECONNREFUSED);
        messages.put("Connection timed out", Errno.ETIMEDOUT);
        messages.put("Software caused connection abort", Errno.ECONNABORTED);
        messages.put("Transport endpoint is already connected", Errno.EISCONN);
        messages.put("Transport endpoint is not connected", Errno.ENOTCONN);
        messages.put("Cannot send after transport endpoint shutdown", Errno.ESHUTDOWN);
        messages.put("Destination address required", Errno.EDESTADDRREQ);
        messages.put("Resource temporarily unavailable", Errno.EAGAIN);
        messages.put("Operation not supported", Errno.EOPNOTSUPP);
        messages.put("Protocol not available", Errno.ENOPROTOOPT);
        messages.put("Address family not supported", Errno.EAFNOSUPPORT);
        messages.put("Protocol wrong type for socket", Errno.EPROTOTYPE);
        // Of macOS, where they are different.
        messages.put("Can't assign requested address", Errno.EADDRNOTAVAIL);
        messages.put("Operation timed out", Errno.ETIMEDOUT);
        messages.put("Socket is already connected", Errno.EISCONN);
        messages.put("Socket is not connected", Errno.ENOTCONN);
        messages.put("Can't send after socket shutdown", Errno.ESHUTDOWN);
        messages.put("Device not configured", Errno.ENXIO);
        // Of the JDK on Windows, and of Windows itself.
        messages.put("Unrecognized Windows Sockets error: 0: Cannot bind", Errno.EADDRINUSE);
        messages.put("Invalid parameter", Errno.EINVAL);
        messages.put("An existing connection was forcibly closed", Errno.ECONNRESET);
        messages.put("An established connection was aborted", Errno.ECONNABORTED);
        messages.put("Software caused connection abort", Errno.ECONNABORTED);
        messages.put("Only one usage of each socket address", Errno.EADDRINUSE);
        messages.put("No buffer space available (maximum connections reached?)", Errno.ENOBUFS);
        messages.put("Message too large", Errno.EMSGSIZE);
        messages.put("Datagram send failed", Errno.EIO);
        messages.put("The message is larger than the maximum", Errno.EMSGSIZE);
        messages.put("Network unreachable", Errno.ENETUNREACH);
        messages.put("Host unreachable", Errno.EHOSTUNREACH);
        return messages;
    }

    /** The positive errno. Never fails: an exception that is not known is EIO, or what the call usually fails with. */
    static int of(Exception failure, Call call) {
        return switch (failure) {
            case PortUnreachableException _ -> Errno.ECONNREFUSED;
            case NoRouteToHostException _ -> byMessage(failure, Errno.EHOSTUNREACH);
            case ConnectException _ -> byMessage(failure, Errno.ECONNREFUSED);
            case BindException _ -> byMessage(failure, Errno.EADDRINUSE);
            case SocketTimeoutException _ -> Errno.ETIMEDOUT;
            case ProtocolException _ -> Errno.EPROTO;
            case ClosedChannelException _ -> Errno.EBADF;
            case AccessDeniedException _ -> Errno.EACCES;
            case NoSuchFileException _ -> Errno.ENOENT;
            case NotYetConnectedException _ -> Errno.ENOTCONN;
            case AlreadyConnectedException _ -> Errno.EISCONN;
            case ConnectionPendingException _ -> Errno.EALREADY;
            case NoConnectionPendingException _ -> Errno.EINVAL;
            case AlreadyBoundException _ -> Errno.EINVAL;
            case NotYetBoundException _ -> Errno.EINVAL;
            case UnsupportedAddressTypeException _ -> Errno.EAFNOSUPPORT;
            case UnresolvedAddressException _ -> Errno.EINVAL;
            case CancelledKeyException _ -> Errno.EBADF;
            case ClosedSelectorException _ -> Errno.EBADF;
            case UnsupportedOperationException _ -> Errno.EOPNOTSUPP;
            case SecurityException _ -> Errno.EACCES;
            case IllegalArgumentException _ -> Errno.EINVAL;
            case RuntimeException _ -> Errno.EIO;
            default -> byMessage(failure, call.usual);
        };
    }

    /** Whether the exception alone says what happened. Otherwise {@link #of} has guessed by the call. */
    static boolean isClear(Exception failure) {
        return of(failure, Call.READ) == of(failure, Call.WRITE)
                && (!(failure instanceof SocketException) || byMessage(failure, 0) != 0);
    }

    private static int byMessage(Exception failure, int otherwise) {
        String message = failure.getMessage();
        if (message != null) {
            for (Map.Entry<String, Integer> known : MESSAGES.entrySet()) {
                if (message.startsWith(known.getKey())) {
                    return known.getValue();
                }
            }
        }
        return otherwise;
    }
}
