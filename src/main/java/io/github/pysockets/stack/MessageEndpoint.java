package io.github.pysockets.stack;

/** An endpoint that sends and receives messages with ancillary data. */
public interface MessageEndpoint extends Endpoint {
    /** sendmsg(2): the bytes sent, or the negated errno. */
    int sendMessage(OutgoingMessage message, int flags);

    /** recvmsg(2): the bytes received, or the negated errno; the rest is set in {@code message}. */
    int receiveMessage(IncomingMessage message, int flags);
}
