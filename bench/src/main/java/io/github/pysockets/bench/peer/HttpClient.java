package io.github.pysockets.bench.peer;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of a worker's HTTP server: one request after the other, on one connection or each on its own. */
final class HttpClient extends Driving {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String LAST_REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String LENGTH = "content-length:";
    private static final int LARGEST = 8192;

    private final InetSocketAddress server;
    private final boolean connectsAnew;
    private Connection connection;
    private ByteBuffer request;
    private ByteBuffer response;

    /** @param connectsAnew whether each request gets a connection of its own */
    HttpClient(InetSocketAddress server, boolean connectsAnew) {
        this.server = server;
        this.connectsAnew = connectsAnew;
    }

    @Override
    void prepare(int count) throws IOException {
        connect();
        String text = connectsAnew ? LAST_REQUEST : REQUEST;
        request = connection.filled(text.getBytes(StandardCharsets.US_ASCII));
        response = connection.buffer(LARGEST);
        if (connectsAnew) {
            connection.close();
        }
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        connection = Connection.plain(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (connectsAnew) {
            // It is closed by a reset, as one that ended otherwise keeps its port in use for a minute.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        channel.connect(server);
    }

    @Override
    long drive(long nanoseconds) throws IOException {
        long deadline = System.nanoTime() + nanoseconds;
        long answered = 0;
        do {
            if (connectsAnew) {
                connect();
            }
            connection.write(request.rewind());
            receive();
            if (connectsAnew) {
                connection.close();
            }
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
