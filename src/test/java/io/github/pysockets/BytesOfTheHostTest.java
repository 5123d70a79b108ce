package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Sandbox;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How bytes go from Java into a script and back, as docs/embedding.md has it. */
final class BytesOfTheHostTest {
    private static final byte[] SENT = "some bytes".getBytes(StandardCharsets.UTF_8);

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run("""
                import socket

                def exchange(data):
                    left, right = socket.socketpair()
                    with left, right:
                        left.sendall(data)
                        return right.recv(100)

                def fill(buffer):
                    left, right = socket.socketpair()
                    with left, right:
                        left.sendall(b"some bytes")
                        return right.recv_into(buffer)
                """);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static Value exchanged(Object data) {
        return sandbox.get("exchange").execute(data);
    }

    @Test
    void buffersAreSentAndBytesComeBack() {
        assertArrayEquals(SENT, exchanged(ByteBuffer.wrap(SENT)).as(byte[].class));
        assertArrayEquals(SENT, exchanged(ByteBuffer.wrap(SENT).asReadOnlyBuffer()).as(byte[].class));
        assertArrayEquals(SENT, exchanged(ByteBuffer.allocateDirect(SENT.length).put(SENT)).as(byte[].class));
        byte[] read = new byte[SENT.length];
        exchanged(ByteBuffer.wrap(SENT)).readBuffer(0, read, 0, read.length);
        assertArrayEquals(SENT, read);
    }

    @Test
    void positionDoesNotCountButThatOfASliceDoes() {
        ByteBuffer part = ByteBuffer.wrap(SENT).position(5).limit(7);
        assertEquals("some by", new String(exchanged(part).as(byte[].class), StandardCharsets.UTF_8));
        assertEquals("by", new String(exchanged(part.slice()).as(byte[].class), StandardCharsets.UTF_8));
    }

    @Test
    void buffersAreFilled() {
        ByteBuffer target = ByteBuffer.allocate(100);
        assertEquals(SENT.length, sandbox.get("fill").execute(target).asInt());
        assertEquals(ByteBuffer.wrap(SENT), target.slice(0, SENT.length));
    }

    @Test
    void arrayIsNoBuffer() {
        String told = sandbox.run("""
                def refusal(data):
                    try:
                        exchange(data)
                    except TypeError as refused:
                        return str(refused)

                refusal
                """).execute((Object) SENT).asString();
        assertEquals("a bytes-like object is required, not 'ForeignObject'", told);
    }

    @Test
    void bytesAreMadeOfAView() {
        Value made = sandbox.run("lambda buffer: bytes(memoryview(buffer))").execute(ByteBuffer.wrap(SENT));
        assertArrayEquals(SENT, made.as(byte[].class));
    }
}
