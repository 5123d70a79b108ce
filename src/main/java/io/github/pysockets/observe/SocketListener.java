package io.github.pysockets.observe;

import java.time.Duration;

/**
 * Is told what scripts do with sockets. Each method does nothing unless overridden.
 *
 * <p>A method runs inside the call that it tells of, on the thread that makes this call: a thread of the script, or for
 * {@link #lookedUp} a thread of PySockets. The call goes on when the method returns, so a method should be quick, and
 * expect several threads at once. What a method throws does not reach the script; the first such exception is logged.
 *
 * <p>For each socket there is one {@code opened} or {@code accepted}, and one {@code closed}. There is no {@code
 * closed} where something other than PySockets closed the descriptor.
 */
public interface SocketListener {
    /** A socket was made, came with SCM_RIGHTS, or came from elsewhere in the process and is now used first. */
    default void opened(SocketState socket) {}

    /** A connection was accepted. */
    default void accepted(SocketState socket) {}

    /**
     * A socket was connected.
     *
     * @param took the time from the call of connect to the moment at which the script learned of the outcome
     */
    default void connected(SocketState socket, Duration took) {}

    /**
     * A socket could not be connected.
     *
     * @param target the address of the peer
     * @param failure the text of the errno, or that the socket was closed before there was an outcome
     * @param took as for {@link #connected}
     */
    default void connectFailed(SocketState socket, String target, String failure, Duration took) {}

    /** A rule or a limit of the application refused a call. */
    default void refused(RefusedCall call) {}

    /** A socket was closed: the last of its descriptors in the context. */
    default void closed(SocketState socket) {}

    /** The name service was asked. */
    default void lookedUp(HostLookUp lookUp) {}
}
