package io.github.pysockets.stack;

import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLPRI;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.abi.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Urgent data of TCP, received apart: tcp(7). */
abstract class UrgentCases extends StackCase {
    private static final int SHUT_WR = 1;

    private Endpoint sender;
    private Endpoint reader;

    @BeforeEach
    void connect() throws StackException {
        needs(Lack.URGENT_DATA);
        EndpointPair connection = connection(Loopback.IPV4);
        sender = connection.first();
        reader = connection.second();
    }

    /** Sends text whose last byte is urgent. */
    private void sendUrgent(String text) {
        byte[] bytes = bytes(text);
        assertEquals(bytes.length, sender.send(bytes, 0, bytes.length, MSG_OOB));
    }

    /** Nothing more is sent, and all that was has come. */
    private void finish() throws StackException {
        sender.shutdown(SHUT_WR);
        await(reader, POLLRDHUP);
    }

    /** Receives once: text, or the negated errno. */
    private String next(int count, int flags) {
        byte[] into = new byte[count];
        int result = reader.recv(into, 0, count, flags);
        return result < 0 ? Integer.toString(result) : text(into, 0, result);
    }

    private String urgent() {
        return next(1, MSG_OOB);
    }

    private static final String NONE = Integer.toString(-Errno.EINVAL);

    @Test
    void byteIsReceivedApartOnce() throws StackException {
        assertEquals(NONE, urgent());
        sendUrgent("!");
        await(reader, POLLPRI);

        assertEquals(POLLPRI, poller().poll(reader, POLLIN | POLLPRI, 0), "it is nothing to read");
        assertEquals("!", next(9, MSG_OOB | MSG_PEEK));
        assertEquals("", next(0, MSG_OOB | MSG_PEEK));
        assertEquals("!", next(9, MSG_OOB));
        assertEquals(NONE, urgent());
        assertEquals(0, poller().poll(reader, POLLIN | POLLPRI, 0));
        assertEquals(Integer.toString(-Errno.EAGAIN), next(9, 0));
    }

    @Test
    void readerStopsBeforeItAndSkipsIt() throws StackException {
        sendUrgent("abc!");
        send(sender, "def");
        finish();

        assertEquals("ab", next(2, 0));
        assertEquals("c", next(9, 0));
        assertEquals("def", next(9, MSG_PEEK));
        assertEquals("!", next(1, MSG_OOB | MSG_PEEK));
        assertEquals("def", next(9, 0));
        assertEquals(NONE, urgent(), "who has read on has missed it");
        assertEquals("", next(9, 0));
    }

    @Test
    void inLineItIsReadWithTheRest() throws StackException {
        reader.setOption(number("SOL_SOCKET"), number("SO_OOBINLINE"), 1);
        sendUrgent("abc!");
        send(sender, "def");
        finish();

        assertEquals(POLLPRI, poller().poll(reader, POLLPRI, 0));
        assertEquals("abc", next(9, 0));
        assertEquals(NONE, urgent());
        assertEquals("!def", next(9, 0));
        assertEquals(0, poller().poll(reader, POLLPRI, 0));
    }

    @Test
    void laterByteTakesThePlaceOfTheFormer() throws StackException {
        sendUrgent("a!");
        sendUrgent("b?");
        send(sender, "c");
        finish();

        assertEquals("a!b", next(9, 0));
        assertEquals("?", urgent());
        assertEquals("c", next(9, 0));
    }

    @Test
    void byteThatWasReceivedStaysOutOfTheStream() throws StackException {
        sendUrgent("!");
        await(reader, POLLPRI);
        assertEquals("!", urgent());
        sendUrgent("?");
        await(reader, POLLPRI);

        assertEquals("?", next(1, MSG_OOB | MSG_PEEK));
        assertEquals(Integer.toString(-Errno.EAGAIN), next(9, 0));
        assertEquals(NONE, urgent());
    }

    @Test
    void messageSaysThatItIsUrgent() throws StackException {
        MessageEndpoint messages = messages(reader);
        sendUrgent("a!");
        await(reader, POLLPRI);
        IncomingMessage message = new IncomingMessage(new byte[9], 0, 9, 0);

        assertEquals(1, messages.receiveMessage(message, MSG_OOB));

        assertEquals(MSG_OOB, message.flags());
        assertEquals("!", text(message.into(), 0, 1));
        assertEquals(-Errno.EINVAL, messages.receiveMessage(message, MSG_OOB));
    }

    @Test
    void messageWithoutRoomForItIsCut() throws StackException {
        MessageEndpoint messages = messages(reader);
        sendUrgent("!");
        await(reader, POLLPRI);
        IncomingMessage message = new IncomingMessage(new byte[0], 0, 0, 0);

        assertEquals(0, messages.receiveMessage(message, MSG_OOB));

        assertEquals(MSG_OOB | MSG_TRUNC, message.flags());
    }

    @Test
    void closingWithAnUnreadOneResetsTheConnection() throws StackException {
        sendUrgent("!");
        await(reader, POLLPRI);
        assertEquals("!", urgent());
        close(reader);

        await(sender, POLLRDHUP);
        assertEquals(-Errno.ECONNRESET, sender.recv(new byte[1], 0, 1, 0));
    }

    @Test
    void withoutAConnectionThereIsNone() throws StackException {
        reader = listener(Loopback.IPV4);
        assertEquals(Integer.toString(-Errno.ENOTCONN), urgent());
        reader = open(number("AF_INET"), "SOCK_STREAM");
        assertEquals(NONE, urgent());
        assertEquals(-EPIPE, reader.send(new byte[1], 0, 1, MSG_OOB));
    }
}
