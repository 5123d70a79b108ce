package io.github.pysockets.stack;

/** An endpoint that sends and receives messages with ancillary data. */
public interface MessageEndpoint extends Endpoint {
    /** sendmsg(2). Returns the number of bytes sent, or the negated errno. */
    int sendMessage(OutgoingMessage message, int flags);

    /** recvmsg(2). Returns the number of bytes received, or the negated errno, and sets the rest in {@code message}. */
    int receiveMessage(IncomingMessage message, int flags);
}
