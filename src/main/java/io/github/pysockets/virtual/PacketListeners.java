package io.github.pysockets.virtual;

import io.github.pysockets.virtual.Packet.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who are told of each packet. */
final class PacketListeners {
    private final List<PacketListener> listeners = new CopyOnWriteArrayList<>();

    void add(PacketListener listener) {
        listeners.add(listener);
    }

    void tell(Frame frame, long sent, long arrives, Verdict verdict) {
        if (!listeners.isEmpty()) {
            Packet packet = frame.describe(sent, arrives, verdict);
            listeners.forEach(listener -> listener.sent(packet));
        }
    }
}
