package io.github.pysockets.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording holds. */
final class FlightEventsTest {
    static final List<String> EVENTS =
            List.of("Connect", "Accept", "Read", "Write", "Close", "Refused", "NameLookup");

    @TempDir
    private Path folder;

    private final List<RecordedEvent> events = new ArrayList<>();

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    private void record(Action action, String... enabled) throws Exception {
        try (Recording recording = new Recording()) {
            EVENTS.forEach(event -> recording.disable("pysockets." + event));
            for (String event : enabled) {
                recording.enable("pysockets." + event);
            }
            recording.start();
            action.run();
            recording.stop();
            Path file = folder.resolve("events.jfr");
            recording.dump(file);
            events.addAll(RecordingFile.readAllEvents(file));
        }
        events.removeIf(event -> !event.getEventType().getName().startsWith("pysockets.")
                || !event.getString("label").equals("wires"));
        events.sort(Comparator.comparing(RecordedEvent::getEndTime));
    }

    private List<String> names() {
        return events.stream().map(event -> event.getEventType().getName().substring("pysockets.".length())).toList();
    }

    private RecordedEvent event(String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("pysockets." + name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void connectionWithItsBytes() throws Exception {
        SockaddrIn[] addresses = new SockaddrIn[2];
        try (Wires wires = new Wires(Wires.slow())) {
            record(() -> {
                Endpoint server = wires.server();
                Endpoint client = wires.tcp();
                assertEquals(0, wires.connect(client, server.localAddress()));
                Endpoint accepted = wires.accept(server);
                addresses[0] = (SockaddrIn) client.localAddress();
                addresses[1] = (SockaddrIn) server.localAddress();
                client.send(new byte[5], 0, 5, 0);
                assertEquals(5, accepted.recv(new byte[9], 0, 9, 0));
                client.close();
                accepted.close();
                server.close();
            }, "Connect", "Accept", "Read", "Write", "Close");
        }
        assertEquals(List.of("Connect", "Accept", "Write", "Read", "Close", "Close", "Close"), names());

        String client = "127.0.0.1:" + addresses[0].port();
        String server = "127.0.0.1:" + addresses[1].port();
        RecordedEvent connect = event("Connect");
        assertEquals(List.of("AF_INET", "SOCK_STREAM", server), texts(connect, "family", "type", "peer"));
        assertEquals(0, connect.getInt("errno"));
        assertNull(connect.getString("failure"));
        assertTrue(connect.getDuration().isPositive(), "from its begin to its outcome");
        assertNull(connect.getStackTrace());
        assertEquals(List.of(client, server), texts(event("Accept"), "peer", "local"));
        assertEquals(server, event("Write").getString("peer"));
        assertEquals(5, event("Write").getLong("bytes"));
        assertEquals(connect.getLong("socket"), event("Write").getLong("socket"));
        assertEquals(client, event("Read").getString("peer"));
        assertEquals(5, event("Read").getLong("bytes"));
        RecordedEvent close = event("Close");
        assertEquals(List.of(client, server), texts(close, "local", "peer"));
        assertEquals(List.of(0L, 5L), List.of(close.getLong("bytesIn"), close.getLong("bytesOut")));
        assertTrue(close.getDuration("age").compareTo(connect.getDuration()) > 0);
    }

    private static List<String> texts(RecordedEvent event, String... fields) {
        return java.util.Arrays.stream(fields).map(event::getString).toList();
    }

    @Test
    void failedConnection() throws Exception {
        try (Wires wires = new Wires()) {
            record(() -> {
                Endpoint client = wires.tcp();
                assertEquals(-Errno.ECONNREFUSED, wires.connect(client, wires.deaf()));
                client.close();
            }, "Connect");
        }
        assertEquals(Errno.ECONNREFUSED, event("Connect").getInt("errno"));
        assertEquals("Connection refused", event("Connect").getString("failure"));
    }

    @Test
    void refusal() throws Exception {
        try (Wires wires = new Wires(Wires.refusing(Errno.EACCES, "no rule"))) {
            record(() -> {
                Endpoint client = wires.tcp();
                assertEquals(-Errno.EACCES, client.connect(new SockaddrIn(0x0102_0304, 5)));
                client.close();
            }, "Refused", "Connect");
        }
        assertEquals(List.of("Refused"), names());
        assertEquals(List.of("connect", "1.2.3.4:5", "no rule", "AF_INET"),
                texts(event("Refused"), "call", "target", "reason", "family"));
    }

    @Test
    void lookUps() throws Exception {
        try (Wires wires = new Wires()) {
            record(() -> {
                wires.stack.names().getaddrinfo("127.0.0.1".getBytes(StandardCharsets.US_ASCII), null, 0, 0, 0, 0);
                assertThrows(NameServiceException.class, () -> wires.stack.names()
                        .getaddrinfo("no.address".getBytes(StandardCharsets.US_ASCII), null, 0, 0, 0, 4));
            }, "NameLookup");
        }
        assertEquals(List.of("NameLookup", "NameLookup"), names());
        assertEquals(List.of("getaddrinfo", "127.0.0.1"), texts(events.get(0), "call", "name"));
        assertTrue(events.get(0).getInt("answers") > 0);
        assertTrue(events.get(0).getDuration().isPositive());
        assertNotNull(events.get(1).getString("failure"));
    }

    /** A call that nobody records makes no event. */
    @Test
    void whatIsOffIsNotMade() throws Exception {
        try (Wires wires = new Wires()) {
            record(() -> {
                assertNull(FlightEvents.beginRead());
                assertNull(FlightEvents.beginWrite());
                assertNotNull(FlightEvents.beginConnect());
                wires.tcp().close();
            }, "Connect");
        }
        assertEquals(List.of(), names());
        assertNull(FlightEvents.beginConnect());
        assertNull(FlightEvents.beginLookUp());
    }

    /** By the settings that the JDK ships, and in a recording that names no event. */
    @Test
    void byDefaultAllButReadAndWriteAreRecorded() throws Exception {
        try (Recording recording = new Recording(jdk.jfr.Configuration.getConfiguration("default"))) {
            recording.start();
            assertNotNull(FlightEvents.beginConnect());
            assertNotNull(FlightEvents.beginLookUp());
            assertTrue(FlightEvents.wantsClose());
            assertNull(FlightEvents.beginRead());
            assertNull(FlightEvents.beginWrite());
        }
    }
}
