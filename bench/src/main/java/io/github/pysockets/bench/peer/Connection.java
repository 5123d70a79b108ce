package io.github.pysockets.bench.peer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * A connection.
 *
 * @param channel blocking; what is carried
 * @param wire blocking; the same as it goes over the wire
 * @param buffers makes the kind of buffer that the channel handles fastest
 */
record Connection(ByteChannel channel, SocketChannel wire, IntFunction<ByteBuffer> buffers) implements AutoCloseable {
    static Connection plain(SocketChannel channel) {
        return new Connection(channel, channel, ByteBuffer::allocateDirect);
    }

    ByteBuffer buffer(int size) {
        return buffers.apply(size);
    }

    /** A buffer that is ready to be written to the channel. */
    ByteBuffer filled(byte[] bytes) {
        return buffer(bytes.length).put(bytes).flip();
    }

    void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void write(String text) throws IOException {
        write(filled(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * A line, without its end. It is read by single bytes, so that what follows stays in the channel.
     *
     * @throws EOFException where no whole line comes
     */
    String line() throws IOException {
        ByteBuffer b = buffer(1);
        StringBuilder line = new StringBuilder();
        while (true) {
            if (channel.read(b.clear()) < 0) {
                throw new EOFException();
            }
            char read = (char) b.get(0);
            if (read == '\n') {
                return line.toString().stripTrailing();
            }
            line.append(read);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
