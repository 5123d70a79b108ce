package io.github.pysockets.observe;

import java.time.Duration;
import jdk.jfr.FlightRecorder;

/**
 * The way to the JDK's Flight Recorder. A JVM may lack it: then nothing is recorded, and {@link JfrEvents}, which alone
 * names the events, is never loaded. Nor is it before the first recording begins, since that takes the JVM a while.
 *
 * <p>What begins an event returns null where nobody wants it. So a call makes no event, and no text for one, unless it
 * is recorded.
 */
final class FlightEvents {
    private static final boolean IS_THERE = isThere();

    private static final Thread LOADER = Thread.ofPlatform()
            .daemon()
            .name("pysockets-events")
            .inheritInheritableThreadLocals(false)
            .unstarted(FlightEvents::loadEvents);

    private static boolean isLoading;
    private static volatile boolean areLoaded;

    private FlightEvents() {}

    private static boolean isThere() {
        try {
            Class.forName("jdk.jfr.FlightRecorder", false, FlightEvents.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError without) {
            return false;
        }
    }

    /** Lets the first recording find what it needs. */
    static void prepare() {
        hasBegun();
    }

    private static boolean hasBegun() {
        return IS_THERE && FlightRecorder.isInitialized() && (areLoaded || load());
    }

    /**
     * Loads the events on a thread of its own. A script's may have used up its stack: then they could never be loaded
     * again.
     */
    private static synchronized boolean load() {
        if (!isLoading) {
            LOADER.start();
            isLoading = true;
        }
        boolean isInterrupted = false;
        while (LOADER.isAlive()) {
            try {
                LOADER.join();
            } catch (InterruptedException later) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return areLoaded;
    }

    private static void loadEvents() {
        JfrEvents.wantsClose();
        areLoaded = true;
    }

    static Object beginConnect() {
        return hasBegun() ? JfrEvents.beginConnect() : null;
    }

    static Object beginRead() {
        return hasBegun() ? JfrEvents.beginRead() : null;
    }

    static Object beginWrite() {
        return hasBegun() ? JfrEvents.beginWrite() : null;
    }

    static Object beginLookUp() {
        return hasBegun() ? JfrEvents.beginLookUp() : null;
    }

    /** Whether the end of a socket is wanted. */
    static boolean wantsClose() {
        return hasBegun() && JfrEvents.wantsClose();
    }

    /**
     * @param begun from {@link #beginConnect}, not null
     * @param failure null where it is connected
     */
    static void connect(Object begun, String label, SocketRecord socket, String peer, int errno, String failure) {
        JfrEvents.connect(begun, label, socket, peer, errno, failure);
    }

    static void accept(String label, SocketRecord socket) {
        if (hasBegun()) {
            JfrEvents.accept(label, socket);
        }
    }

    /** @param begun from {@link #beginRead} or {@link #beginWrite}, not null */
    static void transfer(Object begun, String label, SocketRecord socket, String peer, long bytes) {
        JfrEvents.transfer(begun, label, socket, peer, bytes);
    }

    static void close(SocketState last, Duration age) {
        if (hasBegun()) {
            JfrEvents.close(last, age);
        }
    }

    static void refused(RefusedCall call) {
        if (hasBegun()) {
            JfrEvents.refused(call);
        }
    }

    /** @param begun from {@link #beginLookUp}, not null */
    static void lookUp(Object begun, HostLookUp lookUp) {
        JfrEvents.lookUp(begun, lookUp);
    }
}
