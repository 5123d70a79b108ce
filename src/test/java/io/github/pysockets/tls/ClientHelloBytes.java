package io.github.pysockets.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes a client's hello, RFC 8446, section 4.1.2. Each part can be made wrong; parts are hexadecimal digits. */
final class ClientHelloBytes {
    String version = "0303";
    String sessionId = "";
    String suites = "13011302c02fc030";
    String compressions = "00";
    String tail = "";
    final List<String> extensions = new ArrayList<>();

    /** The bytes, with their number in front. */
    static String vector(int bytesOfLength, String bytes) {
        return HexFormat.of().toHexDigits(bytes.length() / 2, 2 * bytesOfLength) + bytes;
    }

    static String text(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String serverName(String name) {
        return vector(2, "00" + vector(2, text(name)));
    }

    ClientHelloBytes with(int type, String content) {
        extensions.add("%04x".formatted(type) + vector(2, content));
        return this;
    }

    /** The content of the message. */
    String body() {
        String body = version + "00".repeat(32) + vector(1, sessionId) + vector(2, suites) + vector(1, compressions);
        return body + (extensions.isEmpty() ? "" : vector(2, String.join("", extensions))) + tail;
    }

    byte[] message() {
        return message(body());
    }

    static byte[] message(String body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(HexFormat.of().parseHex("01" + vector(3, body)));
        return message.toByteArray();
    }
}
