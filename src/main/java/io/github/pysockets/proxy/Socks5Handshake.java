package io.github.pysockets.proxy;

import io.github.pysockets.abi.Errno;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** SOCKS version 5, RFC 1928, with a user name and password, RFC 1929, or without. */
final class Socks5Handshake implements ProxyHandshake {
    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xFF;
    private static final int PASSWORD_VERSION = 1;
    private static final int CONNECT = 1;
    private static final int ADDRESS_4 = 1;
    private static final int NAME = 3;
    private static final int ADDRESS_6 = 4;
    private static final int PORT_BYTES = 2;

    /** What is received next. */
    private enum Step {
        METHOD(2),
        PASSWORD_STATUS(2),
        /** Version, reply, a reserved byte, the kind of address, and its first byte. */
        REPLY(5),
        /** The rest of an address that nobody needs. */
        ADDRESS(0),
        DONE(0);

        private final int bytes;

        Step(int bytes) {
            this.bytes = bytes;
        }
    }

    private final InetSocketAddress target;
    private final String user;
    private final String password;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private byte[] output;
    private Step step = Step.METHOD;
    private int wanted = Step.METHOD.bytes;

    /** @param user null for none */
    Socks5Handshake(InetSocketAddress target, String user, String password) {
        this.target = target;
        this.user = user;
        this.password = password;
        output = user == null
                ? new byte[] {VERSION, 1, NO_AUTHENTICATION}
                : new byte[] {VERSION, 2, NO_AUTHENTICATION, PASSWORD};
    }

    @Override
    public byte[] output() {
        byte[] next = output;
        output = new byte[0];
        return next;
    }

    @Override
    public int needs() {
        return step == Step.DONE ? 0 : wanted - received.size();
    }

    @Override
    public void take(byte[] bytes) throws ProxyException {
        received.writeBytes(bytes);
        if (received.size() == wanted) {
            byte[] all = received.toByteArray();
            received.reset();
            take(step, all);
        }
    }

    private void take(Step taken, byte[] bytes) throws ProxyException {
        switch (taken) {
            case METHOD -> {
                requireVersion(bytes[0], VERSION);
                switch (Byte.toUnsignedInt(bytes[1])) {
                    case NO_AUTHENTICATION -> ask();
                    case PASSWORD -> sayPassword();
                    case NONE_ACCEPTABLE -> throw new ProxyException(Errno.EACCES,
                            user == null ? "the proxy wants a password" : "the proxy takes no password");
                    default -> throw new ProxyException(Errno.EPROTO, "the proxy wants what was not offered");
                }
            }
            case PASSWORD_STATUS -> {
                if (bytes[1] != 0) {
                    throw new ProxyException(Errno.EACCES, "the proxy does not accept the password");
                }
                ask();
            }
            case REPLY -> {
                requireVersion(bytes[0], VERSION);
                requireSuccess(bytes[1]);
                int rest = switch (bytes[3]) {
                    case ADDRESS_4 -> 3;
                    case ADDRESS_6 -> 15;
                    case NAME -> Byte.toUnsignedInt(bytes[4]);
                    default -> throw new ProxyException(Errno.EPROTO, "the proxy's answer has no address");
                };
                expect(Step.ADDRESS, rest + PORT_BYTES);
            }
            case ADDRESS, DONE -> step = Step.DONE;
        }
    }

    private static void requireVersion(byte version, int expected) throws ProxyException {
        if (version != expected) {
            throw new ProxyException(Errno.EPROTO, "the proxy does not speak SOCKS 5");
        }
    }

    private void expect(Step next, int bytes) {
        step = next;
        wanted = bytes;
    }

    private void sayPassword() throws ProxyException {
        if (user == null) {
            throw new ProxyException(Errno.EPROTO, "the proxy wants what was not offered");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(PASSWORD_VERSION);
        writeText(bytes, user);
        writeText(bytes, password);
        output = bytes.toByteArray();
        expect(Step.PASSWORD_STATUS, Step.PASSWORD_STATUS.bytes);
    }

    private void ask() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        bytes.write(CONNECT);
        bytes.write(0);
        if (target.isUnresolved()) {
            bytes.write(NAME);
            writeText(bytes, target.getHostString());
        } else {
            byte[] address = target.getAddress().getAddress();
            bytes.write(address.length == Integer.BYTES ? ADDRESS_4 : ADDRESS_6);
            bytes.writeBytes(address);
        }
        bytes.write(target.getPort() >> 8);
        bytes.write(target.getPort());
        output = bytes.toByteArray();
        expect(Step.REPLY, Step.REPLY.bytes);
    }

    private static void writeText(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.write(bytes.length);
        to.writeBytes(bytes);
    }

    private static void requireSuccess(byte reply) throws ProxyException {
        switch (Byte.toUnsignedInt(reply)) {
            case 0 -> {
                return;
            }
            case 2 -> throw new ProxyException(Errno.EACCES, "the proxy does not allow it");
            case 3 -> throw new ProxyException(Errno.ENETUNREACH, "says the proxy");
            case 4 -> throw new ProxyException(Errno.EHOSTUNREACH, "says the proxy");
            case 5 -> throw new ProxyException(Errno.ECONNREFUSED, "says the proxy");
            case 6 -> throw new ProxyException(Errno.ETIMEDOUT, "says the proxy");
            default -> throw new ProxyException(Errno.ECONNREFUSED, "the proxy could not connect");
        }
    }
}
