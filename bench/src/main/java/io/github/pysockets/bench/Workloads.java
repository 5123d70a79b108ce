package io.github.pysockets.bench;

import io.github.pysockets.bench.Workload.Place;
import java.util.List;

/** Everything that can be measured, in the order of the table. */
final class Workloads {
    private static final List<Integer> IDLE = List.of(1, 100, 10_000);

    static final List<Workload> ALL = List.of(
            time("call-cost", "send and recv of 64 bytes on a socketpair, in one thread"),
            time("eagain", "recv on a non-blocking socket that has nothing, and the exception"),
            time("tcp-round-trip", "64 bytes to the peer and back"),
            time("unix-round-trip", "the same over a UNIX socket"),
            time("udp-round-trip", "the same by datagrams"),
            flow("send", "send in pieces of 64 KiB"),
            flow("sendall-1mb", "sendall of 1 MB"),
            flow("recv", "recv of 64 KiB"),
            flow("recv-into", "recv_into of 64 KiB"),
            flow("sendfile", "a file of 64 MB by socket.sendfile"),
            rate("connect", "", "connect to the peer, and close"),
            rate("accept", "", "accept of the peer's connection, and close"),
            rate("readline", "lines", "makefile(\"rb\").readline of 60 bytes"),
            rate("file-write", "lines", "makefile(\"wb\").write of 60 bytes, with a flush for each 100"),
            rate("line-client", "requests", "sendall of 60 bytes, and makefile(\"rb\").readline of the answer"),
            rate("line-client-into", "requests", "the same with recv_into a buffer of 4 KiB"),
            wakeUp("select", List.of(1, 100, 500)),
            wakeUp("poll", IDLE),
            wakeUp("epoll", IDLE),
            new Workload("asyncio-echo", Unit.PER_SECOND, "messages", List.of(1, 100, 1000), Place.WORKER,
                    "an asyncio server, by the number of clients, 64 bytes each"),
            rate("http-server", "requests", "http.server, asked on one connection"),
            rate("http-server-new", "requests", "http.server, asked on a new connection each time"),
            rate("http-client", "requests", "http.client, on one connection"),
            flow("tls-bulk", "sendall of 1 MB by TLS"),
            flow("tls-recv", "recv of 64 KiB by TLS"),
            time("tls-round-trip", "64 bytes to the peer and back by TLS"),
            rate("tls-handshakes", "", "connections with a full handshake"),
            new Workload("idle-memory", Unit.BYTES, "", List.of(10_000), Place.NEW_WORKER,
                    "resident memory for each idle connection"),
            fresh("start", Place.FRESH, "a new process that runs \"import socket\""),
            fresh("start-no-socket", Place.FRESH, "a new process that runs \"pass\""),
            fresh("start-no-aot", Place.FRESH_NO_AOT, "as start, by ./pysockets with PYSOCKETS_AOT=off"),
            new Workload("install", Unit.MILLISECONDS, "", List.of(), Place.INSTALLER,
                    "what PySockets.install adds to a context that already runs"));

    private Workloads() {}

    private static Workload time(String name, String text) {
        return new Workload(name, Unit.MICROSECONDS, "", List.of(), Place.WORKER, text);
    }

    private static Workload flow(String name, String text) {
        return new Workload(name, Unit.MEGABYTES, "", List.of(), Place.WORKER, text);
    }

    private static Workload rate(String name, String counted, String text) {
        return new Workload(name, Unit.PER_SECOND, counted, List.of(), Place.WORKER, text);
    }

    private static Workload wakeUp(String name, List<Integer> idle) {
        return new Workload(name, Unit.MICROSECONDS, "", idle, Place.WORKER,
                "one wake-up by " + name + " and its recv, by the number of idle sockets beside");
    }

    private static Workload fresh(String name, Place place, String text) {
        return new Workload(name, Unit.SECONDS, "", List.of(), place, text);
    }
}
