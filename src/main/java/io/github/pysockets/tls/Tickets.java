package io.github.pysockets.tls;

/**
 * What a server has told of tickets for its client: RFC 5077, section 3.3, and RFC 8446, section 4.6.1. JSSE keeps it
 * to itself, but in TLS 1.2 the message is not encrypted. In TLS 1.3 nothing else of its size comes without data.
 */
final class Tickets {
    private static final int NEW_SESSION_TICKET = 4;
    private static final int MESSAGE_HEADER = 4;
    private static final int FIELDS = 6;

    /** JSSE forgets a ticket that is promised for longer than a week. */
    private static final long LONGEST = 604_800;

    /** A change of keys, which is no ticket, is a shorter record. */
    private static final int LEAST_OF_TLS13 = 64;

    /** How many bytes are left of a message that began in an earlier record. */
    private int rest;
    private boolean unreadable;
    private boolean came;
    private long lifetime;

    /** Whether there is a ticket that can be used. */
    boolean came() {
        return came;
    }

    /** For how many seconds the server has promised to take it; 0 where that is not known. */
    long lifetime() {
        return lifetime;
    }

    /** Looks at a record that comes during a handshake, whose header is at {@code at}. */
    void see(byte[] array, int at, int length) {
        if (unreadable || RecordHeader.type(array, at) != RecordHeader.HANDSHAKE) {
            // All is encrypted from the first of another type on.
            unreadable = true;
            return;
        }
        int place = at + RecordHeader.LENGTH;
        int end = at + length;
        while (place < end) {
            int part = Math.min(rest, end - place);
            place += part;
            rest -= part;
            if (place < end) {
                if (end - place < MESSAGE_HEADER) {
                    unreadable = true;
                    return;
                }
                rest = number(array, place + 1, 3);
                if (array[place] == NEW_SESSION_TICKET && end - place >= MESSAGE_HEADER + FIELDS) {
                    ticket(array, place + MESSAGE_HEADER);
                }
                place += MESSAGE_HEADER;
            }
        }
    }

    private void ticket(byte[] array, int at) {
        lifetime = number(array, at, 4) & 0xFFFF_FFFFL;
        came = number(array, at + 4, 2) > 0 && lifetime <= LONGEST;
    }

    /** A record of TLS 1.3 has come that had no data. */
    void seeWithoutData(int length) {
        came |= length >= LEAST_OF_TLS13;
    }

    private static int number(byte[] array, int at, int bytes) {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | array[at + i] & 0xFF;
        }
        return number;
    }
}
