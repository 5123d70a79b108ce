package io.github.pysockets.bench.worker;

import java.util.Map;
import java.util.TreeMap;

/** The workloads that plain Java can do. */
final class Workloads {
    /** Sets a workload up. */
    interface Opening {
        Workload open(Peer peer, int parameter) throws Exception;
    }

    static final Map<String, Opening> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("call-cost", Calls::callCost),
            Map.entry("eagain", Calls::wouldBlock),
            Map.entry("tcp-round-trip", (peer, parameter) -> RoundTrips.stream(peer.connect("ECHO"))),
            Map.entry("unix-round-trip", (peer, parameter) -> RoundTrips.stream(peer.connectUnix("ECHO"))),
            Map.entry("udp-round-trip", RoundTrips::datagrams),
            Map.entry("send", (peer, parameter) -> Bulk.send(peer, Bulk.PIECE)),
            Map.entry("sendall-1mb", (peer, parameter) -> Bulk.send(peer, Bulk.LARGE)),
            Map.entry("recv", Bulk::receive),
            Map.entry("recv-into", Bulk::receiveInto),
            Map.entry("sendfile", Bulk::sendFile),
            Map.entry("connect", Connections::connect),
            Map.entry("accept", Connections::accept),
            Map.entry("readline", Lines::read),
            Map.entry("file-write", Lines::write),
            Map.entry("epoll", Selecting::wakeUp),
            Map.entry("asyncio-echo", EchoServer::open),
            Map.entry("tls-bulk", Secured::send),
            Map.entry("tls-recv", Secured::receive),
            Map.entry("tls-round-trip", Secured::roundTrip),
            Map.entry("tls-handshakes", Secured::handshakes),
            Map.entry("idle-memory", IdleMemory::open)));

    private static final String SELECTOR = "a Selector is epoll";
    private static final String LIBRARY = "a library of Python's";

    static final Map<String, String> MISSING = Map
            .of("select", SELECTOR, "poll", SELECTOR, "http-server", LIBRARY, "http-server-new", LIBRARY,
                    "http-client", LIBRARY, "line-client", LIBRARY, "line-client-into", LIBRARY);

    static final Map<String, String> NOTES = Map.of(
            "call-cost", "a pair of connected UNIX sockets, as there is no socketpair",
            "eagain", "read gives 0, no exception",
            "epoll", "a Selector",
            "asyncio-echo", "a Selector",
            "idle-memory", "of the JVM's heap");

    private Workloads() {}
}
