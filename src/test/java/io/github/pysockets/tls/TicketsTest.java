package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final int SERVER_HELLO = 2;
    private static final int NEW_SESSION_TICKET = 4;

    private final Tickets tickets = new Tickets();

    private void see(int type, byte[]... messages) {
        int length = Arrays.stream(messages).mapToInt(message -> message.length).sum();
        // Not at the start of its array, as in use.
        ByteBuffer record = ByteBuffer.allocate(3 + RecordHeader.LENGTH + length).position(3);
        record.put((byte) type).put((byte) 3).put((byte) 3).putShort((short) length);
        for (byte[] message : messages) {
            record.put(message);
        }
        tickets.see(record.array(), 3, RecordHeader.LENGTH + length);
    }

    private static byte[] message(int type, byte[] content) {
        return ByteBuffer.allocate(4 + content.length).putInt(type << 24 | content.length).put(content).array();
    }

    private static byte[] ticket(long lifetime, int length) {
        byte[] content = ByteBuffer.allocate(6 + length).putInt((int) lifetime).putShort((short) length).array();
        return message(NEW_SESSION_TICKET, content);
    }

    @Test
    void ticketOfTls12IsSeen() {
        see(RecordHeader.HANDSHAKE, message(SERVER_HELLO, new byte[70]));
        assertFalse(tickets.came());
        see(RecordHeader.HANDSHAKE, ticket(7200, 160));
        assertTrue(tickets.came());
        assertEquals(7200, tickets.lifetime());
    }

    @Test
    void ticketAfterAnotherMessageOfTheRecordIsSeen() {
        see(RecordHeader.HANDSHAKE, message(SERVER_HELLO, new byte[70]), ticket(300, 160));
        assertTrue(tickets.came());
    }

    @Test
    void messagesInSeveralRecordsAreFollowed() {
        byte[] certificates = message(11, new byte[5000]);
        see(RecordHeader.HANDSHAKE, Arrays.copyOf(certificates, 2000));
        see(RecordHeader.HANDSHAKE, Arrays.copyOfRange(certificates, 2000, 5004), ticket(300, 160));
        assertTrue(tickets.came());
    }

    @Test
    void contentOfAnotherMessageIsNoTicket() {
        see(RecordHeader.HANDSHAKE, message(11, ticket(300, 160)));
        assertFalse(tickets.came());
    }

    @Test
    void ticketThatIsEmptyOrForTooLongIsNone() {
        see(RecordHeader.HANDSHAKE, ticket(7200, 0));
        assertFalse(tickets.came());
        see(RecordHeader.HANDSHAKE, ticket(Integer.MAX_VALUE, 160));
        assertFalse(tickets.came());
        see(RecordHeader.HANDSHAKE, ticket(0xFFFF_FFFFL, 160));
        assertFalse(tickets.came());
    }

    @Test
    void encryptedAndBrokenRecordsAreLeftAlone() {
        see(RecordHeader.CHANGE_CIPHER_SPEC, new byte[] {1});
        see(RecordHeader.HANDSHAKE, ticket(7200, 160));
        assertFalse(tickets.came());
        Tickets others = new Tickets();
        others.see(new byte[] {RecordHeader.HANDSHAKE, 3, 3, 0, 3, 4, 0, 0}, 0, 8);
        others.see(new byte[] {RecordHeader.HANDSHAKE, 3, 3, 0, 4, 4, 0, 0, 0}, 0, 9);
        assertFalse(others.came());
    }

    @Test
    void recordOfTls13WithoutDataIsATicketWhereItIsLong() {
        tickets.seeWithoutData(27);
        assertFalse(tickets.came());
        tickets.seeWithoutData(239);
        assertTrue(tickets.came());
    }
}
