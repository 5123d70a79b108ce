package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;

/**
 * Receives what MSG_WAITALL still waits for after the first part of a message on a stream. Bytes that come with
 * descriptors are the last: the kernel never adds later ones to them.
 */
final class MessageRest implements BlockingCalls.Transfer {
    private final IncomingMessage whole;

    /** @param whole what was received so far; each further part is added to it */
    MessageRest(IncomingMessage whole) {
        this.whole = whole;
    }

    @Override
    public boolean isOver() {
        return whole.control().stream().anyMatch(item -> !item.endpoints().isEmpty());
    }

    @Override
    public int move(Endpoint endpoint, byte[] array, int at, int count, int flags) {
        IncomingMessage part = new IncomingMessage(array, at, count, whole.controlCapacity());
        int received = receive(endpoint, part, flags);
        if (received > 0) {
            whole.set(
                    whole.flags() | part.flags(),
                    part.control().isEmpty() ? whole.control() : part.control(),
                    part.controlDamaged(),
                    whole.from());
        }
        return received;
    }

    /** Receives one part: recvmsg(2). */
    static int receive(Endpoint endpoint, IncomingMessage message, int flags) {
        MessageEndpoint messages = endpoint.ability(MessageEndpoint.class);
        return messages == null ? -Errno.EOPNOTSUPP : messages.receiveMessage(message, flags);
    }
}
