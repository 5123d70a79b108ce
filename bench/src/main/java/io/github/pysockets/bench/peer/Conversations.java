package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a connection is for, by the first line that the client sends.
 *
 * <pre>
 * ECHO           all that comes is sent back
 * SINK           all that comes is dropped
 * SOURCE         zeros are sent, for ever
 * LINES          lines of 60 bytes are sent, for ever
 * GET ...        this and the following requests are answered, HTTP/1.1
 * PORTS          the answer is "tls N acceptor N"
 * CONNECT port   see {@link Connecting}
 * CLIENTS port   see {@link EchoClients}
 * REQUESTS port  see {@link HttpClient}
 * NEW port       the same with a new connection for each request
 * </pre>
 */
final class Conversations {
    private static final int BULK = 256 * 1024;
    private static final String LINE = "x".repeat(59) + "\n";

    private final InetAddress here;
    private final Ports ports;

    Conversations(InetAddress here, Ports ports) {
        this.here = here;
        this.ports = ports;
    }

    void hold(Connection connection) throws IOException {
        String[] words = connection.line().split(" ");
        switch (words[0]) {
            case "ECHO" -> echo(connection);
            case "SINK" -> sink(connection);
            case "SOURCE" -> source(connection, new byte[BULK]);
            case "LINES" -> source(connection, LINE.repeat(BULK / LINE.length()).getBytes(StandardCharsets.US_ASCII));
            case "GET" -> new HttpServer(connection).serve();
            case "PORTS" -> connection.write(ports + "\n");
            case "CONNECT" -> new Connecting(server(words[1])).obey(connection);
            case "CLIENTS" -> new EchoClients(server(words[1])).obey(connection);
            case "REQUESTS" -> new HttpClient(server(words[1]), false).obey(connection);
            case "NEW" -> new HttpClient(server(words[1]), true).obey(connection);
            default -> connection.write("unknown\n");
        }
    }

    private InetSocketAddress server(String port) {
        return new InetSocketAddress(here, Integer.parseInt(port));
    }

    private static void echo(Connection connection) throws IOException {
        ByteBuffer buffer = connection.buffer(BULK);
        while (connection.channel().read(buffer.clear()) >= 0) {
            connection.write(buffer.flip());
        }
    }

    private static void sink(Connection connection) throws IOException {
        // Of TLS the records are dropped as they come: to decrypt them takes longer than a worker takes to encrypt.
        ByteBuffer buffer = ByteBuffer.allocateDirect(BULK);
        while (connection.wire().read(buffer.clear()) >= 0) {
            // Nothing is kept.
        }
    }

    private static void source(Connection connection, byte[] bytes) throws IOException {
        ByteBuffer buffer = connection.filled(bytes);
        while (true) {
            connection.write(buffer.rewind());
        }
    }
}
