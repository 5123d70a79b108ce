package io.github.pysockets.quota;

import static io.github.pysockets.abi.MessageFlags.MSG_CTRUNC;

import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;

/** The descriptors that come with a message (SCM_RIGHTS). Sockets among them take room, or are dropped. */
final class ReceivedRights {
    private ReceivedRights() {}

    /** Wraps the descriptors of a message. Sets MSG_CTRUNC where there are too many, as the kernel does. */
    static void takeIn(IncomingMessage message, Quota quota) {
        List<ControlMessage> control = new ArrayList<>();
        int flags = message.flags();
        for (ControlMessage item : message.control()) {
            List<Endpoint> kept = new ArrayList<>();
            for (Endpoint received : item.endpoints()) {
                Endpoint wrapped = wrapped(received, quota);
                if (wrapped == null) {
                    flags |= MSG_CTRUNC;
                } else {
                    kept.add(wrapped);
                }
            }
            control.add(new ControlMessage(item.level(), item.type(), item.data(), List.copyOf(kept)));
        }
        message.set(flags, List.copyOf(control), message.controlDamaged(), message.from());
    }

    /** Null where there is no room for it. */
    private static Endpoint wrapped(Endpoint received, Quota quota) {
        Kind kind = Kind.of(received);
        if (kind == Kind.FILE) {
            return QuotaEndpoint.other(received, quota);
        }
        Slot taken = Slot.take(quota, new BufferClaim(quota));
        if (taken != null) {
            return QuotaEndpoint.socket(received, quota, kind, taken);
        }
        try {
            received.close();
        } catch (StackException failed) {
            // It is closed all the same.
            return null;
        }
        return null;
    }
}
