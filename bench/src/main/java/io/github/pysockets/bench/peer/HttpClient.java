package io.github.pysockets.bench.peer;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of a worker's HTTP server: one request after the other on a connection that is kept alive. */
final class HttpClient extends Driving {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String LENGTH = "content-length:";
    private static final int LARGEST = 8192;

    private final InetSocketAddress server;
    private Connection connection;
    private ByteBuffer request;
    private ByteBuffer response;

    HttpClient(InetSocketAddress server) {
        this.server = server;
    }

    @Override
    void prepare(int count) throws IOException {
        SocketChannel channel = SocketChannel.open();
        connection = Connection.plain(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(server);
        request = connection.filled(REQUEST.getBytes(StandardCharsets.US_ASCII));
        response = connection.buffer(LARGEST);
    }

    @Override
    long drive(long nanoseconds) throws IOException {
        long deadline = System.nanoTime() + nanoseconds;
        long answered = 0;
        do {
            connection.write(request.rewind());
            receive();
            answered++;
        } while (System.nanoTime() < deadline);
        return answered;
    }

    /** Reads one response, to the end of its body. */
    private void receive() throws IOException {
        response.clear();
        int length = Integer.MAX_VALUE;
        while (response.position() < length) {
            if (connection.channel().read(response) < 0) {
                throw new EOFException();
            }
            if (length == Integer.MAX_VALUE) {
                length = length();
            }
        }
    }

    /** The length of the response with its head, once the head is there. */
    private int length() throws IOException {
        String text = StandardCharsets.US_ASCII.decode(response.duplicate().flip()).toString();
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Integer.MAX_VALUE;
        }
        String head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
        int named = head.indexOf(LENGTH);
        if (!head.startsWith("http/1.1 200 ") || named < 0) {
            throw new IOException("not the expected response: " + head);
        }
        String value = head.substring(named + LENGTH.length(), head.indexOf("\r\n", named));
        return end + 4 + Integer.parseInt(value.strip());
    }

    @Override
    void end() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}
