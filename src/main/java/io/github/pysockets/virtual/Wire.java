package io.github.pysockets.virtual;

import io.github.pysockets.virtual.Packet.Verdict;

/** One direction of a link. */
final class Wire {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final World world;
    private final PacketListeners listeners;
    private final Chance chance;
    private Link link;
    /** How many partitions it crosses. */
    private int cuts;
    /** When the last byte that was accepted will have been sent. */
    private long busyUntil;
    /** When the last frame arrives that no other overtakes. */
    private long lastArrival;

    Wire(World world, PacketListeners listeners, Chance chance, Link link) {
        this.world = world;
        this.listeners = listeners;
        this.chance = chance;
        this.link = link;
    }

    void become(Link newLink) {
        link = newLink;
    }

    void cut() {
        cuts++;
    }

    void mend() {
        cuts--;
    }

    /** Whether so much waits for its turn that nobody should add what is not needed. */
    boolean isCongested() {
        return busyUntil - world.now() > NANOS_PER_SECOND;
    }

    /** Sends a frame. What a frame needs of chance does not depend on the fate of others. */
    void transmit(Frame frame) {
        long now = world.now();
        if (cuts > 0) {
            lose(frame, Verdict.PARTITIONED);
            return;
        }
        busyUntil = Math.max(now, busyUntil) + duration(frame.size());
        if (chance.happens(link.loss())) {
            lose(frame, Verdict.LOST);
            return;
        }
        long arrival = busyUntil + link.latency() + chance.upTo(link.jitter());
        if (chance.happens(link.reordering())) {
            arrival += chance.upTo(link.latency() + link.jitter());
        } else {
            arrival = Math.max(arrival, lastArrival);
            lastArrival = arrival;
        }
        deliver(frame, arrival, Verdict.DELIVERED);
        Frame copy = link.duplication() > 0 ? frame.copy() : null;
        if (copy != null && chance.happens(link.duplication())) {
            deliver(copy, arrival + chance.upTo(link.latency() + link.jitter()), Verdict.DUPLICATE);
        }
    }

    private long duration(int bytes) {
        long bandwidth = link.bandwidth();
        return bandwidth == Long.MAX_VALUE ? 0 : Math.ceilDiv(bytes * NANOS_PER_SECOND, bandwidth);
    }

    private void deliver(Frame frame, long arrival, Verdict verdict) {
        listeners.tell(frame, world.now(), arrival, verdict);
        world.schedule(frame, arrival - world.now());
    }

    private void lose(Frame frame, Verdict verdict) {
        listeners.tell(frame, world.now(), 0, verdict);
        frame.lost();
    }
}
