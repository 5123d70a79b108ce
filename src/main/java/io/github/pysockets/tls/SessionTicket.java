package io.github.pysockets.tls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import javax.net.ssl.SSLSession;

/**
 * What a server of TLS 1.2 gives its client to resume the session: RFC 5077, section 3.3.
 *
 * <p>JSSE drops a ticket without a lifetime, or with one of more than seven days, where OpenSSL keeps it. An FTP server
 * may then refuse all connections for data, because they do not resume the session. JSSE's session has room for the
 * ticket all the same. It is put there if the JVM lets us: {@code --add-opens java.base/sun.security.ssl=ALL-UNNAMED}.
 *
 * @param lifetimeHint seconds, 0 to 2^32 - 1; 0 where the server does not say
 * @param bytes opaque to the client
 */
record SessionTicket(long lifetimeHint, byte[] bytes) {
    private static final long MOST_SECONDS = 604_800;

    /** Whether JSSE keeps it. */
    private boolean isKept() {
        return lifetimeHint > 0 && lifetimeHint <= MOST_SECONDS;
    }

    /** Whether the session can be resumed by it, after it was put there if need be. */
    boolean isUsableIn(SSLSession session) {
        return isKept() || Room.put(session, bytes);
    }

    /** The room for it in JSSE's session, looked up when it is first needed. */
    private static final class Room {
        private static final MethodHandle SETTER = setter();

        private static MethodHandle setter() {
            try {
                Class<?> session = Class.forName("sun.security.ssl.SSLSessionImpl");
                return MethodHandles.privateLookupIn(session, MethodHandles.lookup())
                        .findVirtual(session, "setPskIdentity", MethodType.methodType(void.class, byte[].class));
            } catch (ReflectiveOperationException notOpen) {
                return null;
            }
        }

        static boolean put(SSLSession session, byte[] ticket) {
            if (SETTER == null || !SETTER.type().parameterType(0).isInstance(session)) {
                return false;
            }
            try {
                SETTER.invoke(session, ticket);
                return true;
            } catch (RuntimeException | Error broken) {
                throw broken;
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Looks for the ticket among the records of a server's handshake, as long as they are not encrypted. */
    static final class Finder {
        private static final int NEW_SESSION_TICKET = 4;
        private static final int HEADER = 4;

        private boolean encrypted;
        /** How many bytes are left of a message that began in an earlier record. */
        private int rest;
        private SessionTicket found;

        /** Null where there is none. */
        SessionTicket found() {
            return found;
        }

        /** Looks at a record that has come, whose header is at {@code at}. */
        void see(byte[] array, int at, int length) {
            // All is encrypted from the first record of another type on.
            encrypted |= RecordHeader.type(array, at) != RecordHeader.HANDSHAKE;
            if (encrypted || found != null) {
                return;
            }
            int place = at + RecordHeader.LENGTH;
            int end = at + length;
            while (place < end) {
                int part = Math.min(rest, end - place);
                place += part;
                rest -= part;
                if (place < end) {
                    if (end - place < HEADER) {
                        encrypted = true;
                        return;
                    }
                    ByteReader header = new ByteReader(array, place, HEADER);
                    int type = header.number(1);
                    rest = header.number(3);
                    place += HEADER;
                    if (type == NEW_SESSION_TICKET) {
                        read(new ByteReader(array, place, Math.min(rest, end - place)));
                    }
                }
            }
        }

        private void read(ByteReader message) {
            long hint = (long) message.number(2) << 16 | message.number(2);
            ByteReader ticket = message.vector(2);
            if (!message.overran() && ticket.left() > 0) {
                found = new SessionTicket(hint, ticket.bytes());
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionTicket that
                && lifetimeHint == that.lifetimeHint
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
