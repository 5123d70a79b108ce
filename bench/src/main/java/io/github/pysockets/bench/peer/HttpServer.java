package io.github.pysockets.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers each request on a connection with the same 64 bytes. Requests have no body. */
final class HttpServer {
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nServer: peer\r\nContent-Type: text/plain\r\n"
            + "Content-Length: 64\r\n\r\n" + "x".repeat(64);
    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final int LARGEST = 8192;

    private final Connection connection;

    HttpServer(Connection connection) {
        this.connection = connection;
    }

    /** Serves until the client ends the connection. The line of the first request has been read. */
    void serve() throws IOException {
        ByteBuffer request = connection.buffer(LARGEST);
        ByteBuffer response = connection.filled(RESPONSE.getBytes(StandardCharsets.US_ASCII));
        while (connection.channel().read(request) >= 0) {
            if (isWhole(request)) {
                connection.write(response.rewind());
                request.clear();
            }
        }
    }

    /** A client does not send its next request before it has the answer to this one, so the head's end is the end. */
    private static boolean isWhole(ByteBuffer request) {
        for (int i = 1; i <= END.length; i++) {
            if (request.position() < i || request.get(request.position() - i) != END[END.length - i]) {
                return false;
            }
        }
        return true;
    }
}
